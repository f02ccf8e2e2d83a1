"""A table of a document under a section's title: "II. CBCCVC, NLĐ" above "Tổng số | Đã cài đặt" tells of whom."""

from __future__ import annotations

from dataclasses import replace

from tonghop.reading.grid import Grid
from tonghop.reading.headings import LABEL, Lexicon

_FIRST_ROWS, _LONGEST = 12, 60


def under_section(grid: Grid, lexicon: Lexicon) -> Grid:
    """Return a table with the section's title right above it as a heading over all its columns.

    Only where a heading of its own may mean several things: any other needs no title. Cells keep their names.
    """
    title = grid.above[-1].strip() if grid.above else ""
    if not title or len(title) > _LONGEST or len(grid.rows) < 2 or not lexicon.is_group(title):
        return grid
    headings = [v for row in grid.rows[:_FIRST_ROWS] for v in row if isinstance(v, str) and v]
    if not any(len(lexicon.meanings((text,))) > 1 for text in headings):
        return grid
    width = max(map(len, grid.rows))
    label = next(
        (c for c, v in enumerate(grid.rows[0]) if isinstance(v, str) and _means(v, LABEL, lexicon)), None
    )
    top = ["" if label is not None and c != label else title for c in range(width)]
    merges = [(r0 + 1, c0, r1 + 1, c1) for r0, c0, r1, c1 in grid.merges]
    if label is None:
        top[1:], merges = [""] * (width - 1), [(0, 0, 0, width - 1), *merges]
    return replace(
        grid, rows=[top, *grid.rows], merges=tuple(merges), top=grid.top - 1, above=grid.above[:-1]
    )


def _means(text: str, meaning: str, lexicon: Lexicon) -> bool:
    return lexicon.meanings((text,)) == (meaning,)
