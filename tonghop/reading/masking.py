"""Which cells of a sheet hold personal data, whatever else they are shown for.

Stricter than the finding on personal data: what is shown on the desk should rather lack a word too many. Luật
Bảo vệ dữ liệu cá nhân 91/2025/QH15.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tonghop.domain.forms import Form
from tonghop.reading.given_names import is_given_name
from tonghop.reading.grid import Grid, as_whole, is_blank
from tonghop.reading.headings import PERSONAL, UNIT, Lexicon
from tonghop.reading.persons import has_long_number, has_number, is_addressed, looks_like_name, looks_personal
from tonghop.reading.table_header import Column
from tonghop.reading.tables import TableFinder


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
        return isinstance(value, str) and (looks_like_name(value) or is_given_name(value))

    def _in_table(self, columns: Sequence[Column], column: int, value: object) -> bool:
        meanings = next((one.meanings for one in columns if one.index == column), ())
        if PERSONAL in meanings:
            return True
        # A commune may bear a family's name; whoever stands in the column of units is one.
        if UNIT in meanings or not isinstance(value, str):
            return not meanings and looks_personal(value)
        if is_addressed(value) or looks_like_name(value) or is_given_name(value):
            return True
        return not meanings and looks_personal(value)
