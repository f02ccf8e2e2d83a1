"""Headers that stand once more, as on every printed page: what is below them goes on with the table above."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tonghop.reading.grid import filled_in

if TYPE_CHECKING:
    from tonghop.reading.tables import Table


def joined(tables: Iterable[Table]) -> tuple[Table, ...]:
    """Return the tables, those whose header only repeats the one before it as one: a total counts all its lines."""
    found: list[Table] = []
    for table in tables:
        if found and _repeats(found[-1], table):
            again = frozenset(range(table.top, table.bottom + 1))
            found[-1] = found[-1]._replace(end=table.end, repeated=found[-1].repeated | again)
        else:
            found.append(table)
    return tuple(found)


def _repeats(before: Table, table: Table) -> bool:
    """Return whether a header is the one before it again, with nothing but lines between, and no title."""
    grid, repeated = table.grid, before.repeated
    # What stands above the last of them was looked at when that one was found.
    between = grid.rows[max(repeated, default=before.bottom) + 1 : table.top]
    return (
        not grid.turned
        and before.columns == table.columns
        and bool(between or repeated)
        and all(filled_in(row) != 1 for row in between)
    )
