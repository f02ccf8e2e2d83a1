"""One sheet or table as read from a container: cells with their places, and what the container tells of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain, compress, repeat
from operator import ne
from typing import NamedTuple


class Unseen(NamedTuple):
    """The rows and columns of a sheet (from 0) that its program does not show: hidden, filtered out, of no height."""

    rows: Set[int] = frozenset()
    columns: Set[int] = frozenset()


ALL_SEEN = Unseen()


class Facts:
    """What a workbook tells of single cells beyond their values; asked only where a cell is in question."""

    def has_silent_cells(self) -> bool:
        """Return whether any cell may be an unvalued formula or an error; False only where none is for certain."""
        return True

    def is_unvalued_formula(self, row: int, column: int) -> bool:  # noqa: ARG002 - most containers know no formulas
        """Return whether the cell holds a formula that was saved without its value."""
        return False

    def error(self, row: int, column: int) -> str | None:  # noqa: ARG002 - some containers show errors as text
        """Return the error that the cell's formula came to (``#REF!``), None where there is none."""
        return None

    def percent_decimals(self, row: int, column: int) -> int | None:  # noqa: ARG002 - most containers know no formats
        """Return the decimals of the cell's percent format, None where it has none."""
        return None

    def marked_digits(self) -> Set[tuple[int, int]]:
        """Return the cells of which digits are struck out, or stand raised or lowered beside others."""
        return frozenset()

    def has_odd_formats(self) -> bool:
        """Return whether any cell may show another number than it holds; False only where none does."""
        return False

    def shown(self, row: int, column: int, number: int) -> str | None:  # noqa: ARG002 - most know no formats
        """Return what the cell's format shows of its number where that may be another one; "" for nothing."""
        return None

    def margins(self) -> tuple[str, ...]:
        """Return what stands beside the cells: page header and footer, text boxes, comments."""
        return ()

    def unseen(self) -> Unseen:
        """Return the rows and columns that are not shown to who opens the file."""
        return ALL_SEEN

    def is_parted_by_commas(self) -> bool:
        """Return whether the cells were told apart by commas, which may stand inside numbers as well."""
        return False


Merge = tuple[int, int, int, int]


class Fold(NamedTuple):
    """Rows from ``first`` on that stand in the sheet so many rows ``back`` and columns to the ``right``."""

    first: int
    back: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A rectangle of cells. ``top`` and ``left`` say where its first cell stands in the sheet (from 0).

    ``merges``: first row, first column, last row, last column, inside ``rows``. ``above``: running text
    in front of a table that stands in a document or message. ``turned``: rows are the sheet's columns.
    ``margins``: what stands beside the cells: page headers and footers, text boxes, comments.
    ``is_ragged``: the width of each line was given by separators, so a longer line is out of order. ``folds``: which
    rows stand elsewhere in the sheet, in their order. ``origins``: by their place here, where single cells stand.
    """

    document: str
    sheet: str
    rows: Sequence[Sequence[object]]
    top: int = 0
    left: int = 0
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    turned: bool = False
    is_ragged: bool = False
    is_quoted: bool = False
    facts: Facts = field(default_factory=Facts)
    above: tuple[str, ...] = ()
    folds: tuple[Fold, ...] = ()
    margins: tuple[str, ...] = ()
    origins: Mapping[tuple[int, int], tuple[int, int]] | None = None

    def place(self, row: int, column: int) -> str:
        """Return a cell's name in the sheet: ``B5``."""
        return a1(*self.sheet_position(row, column))

    def sheet_position(self, row: int, column: int) -> tuple[int, int]:
        """Return a cell's row and column in the sheet, from 0."""
        if self.folds:
            row, column = self.unfolded(row, column)
        if self.turned:
            row, column = column, row
        if self.origins is not None:
            row, column = self.origins.get((row, column), (row, column))
        return row + self.top, column + self.left

    def unfolded(self, row: int, column: int = 0) -> tuple[int, int]:
        """Return where a cell's row and column were before tables beside each other became one."""
        fold = next((one for one in reversed(self.folds) if row >= one.first), Fold(0, 0, 0))
        return row - fold.back, column + fold.right

    def value(self, row: int, column: int) -> object:
        """Return a cell's value; "" beyond the rectangle."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""

    def turn(self) -> Grid:
        """Return the grid with rows and columns exchanged; places stay those of the sheet."""
        width = max((len(row) for row in self.rows), default=0)
        rows = [[row[c] if c < len(row) else "" for row in self.rows] for c in range(width)]
        merges = tuple((c0, r0, c1, r1) for r0, c0, r1, c1 in self.merges)
        return replace(self, rows=rows, merges=merges, turned=not self.turned)

    def strings(self) -> list[str]:
        """Return every text of the sheet, the text in front of it first."""
        cells = filter(None, chain.from_iterable(self.rows))
        texts = [value for value in cells if isinstance(value, str)]
        return [*self.above, *texts]


@lru_cache(maxsize=16_384)
def a1(row: int, column: int) -> str:
    """Return the name of a cell counted from 0: ``(4, 1)`` is ``B5``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def as_whole(value: object) -> int | None:
    """Return a cell's whole number, or None where it holds none (a text, a truth value, a fraction, infinity)."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e18:
        return None
    return int(value) if value == int(value) else None


def is_blank(value: object) -> bool:
    """Return whether a cell holds nothing to see."""
    return (isinstance(value, str) and not value.strip()) or value is None


def filled(cells: Iterable[object]) -> list[object]:
    """Return the cells of a sheet being read that hold something: what is blank in it is ""."""
    return [value for value in cells if value != ""]


def filled_at(cells: Sequence[object]) -> Iterator[tuple[int, object]]:
    """Yield the cells of a row of a sheet being read that hold something, each with its column."""
    return compress(enumerate(cells), map(ne, cells, repeat("")))


def filled_in(cells: Sequence[object]) -> int:
    """Return how many cells of a row of a sheet being read hold something."""
    return len(cells) - cells.count("")
