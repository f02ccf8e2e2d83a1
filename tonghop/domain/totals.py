"""A day added up: one line a node of the tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tonghop.domain.units import UnitCode


class UnitState(StrEnum):
    """A unit's day. Blank is never zero: ``missing`` and ``confirmed_zero`` are apart.

    ``partial`` is said of nodes whose units reported in part; a leaf is never partial.
    """

    REPORTED = "reported"
    CONFIRMED_ZERO = "confirmed_zero"
    HELD = "held"
    MISSING = "missing"
    PARTIAL = "partial"


class Timeliness(StrEnum):
    """Whether the first acceptable receipt came by the unit's cut-off; corrections never change it."""

    ON_TIME = "on_time"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class LineFigure:
    """One indicator of one line.

    ``value``: people, None where nothing is known. ``entry``: the id of the entry it was read from (lines
    of units only). ``carried_from``: the earlier day whose figure stands in. ``stated``: a parent's own
    stated total stands in because none of its children reported. ``previous``: the value of the last
    reported day before, ``previous_day`` that day.
    """

    indicator: str
    value: int | None
    entry: int | None = None
    carried_from: date | None = None
    stated: bool = False
    previous: int | None = None
    previous_day: date | None = None

    @property
    def change(self) -> int | None:
        """Return people more (or fewer) than on the last reported day before; None where either is unknown."""
        return None if self.value is None or self.previous is None else self.value - self.previous


@dataclass(frozen=True, slots=True)
class RateFigure:
    """One rate of one line: fractions 0–1 recomputed from sums, change in percentage points.

    ``gap`` is how many people are wanting to the target (0: reached; None: no target for this rate).
    """

    rate: str
    value: float | None
    previous: float | None
    target: float | None = None
    gap: int | None = None

    @property
    def change(self) -> float | None:
        """Return the change in percentage points."""
        if self.value is None or self.previous is None:
            return None
        return (self.value - self.previous) * 100


@dataclass(frozen=True, slots=True)
class Line:
    """One node of the tree on one day.

    ``expected``/``reported``/``on_time`` count the units below (or the unit itself) that owe a submission,
    have an accepted one, and had the first acceptable one by their cut-off. ``ranks`` is the place among
    units of the same kind by each rate, 1 the highest, ties share a place.
    """

    unit: UnitCode
    name: str
    kind: str
    parent: UnitCode | None
    depth: int
    state: UnitState
    timeliness: Timeliness | None
    received_at: datetime | None
    expected: int
    reported: int
    on_time: int
    figures: Mapping[str, LineFigure]
    rates: Mapping[str, RateFigure]
    ranks: Mapping[str, int]
    is_leaf: bool


@dataclass(frozen=True, slots=True)
class DayTotals:
    """A campaign's day added up as of a moment, parents before children; the first line is the root's."""

    campaign: str
    day: date
    as_of: datetime
    lines: tuple[Line, ...]

    @property
    def root(self) -> Line:
        """Return the line of the unit that reports."""
        return self.lines[0]

    def in_state(self, state: UnitState) -> tuple[Line, ...]:
        """Return the lines of owing units in a state."""
        return tuple(line for line in self.lines if line.is_leaf and line.expected and line.state is state)
