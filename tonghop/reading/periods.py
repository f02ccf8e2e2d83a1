"""Over what time a heading counts: up to a day ("lũy kế", "đến ngày 18/8") or, for all one can tell, on that day."""

from __future__ import annotations

import re

from tonghop.reading.heading_keys import has_day
from tonghop.reading.text import plain

_UP_TO = re.compile(r"\b(?:luy ke|cong don|tich luy|den|toi|het)\b")
# "Từ ngày 17/8 đến ngày 18/8": what came in between, and no sum since the beginning.
_SINCE = re.compile(r"\btu\s+(?:ngay\s*)?\d")
_TODAY = re.compile(r"^\W*(?:so lieu |ngay )?hom nay\W*$")
_DONE = re.compile(r"\bda\b")


def says_today(heading: str) -> bool:
    """Return whether a heading is "Hôm nay" and no more: a column beside "Hôm qua"."""
    return _TODAY.match(plain(heading)) is not None


def says_sum(heading: str) -> bool:
    """Return whether a heading says that all are counted up to a day, or to date."""
    words = plain(heading)
    return _UP_TO.search(words) is not None and _SINCE.search(words) is None


def names_only_day(heading: str) -> bool:
    """Return whether a heading names a day and does not say "up to": beside a sum it is the day's increase."""
    return has_day(heading) and not says_sum(heading)


def happens_on_day(heading: str) -> bool:
    """Return whether a heading names a day on which something is done: "cài đặt ngày 18/8", not "đã cài đặt"."""
    return names_only_day(heading) and _DONE.search(plain(heading)) is None
