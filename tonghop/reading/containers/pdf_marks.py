"""What the text of a PDF's ruled table does not tell: digits raised or struck out, cells over several rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pdfplumber.page import Page
from pdfplumber.table import Table

from tonghop.reading.grid import Merge

# A raised digit is well smaller than the others of its cell. A line through text is thin and runs through its middle.
_SMALLER, _THIN = 0.85, 1.5
_NUMBER = re.compile(r"[+\-]?\d[\d.,\s]*\D{0,12}")
Thing = dict[str, Any]
Box = tuple[float, float, float, float]


def marked_cells(page: Page, table: Table) -> Iterator[tuple[int, int]]:
    """Yield the cells in which digits are smaller than others, or have a line through them."""
    digits = [char for char in page.chars if char["text"].isdecimal() and _is_in(char, table.bbox)]
    sizes = [char["size"] for char in digits]
    through = [one for one in (*page.lines, *page.rects) if _is_through(one, digits)]
    if not through and (not sizes or min(sizes) >= _SMALLER * max(sizes)):
        return
    for r, row in enumerate(table.rows):
        for c, box in enumerate(row.cells):
            inside = [char for char in digits if box is not None and _is_in(char, box)]
            sizes = [char["size"] for char in inside]
            if sizes and (
                min(sizes) < _SMALLER * max(sizes) or any(_is_through(one, inside) for one in through)
            ):
                yield r, c


def merges_of(table: Table, rows: Sequence[Sequence[str]]) -> Iterator[Merge]:
    """Yield the cells with a number that reach over several rows: from the first row to the last."""
    tops = [row.bbox[1] for row in table.rows]
    for r, row in enumerate(table.rows):
        for c, box in enumerate(row.cells):
            if box is not None and _NUMBER.fullmatch(rows[r][c].strip()):
                last = max(i for i, top in enumerate(tops) if i == r or (i > r and top < box[3] - 2))
                if last > r:
                    yield r, c, last, c


def _is_in(thing: Thing, box: Box) -> bool:
    x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _is_through(line: Thing, chars: Sequence[Thing]) -> bool:
    """Return whether a thin line runs through the middle of any of the characters."""
    if line["bottom"] - line["top"] > _THIN or line["x1"] - line["x0"] < _THIN:
        return False
    y = (line["top"] + line["bottom"]) / 2
    return any(
        bool(line["x0"] <= (char["x0"] + char["x1"]) / 2 <= line["x1"])
        and bool(char["top"] + 0.3 * char["size"] < y < char["bottom"] - 0.25 * char["size"])
        for char in chars
    )
