"""Where the headers of a sheet stand: rows of headings, the groups above them and what parts them below."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

from tonghop.reading.grid import Grid, filled_in, is_blank
from tonghop.reading.header_columns import WIDEST, HeaderColumns
from tonghop.reading.headers import DEEPEST, anchors, divides_groups, header_rows, is_title, spans_blank
from tonghop.reading.headings import Lexicon
from tonghop.reading.subheads import has_subheads
from tonghop.reading.table_header import Column, Header

_MOST_HEADERS = 50
_MOST_KEPT, _LONGEST_KEPT = 500, 10_000


class FoundHeader(NamedTuple):
    """A header and the rows it stands in, ``top`` to ``bottom``."""

    top: int
    bottom: int
    header: Header

    def moved(self, rows: int) -> FoundHeader:
        """Return the header some rows farther down."""
        return FoundHeader(self.top + rows, self.bottom + rows, self.header)


# What stood below the same cells before, from its first promising row; kept for a batch.
HeadersKept = dict[Hashable, FoundHeader | None]


class HeaderSearch:
    """The search for the headers of one sheet.

    ``known``: how many cells of each row are known headings. ``kept``: what earlier sheets' cells came to.
    """

    def __init__(
        self, grid: Grid, known: Sequence[int], lexicon: Lexicon, columns: HeaderColumns, kept: HeadersKept
    ) -> None:
        self._grid, self._known, self._lexicon = grid, known, lexicon
        self._columns, self._kept = columns, kept
        self._merged: Mapping[tuple[int, int], str] = anchors(grid)
        # What was found out of rows while each was tried as a header's.
        self._parting: dict[int, bool] = {}
        self._tried: dict[tuple[int, int], tuple[int, tuple[Column, ...]]] = {}

    def headers(self) -> list[FoundHeader]:
        """Return the headers from top to bottom, fifty at most."""
        grid, known = self._grid, self._known
        headers: list[FoundHeader] = []
        row = 0
        while row < len(grid.rows) and len(headers) < _MOST_HEADERS:
            floor = headers[-1].bottom + 1 if headers else 0
            header = self._header_at(row, floor) if known[row] else None
            if header is None:
                row += 1
                continue
            headers.append(header)
            row = header.bottom + 1
            if self._merged:
                self._merged = anchors(grid, row)
                self._tried.clear()
        return headers

    def _header_at(self, row: int, floor: int) -> FoundHeader | None:
        """Return the header whose first promising row this is.

        Those of one form's workbooks are the same cell by cell, so it is remembered by all cells it is made of.
        """
        grid = self._grid
        first, last = header_rows(self._known, row, floor)
        if self._is_too_little(first, last):
            return None
        # Which of the rows below the first, and of the one behind the last, part what stands above them.
        parting = [self._parts(r) for r in range(row + 1, min(last + 2, len(grid.rows)))]
        # In a turned grid, what stands beside a heading tells of it too.
        if grid.turned:
            return self._find(row, floor, parting)
        last += len(parting) > last - row and parting[-1]
        cells = tuple(tuple(grid.rows[r][:WIDEST]) for r in range(first, last + 1))
        spans = tuple((r - row, c, text) for (r, c), text in self._merged.items() if first <= r <= last)
        asked = (cells, row - first, spans, *parting)
        try:
            kept = self._kept[asked]
        except KeyError:
            kept = self._find(row, floor, parting)
            kept = kept and kept.moved(-row)
            self._keep(asked, cells, kept)
        return kept and kept.moved(row)

    def _keep(self, asked: Hashable, cells: Sequence[Sequence[object]], found: FoundHeader | None) -> None:
        if sum(len(v) for line in cells for v in line if isinstance(v, str)) > _LONGEST_KEPT:
            return
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        self._kept[asked] = found

    def _parts(self, row: int) -> bool:
        """Return whether a row below a header goes on with it: it parts its groups, or says more of its headings."""
        parts = self._parting.get(row)
        if parts is None:
            parts = divides_groups(self._grid, row) or has_subheads(self._grid, row)
            self._parting[row] = parts
        return parts

    def _is_too_little(self, first: int, last: int) -> bool:
        """Return whether no header can be made of these rows: "Đơn vị báo cáo: …", "Ngày số liệu: …" below it.

        A header has two known headings, and a row with one among others is no upper part of it.
        """
        return (
            not self._grid.turned
            and max(self._known[first : last + 1]) < 2
            and not (self._merged and any(first <= row <= last for row, _ in self._merged))
            and all(filled_in(self._grid.rows[row][:WIDEST]) > 1 for row in range(first, last))
        )

    def _find(self, row: int, floor: int, parting: Sequence[bool]) -> FoundHeader | None:
        known, means = self._known, self._columns
        best: tuple[int, int, tuple[Column, ...]] | None = None
        for bottom in range(row, min(row + 6, row + 1 + len(parting))):
            if bottom > (row if best is None else best[1]) + 2:
                break
            parts_groups = best is not None and bottom == best[1] + 1 and parting[bottom - row - 1]
            if not (known[bottom] or parts_groups) or (
                bottom > row and best is None and known[bottom] < known[row]
            ):
                break
            top, columns = self._ending_at(bottom, floor)
            if means.are_header(columns) and (
                best is None
                or (top <= best[1] and (parts_groups or means.weight(columns) > means.weight(best[2])))
            ):
                best = (top, bottom, columns)
        return best and FoundHeader(best[0], best[1], means.header(best[2]))

    def _ending_at(self, bottom: int, floor: int) -> tuple[int, tuple[Column, ...]]:
        """Return the first row of the header that would end at ``bottom``, and its columns."""
        tried = self._tried.get((floor, bottom))
        if tried is None:
            top = self._top_of(bottom, floor)
            tried = top, self._columns.of(self._grid, self._merged, top, bottom)
            self._tried[floor, bottom] = tried
        return tried

    def _top_of(self, bottom: int, floor: int) -> int:
        """Return the first row of the header that ends at ``bottom``: rows of headings and groups above it."""
        grid, known = self._grid, self._known
        top = bottom
        while top > floor and bottom - top < DEEPEST - 1:
            if not known[top - 1]:
                break
            above = [(c, v) for c, v in enumerate(grid.rows[top - 1][:WIDEST]) if not is_blank(v)]
            texts = [v for _, v in above if isinstance(v, str)]
            spanning = sum(
                (top - 1, c) in self._merged or spans_blank(grid, top - 1, c, bottom)
                for c, v in above
                if not self._lexicon.known(str(v))
            )
            if len(texts) < len(above) or is_title(grid, above, bottom):
                break
            unknown = len(texts) - known[top - 1] - spanning
            if unknown > 0 and unknown * 2 >= known[top - 1]:
                break
            top -= 1
        return top
