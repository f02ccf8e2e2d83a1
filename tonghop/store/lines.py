"""The lines of a day: states, counts, rates, gaps and ranks from the sums that the database gave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Protocol, Self

from tonghop.domain.forms import Form, Rate
from tonghop.domain.periods import is_late
from tonghop.domain.totals import Line, LineFigure, RateFigure, Timeliness, UnitState
from tonghop.domain.units import Unit, UnitCode, UnitTree


class Goal(Protocol):
    """A rate that units should reach: a fraction 0–1, by a day if one is set."""

    @property
    def rate(self) -> str:
        """Return the rate's code."""

    @property
    def at_least(self) -> float:
        """Return the fraction to reach."""

    @property
    def by(self) -> date | None:
        """Return the day to reach it by."""


@dataclass(frozen=True, slots=True)
class Presence:
    """What a unit has on a day: its counted entry, the first receipt of an accepted one, a held one."""

    valid_from: date
    entry: int | None
    received_at: datetime | None
    held: bool


@dataclass(frozen=True, slots=True)
class NodeSum:
    """The sum at one node of one indicator, with what the node's own contribution is, if it has one."""

    value: int
    entry: int | None
    carried_from: date | None
    stated: bool


@dataclass(frozen=True, slots=True)
class DaySums:
    """The sums of one day at every node: of indicators, and of numerator and denominator of each rate."""

    day: date
    figures: Mapping[tuple[UnitCode, str], NodeSum]
    ratios: Mapping[tuple[UnitCode, str, str], tuple[int, int]]
    presence: Mapping[UnitCode, Presence]


@dataclass(frozen=True, slots=True)
class Before:
    """The day that today is compared with: people by node and indicator, fractions by node and rate.

    ``valid_from`` tells which version of a unit bore the code then.
    """

    day: date
    people: Mapping[tuple[UnitCode, str], int | None]
    fractions: Mapping[tuple[UnitCode, str], float | None]
    valid_from: Mapping[UnitCode, date]

    @classmethod
    def added_up(cls, sums: DaySums, form: Form) -> Self:
        """Return the day as it adds up now."""
        return cls(
            sums.day,
            {place: node.value for place, node in sums.figures.items()},
            {
                (unit, rate.code): _quotient(sums.ratios.get((unit, rate.numerator, rate.denominator)))
                for unit in sums.presence
                for rate in form.rates
            },
            {unit: presence.valid_from for unit, presence in sums.presence.items()},
        )


@dataclass(frozen=True, slots=True)
class _Counts:
    """Units at a node that owe a report, have given one, in time; and accepted entries of any unit."""

    expected: int = 0
    reported: int = 0
    on_time: int = 0
    entries: int = 0

    def __add__(self, other: _Counts) -> _Counts:
        return _Counts(
            self.expected + other.expected,
            self.reported + other.reported,
            self.on_time + other.on_time,
            self.entries + other.entries,
        )


def lines_of(
    tree: UnitTree,
    form: Form,
    targets: Sequence[Goal],
    cutoffs: Mapping[str, datetime],
    today: DaySums,
    before: Before | None,
) -> tuple[Line, ...]:
    """Return one line a node, parents before children, with ranks among the units of a kind."""
    goals = {rate.code: _Goal.of(rate.code, targets, today.day) for rate in form.rates}
    counts = _counts(tree, today.presence, cutoffs)
    depths, ranks = _depths(tree), _ranks(tree, form.rates, today)
    lines = []
    for unit in tree.units:
        compared = before if before and _is_same(unit, before) else None
        figures = _figures(unit.code, form, today, compared, before.day if before else None)
        seen = today.presence[unit.code]
        lines.append(
            Line(
                unit=unit.code,
                name=unit.name,
                kind=unit.kind,
                parent=unit.parent if unit.code != tree.root else None,
                depth=depths[unit.code],
                state=_state(unit, form, tree.is_leaf(unit.code), counts[unit.code], seen, figures),
                timeliness=_timeliness(unit, tree.is_leaf(unit.code), seen, cutoffs),
                received_at=seen.received_at,
                expected=counts[unit.code].expected,
                reported=counts[unit.code].reported,
                on_time=counts[unit.code].on_time,
                figures=figures,
                rates={r.code: _rate(unit.code, r, goals[r.code], today, compared) for r in form.rates},
                ranks=ranks[unit.code],
                is_leaf=tree.is_leaf(unit.code),
            )
        )
    return tuple(lines)


def _is_same(unit: Unit, before: Before) -> bool:
    # Codes are reused after reforms: a unit is compared with itself, never with what bore its number before.
    return before.valid_from.get(unit.code) == unit.valid_from


def _depths(tree: UnitTree) -> dict[UnitCode, int]:
    depths = {tree.root: 0}
    for unit in tree.units:
        if unit.code != tree.root and unit.parent is not None:
            depths[unit.code] = depths[unit.parent] + 1
    return depths


def _counts(
    tree: UnitTree, presence: Mapping[UnitCode, Presence], cutoffs: Mapping[str, datetime]
) -> dict[UnitCode, _Counts]:
    counts = {unit.code: _own_counts(unit, presence[unit.code], cutoffs) for unit in tree.units}
    for unit in reversed(tree.units):  # children before parents
        if unit.code != tree.root and unit.parent is not None:
            counts[unit.parent] = counts[unit.parent] + counts[unit.code]
    return counts


def _own_counts(unit: Unit, seen: Presence, cutoffs: Mapping[str, datetime]) -> _Counts:
    accepted = int(seen.received_at is not None)
    if not unit.reports:
        return _Counts(entries=accepted)
    in_time = seen.received_at is not None and not is_late(seen.received_at, cutoffs[unit.kind])
    return _Counts(1, accepted, int(in_time), accepted)


def _timeliness(
    unit: Unit, is_leaf: bool, seen: Presence, cutoffs: Mapping[str, datetime]
) -> Timeliness | None:
    """Return whether the unit's own report was in time; None without one, or where none is due."""
    if seen.received_at is None or unit.kind not in cutoffs or not (is_leaf or unit.reports):
        return None
    return Timeliness.LATE if is_late(seen.received_at, cutoffs[unit.kind]) else Timeliness.ON_TIME


def _state(
    unit: Unit, form: Form, is_leaf: bool, counts: _Counts, seen: Presence, figures: Mapping[str, LineFigure]
) -> UnitState:
    if not is_leaf:
        if not counts.entries:
            return UnitState.MISSING
        return UnitState.REPORTED if counts.reported == counts.expected else UnitState.PARTIAL
    if seen.received_at is None:
        return UnitState.HELD if seen.held else UnitState.MISSING
    asked = [i.code for i in form.indicators if i.cumulative and i.is_asked_of(unit.kind)]
    zero = bool(asked) and all(figures[code].value == 0 for code in asked)
    return UnitState.CONFIRMED_ZERO if zero else UnitState.REPORTED


def _figures(
    code: UnitCode, form: Form, today: DaySums, before: Before | None, before_day: date | None
) -> dict[str, LineFigure]:
    figures = {}
    for indicator in form.indicators:
        now = today.figures.get((code, indicator.code))
        then = before.people.get((code, indicator.code)) if before else None
        figures[indicator.code] = LineFigure(
            indicator=indicator.code,
            value=now.value if now else None,
            entry=now.entry if now else None,
            carried_from=now.carried_from if now else None,
            stated=now.stated if now else False,
            previous=then,
            previous_day=before_day,
        )
    return figures


@dataclass(frozen=True, slots=True)
class _Goal:
    """A target as it is set and as the fraction it means: 0,6 is three fifths, not a float near it."""

    at_least: float
    exact: Fraction

    @classmethod
    def of(cls, rate: str, targets: Iterable[Goal], day: date) -> _Goal | None:
        """Return the target that holds on ``day``: the next one due, or the last one where all are past."""
        set_ = [target for target in targets if target.rate == rate]
        if not set_:
            return None
        ahead = [target for target in set_ if target.by is None or target.by >= day]
        found = min(ahead, key=_due) if ahead else max(set_, key=_due)
        return cls(found.at_least, Fraction(str(found.at_least)))


def _due(target: Goal) -> date:
    return target.by or date.max


def _rate(
    code: UnitCode, rate: Rate, goal: _Goal | None, today: DaySums, before: Before | None
) -> RateFigure:
    now = today.ratios.get((code, rate.numerator, rate.denominator))
    then = before.fractions.get((code, rate.code)) if before else None
    return RateFigure(rate.code, _quotient(now), then, goal.at_least if goal else None, _gap(now, goal))


def _quotient(sums: tuple[int, int] | None) -> float | None:
    return sums[0] / sums[1] if sums and sums[1] > 0 else None


def _gap(sums: tuple[int, int] | None, goal: _Goal | None) -> int | None:
    """Return how many people are wanting to the target, exactly, rounded up to whole people."""
    if goal is None or sums is None or sums[1] <= 0:
        return None
    wanted = -(-goal.exact.numerator * sums[1] // goal.exact.denominator)
    return max(0, wanted - sums[0])


def _ranks(tree: UnitTree, rates: Sequence[Rate], today: DaySums) -> dict[UnitCode, dict[str, int]]:
    """Return the place of each unit among those of its kind by each rate, where it has the rate."""
    places: dict[UnitCode, dict[str, int]] = {unit.code: {} for unit in tree.units}
    kinds: dict[str, list[UnitCode]] = {}
    for unit in tree.units:
        kinds.setdefault(unit.kind, []).append(unit.code)
    for rate in rates:
        for codes in kinds.values():
            sums = ((code, today.ratios.get((code, rate.numerator, rate.denominator))) for code in codes)
            values = [(value, code) for code, one in sums if (value := _quotient(one)) is not None]
            for unit_code, place in _places(values):
                places[unit_code][rate.code] = place
    return places


def _places(values: Sequence[tuple[float, UnitCode]]) -> Iterable[tuple[UnitCode, int]]:
    """Yield each unit's place, 1 the highest; equal rates share a place and the next one is left out."""
    place, last = 0, None
    for number, (value, unit) in enumerate(sorted(values, key=lambda pair: -pair[0]), start=1):
        if value != last:
            place, last = number, value
        yield unit, place
