"""Rows without a heading: a table that goes on in the next sheet or table, and units' rows nobody can read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from tonghop.domain.reading import Role
from tonghop.domain.units import UnitCode
from tonghop.reading.context import Decided
from tonghop.reading.dates import days_in
from tonghop.reading.findings import Notes
from tonghop.reading.grid import Grid, as_whole, filled, filled_at, is_blank
from tonghop.reading.numbers import Habit, read_count
from tonghop.reading.persons import looks_personal
from tonghop.reading.sums import Placed
from tonghop.reading.tables import Table
from tonghop.reading.units import Resolver

HEADLESS = "rows-without-heading"
# Of a sheet without a heading so many rows are looked at, and in each so many texts: a unit's name stands in front.
_MOST_ROWS, _MOST_TEXTS, _LONGEST = 5_000, 3, 80
_FEWEST_COUNTS = 2


def going_on(before: Table, grid: Grid) -> Table | None:
    """Return a sheet without a heading as more of the table before it, where its columns may be the same.

    Nothing may stand in front of its first row, and its columns must be where those of the table are, every
    heading understood. Whether its rows bear that out is told by ``agrees``.
    """
    header = before.header
    if (
        before.grid.turned
        or (grid.hidden, grid.left, grid.is_quoted)
        != (before.grid.hidden, before.grid.left, before.grid.is_quoted)
        or any(text.strip() for text in grid.above)
        or len(header.counted) < _FEWEST_COUNTS
        or len(header.counted) != len(header.counts)
        or header.days
        or any(len(column.meanings) != 1 for column in header.columns)
        or not any(_has_counts(row, header.counted) for row in grid.rows if len(row) > header.first_count)
    ):
        return None
    first = next((r for r, row in enumerate(grid.rows) if not all(map(is_blank, row))), None)
    return None if first is None else Table(grid, first, first - 1, len(grid.rows), header, goes_on=True)


def _has_counts(cells: Sequence[object], counted: Collection[int]) -> bool:
    return sum(cells[c] != "" for c in counted if c < len(cells)) >= _FEWEST_COUNTS


def agrees(
    before: Sequence[Placed], table: Table, more: Sequence[Placed], decided: Decided, near: date
) -> bool:
    """Return whether the rows below no heading are without doubt those that follow: new units in the same columns."""
    units = [one for one in more if one.role is Role.UNIT]
    known = {one.unit for one in before}
    if (
        not units
        or more[0].line.index != table.top
        or any(one.unit is None or one.unit in known for one in units)
    ):
        return False
    if before and before[-1].role is Role.TOTAL:
        return False
    return (
        any(all(number is not None for number in one.line.numbers().values()) for one in units)
        and all(_is_below_headings(table, one.line.index, one.line.label_column) for one in units)
        and _numbering_goes_on(before, table, units)
        and all(found.day == decided.day for found in days_in(table.grid.sheet, near, loose=True))
    )


def _is_below_headings(table: Table, row: int, label_column: int) -> bool:
    """Return whether a unit's name stands in a column of names, its counts in columns of counts, and nothing beyond."""
    header, cells = table.header, table.grid.rows[row]
    counts = [cells[c] for c in header.counted if c < len(cells) and not is_blank(cells[c])]
    return (
        label_column in header.units
        and len(counts) >= _FEWEST_COUNTS
        and all(_is_count(value) for value in counts)
        and all(is_blank(v) or c in header.known for c, v in enumerate(cells))
    )


def _numbering_goes_on(before: Sequence[Placed], table: Table, units: Sequence[Placed]) -> bool:
    """Return whether the first row is numbered as the one that follows the table's last, where both are numbered."""
    for column in table.header.ordinals:
        numbers = [_ordinal(one, column) for one in before if one.role is Role.UNIT]
        last, first = (numbers[-1] if numbers else None), _ordinal(units[0], column)
        if last is not None and first is not None and first != last + 1:
            return False
    return True


def _ordinal(one: Placed, column: int) -> int | None:
    value = one.line.grid.value(one.line.index, column)
    if isinstance(value, str):
        bare = value.strip(" .)")
        return int(bare) if bare.isdecimal() and len(bare) < 4 else None
    return as_whole(value)


def _is_count(value: object) -> bool:
    count = read_count(value, Habit())
    return not looks_personal(value) and (count.number is not None or count.hint is not None)


def ask_for_headings(
    grids: Sequence[Grid], read: Collection[UnitCode | None], counts: int, resolver: Resolver, notes: Notes
) -> None:
    """Note the sheets without a heading that hold rows of units which no table gives: they must not get lost.

    ``read``: the units whose rows were read; ``counts``: how many columns of counts the tables have. A list of
    names or telephone numbers beside the table has fewer and is no report.
    """
    for grid in grids:
        lost = [
            (row, column, unit)
            for row, column, unit in _unit_rows(grid, counts, resolver)
            if unit not in read
        ]
        if lost and not grid.hidden:
            row, column, _ = lost[0]
            units = list(dict.fromkeys(unit for _, _, unit in lost))
            names = ", ".join(resolver.tree[unit].name for unit in units[:3]) + (
                ", …" if len(units) > 3 else ""
            )
            notes.add(
                HEADLESS, grid, cell=grid.place(row, column), found=names, arguments={"rows": str(len(lost))}
            )


def _unit_rows(grid: Grid, counts: int, resolver: Resolver) -> Iterator[tuple[int, int, UnitCode]]:
    """Yield the rows that name a unit without others below it, with nearly as many counts behind as tables have."""
    least = max(_FEWEST_COUNTS, counts - 1)
    for row, cells in enumerate(grid.rows[:_MOST_ROWS]):
        if len(cells) <= least:
            continue
        texts = [(c, v) for c, v in filled_at(cells) if isinstance(v, str) and any(map(str.isalpha, v))]
        for column, text in texts[:_MOST_TEXTS]:
            behind = filled(cells[column + 1 :])
            if len(behind) < least or len(text) > _LONGEST or sum(map(_is_count, behind)) < least:
                continue
            unit = resolver.resolve(text).unit
            if unit is not None and resolver.tree.is_leaf(unit):
                yield row, column, unit
                break
