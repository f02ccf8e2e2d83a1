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
            self.merges.append((at, start, at + rows - 1, start + columns - 1))
        self._taken.update((r, c) for r in range(at + 1, at + rows) for c in range(start, start + columns))

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
