"""What stands around a table: the day of its figures, in order of trust, and the unit its title names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tonghop.domain.units import UnitCode
from tonghop.reading.cell_days import day_of
from tonghop.reading.dates import days_in
from tonghop.reading.grid import Grid, as_whole, filled_at
from tonghop.reading.tables import Table
from tonghop.reading.text import file_name, plain
from tonghop.reading.units import Match, Resolver

# Orders of trust for a day: the smaller the number, the more it is believed.
IN_CELL, IN_TITLE, IN_SHEET_NAME, IN_PLACE_LINE, IN_NOTE, IN_MARGIN, IN_FILE_NAME, IN_SUBJECT = range(8)
_TRUSTED = (IN_CELL, IN_TITLE)

_DAY_LABEL = re.compile(
    r"^(?:ngay|ngay bao cao|ngay so lieu|so lieu ngay|thoi diem(?: bao cao)?|tinh den(?: ngay)?|ngay thang(?: nam)?|"
    r"ngay chot(?: so lieu)?|ky bao cao|bao cao ngay|so lieu den ngay|den ngay|ngay lap|"
    r"(?:ngay |thoi diem |thoi gian )?cap nhat(?: so lieu)?(?: ngay| luc| lan cuoi| gan nhat)?)\s*:?$"
)
_UNIT_LABEL = re.compile(
    r"^(?:ten )?(?:don vi|don vi bao cao|dia phuong|co quan|xa|phuong|thi tran|xa/phuong|xa, phuong|xa, thi tran|"
    r"xa/phuong/thi tran|don vi thuc hien|don vi lap|ma don vi|ma xa|co quan bao cao|dia ban)\s*:?$"
)


_OF_OTHERS = re.compile(
    r"\b(?:ngay in|in ngay|in luc|print\w*|ban hanh|bieu mau|mau so|kem theo)\b|\d{1,2}[/.\-]\d{1,2}\S{0,5}\s*[:=]\s*\d"
)


class Stated(NamedTuple):
    """A day somebody stated, how far it is to be trusted, and the cell it stands in (None: a name)."""

    day: date
    trust: int
    cell: str | None = None
    is_signature: bool = False


class Decided(NamedTuple):
    """The day of a table, where it was found, and the statements that contradict it."""

    day: date | None
    cell: str | None = None
    against: tuple[Stated, ...] = ()
    softly_against: tuple[Stated, ...] = ()


def decide_day(stated: Sequence[Stated]) -> Decided:
    """Return the most trusted day; what a cell or title says otherwise contradicts it, names only differ.

    A report that was signed before the day of its figures differs as well; after it, it is signed as usual.
    """
    if not stated:
        return Decided(None)
    best = min(stated, key=lambda one: one.trust)
    others = [one for one in stated if one.day != best.day]
    firmly = tuple(one for one in others if one.trust in _TRUSTED or one.trust == best.trust)
    softly = tuple(
        one
        for one in others
        if one not in firmly
        and one.trust not in (IN_NOTE, IN_MARGIN)
        and (one.trust != IN_PLACE_LINE or _is_signed_before(one, best))
    )
    return Decided(best.day, best.cell, firmly, softly)


def _is_signed_before(one: Stated, best: Stated) -> bool:
    return one.is_signature and best.trust in _TRUSTED and one.day < best.day


class Around(NamedTuple):
    """A cell outside the tables: its value, its left neighbour's text, whether it stands above, and where.

    ``row``: -1 for running text, which stands in no cell.
    """

    value: object
    label: str
    is_above: bool
    grid: Grid
    row: int = -1
    column: int = 0

    @property
    def cell(self) -> str | None:
        """Return the cell as the sheet names it."""
        return None if self.row < 0 else self.grid.place(self.row, self.column)


def cells_around(grid: Grid, tables: Sequence[Table], last_rows: Sequence[int]) -> Iterator[Around]:
    """Yield the filled cells outside the tables, each with the text of the cell before it in its row.

    ``last_rows``: for each table its last line that counts, as the table sees rows.
    """
    spans = [_span(table, last) for table, last in zip(tables, last_rows, strict=True)]
    first = min((start for start, _ in spans), default=len(grid.rows))
    for text in grid.above:
        yield Around(text, "", True, grid)
    for r in _outside(spans, len(grid.rows)):
        before = ""
        for c, value in filled_at(grid.rows[r]):
            yield Around(value, before, r < first, grid, r, c)
            before = value if isinstance(value, str) else ""


def _span(table: Table, last: int) -> tuple[int, int]:
    """Return the rows of the sheet (as its container has them) that a table takes."""
    if not table.grid.turned:
        return table.top, max(last, table.bottom)
    columns = table.header.known
    return min(columns, default=0), max(columns, default=0)


def _outside(spans: Sequence[tuple[int, int]], rows: int) -> Iterator[int]:
    """Yield the rows of a sheet that lie in none of the spans."""
    row = 0
    for start, end in sorted(spans):
        yield from range(row, min(start, rows))
        row = max(row, end + 1)
    yield from range(row, rows)


@lru_cache(maxsize=4_096)
def _is_day_label(text: str) -> bool:
    return _DAY_LABEL.match(plain(text)) is not None


@lru_cache(maxsize=4_096)
def _is_unit_label(text: str) -> bool:
    return _UNIT_LABEL.match(plain(text)) is not None


def days_around(around: Sequence[Around], near: date, tables: Sequence[Table]) -> list[Stated]:
    """Return the days that cells outside the tables state.

    What stands below a column of days is none of them: the days to come in a form for a month.
    """
    prepared = {c for table in tables if not table.grid.turned for c in table.header.days}
    found: list[Stated] = []
    for one in around:
        if one.column in prepared and not one.is_above and _is_bare(one.value):
            continue
        labelled = bool(one.label) and _is_day_label(one.label)
        if isinstance(one.value, date) or labelled:
            day = day_of(one.value, near) or _over_cells(one, near)
            if day is not None and (labelled or one.is_above):
                found.append(Stated(day, IN_CELL, one.cell))
            continue
        if isinstance(one.value, str) and len(one.value) <= 1_000:
            for day_found in days_in(one.value, near):
                is_firm = day_found.is_of_figures or (one.is_above and not day_found.is_place_line)
                trust = IN_TITLE if is_firm else IN_PLACE_LINE
                found.append(Stated(day_found.day, trust, one.cell, day_found.is_place_line))
    return found


def _is_bare(value: object) -> bool:
    """Return whether a text is a day without any word."""
    return isinstance(value, str) and not any(map(str.isalpha, value))


def days_in_margins(margins: Sequence[str], near: date) -> list[Stated]:
    """Return the day that page headers, text boxes and comments state, where all that state one agree.

    When a form was made or printed is none, nor what is told of other days: "17/8: 431". "Số liệu ngày 17/8" in a
    comment is believed as in a title: beside another day there it contradicts.
    """
    told = [text for text in margins if _OF_OTHERS.search(plain(text[:1_000])) is None]
    found = [one for text in told for one in days_in(text[:1_000], near)]
    of_figures = {one.day for one in found if one.is_of_figures}
    days = {one.day for one in found} if len({one.day for one in found}) == 1 else set()
    return [
        *(Stated(day, IN_TITLE) for day in of_figures),
        *(Stated(day, IN_MARGIN) for day in days - of_figures),
    ]


def days_in_names(sheet: str, path: str, subject: str, near: date) -> list[Stated]:
    """Return the days that the names of sheet and file and a message's subject tell."""
    names = ((sheet, IN_SHEET_NAME), (file_name(path), IN_FILE_NAME), (subject, IN_SUBJECT))
    return [Stated(one.day, trust) for name, trust in names for one in days_in(name, near, loose=True)]


def days_in_folders(path: str, near: date) -> list[Stated]:
    """Return the days that the folders or archives tell in which a file lies: "17-8/binh thanh.xlsx"."""
    folders = path.split("/")[:-1]
    return [Stated(one.day, IN_FILE_NAME) for name in folders for one in days_in(name, near, loose=True)]


def _over_cells(one: Around, near: date) -> date | None:
    """Return the day of "Ngày | 17 | Tháng | 8 | Năm | 2020", each in a cell of its own; None for others."""
    day = as_whole(one.value)
    if day is None or not 1 <= day <= 31:
        return None
    told = " ".join(_text_of(value) for value in one.grid.rows[one.row][one.column :])
    found = days_in(f"ngày {told}", near)
    return found[0].day if len(found) == 1 else None


def units_around(
    around: Sequence[Around], resolver: Resolver, scope: UnitCode | None
) -> tuple[UnitCode, ...]:
    """Return the units that the titles and the cells behind "Đơn vị báo cáo:" name, the deepest only."""
    found: list[UnitCode] = []
    for one in around:
        if not one.is_above or not (text := _text_of(one.value)):
            continue
        head, colon, tail = text.partition(":")
        if colon and _is_unit_label(head):
            found += _named(resolver.resolve(tail, scope), resolver, tail)
        elif one.label and _is_unit_label(one.label):
            found += _named(resolver.resolve(text, scope), resolver, text)
        elif isinstance(one.value, str) and (units := resolver.mentioned(text)):
            # "UBND HUYỆN …" on top is the superior's name on the letterhead, not who reports.
            found += filter(resolver.tree.is_leaf, units)
    found = list(dict.fromkeys(found))
    return tuple(c for c in found if not any(c != o and resolver.is_below(o, c) for o in found))


def _text_of(value: object) -> str:
    """Return a cell's text, or the digits of its whole number: a code; "" for anything else."""
    if isinstance(value, str):
        return value
    whole = as_whole(value)
    return "" if whole is None else str(whole)


def _named(match: Match, resolver: Resolver, text: str) -> tuple[UnitCode, ...]:
    return (match.unit,) if match.unit else match.fits or resolver.mentioned(text, bare=True)
