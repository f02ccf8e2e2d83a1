"""A folder's path as it is spelled where it lies: letters of Vietnamese are composed on one machine, not on another.

"Mỹ Bình" typed on Windows and "Mỹ Bình" made on a Mac are one name for whoever looks, and two for a file system.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable


def as_it_lies(path: str, exists: Callable[[str], bool]) -> str:
    """Return a path, each folder of it spelled as one is there: as it is written, composed, or taken apart.

    What is there as written is meant; what is there in no spelling stays as it is written. ``exists`` is asked
    only where the path as a whole is not there and letters have marks. Parts stand between ``/``.
    """
    if path.isascii() or exists(path):
        return path
    found = ""
    for part in path.split("/"):
        before = f"{found}/" if found or path.startswith("/") else ""
        spellings = (part, *(unicodedata.normalize(form, part) for form in ("NFC", "NFD")))
        there = next((one for one in spellings if part.isascii() or exists(before + one)), None)
        if there is None:
            return path
        found = before + there if part else found
    return found
