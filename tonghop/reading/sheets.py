"""What is known of a sheet with tables, and of what it came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tonghop.domain.reading import Incoming, Row
from tonghop.domain.units import UnitCode
from tonghop.reading.context import Around, Decided
from tonghop.reading.grid import Grid
from tonghop.reading.lines import Line
from tonghop.reading.sums import Placed
from tonghop.reading.tables import Table


@dataclass(slots=True)
class Sheet:
    """A sheet whose tables were found, with its lines in place and its day decided."""

    grid: Grid
    tables: tuple[Table, ...]
    lines: list[list[Line]]
    placed: list[list[Placed]]
    around: list[Around]
    decided: Decided
    rows: list[Row] = field(default_factory=list)
    titles: dict[UnitCode | None, tuple[UnitCode, ...]] = field(default_factory=dict)

    @property
    def begun(self) -> int:
        """Return the position of the table that the last ones go on from."""
        return max(i for i, table in enumerate(self.tables) if not table.goes_on)

    @property
    def units(self) -> set[UnitCode]:
        """Return the units of the sheet's lines."""
        return {one.unit for placed in self.placed for one in placed if one.unit}


class Letter(NamedTuple):
    """What a document came in: the submission, its subject, and the running text around its tables."""

    incoming: Incoming
    subject: str = ""
    words: Sequence[str] = ()
