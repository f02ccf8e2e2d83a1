"""Backfill: the days of the calendar between two days, oldest first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from tasks.begin import begin
from tasks.step import step
from tonghop.errors import ConfigurationError


@step()
def days_between(campaign: str, start: date | str, end: date | str) -> tuple[date, ...]:
    """Return the days from ``start`` to ``end``, both included, on which the calendar asks for a report.

    Raises ``ConfigurationError`` where the days are in the wrong order or ``end`` is still to come.
    """
    first, last = begin(campaign, start, None), begin(campaign, end, None)
    if first.day > last.day or last.day > last.today:
        raise ConfigurationError(
            f"backfill from {first.day} to {last.day}: the first day must not lie after the last, nor the last"
            f" after today ({last.today})"
        )
    days = (first.day + timedelta(days=n) for n in range((last.day - first.day).days + 1))
    return tuple(day for day in days if first.campaign.file.calendar.includes(day))


def each_day(
    sentence: Callable[[str, date], dict[str, object]], campaign: str, days: tuple[date, ...]
) -> dict[str, object]:
    """Return what the sentence tells of each day, oldest first, so that each has the days before it."""
    told = [sentence(campaign, day) for day in days]
    return {
        "campaign": campaign,
        "days": told,
        "needs_person": [note for one in told for note in _list(one, "needs_person")],
        "failed": [note for one in told for note in _list(one, "failed")],
    }


def _list(told: dict[str, object], key: str) -> list[object]:
    value = told.get(key)
    return list(value) if isinstance(value, list) else []
