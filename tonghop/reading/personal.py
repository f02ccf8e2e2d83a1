"""Personal data in submissions: found by headings and by the look of values, told by place, never by content.

Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15. A column of names, telephones, identity or account numbers has no
place in a report of counts; what stands there is left out of everything the product writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress, zip_longest

from tonghop.reading.grid import is_blank
from tonghop.reading.headings import PERSONAL
from tonghop.reading.lines import Line
from tonghop.reading.persons import has_number, looks_personal
from tonghop.reading.tables import Table


def personal_places(table: Table, lines: list[Line]) -> Iterator[str]:
    """Yield the cells (a column's first) where a table holds personal data."""
    grid = table.grid
    rows = [line.index for line in lines]
    meanings = table.header.meanings
    for c, values in enumerate(zip_longest(*(grid.rows[row] for row in rows), fillvalue="")):
        means = meanings.get(c, ())
        if PERSONAL in means:
            if not all(map(is_blank, values)):
                yield grid.place(table.bottom, c)
            continue
        # A column of figures or names is looked at too: "hỏi chị Lan 0912…" stands in place of a number.
        for row, value in compress(zip(rows, values, strict=True), values):
            if _is_personal(value, bool(means)):
                yield grid.place(row, c)
                break


def _is_personal(value: object, is_known: bool) -> bool:
    if is_known and isinstance(value, str):
        return has_number(value)
    return looks_personal(value)
