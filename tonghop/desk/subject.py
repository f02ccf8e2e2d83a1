"""One finding with all that an officer needs to settle it, and only for those who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from markupsafe import Markup
from starlette.exceptions import HTTPException

from tonghop.desk import numbers
from tonghop.desk.pages import language_of
from tonghop.desk.small_chart import Point, marks_of, small_chart
from tonghop.domain.review import DayFigure, ReadFigure, ShownFinding, UnderReview
from tonghop.domain.units import Unit, UnitCode
from tonghop.domain.verdicts import Verdict
from tonghop.words import say

if TYPE_CHECKING:
    from tonghop.desk.asking import Asked

DAYS = 14


@dataclass(frozen=True, slots=True)
class History:
    """The last days of one figure of a unit.

    ``table``: a day and its figure, None where none is known; twice a day that has one that counts and a later one
    that is held. ``marks``: how they are drawn, for the legend.
    """

    indicator: str
    picture: Markup
    days: int
    table: tuple[tuple[date, DayFigure | None], ...]
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Subject:
    """What a finding's page shows. ``seen``: the last verdict on it, which a decision must have seen."""

    one: UnderReview
    unit: Unit | None
    figures: tuple[ReadFigure, ...]
    history: History | None
    others: tuple[ShownFinding, ...]
    verdicts: tuple[Verdict, ...]
    may_see_sheet: bool

    @property
    def seen(self) -> int:
        """Return the number of the last verdict that is shown; 0 where there is none."""
        return max((verdict.id for verdict in self.verdicts), default=0)

    @property
    def is_open(self) -> bool:
        """Return whether a decision is still wanting."""
        return self.one.settled is None

    @property
    def also_open(self) -> int:
        """Return how many other findings of the entry are open."""
        return sum(other.settled is None and other.entry is not None for other in self.others)


def under_review(asked: Asked, number: int) -> UnderReview:
    """Return a finding of this campaign and day that the officer may see; raise 404 for any other."""
    one = asked.store.review.finding(number) if number < 2**63 else None
    if one is None or (one.campaign, one.day) != (asked.campaign.name, asked.day):
        raise HTTPException(404)
    units = {one.unit, *((one.entry.unit,) if one.entry is not None and one.entry.unit is not None else ())}
    if not all(asked.sees(unit) for unit in units):
        raise HTTPException(404)
    return one


def may_see_sheet(asked: Asked, submission: int, branch: UnitCode | None) -> bool:
    """Return whether the whole submission is for this officer: every unit that it speaks of is in their branch."""
    if asked.is_whole:
        return True
    units = asked.store.review.units_of(submission)
    return all(unit is not None and asked.sees(unit) for unit in units) and bool(units or asked.sees(branch))


def subject_of(asked: Asked, number: int) -> Subject:
    """Return what a finding's page shows. Raises 404 where there is none for this officer."""
    one = under_review(asked, number)
    review, verdicts = asked.store.review, asked.store.verdicts
    entry = one.entry.id if one.entry else None
    others = tuple(other for other in review.findings_of(one.submission.id, entry) if other.id != one.id)
    unit = asked.tree[one.unit] if one.unit is not None and one.unit in asked.tree else None
    said = verdicts.of_entry(entry) if entry else verdicts.of_submission(one.submission.id)
    return Subject(
        one=one,
        unit=unit,
        figures=_ordered(asked, review.figures(entry) if entry else ()),
        history=history_of(asked, unit.code, one.finding.indicator) if unit is not None and entry else None,
        others=tuple(other for other in others if asked.is_whole or other.entry is not None),
        verdicts=said,
        may_see_sheet=may_see_sheet(asked, one.submission.id, one.submission.branch),
    )


def _ordered(asked: Asked, figures: tuple[ReadFigure, ...]) -> tuple[ReadFigure, ...]:
    order = {indicator.code: place for place, indicator in enumerate(asked.form.indicators)}
    return tuple(sorted(figures, key=lambda figure: order.get(figure.indicator, len(order))))


def history_of(asked: Asked, unit: UnitCode, indicator: str | None, days: int = DAYS) -> History | None:
    """Return the last days of one indicator: the finding's, else the first one that is cumulative."""
    codes = [one.code for one in asked.form.indicators]
    cumulative = [one.code for one in asked.form.indicators if one.cumulative]
    chosen = indicator if indicator in codes else next(iter([*cumulative, *codes]))
    since = asked.day - timedelta(days=days - 1)
    known = asked.store.review.unit_figures(asked.campaign.name, unit, since, asked.day)
    return drawn(asked, chosen, known, since)


def days_of(known: tuple[DayFigure, ...], indicator: str) -> Mapping[date, DayFigure]:
    """Return one figure a day: what counts before what is held, the last read of those that are held."""
    found: dict[date, DayFigure] = {}
    for figure in known:
        before = found.get(figure.day)
        if figure.indicator == indicator and (before is None or before.standing != "counted"):
            found[figure.day] = figure
    return found


def later_held(known: tuple[DayFigure, ...], indicator: str) -> Mapping[date, DayFigure]:
    """Return the days on which a figure counts and a later one waits, with the last that waits.

    What is held and came before the one that counts is superseded, and not among ``known``.
    """
    mine = [figure for figure in known if figure.indicator == indicator and figure.value is not None]
    counted = {figure.day for figure in mine if figure.standing == "counted"}
    return {figure.day: figure for figure in mine if figure.standing == "held" and figure.day in counted}


def drawn(asked: Asked, indicator: str, known: tuple[DayFigure, ...], since: date) -> History:
    """Return the picture and the table of an indicator's days up to the day that is asked about."""
    language = language_of(asked.request)
    number = partial(numbers.number, language=language)
    found, later = days_of(known, indicator), later_held(known, indicator)
    points = [
        Point(f.day, f.value, f.standing == "held", f.verdict is not None)
        for f in sorted((*found.values(), *later.values()), key=lambda f: f.day)
        if f.value is not None
    ]
    count, days = len({point.day for point in points}), (asked.day - since).days + 1
    named = say(f"indicator.{indicator}", language)
    told = [say("queue.chart.label", language, name=named, days=days, count=count)]
    told += [
        say(
            "queue.chart.both",
            language,
            day=numbers.day(day, language),
            counted=number(found[day].value),
            held=number(held.value),
        )
        for day, held in sorted(later.items())
    ]
    picture = small_chart(points, since, asked.day, " ".join(told), number)
    rows = [
        (day, figure)
        for day in (since + timedelta(days=n) for n in range(days))
        for figure in (found.get(day), *([later[day]] if day in later else []))
    ]
    return History(indicator, picture, days, tuple(rows), marks_of(points))
