"""Headings below a header that nobody merged: what "Mới", "Kế hoạch", "Nữ", "17/8" says below one makes it another."""

from __future__ import annotations

from tonghop.reading.grid import Grid, as_whole, filled_at, is_blank
from tonghop.reading.headers import may_divide

_WIDEST, _LONGEST = 300, 40


def has_subheads(grid: Grid, row: int) -> bool:
    """Return whether a row holds words or days only, below headings and above figures, and no line's name.

    Where a line would have its name, below the first heading, nothing stands.
    """
    if not 0 < row < len(grid.rows) - 1 or grid.turned:
        return False
    cells = list(filled_at(grid.rows[row][:_WIDEST]))
    if not cells or not all(len(str(value)) <= _LONGEST and may_divide(value) for _, value in cells):
        return False
    above = [c for c, _ in filled_at(grid.rows[row - 1][:_WIDEST])]
    if len(above) < 3 or cells[0][0] <= above[0]:
        return False
    if not all(isinstance(grid.value(row - 1, c), str) for c in above):
        return False
    below = (grid.value(row + 1, c) for c, _ in cells)
    return not is_blank(grid.value(row + 1, above[0])) and any(map(_is_figure, below))


def _is_figure(value: object) -> bool:
    return as_whole(value) is not None or (isinstance(value, str) and value.strip()[:1].isdecimal())
