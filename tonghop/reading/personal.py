"""Personal data in submissions: found by headings and by the look of values, told by place, never by content.

Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15. A column of names, telephones, identity or account numbers has no
place in a report of counts; what stands there is left out of everything the product writes.
"""

from __future__ import annotations

from collections.abc import Iterator

from tonghop.reading.grid import Grid, is_blank
from tonghop.reading.headings import PERSONAL
from tonghop.reading.lines import Line
from tonghop.reading.persons import has_number, looks_personal
from tonghop.reading.tables import Table


def personal_places(table: Table, lines: list[Line]) -> Iterator[str]:
    """Yield the cells (a column's first) where a table holds personal data."""
    grid = table.grid
    rows = [line.index for line in lines]
    meanings = {column.index: column.meanings for column in table.columns}
    width = max((len(row) for row in grid.rows), default=0)
    for c in range(width):
        means = meanings.get(c, ())
        if PERSONAL in means:
            if any(not is_blank(grid.value(row, c)) for row in rows):
                yield grid.place(table.bottom, c)
            continue
        # A column of figures or names is looked at too: "hỏi chị Lan 0912…" stands in place of a number.
        first = next((row for row in rows if _is_personal(grid, row, c, bool(means))), None)
        if first is not None:
            yield grid.place(first, c)


def _is_personal(grid: Grid, row: int, column: int, is_known: bool) -> bool:
    value = grid.value(row, column)
    if is_known and isinstance(value, str):
        return has_number(value)
    return looks_personal(value)
