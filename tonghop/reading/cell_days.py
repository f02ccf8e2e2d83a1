"""The day that a whole cell holds, or that a note says its figures are of."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tonghop.reading.dates import days_in


def day_of(value: object, near: date) -> date | None:
    """Return the day a whole cell holds: an Excel date, its serial number, or a text with one day."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and 36_526 <= value < 73_050:
        return date(1899, 12, 30) + timedelta(days=int(value))
    if isinstance(value, str):
        found = days_in(value, near, loose=True)
        return found[0].day if len(found) == 1 else None
    return None


def day_of_figures(note: object, near: date) -> date | None:
    """Return the day of which a note says its figures are ("số liệu ngày 17/8"), None for any other day."""
    if not isinstance(note, str):
        return None
    found = [one.day for one in days_in(note, near) if one.is_of_figures]
    return found[0] if len(found) == 1 else None
