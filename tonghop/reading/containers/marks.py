"""Texts in pieces, some of them raised, lowered or struck out: digits that are no part of the number beside them."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import NamedTuple

from tonghop.reading.grid import ALL_SEEN, Facts, Unseen


class Piece(NamedTuple):
    """A part of a cell's text as it is shown; ``is_raised``: smaller than the rest, above or below the line.

    ``is_white``: it is written in white, and has no ground of its own on which that can be read.
    """

    text: str
    is_raised: bool = False
    is_struck: bool = False
    is_white: bool = False


def is_in_doubt(pieces: Iterable[Piece]) -> bool:
    """Return whether joining the pieces makes a number of digits that are struck out, or raised beside others."""
    digits = [piece for piece in pieces if any(map(str.isdecimal, piece.text))]
    raised = sum(piece.is_raised for piece in digits)
    return any(piece.is_struck for piece in digits) or 0 < raised < len(digits)


class MarkedFacts(Facts):
    """The facts of a table whose text is read in pieces: the cells that hold digits in doubt, the lines not shown."""

    def __init__(self, cells: Set[tuple[int, int]], unseen: Unseen = ALL_SEEN) -> None:
        self._cells, self._unseen = cells, unseen

    def has_silent_cells(self) -> bool:
        """Return False: such a table holds no formulas."""
        return False

    def marked_digits(self) -> Set[tuple[int, int]]:
        """Return the cells of which digits are struck out, or stand raised or lowered beside others."""
        return self._cells

    def unseen(self) -> Unseen:
        """Return the rows and columns that are not shown to who opens the file."""
        return self._unseen
