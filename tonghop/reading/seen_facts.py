"""The facts of a sheet whose hidden cells are left out: in those stands no error and no formula to ask about."""

from __future__ import annotations

from collections.abc import Set

from tonghop.reading.grid import Facts, Unseen


class SeenFacts(Facts):
    """The facts of a sheet but those of its hidden cells."""

    def __init__(self, facts: Facts, unseen: Unseen) -> None:
        self._facts, self._unseen = facts, unseen

    def has_silent_cells(self) -> bool:
        """Return whether any cell may be an unvalued formula or an error."""
        return self._facts.has_silent_cells()

    def is_unvalued_formula(self, row: int, column: int) -> bool:
        """Return whether a formula without its value is to be seen here."""
        return not self._hides(row, column) and self._facts.is_unvalued_formula(row, column)

    def error(self, row: int, column: int) -> str | None:
        """Return the error that is to be seen here."""
        return None if self._hides(row, column) else self._facts.error(row, column)

    def percent_decimals(self, row: int, column: int) -> int | None:
        """Return the decimals of the cell's percent format."""
        return self._facts.percent_decimals(row, column)

    def marked_digits(self) -> Set[tuple[int, int]]:
        """Return the cells whose digits are in doubt."""
        return self._facts.marked_digits()

    def has_odd_formats(self) -> bool:
        """Return whether any cell may show another number than it holds."""
        return self._facts.has_odd_formats()

    def shown(self, row: int, column: int, number: int) -> str | None:
        """Return what the cell's format shows of its number where that may be another one."""
        return self._facts.shown(row, column, number)

    def margins(self) -> tuple[str, ...]:
        """Return what stands beside the cells."""
        return self._facts.margins()

    def unseen(self) -> Unseen:
        """Return the rows and columns that are left out."""
        return self._unseen

    def is_parted_by_commas(self) -> bool:
        """Return whether the cells were told apart by commas."""
        return self._facts.is_parted_by_commas()

    def _hides(self, row: int, column: int) -> bool:
        return row in self._unseen.rows or column in self._unseen.columns
