"""Where the tables of a sheet stand and what their columns mean: headers of one to four rows, across or down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from tonghop.domain.forms import Form
from tonghop.reading.columns import OpenColumns
from tonghop.reading.grid import Grid
from tonghop.reading.groups import Groups, PlaceWords, no_places
from tonghop.reading.header_columns import WIDEST, HeaderColumns
from tonghop.reading.header_search import HeaderSearch, HeadersKept
from tonghop.reading.headers import skip_numbers
from tonghop.reading.headings import Lexicon
from tonghop.reading.repeated import joined
from tonghop.reading.side_by_side import folded
from tonghop.reading.table_header import Column, Header


class Table(NamedTuple):
    """A header (rows ``top`` to ``bottom``) and the lines below it up to ``end`` (exclusive).

    ``repeated``: rows among them in which the header stands once more, as on every printed page. ``goes_on``: it
    has no header of its own (``bottom`` is the row before ``top``) but that of the table before it.
    """

    grid: Grid
    top: int
    bottom: int
    end: int
    header: Header
    repeated: frozenset[int] = frozenset()
    goes_on: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return the columns with their headings and meanings."""
        return self.header.columns


class TableFinder:
    """Finds the tables of a sheet for one form."""

    def __init__(self, form: Form, lexicon: Lexicon, place_words: PlaceWords = no_places) -> None:
        self._lexicon = lexicon
        self.groups = Groups(form, lexicon, place_words)
        self._open = OpenColumns(form, lexicon)
        self._columns = HeaderColumns(lexicon, self.groups)
        self._kept: HeadersKept = {}

    def tables(self, grid: Grid, expected: date) -> tuple[Table, ...]:
        """Return the sheet's tables, read down or across, whichever way more headings are known."""
        return tuple(self._settled(table, expected) for table in self._found(grid))

    def lists(self, grid: Grid, expected: date) -> tuple[Table, ...]:
        """Return the sheet's tables as they are read: those that stand beside each other as one."""
        return tuple(self._settled(self._folded(table), expected) for table in self._found(grid))

    def _found(self, grid: Grid) -> tuple[Table, ...]:
        known = self._known_in(grid)
        # Every header has a known heading, whichever way it runs; beyond the widest row looked at may be more.
        if not any(known) and all(len(row) <= WIDEST for row in grid.rows):
            return ()
        found = self._tables(grid, known)
        # A sheet with three firm columns of people is a table of units; turning it would find no more.
        if max((len(t.header.counts) for t in found), default=0) < 3:
            turned = grid.turn() if 1 < len(grid.rows) <= WIDEST else None
            across = self._tables(turned, self._known_in(turned)) if turned else ()
            if self._weight_of(across) > self._weight_of(found):
                found = across
        return found

    def _folded(self, table: Table) -> Table:
        """Return a table, several beside each other as one below the headings of the first."""
        one = folded(table.grid, range(table.top, table.bottom + 1), table.end, table.columns)
        if one is None or table.repeated:
            return table
        return table._replace(grid=one.grid, end=one.end, header=Header(one.columns, self._lexicon))

    def _tables(self, grid: Grid, known: Sequence[int]) -> tuple[Table, ...]:
        headers = HeaderSearch(grid, known, self._lexicon, self._columns, self._kept).headers()
        ends = ([found.top for found in headers] + [len(grid.rows)])[1:]
        return joined(
            Table(grid, found.top, skip_numbers(grid, found.bottom, end), end, found.header)
            for found, end in zip(headers, ends, strict=True)
        )

    def _known_in(self, grid: Grid) -> list[int]:
        """Return how many cells of each row are known headings; a title that reads like one is none."""
        known = [self._lexicon.count_known(row[:WIDEST]) for row in grid.rows]
        is_over = False
        for row in range(len(known) - 1, -1, -1) if not grid.turned else ():
            if known[row] == 1 and self._is_over_all(grid.rows[row]):
                known[row] = int(is_over)
            else:
                is_over = known[row] > 1
        return known

    def _is_over_all(self, cells: Sequence[object]) -> bool:
        """Return whether a row holds nothing but a text at its beginning that means nothing by itself.

        "Kết quả cài đặt" may stand over headings so; over nothing but "Đơn vị báo cáo: …" it is a title.
        """
        text = cells[0]
        is_alone = isinstance(text, str) and bool(text) and cells.count("") == len(cells) - 1
        return is_alone and not self._lexicon.means_alone(str(text))

    def _weight_of(self, tables: Iterable[Table]) -> int:
        return sum(self._columns.weight(table.columns) for table in tables)

    def _settled(self, table: Table, expected: date) -> Table:
        return table._replace(header=self._open.settled(table.header, expected))
