"""Numbers, percents, days and spans of time in the language of the page: 5.658 and 71,67% in Vietnamese."""

from __future__ import annotations

from datetime import date, timedelta

from tonghop.report.phrases import target_percent
from tonghop.words import number as vietnamese
from tonghop.words import percent as vietnamese_percent
from tonghop.words import points as vietnamese_points
from tonghop.words import say, short_day
from tonghop.words.forms import signed as vietnamese_signed

_ENGLISH = str.maketrans(".,", ",.")


def number(value: int | None, language: str) -> str:
    """Return a count of people; a dash for None."""
    return _in(vietnamese(value), language)


def signed(value: int | None, language: str) -> str:
    """Return a change with its sign."""
    return _in(vietnamese_signed(value), language)


def percent(fraction: float | None, language: str, decimals: int = 2) -> str:
    """Return a fraction 0–1 as a percent."""
    return _in(vietnamese_percent(fraction, decimals=decimals), language)


def target(fraction: float, language: str) -> str:
    """Return a target as people say it: ``60%``, ``62,5%``."""
    return _in(target_percent(fraction), language)


def points(change: float, language: str) -> str:
    """Return a change in percentage points, with its sign."""
    told = vietnamese_points(change).removesuffix(" điểm %")
    return say("desk.rate.points", language, points=_in(told, language))


def day(of: date, language: str) -> str:
    """Return a day in few letters: ``18/8/2020``, in English ``18 Aug 2020``."""
    return short_day(of) if language == "vi" else of.strftime("%-d %b %Y")


def span(left: timedelta, language: str) -> str:
    """Return a span of time as a person says it, in hours and minutes; what is past counts as nothing."""
    minutes = max(0, int(left.total_seconds())) // 60
    days, hours = minutes // 1440, minutes // 60 % 24
    if days:
        return say("desk.span.days", language, days=days, hours=hours)
    if hours:
        return say("desk.span.hours", language, hours=hours, minutes=minutes % 60)
    return say("desk.span.minutes", language, minutes=minutes)


def _in(text: str, language: str) -> str:
    return text if language == "vi" else text.translate(_ENGLISH)
