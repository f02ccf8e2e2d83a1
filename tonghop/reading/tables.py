"""Where the tables of a sheet stand and what their columns mean: headers of one to four rows, across or down."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tonghop.domain.forms import Form
from tonghop.reading.columns import OpenColumns
from tonghop.reading.grid import Grid, filled_in, is_blank
from tonghop.reading.groups import Groups, PlaceWords, no_places
from tonghop.reading.headers import (
    DEEPEST,
    anchors,
    divides_groups,
    header_rows,
    is_title,
    parts_of,
    skip_numbers,
    spans_blank,
)
from tonghop.reading.headings import IGNORE, LABEL, PLAIN_MEANINGS, UNIT, VALUE, Lexicon
from tonghop.reading.repeated import joined
from tonghop.reading.sections import sections_below
from tonghop.reading.sexes import with_totals
from tonghop.reading.side_by_side import folded
from tonghop.reading.subheads import has_subheads
from tonghop.reading.table_header import Column, Header, as_told

_MOST_TABLES = 50
# No form has more columns, no vertical form more lines; what lies beyond is stray.
_WIDEST = 300
_MOST_KEPT, _LONGEST_KEPT = 500, 10_000


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
        self._headers: dict[Hashable, tuple[int, int, Header] | None] = {}
        # Of the sheet being looked at: what was found out of its rows while each was tried as a header's.
        self._parting: dict[int, bool] = {}
        self._tried: dict[tuple[int, int], tuple[int, tuple[Column, ...]]] = {}

    def tables(self, grid: Grid, expected: date) -> tuple[Table, ...]:
        """Return the sheet's tables, read down or across, whichever way more headings are known."""
        return tuple(self._settled(table, expected) for table in self._found(grid))

    def lists(self, grid: Grid, expected: date) -> tuple[Table, ...]:
        """Return the sheet's tables as they are read: those that stand beside each other as one."""
        return tuple(self._settled(self._folded(table), expected) for table in self._found(grid))

    def _found(self, grid: Grid) -> tuple[Table, ...]:
        known = self._known_in(grid)
        # Every header has a known heading, whichever way it runs; beyond the widest row looked at may be more.
        if not any(known) and all(len(row) <= _WIDEST for row in grid.rows):
            return ()
        found = self._tables(grid, known)
        # A sheet with three firm columns of people is a table of units; turning it would find no more.
        if max((len(t.header.counts) for t in found), default=0) < 3:
            turned = grid.turn() if 1 < len(grid.rows) <= _WIDEST else None
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
        merged = anchors(grid)
        self._parting.clear()
        self._tried.clear()
        headers: list[tuple[int, int, Header]] = []
        row = 0
        while row < len(grid.rows) and len(headers) < _MOST_TABLES:
            floor = headers[-1][1] + 1 if headers else 0
            header = self._header_at(grid, merged, known, row, floor) if known[row] else None
            if header is None:
                row += 1
                continue
            headers.append(header)
            row = header[1] + 1
            if merged:
                merged = anchors(grid, row)
                self._tried.clear()
        ends = ([top for top, _, _ in headers] + [len(grid.rows)])[1:]
        return joined(
            Table(grid, top, skip_numbers(grid, bottom, end), end, header)
            for (top, bottom, header), end in zip(headers, ends, strict=True)
        )

    def _known_in(self, grid: Grid) -> list[int]:
        """Return how many cells of each row are known headings; a title that reads like one is none."""
        known = [self._lexicon.count_known(row[:_WIDEST]) for row in grid.rows]
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

    def _header_at(
        self, grid: Grid, merged: Mapping[tuple[int, int], str], known: Sequence[int], row: int, floor: int
    ) -> tuple[int, int, Header] | None:
        """Return top, bottom and columns of the header whose first promising row this is.

        Those of one form's workbooks are the same cell by cell, so it is remembered by all cells it is made of.
        """
        first, last = header_rows(known, row, floor)
        if self._is_too_little(grid, merged, known, first, last):
            return None
        # Which of the rows below the first, and of the one behind the last, part what stands above them.
        parting = [self._parts(grid, r) for r in range(row + 1, min(last + 2, len(grid.rows)))]
        last += len(parting) > last - row and parting[-1]
        cells = tuple(tuple(grid.rows[r][:_WIDEST]) for r in range(first, last + 1))
        # In a turned grid, what stands beside a heading tells of it too.
        if grid.turned:
            return self._find_header(grid, merged, known, row, floor, parting)
        spans = tuple((r - row, c, text) for (r, c), text in merged.items() if first <= r <= last)
        asked = (cells, row - first, spans, *parting)
        try:
            kept = self._headers[asked]
        except KeyError:
            found = self._find_header(grid, merged, known, row, floor, parting)
            if sum(len(v) for line in cells for v in line if isinstance(v, str)) > _LONGEST_KEPT:
                return found
            if len(self._headers) >= _MOST_KEPT:
                self._headers.clear()
            kept = self._headers[asked] = found and (found[0] - row, found[1] - row, found[2])
        return kept and (kept[0] + row, kept[1] + row, kept[2])

    def _parts(self, grid: Grid, row: int) -> bool:
        """Return whether a row below a header goes on with it: it parts its groups, or says more of its headings."""
        parts = self._parting.get(row)
        if parts is None:
            parts = self._parting[row] = divides_groups(grid, row) or has_subheads(grid, row)
        return parts

    def _is_too_little(
        self, grid: Grid, merged: Mapping[tuple[int, int], str], known: Sequence[int], first: int, last: int
    ) -> bool:
        """Return whether no header can be made of these rows: "Đơn vị báo cáo: …", "Ngày số liệu: …" below it.

        A header has two known headings, and a row with one among others is no upper part of it.
        """
        return (
            not grid.turned
            and max(known[first : last + 1]) < 2
            and not (merged and any(first <= row <= last for row, _ in merged))
            and all(filled_in(grid.rows[row][:_WIDEST]) > 1 for row in range(first, last))
        )

    def _find_header(
        self,
        grid: Grid,
        merged: Mapping[tuple[int, int], str],
        known: Sequence[int],
        row: int,
        floor: int,
        parting: Sequence[bool],
    ) -> tuple[int, int, Header] | None:
        best: tuple[int, int, tuple[Column, ...]] | None = None
        for bottom in range(row, min(row + 6, row + 1 + len(parting))):
            if bottom > (row if best is None else best[1]) + 2:
                break
            parts_groups = best is not None and bottom == best[1] + 1 and parting[bottom - row - 1]
            if not (known[bottom] or parts_groups) or (
                bottom > row and best is None and known[bottom] < known[row]
            ):
                break
            if (floor, bottom) not in self._tried:
                top = self._top_of(grid, merged, known, bottom, floor)
                self._tried[floor, bottom] = top, self._columns(grid, merged, top, bottom)
            top, columns = self._tried[floor, bottom]
            if self._is_header(columns) and (
                best is None or (top <= best[1] and (parts_groups or self._more(columns, best[2])))
            ):
                best = (top, bottom, columns)
        # Last of all: of two headers the one with more known headings is right, whoever is counted below them.
        return best and (*best[:2], Header(tuple(self.groups.without_strange(best[2])), self._lexicon))

    def _more(self, columns: tuple[Column, ...], than: tuple[Column, ...]) -> bool:
        return self._weight(columns) > self._weight(than)

    def _top_of(
        self, grid: Grid, merged: Mapping[tuple[int, int], str], known: Sequence[int], bottom: int, floor: int
    ) -> int:
        """Return the first row of the header that ends at ``bottom``: rows of headings and groups above it."""
        top = bottom
        while top > floor and bottom - top < DEEPEST - 1:
            if not known[top - 1]:
                break
            above = [(c, v) for c, v in enumerate(grid.rows[top - 1][:_WIDEST]) if not is_blank(v)]
            texts = [v for _, v in above if isinstance(v, str)]
            spanning = sum(
                (top - 1, c) in merged or spans_blank(grid, top - 1, c, bottom)
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

    def _columns(
        self, grid: Grid, merged: Mapping[tuple[int, int], str], top: int, bottom: int
    ) -> tuple[Column, ...]:
        width = min(max(len(grid.rows[row]) for row in range(top, bottom + 1)), _WIDEST)
        sections = sections_below(grid, bottom, width, self._lexicon) if grid.turned else {}
        columns = []
        before: tuple[str, ...] = ()
        of_which: set[int] = set()
        is_behind_others = False
        filled = {c for row in grid.rows[top : bottom + 1] for c, v in enumerate(row[:width]) if v != ""}
        filled |= {c for r, c in merged if top <= r <= bottom and c < width}
        for c in sorted(filled):
            parts = parts_of(grid, merged, top, bottom, c, self._lexicon)
            if not parts:
                continue
            if top < bottom:
                told = self.groups.told(parts, before)
                if told is parts:
                    before = parts
                else:
                    parts = told
                    of_which.add(c)
            told_as = self._lexicon.meanings(parts)
            meanings = self._allowed(told_as)
            others = self._not_asked_for(told_as)
            if is_behind_others and others and len(meanings) < len(told_as) and meanings != (IGNORE,):
                columns.append(Column(c, parts, (), parts[-1]))
                continue
            if others or not PLAIN_MEANINGS.issuperset(meanings):
                is_behind_others = len(others) == len(told_as)
            section = sections.get(c)
            if section is not None and (section.is_certain or len(meanings) != 1 or meanings == (VALUE,)):
                parts = (section.text, *parts)
                meanings = self._allowed(self._lexicon.meanings(parts)) or meanings
            columns.append(Column(c, parts, meanings))
        return as_told(with_totals(columns, self._lexicon), self._lexicon, of_which)

    def _allowed(self, meanings: tuple[str, ...]) -> tuple[str, ...]:
        """Return the meanings the campaign's form has; a heading of others is known and not asked for."""
        lexicon = self._lexicon
        kept = tuple(m for m in meanings if m in PLAIN_MEANINGS or m in lexicon.counts or m in lexicon.rates)
        return kept if kept or not meanings else (IGNORE,)

    def _not_asked_for(self, meanings: tuple[str, ...]) -> tuple[str, ...]:
        """Return the counts and rates among meanings that the campaign does not have.

        "Đã cài đặt" right behind "CBCCVC" is what those did, though a campaign asks for the people alone.
        """
        lexicon = self._lexicon
        own = PLAIN_MEANINGS | lexicon.counts | lexicon.rates.keys()
        return tuple(m for m in meanings if m not in own)

    def _is_header(self, columns: tuple[Column, ...]) -> bool:
        counts = sum(bool(set(c.meanings) & self._lexicon.counts) for c in columns)
        return counts >= 1 and sum(bool(c.meanings) for c in columns) >= 2

    def _weight_of(self, tables: Iterable[Table]) -> int:
        return sum(self._weight(table.columns) for table in tables)

    def _weight(self, columns: tuple[Column, ...]) -> int:
        """Return how much of a form these columns are: each indicator once, other known headings a little."""
        firm = {c.meanings[0] for c in columns if len(c.meanings) == 1} & self._lexicon.counts
        return 6 * len(firm) + sum(
            3 if c.strange else self._weight_beside(c.meanings) for c in columns if c.strange or c.meanings
        )

    def _weight_beside(self, meanings: tuple[str, ...]) -> int:
        if meanings[0] in self._lexicon.counts:
            return 3 if len(meanings) > 1 else 0
        return 3 if meanings[0] in self._lexicon.rates else 2 if meanings[0] in (UNIT, LABEL) else 1

    def _settled(self, table: Table, expected: date) -> Table:
        return table._replace(header=self._open.settled(table.header, expected))
