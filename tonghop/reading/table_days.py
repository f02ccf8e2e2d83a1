"""The days of tables that follow others in one sheet or document: their own titles may tell another day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date

from tonghop.reading.context import Around, Decided
from tonghop.reading.dates import days_in
from tonghop.reading.lines import Line
from tonghop.reading.tables import Table

_NEAREST = 4  # rows right above a table in which its title stands
Told = tuple[date, str | None]


def give_days(
    tables: Sequence[Table],
    lines: Sequence[Sequence[Line]],
    last: Sequence[int],
    around: Sequence[Around],
    decided: Decided,
    near: date,
) -> None:
    """Give the lines of a table below others the day of its own title, where that is not the day of the sheet.

    ``last``: for each table its last line that counts. A row left blank parts a title from the notes of the table
    above it.
    """
    for i in range(1, len(tables)):
        table = tables[i]
        if table.goes_on or table.grid.turned:
            continue
        told = _day_above(table, max(last[i - 1], tables[i - 1].bottom), around, near)
        if told is None or told[0] == decided.day:
            continue
        for line in lines[i]:
            if line.day is None:
                line.day, line.day_place = told


def _day_above(table: Table, floor: int, around: Sequence[Around], near: date) -> Told | None:
    """Return the only day that the title right above a table tells, and its cell."""
    texts: dict[int, list[Around]] = {}
    # They stand in the order of their rows.
    start = bisect_right(around, floor, key=lambda one: one.row)
    for one in around[start : bisect_left(around, table.top, start, key=lambda one: one.row)]:
        texts.setdefault(one.row, []).append(one)
    found: dict[date, str | None] = {}
    row = max(texts, default=-1)
    while row in texts and table.top - row <= _NEAREST + 1:
        for one in texts[row]:
            for told in days_in(one.value, near) if isinstance(one.value, str) else ():
                if not told.is_place_line:
                    found.setdefault(told.day, one.cell)
        row -= 1
    return next(iter(found.items())) if len(found) == 1 else None
