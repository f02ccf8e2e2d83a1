"""What is odd about a correction before it is kept: an officer's slip is as easily typed as a commune's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tonghop.desk.subject import DAYS, Subject, days_of
from tonghop.desk.typed import Typed
from tonghop.domain.units import UnitCode
from tonghop.domain.verdicts import DAY_FIELD, UNIT_FIELD

if TYPE_CHECKING:
    from tonghop.desk.asking import Asked

_FAR = 5  # times as much, or a fifth: telephones and people do not come in such leaps


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that is odd: the sentence's key, the field it is about, and the figure it is compared with (people)."""

    key: str
    indicator: str
    other: int | None = None


def doubts_of(asked: Asked, subject: Subject, typed: Typed) -> tuple[Doubt, ...]:
    """Return what speaks against a correction: a part larger than its whole, a fall of what only grows, a leap.

    A report that is given to another unit or day is compared with what that unit last told: nobody has compared it
    before. Doubts are shown where the value is to be confirmed, and stop nothing: the officer has asked the unit.
    """
    unit = subject.unit.code if subject.unit is not None else None
    if typed.value is None:
        return ()
    if typed.field == UNIT_FIELD:
        return tuple(_elsewhere(asked, subject, typed.value, asked.day))
    if typed.field == DAY_FIELD:
        return tuple(_elsewhere(asked, subject, unit, date.fromisoformat(typed.value)))
    told = {typed.field: int(typed.value)}
    return (
        *_parts(asked, subject, typed.field, int(typed.value)),
        *_since_last(asked, unit, asked.day, told),
    )


def _parts(asked: Asked, subject: Subject, field: str, value: int) -> Iterator[Doubt]:
    known = {figure.indicator: figure.value for figure in subject.figures}
    for rate in asked.form.rates:
        if rate.may_exceed_one:
            continue
        whole, part = known.get(rate.denominator), known.get(rate.numerator)
        if field == rate.numerator and whole is not None and value > whole:
            yield Doubt("queue.echo.more_than", rate.denominator, whole)
        if field == rate.denominator and part is not None and value < part:
            yield Doubt("queue.echo.less_than", rate.numerator, part)


def _elsewhere(asked: Asked, subject: Subject, unit: UnitCode | None, day: date) -> Iterator[Doubt]:
    """Yield what speaks against a report being this unit's of this day."""
    if day > asked.now.date():
        yield Doubt("queue.echo.to_come", DAY_FIELD)
    if unit is None:
        return
    there = asked.store.review.unit_figures(asked.campaign.name, unit, day, day)
    if any(figure.standing == "counted" for figure in there):
        yield Doubt("queue.echo.counts_already", UNIT_FIELD)
    told = {figure.indicator: figure.value for figure in subject.figures if figure.value is not None}
    yield from _since_last(asked, unit, day, told)


def _since_last(asked: Asked, unit: UnitCode | None, day: date, told: Mapping[str, int]) -> Iterator[Doubt]:
    """Yield what is far from the unit's last figure that counted, or falls though it can only grow."""
    if unit is None:
        return
    since, until = day - timedelta(days=DAYS), day - timedelta(days=1)
    known = asked.store.review.unit_figures(asked.campaign.name, unit, since, until)
    cumulative = {indicator.code for indicator in asked.form.indicators if indicator.cumulative}
    for field, value in told.items():
        counted = {f.day: f.value for f in days_of(known, field).values() if f.standing == "counted"}
        last = counted[max(counted)] if counted else None
        if last and not last / _FAR <= value <= last * _FAR:
            yield Doubt("queue.echo.far", field, last)
        elif last is not None and field in cumulative and value < last:
            yield Doubt("queue.echo.falls", field, last)
