"""Lines of separated text whose cells stand under other headings than they were meant for."""

from __future__ import annotations

from itertools import pairwise

from tonghop.reading.grid import is_blank
from tonghop.reading.tables import Table


def is_misaligned(table: Table, row: int) -> bool:
    """Return whether a line has more cells than there are headings, or thousands parted by the commas between cells."""
    cells = table.grid.rows[row]
    if any(not is_blank(value) for value in cells[table.header.last + 1 :]):
        return True
    return table.grid.facts.is_parted_by_commas() and _has_parted_thousands(table, row)


def _has_parted_thousands(table: Table, row: int) -> bool:
    """Return whether "5,519" stands in two cells, as far as a person would see it.

    A number of one to three digits before one of three is met by chance too. It is more than chance where the line is
    longer than the heading, where a bare number stands behind the figures, or where the first figure, of which the
    others are parts, is less than the next.
    """
    header, grid = table.header, table.grid
    cells = [str(value).strip() for value in grid.rows[row]]
    counted = sorted(header.counted)
    pairs = [
        (a, b)
        for a, b in pairwise(counted)
        if b == a + 1 and b < len(cells) and _may_join(cells[a], cells[b])
    ]
    if not pairs:
        return False
    widest = max(len(grid.rows[r]) for r in range(table.top, table.bottom + 1))
    behind = (value for c, value in enumerate(cells) if c >= header.figured.stop)
    first = pairs[0]
    return (
        len(cells) > widest
        or any(value.isdecimal() for value in behind)
        or (first[0] == counted[0] and int(cells[first[0]]) < int(cells[first[1]]))
    )


def _may_join(first: str, second: str) -> bool:
    """Return whether two cells may be one number with a comma between thousands."""
    return (
        first.isdecimal()
        and second.isdecimal()
        and 0 < len(first.lstrip("0")) == len(first) < 4 == len(second) + 1
    )
