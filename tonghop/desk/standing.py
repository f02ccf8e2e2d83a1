"""How a day stands: who reported in time, late, is held or missing, at each level; what a page of today draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tonghop.desk.pictures import Share
from tonghop.domain.totals import DayTotals, Line, Timeliness, UnitState


@dataclass(frozen=True, slots=True)
class Tally:
    """Units that owe a report, by how they stand. They add up to ``expected``."""

    on_time: int = 0
    late: int = 0
    held: int = 0
    missing: int = 0

    @property
    def expected(self) -> int:
        """Return how many owe a report."""
        return self.on_time + self.late + self.held + self.missing

    @property
    def reported(self) -> int:
        """Return how many have one that counts."""
        return self.on_time + self.late

    @property
    def shares(self) -> tuple[Share, ...]:
        """Return the parts of the bar that shows it."""
        return (
            Share(self.on_time, "f-on"),
            Share(self.late, "f-late"),
            Share(self.held, "f-held"),
            Share(self.missing, "f-missing"),
        )


@dataclass(frozen=True, slots=True)
class Level:
    """One row of the picture: a unit with all below it, or all units of one kind (``unit`` is None)."""

    unit: str | None
    name: str
    kind: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Standing:
    """The whole, its levels, and its single units where they are few enough to be shown each."""

    whole: Tally
    levels: tuple[Level, ...]
    units: tuple[Line, ...]


def look_of(line: Line) -> str:
    """Return how a single unit stands: ``on``, ``late``, ``held`` or ``missing``."""
    if line.state is UnitState.HELD:
        return "held"
    if line.state in (UnitState.REPORTED, UnitState.CONFIRMED_ZERO):
        return "late" if line.timeliness is Timeliness.LATE else "on"
    return "missing"


def standing_of(totals: DayTotals, most_units: int = 120) -> Standing:
    """Return how the day stands below the first line.

    Levels are the units just below it that have units of their own; the others are taken together by kind.
    """
    owing = [line for line in totals.lines if line.is_leaf and line.expected]
    top, parents = totals.root, {line.unit: line.parent for line in totals.lines}
    children = [line for line in totals.lines if line.parent == top.unit]
    groups: dict[str, list[Line]] = {}
    for line in owing:
        groups.setdefault(_child_above(line, top.unit, parents), []).append(line)
    levels = [
        Level(line.unit, line.name, line.kind, tally_of(groups.get(line.unit, ())))
        for line in children
        if not line.is_leaf
    ]
    loose: dict[str, list[Line]] = {}
    for line in children:
        if line.is_leaf and line.expected:
            loose.setdefault(line.kind, []).append(line)
    levels += [Level(None, "", kind, tally_of(lines)) for kind, lines in loose.items()]
    shown = tuple(owing) if len(owing) <= most_units else ()
    return Standing(tally_of(owing), tuple(level for level in levels if level.tally.expected), shown)


def tally_of(lines: Iterable[Line]) -> Tally:
    """Return how units stand that each owe a report."""
    looks: Sequence[str] = [look_of(line) for line in lines]
    return Tally(looks.count("on"), looks.count("late"), looks.count("held"), looks.count("missing"))


def _child_above(line: Line, top: str, parents: dict[str, str | None]) -> str:
    code = line.unit
    while code != top and parents.get(code) not in (top, None):
        code = parents[code] or top
    return code
