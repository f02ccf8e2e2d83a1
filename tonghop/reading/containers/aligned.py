"""Tables of a PDF page without ruled lines: columns told by alignment, taken only where nothing is open.

Words close to each other are a cell. The lines that hold numbers are the rows; the stretches of the page that their
cells leave free in every row part the columns. Where a row has two cells in a column, a cell reaches over two columns,
or a line between the rows is no row, a person would have to guess: nothing is taken then.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pdfplumber.page import Page

# Parts of the size of the letters: words this near are one cell, numbers must be nearer than that; lines this far
# apart are no longer one heading.
_WORD_GAP, _NUMBER_GAP, _LINE_GAP = 0.8, 0.4, 1.7
_NUMBER = re.compile(r"^[(+\-–]?\d[\d.,\s\u00a0]*%?\)?$|^\d[\d.,\s]*\s*(?:người|%)$")
_MOST_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class Cell:
    """Words that stand close together; ``widest`` is the widest gap between two of them."""

    text: str
    start: float
    end: float
    widest: float

    @property
    def is_number(self) -> bool:
        """Return whether the cell holds a number, or a percent, and nothing else."""
        return _NUMBER.match(self.text) is not None


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of one line from left to right, its place on the page and the size of its letters."""

    cells: tuple[Cell, ...]
    top: float
    size: float

    @property
    def is_row(self) -> bool:
        """Return whether the line holds figures beside something else."""
        return len(self.cells) > 1 and any(cell.is_number for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Aligned:
    """What a page holds: rows of texts, the heading first; the lines above. ``is_open``: it cannot be told."""

    rows: tuple[tuple[str, ...], ...] = ()
    above: tuple[str, ...] = ()
    is_open: bool = False


NO_TABLE, OPEN = Aligned(), Aligned(is_open=True)


def aligned_table(page: Page) -> Aligned:
    """Return the table that the alignment of a page's words shows beyond doubt."""
    lines = _lines(page)
    numbered = [i for i, line in enumerate(lines) if line.is_row]
    if not numbered:
        return NO_TABLE
    body = lines[numbered[0] : numbered[-1] + 1]
    columns = _columns(body)
    first = _first_of_head(lines, numbered[0], columns)
    head = lines[first : numbered[0]]
    if len(columns) < 2 or not head or _is_in_doubt(body, head, columns):
        return OPEN
    if _runs_on(lines, numbered[-1], body, columns):
        return OPEN
    headings = tuple(" ".join(_texts(line, columns)[c] for line in head).strip() for c in range(len(columns)))
    rows = (headings, *(tuple(_texts(line, columns)) for line in body))
    above = tuple(" ".join(cell.text for cell in line.cells) for line in lines[:first])
    return Aligned(rows, above)


def _lines(page: Page) -> list[Line]:
    words = page.extract_words(extra_attrs=["size"], x_tolerance=1.5)[:_MOST_WORDS]
    grouped: list[list[dict[str, float]]] = []
    for word in sorted(words, key=lambda word: (word["top"] + word["bottom"], word["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        last = grouped[-1] if grouped else None
        if last is not None and middle < (last[0]["top"] + last[0]["bottom"]) / 2 + last[0]["size"] * 0.4:
            last.append(word)
        else:
            grouped.append([word])
    return [_line(sorted(group, key=lambda word: word["x0"])) for group in grouped]


def _line(words: Sequence[dict[str, float]]) -> Line:
    size = float(median(word["size"] for word in words)) or 1.0
    cells: list[list[dict[str, float]]] = [[words[0]]]
    for word in words[1:]:
        if word["x0"] - cells[-1][-1]["x1"] > _WORD_GAP * size:
            cells.append([word])
        else:
            cells[-1].append(word)
    return Line(tuple(_cell(cell, size) for cell in cells), float(words[0]["top"]), size)


def _cell(words: Sequence[dict[str, float]], size: float) -> Cell:
    gaps = [(b["x0"] - a["x1"]) / size for a, b in pairwise(words)]
    text = " ".join(str(word["text"]) for word in words)
    return Cell(text, float(words[0]["x0"]), float(words[-1]["x1"]), max(gaps, default=0.0))


def _columns(body: Sequence[Line]) -> list[tuple[float, float]]:
    """Return the stretches of the page that cells of rows stand in, from left to right."""
    columns: list[tuple[float, float]] = []
    for start, end in sorted((cell.start, cell.end) for line in body if line.is_row for cell in line.cells):
        if columns and start <= columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], end)
        else:
            columns.append((start, end))
    return columns


def _of(cell: Cell, columns: Sequence[tuple[float, float]]) -> list[int]:
    """Return the columns a cell stands in; none for a heading over a column that no row fills."""
    return [i for i, (start, end) in enumerate(columns) if cell.start < end and cell.end > start]


def _texts(line: Line, columns: Sequence[tuple[float, float]]) -> list[str]:
    texts = [""] * len(columns)
    for cell in line.cells:
        for column in _of(cell, columns)[:1]:
            texts[column] = f"{texts[column]} {cell.text}".strip()
    return texts


def _first_of_head(lines: Sequence[Line], body: int, columns: Sequence[tuple[float, float]]) -> int:
    """Return the first line of the heading: lines above the rows, close together, that keep to the columns."""
    at = body
    while at > 0:
        line, below = lines[at - 1], lines[at]
        if len(line.cells) == 1 and len(_of(line.cells[0], columns)) > 1:
            break  # a title
        farthest = _LINE_GAP * (1 if at < body else 2) * max(line.size, below.size)
        if below.top - line.top > farthest:
            break
        at -= 1
    return at


def _is_in_doubt(body: Sequence[Line], head: Sequence[Line], columns: Sequence[tuple[float, float]]) -> bool:
    if not all(line.is_row for line in body):
        return True
    for line in (*body, *head):
        places = [_of(cell, columns) for cell in line.cells]
        taken = [place[0] for place in places if place]
        if any(len(place) != 1 for place in places) or len(set(taken)) < len(taken):
            return True
    return any(cell.is_number and cell.widest > _NUMBER_GAP for line in body for cell in line.cells)


def _runs_on(
    lines: Sequence[Line], last: int, body: Sequence[Line], columns: Sequence[tuple[float, float]]
) -> bool:
    """Return whether the line below the last row may still belong to it: a name that was broken in two."""
    if last + 1 >= len(lines):
        return False
    below = lines[last + 1]
    steps = [b.top - a.top for a, b in pairwise(body)]
    near = 0.8 * min(steps) if steps else 1.3 * below.size
    return below.top - lines[last].top < near and all(len(_of(cell, columns)) == 1 for cell in below.cells)
