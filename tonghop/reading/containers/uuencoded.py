"""Files that old mail programs write into the text of a message, between "begin 644 name" and "end"."""

from __future__ import annotations

import binascii
import re
from collections.abc import Sequence

_MOST = 50
_BEGIN = re.compile(r"begin [0-7]{3,4} (\S.{0,199})")


def without_files(body: str) -> tuple[list[str], list[tuple[str, bytes]]]:
    """Return the lines of a body and the files, name and bytes, that stood among them.

    What begins like a file and does not end, or holds what no such file can, stays text.
    """
    lines = body.splitlines()
    begins = [(i, found[1]) for i, line in enumerate(lines) if (found := _BEGIN.fullmatch(line.rstrip()))]
    kept: list[str] = []
    files: list[tuple[str, bytes]] = []
    at = 0
    for begin, name in begins[:_MOST]:
        end = _end_of(lines, begin + 1) if begin >= at else None
        content = None if end is None else _decoded(lines[begin + 1 : end])
        if end is None or content is None:
            continue
        kept += lines[at:begin]
        files.append((name, content))
        at = end + 1
    return kept + lines[at:], files


def _end_of(lines: Sequence[str], start: int) -> int | None:
    return next((i for i in range(start, len(lines)) if lines[i].rstrip() == "end"), None)


def _decoded(lines: Sequence[str]) -> bytes | None:
    try:
        return b"".join(binascii.a2b_uu(line.rstrip("\r\n").encode("ascii")) for line in lines)
    except (binascii.Error, UnicodeEncodeError):
        return None
