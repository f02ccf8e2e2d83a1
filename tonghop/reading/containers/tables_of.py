"""Tables that stand in documents, messages and pages: cells with spans laid out as a grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tonghop.reading.containers.marks import MarkedFacts, Piece, is_in_doubt
from tonghop.reading.containers.model import Refused
from tonghop.reading.grid import Grid, Merge
from tonghop.reading.limits import Limits
from tonghop.words import say

_WIDEST, _TALLEST = 200, 2_000


@dataclass(slots=True)
class Layout:
    """A table under construction; cells come from left to right, spans may reach into rows to come."""

    limits: Limits
    rows: list[list[object]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    _taken: set[tuple[int, int]] = field(default_factory=set)
    _ending: dict[tuple[int, int], int] = field(default_factory=dict)
    _marked: set[tuple[int, int]] = field(default_factory=set)
    _last: tuple[int, int] = (0, 0)
    _cells: int = 0

    def new_row(self) -> None:
        """Begin the next row."""
        self.rows.append([])
        if len(self.rows) > self.limits.rows:
            raise Refused("too-many-rows", limit=str(self.limits.rows))

    def add(self, text: str, columns: int = 1, rows: int = 1) -> None:
        """Add a cell that spans columns and rows; its text stands in the first of them."""
        if not self.rows:
            self.new_row()
        at, row = len(self.rows) - 1, self.rows[-1]
        while (at, len(row)) in self._taken:
            row.append("")
        columns, rows = max(1, min(columns, _WIDEST)), max(1, min(rows, _TALLEST))
        start = len(row)
        self._cells += columns * rows
        if self._cells > self.limits.cells // 4:
            raise Refused("sheet-too-large", limit=str(self.limits.cells))
        self._last = (at, start)
        row.extend([text, *[""] * (columns - 1)])
        if columns > 1 or rows > 1:
            self._merge((at, start, at + rows - 1, start + columns - 1))
        self._taken.update((r, c) for r in range(at + 1, at + rows) for c in range(start, start + columns))

    def grow(self, row: int, column: int) -> None:
        """Let the merge that ends just above a cell reach down to it; one with the cell above where there is none."""
        at = self._ending.pop((row - 1, column), None)
        if at is None:
            if row > 0:
                self._merge((row - 1, column, row, column))
            return
        top, left, _, right = self.merges[at]
        self.merges[at] = (top, left, row, right)
        self._ending[row, column] = min(at, self._ending.get((row, column), at))

    def _merge(self, merge: Merge) -> None:
        _, left, bottom, _ = merge
        self._ending.setdefault((bottom, left), len(self.merges))
        self.merges.append(merge)

    def mark(self, pieces: Sequence[Piece]) -> None:
        """Note of the cell just added whether its digits are in doubt, by the pieces its text was made of."""
        if any(piece.is_raised or piece.is_struck for piece in pieces) and is_in_doubt(pieces):
            self._marked.add(self._last)

    def grid(self, document: str, number: int, above: Sequence[str] = (), is_quoted: bool = False) -> Grid:
        """Return the table as a grid named "Bảng 1", with the text in front of it."""
        merges = tuple((r0, c0, min(r1, len(self.rows) - 1), c1) for r0, c0, r1, c1 in self.merges)
        return Grid(
            document,
            say("reading-table", number=number),
            self.rows,
            merges=merges,
            above=tuple(above),
            is_quoted=is_quoted,
            facts=MarkedFacts(self._marked),
        )
