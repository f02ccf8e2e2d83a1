"""Weeks and quarters that titles name instead of a day: of one that is over, the figures may not be today's."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from tonghop.reading.text import plain, tidy

# "Báo cáo tuần 33", "Kết quả quý II/2020", "Báo cáo 6 tháng đầu năm"; "tuần 2 tháng 8" is another count of weeks.
_PERIOD = re.compile(
    r"\b(?:bao cao|bc|ket qua|so lieu|tong hop|bieu|bang)\b[^;:\d]{0,60}?"
    r"\b(?P<period>tuan (?:thu )?(?P<week>\d{1,2})\b(?! thang)"
    r"|quy (?P<quarter>i{1,3}|iv|[1-4])\b|(?P<half>6 thang dau) nam)"
    r"(?: ?(?:[/\-]|nam)? ?(?P<year>20\d\d))?(?![\d.,]*\d)\b"
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_LONGEST = 200


@lru_cache(maxsize=1_024)
def past_period_in(title: str, near: date) -> str:
    """Return the words by which a title names a period that ended before a day, "" for any other title."""
    written = tidy(title[:_LONGEST])
    words = plain(written)
    found = _PERIOD.search(words)
    if found is None or _last_day(found, near) >= near:
        return ""
    return written[found.start("period") : found.end()] if len(written) == len(words) else found["period"]


def _last_day(found: re.Match[str], near: date) -> date:
    """Return the last day of a period; weeks are those of ISO 8601, as calendars print them."""
    year = int(found["year"] or near.year)
    if found["week"]:
        week = min(max(int(found["week"]), 1), 52)
        return date.fromisocalendar(year, week, 7)
    quarter = 2 if found["half"] else _QUARTERS.get(found["quarter"]) or int(found["quarter"])
    return date(year, 3 * quarter, 30)
