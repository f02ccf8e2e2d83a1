"""What is odd about a correction before it is kept: an officer's slip is as easily typed as a commune's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tonghop.desk.subject import DAYS, Subject, days_of
from tonghop.desk.typed import Typed

if TYPE_CHECKING:
    from tonghop.desk.asking import Asked

_FAR = 5  # times as much, or a fifth: telephones and people do not come in such leaps


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that is odd: the sentence's key, the other figure's indicator, and what it is (people)."""

    key: str
    indicator: str
    other: int


def doubts_of(asked: Asked, subject: Subject, typed: Typed) -> tuple[Doubt, ...]:
    """Return what speaks against a corrected count: a part larger than its whole, or a leap from the last days.

    They are shown where the value is to be confirmed, and stop nothing: the officer has asked the unit.
    """
    if typed.value is None or not typed.value.isdigit():
        return ()
    value = int(typed.value)
    return (*_parts(asked, subject, typed.field, value), *_leap(asked, subject, typed.field, value))


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


def _leap(asked: Asked, subject: Subject, field: str, value: int) -> Iterator[Doubt]:
    if subject.unit is None:
        return
    since, until = asked.day - timedelta(days=DAYS), asked.day - timedelta(days=1)
    known = asked.store.review.unit_figures(asked.campaign.name, subject.unit.code, since, until)
    counted = [figure for figure in days_of(known, field).values() if figure.standing == "counted"]
    last = max(counted, key=lambda figure: figure.day, default=None)
    if last is not None and last.value and not last.value / _FAR <= value <= last.value * _FAR:
        yield Doubt("queue.echo.far", field, last.value)
