"""Personal data in submissions: found by headings and by the look of values, told by place, never by content.

Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15. A column of names, telephones, identity or account numbers has no
place in a report of counts; what stands there is left out of everything the product writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

from tonghop.reading.grid import is_blank
from tonghop.reading.lines import Line
from tonghop.reading.persons import LEAST_PERSONAL, has_long_number, has_number, looks_personal
from tonghop.reading.tables import Table


def personal_places(table: Table, lines: Sequence[Line]) -> list[str]:
    """Return the cells (a column's first) where a table holds personal data."""
    grid, meanings = table.grid, table.header.meanings
    counted = frozenset(table.header.counted)
    rows = {
        c: table.bottom
        for c in table.header.personal
        if not all(is_blank(grid.value(line.index, c)) for line in lines)
    }
    for line in lines:
        # A column of figures or names is looked at too: "hỏi chị Lan 0912…" stands in place of a number.
        cells = grid.rows[line.index]
        for c, value in compress(enumerate(cells), cells):
            if type(value) is float and value < LEAST_PERSONAL:  # most cells by far
                continue
            is_told = c in counted and isinstance(value, str) and has_long_number(value)
            if c not in rows and (is_told or _is_personal(value, bool(meanings.get(c)))):
                rows[c] = line.index
    return [grid.place(rows[c], c) for c in sorted(rows)]


def _is_personal(value: object, is_known: bool) -> bool:
    if is_known and isinstance(value, str):
        return has_number(value)
    return looks_personal(value)
