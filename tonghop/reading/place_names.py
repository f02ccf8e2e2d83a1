"""The names of documents and sheets as outputs may show them: a person's name or number in them is left out.

They say where something stands, and people name sheets and files after whoever made them. The names themselves are
read as they came, for they tell days and units too.
"""

from __future__ import annotations

from functools import lru_cache

from tonghop.reading.persons import without_names, without_numbers
from tonghop.reading.text import shown, tidy

_LONGEST = 200


@lru_cache(maxsize=8_192)
def sheet_name(name: str) -> str:
    """Return a sheet's name as outputs may show it; the name itself where it tells no person."""
    return "/".join(map(_without_persons, name.split("/")))


@lru_cache(maxsize=8_192)
def document_name(name: str) -> str:
    """Return the name of a document, with the folders and containers it lies in, as outputs may show it."""
    return shown(sheet_name(name), _LONGEST)


def is_sheet(name: str, told: str) -> bool:
    """Return whether a sheet is the one that was told by its name, as it is or as it is shown."""
    return told == name or told in (sheet_name(name), shown(name))


def is_document(name: str, told: str) -> bool:
    """Return whether a document is the one that was told by its name, as it is or as it is shown."""
    return told == name or told in (document_name(name), shown(name, _LONGEST))


def _without_persons(part: str) -> str:
    if len(part) < _SHORTEST:
        return part
    spaced = tidy(part.replace("_", " "))
    left = without_names(without_numbers(spaced), is_path=True)
    return part if left == spaced else left.replace("… …", "…")


# "Lê Lý A", and shorter than any telephone number: no name of three words is shorter.
_SHORTEST = 7
