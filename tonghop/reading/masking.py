"""Which cells of a sheet hold personal data, whatever else they are shown for.

Stricter than the finding on personal data: what is shown on the desk should rather lack a word too many. Luật
Bảo vệ dữ liệu cá nhân 91/2025/QH15.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from tonghop.domain.forms import Form
from tonghop.reading.grid import Grid, as_whole, is_blank
from tonghop.reading.headings import PERSONAL, UNIT, Lexicon
from tonghop.reading.persons import has_long_number, has_number, looks_like_name, looks_personal
from tonghop.reading.table_header import Column
from tonghop.reading.tables import TableFinder
from tonghop.reading.text import tidy

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_NAME = 5


class Mask:
    """Tells for each cell of one sheet whether it is to be left out."""

    def __init__(self, grid: Grid, form: Form, day: date) -> None:
        self._lexicon = Lexicon(form)
        self._tables = TableFinder(form, self._lexicon).tables(grid, day)

    def header_above(self, row: int) -> list[int]:
        """Return the rows of the headings of the table in which a row stands."""
        for table in self._tables:
            if not table.grid.turned and table.top <= row < table.end:
                return [r for r in range(table.top, table.bottom + 1) if r < row]
        return []

    def hides(self, row: int, column: int, value: object) -> bool:
        """Return whether a cell (counted from 0 in its grid) holds personal data."""
        if is_blank(value):
            return False
        if (as_whole(value) or 0) >= 10**8 or (
            isinstance(value, str) and (has_number(value) or has_long_number(value))
        ):
            return True
        for table in self._tables:
            r, c = (column, row) if table.grid.turned else (row, column)
            if table.bottom < r < table.end:
                return self._in_table(table.columns, c, value)
        return isinstance(value, str) and looks_like_name(value)

    def _in_table(self, columns: Sequence[Column], column: int, value: object) -> bool:
        meanings = next((one.meanings for one in columns if one.index == column), ())
        if PERSONAL in meanings:
            return True
        if not meanings:
            return looks_personal(value)
        # A commune may bear a family's name; whoever stands in the column of units is one.
        return UNIT not in meanings and isinstance(value, str) and looks_like_name(value)


def without_names(text: str) -> str:
    """Return a text with what reads like a person's name of three words or more left out: "Người lập: …"."""
    words = list(_WORD.finditer(tidy(text)))
    clean = tidy(text)
    cut: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        length = _name_at(words, at, clean)
        if length:
            cut.append((words[at].start(), words[at + length - 1].end()))
        at += max(length, 1)
    for start, end in reversed(cut):
        clean = f"{clean[:start]}…{clean[end:]}"
    return clean


def _name_at(words: Sequence[re.Match[str]], at: int, text: str) -> int:
    """Return how many words from here on are a name: neighbours by a space, each capitalised; 0 for none."""
    length = 1
    while (
        at + length < len(words)
        and length < _LONGEST_NAME
        and text[words[at + length - 1].end() : words[at + length].start()] == " "
        and words[at + length].group()[:1].isupper()
    ):
        length += 1
    if length < 3 or words[at].group().isupper():
        return 0
    name = " ".join(word.group() for word in words[at : at + length])
    return length if looks_like_name(name) else 0
