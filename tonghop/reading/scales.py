"""Counts told in thousands or not of people: "ĐVT: 1.000 người" or "ĐVT: hộ" above a table, "nghìn người" below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from tonghop.reading.grid import Grid
from tonghop.reading.tables import Table
from tonghop.reading.text import plain

_WORDS = "nghin|ngan|trieu|tram(?! y te)|chuc"
_TOLD = rf"(?P<times>1[., ]?000(?:[., ]?000)?|{_WORDS})\b"
# Of something else than people: what one of them stands for is 1, and still a question.
_OTHERS = r"(?P<others>%|(?:ho(?: dan| gia dinh)?|phan tram|ti le|ty le)\b)\W*$"
_ABOVE = re.compile(rf"(?:(?:\bdvt|\bdon vi tinh|^\W*don vi)\s*[:(]?|^\W*(?:nhan|x))\s*(?:{_TOLD}|{_OTHERS})")
# Words only: "1.000 người" among counts is a count.
_IN_COLUMN = re.compile(rf"^\(?(?P<times>{_WORDS})\b\s*(?:nguoi|khau|dan|may|thue bao)?\)?$")
_TIMES = {"nghin": 1_000, "ngan": 1_000, "trieu": 1_000_000, "tram": 100, "chuc": 10}
_MOST_TEXTS, _LONGEST = 400, 200


def scales_of(table: Table, columns: Sequence[int], lines: Sequence[Sequence[object]]) -> dict[int, int]:
    """Return by column of counts how many people one stands for, where the sheet counts in thousands.

    ``lines``: the rows with anything in a column of figures.
    """
    above = _told_above(table.grid, table.top)
    found: dict[int, int] = {}
    for c in columns:
        told = above
        for line in lines:
            if c < len(line) and type(line[c]) is str and (times := _told_in_cell(line[c])):
                told = times
                break
        if told is not None:
            found[c] = told
    return found


def _told_above(grid: Grid, top: int) -> int | None:
    """Return how many people one counted by a sheet stands for, where its titles say so; else None.

    ``top``: the first row of the table's header; where the sheet is read across, a title may be anywhere.
    """
    rows = grid.rows if grid.turned else grid.rows[:top]
    cells = [value for value in filter(None, chain.from_iterable(rows)) if isinstance(value, str)]
    for text in (*grid.above, *cells[:_MOST_TEXTS]):
        if (told := _told_in_title(text[:_LONGEST])) is not None:
            return told
    return None


@lru_cache(maxsize=4_096)
def _told_in_title(text: str) -> int | None:
    return _times(_ABOVE.search(plain(text)))


def _told_in_cell(value: object) -> int | None:
    """Return how many people the unit of measure in a cell stands for: 1000 for "nghìn người"; else None."""
    # What ends in a digit is a number sooner than a unit of measure.
    if not isinstance(value, str) or not value or len(value) > _LONGEST or value[-1].isdigit():
        return None
    return _times(_IN_COLUMN.match(plain(value)))


def _times(found: re.Match[str] | None) -> int | None:
    if found is None:
        return None
    if found.groupdict().get("others") is not None:
        return 1
    word = found["times"]
    return _TIMES[word] if word in _TIMES else int(re.sub(r"\D", "", word))
