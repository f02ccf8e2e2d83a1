"""What of a day's totals a report shows, and in which order: choices only, no wording."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tonghop.campaigns import Campaign, Target
from tonghop.domain.forms import Form, Rate
from tonghop.domain.totals import DayTotals, Line, RateFigure


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one kind directly below the root, ranked by ``rate`` (the first of ``rates``)."""

    kind: str
    rates: tuple[Rate, ...]
    lines: tuple[Line, ...]

    @property
    def rate(self) -> Rate | None:
        """Return the rate the group is ranked by; None where its kind has none."""
        return self.rates[0] if self.rates else None


def rates_in_order(campaign: Campaign, form: Form) -> tuple[Rate, ...]:
    """Return the form's rates, the one with the campaign's first target in front: it is what is asked for."""
    wanted = [target.rate for target in campaign.file.targets]
    first = [rate for rate in form.rates if wanted and rate.code == wanted[0]]
    return (*first, *(rate for rate in form.rates if rate not in first))


def target_of(campaign: Campaign, rate: str, day: date, line: Line | None = None) -> Target | None:
    """Return the target in force for a rate: of several stages the one the line was judged by.

    Where the line does not tell, the next stage that is due, else the last.
    """
    stages = sorted((t for t in campaign.file.targets if t.rate == rate), key=lambda t: t.by or date.max)
    figure = line.rates.get(rate) if line is not None else None
    if figure is not None and figure.target is not None:
        stages = [target for target in stages if target.at_least == figure.target] or stages
    ahead = [target for target in stages if target.by is None or target.by >= day]
    return ahead[0] if ahead else stages[-1] if stages else None


def shows(line: Line) -> bool:
    """Return whether a line belongs in a table: it owes a report, or has a figure all the same."""
    return line.expected > 0 or any(figure.value is not None for figure in line.figures.values())


def families(totals: DayTotals) -> dict[str, list[Line]]:
    """Return the shown lines directly below each unit, in the order of the register."""
    below: dict[str, list[Line]] = {}
    for line in totals.lines[1:]:
        if shows(line):
            below.setdefault(line.parent or "", []).append(line)
    return below


def children(totals: DayTotals) -> tuple[Line, ...]:
    """Return the shown lines directly below the root."""
    return tuple(families(totals).get(totals.root.unit, ()))


def leaves(totals: DayTotals) -> tuple[Line, ...]:
    """Return the shown lines with no unit below them: those that report themselves."""
    return tuple(line for line in totals.lines if line.is_leaf and shows(line))


def groups(totals: DayTotals, campaign: Campaign, form: Form) -> tuple[Group, ...]:
    """Return the units below the root by kind, each kind ranked by the first rate it has.

    Kinds are ranked apart because an agency has no population: a rate over all would compare unlike things.
    """
    return _by_kind(children(totals), campaign, form)


def in_tree_order(totals: DayTotals, campaign: Campaign, form: Form) -> Iterator[Line]:
    """Yield every shown line, a parent before its children, these ranked among themselves."""
    below = families(totals)

    def walk(line: Line) -> Iterator[Line]:
        yield line
        for group in _by_kind(below.get(line.unit, ()), campaign, form):
            for child in group.lines:
                yield from walk(child)

    return walk(totals.root)


def _by_kind(lines: Sequence[Line], campaign: Campaign, form: Form) -> tuple[Group, ...]:
    kinds = dict.fromkeys(line.kind for line in lines)
    return tuple(
        _group(kind, [line for line in lines if line.kind == kind], campaign, form) for kind in kinds
    )


def _group(kind: str, lines: Sequence[Line], campaign: Campaign, form: Form) -> Group:
    rates = tuple(r for r in rates_in_order(campaign, form) if _is_counted(r, kind, lines, form))
    return Group(kind, rates, ranked(lines, rates[0].code if rates else ""))


def _is_counted(rate: Rate, kind: str, lines: Iterable[Line], form: Form) -> bool:
    if any((found := line.rates.get(rate.code)) is not None and found.value is not None for line in lines):
        return True
    asked = {indicator.code for indicator in form.indicators if indicator.is_asked_of(kind)}
    return {rate.numerator, rate.denominator} <= asked


def ranked(lines: Iterable[Line], rate: str) -> tuple[Line, ...]:
    """Return the lines by the share, highest first; those without one last, in the order of the register."""
    return tuple(sorted(lines, key=_share_first(rate)))


def _share_first(rate: str) -> Callable[[Line], tuple[bool, float]]:
    def key(line: Line) -> tuple[bool, float]:
        figure = line.rates.get(rate)
        value = None if figure is None else figure.value
        return value is None, -(value or 0.0)

    return key


def below_target(lines: Iterable[Line], rate: str) -> tuple[tuple[Line, RateFigure], ...]:
    """Return the lines that want people to the target, the lowest share first."""
    short = [(line, found) for line in lines if (found := line.rates.get(rate)) is not None and found.gap]
    return tuple(sorted(short, key=lambda pair: pair[1].value or 0.0))


def judged(lines: Iterable[Line], rate: str) -> int:
    """Return of how many lines it is known whether they reach the target of a rate."""
    found = (line.rates.get(rate) for line in lines)
    return sum(
        1 for figure in found if figure is not None and figure.value is not None and figure.gap is not None
    )


def carried_day(line: Line) -> date | None:
    """Return the earliest day whose figures stand in on this line; None where all are of the day itself."""
    return min((f.carried_from for f in line.figures.values() if f.carried_from is not None), default=None)


def has_stated(line: Line) -> bool:
    """Return whether the line's own stated total stands in for the units below it."""
    return any(figure.stated for figure in line.figures.values())
