"""Days as officers write them: 18/8/2020, 18-8, 18.8, "ngày 18 tháng 8 năm 2020", 20200818 in a file's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from tonghop.reading.text import plain as in_plain_letters

_SEPARATOR = r"\s*[/.\-–]\s*"
_WRITTEN = re.compile(r"\b(\d{1,2})\s*(?:thang|/)\s*(\d{1,2})\s*(?:nam|/|,)?\s*(\d{4})\b")
_WRITTEN_SHORT = re.compile(r"\b(\d{1,2})\s*thang\s*(\d{1,2})\b(?!\s*(?:nam)?\s*\d)")
_FULL = re.compile(
    rf"(?<![\d/.,\-])(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{4}}|\d{{2}})(?![\d/]|[.,]\d)"
)
_ISO = re.compile(r"(?<!\d)(20\d{2})[-/._](\d{1,2})[-/._](\d{1,2})(?!\d)")
_SHORT = re.compile(r"(?<![\d/.,\-])(\d{1,2})\s*([/.\-–_])\s*(\d{1,2})(?![\d%a-z]|\s*[/.,\-–_]\s*\d|\s*%)")
_CUE = re.compile(r"(?:ngay|den|hom nay)\W*$")
_NEAR_ENOUGH = timedelta(days=45)
_UNDERSCORE_BETWEEN, _UNDERSCORES = re.compile(r"(?<=\d)_(?=\d)"), re.compile(r"_+")
# A day is two numbers apart, or six digits and more in a row.
_HOLDS_DAY = re.compile(r"\d(?:\D+\d|\d{5})")
_PACKED = re.compile(r"(?<!\d)(\d{8}|\d{6})(?!\d)")

# Days of other papers, of comparisons and of goals, none of them the day of the figures: told by the words
# before the date.
_PAPERS = (
    "cong van|cv|quyet dinh|qd|ke hoach|kh|chi thi|ct|thong bao|tb|van ban|nghi quyet|nghi dinh|cong dien"
)
_OTHER_PAPER = re.compile(
    rf"(?:\b\d+\s*/\s*[a-z]{{2}}[^;:]{{0,60}}|\b(?:{_PAPERS}|so)\s*:?\s*(?:so\s*:?\s*)?\d+\s*/\s*[a-z0-9][^;:]{{0,60}}|\b(?:{_PAPERS})\b[^;:,]{{0,30}}\bngay\W*)$"
)
_COMPARISON = re.compile(
    r"(?:\b(?:so voi(?: (?:so lieu|bao cao|ket qua))?|so cung ky"
    r"|truoc|tu|bat dau|ke tu|hom qua|han|han chot|cham nhat)\W*"
    r"(?:(?:luc\W*)?\d{1,2}\s*(?:h|g|gio)\s*\d{0,2}(?:\s*phut)?\W*)?(?:ngay\W*)?"
    r"|\b(?:muc tieu|phan dau)\b[^;:]{0,80})$"
)
_PLACE_LINE = re.compile(r"^[a-z .']{2,40},\s*ngay\s*\d{1,2}\s*thang")


class DayFound(NamedTuple):
    """A day in a text: as it is written, whether its words say that figures are of it, and where it stood."""

    day: date
    is_place_line: bool = False


@lru_cache(maxsize=8_192)
def days_in(text: str, near: date, loose: bool = False) -> tuple[DayFound, ...]:
    """Return the days a text names, in its order; a day without a year takes the year nearest ``near``.

    ``loose`` is for names of files and sheets and for subjects: 18.8 and 20200818 are days there, while in
    a title 18.8 may be a percent and 1/2 a page.
    """
    if not _HOLDS_DAY.search(text):
        return ()
    plain = in_plain_letters(text[:2_000])
    if loose:
        plain = _UNDERSCORES.sub(" ", _UNDERSCORE_BETWEEN.sub("-", plain)) if "_" in plain else plain
    is_place = _PLACE_LINE.match(plain) is not None
    found = [
        DayFound(day, is_place)
        for start, day in sorted(_all(plain, near, loose))
        if not _is_of_something_else(plain[:start])
    ]
    return tuple(dict.fromkeys(found))


def _is_of_something_else(before: str) -> bool:
    before = before[-140:]
    return _COMPARISON.search(before) is not None or _OTHER_PAPER.search(before) is not None


def _all(plain: str, near: date, loose: bool) -> Iterator[tuple[int, date]]:
    taken: list[tuple[int, int]] = []
    for pattern, read in _PATTERNS if not loose else (*_PATTERNS, *_LOOSE_PATTERNS):
        for match in pattern.finditer(plain):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            day = read(match, near, plain, loose)
            if day is not None:
                taken.append(match.span())
                yield match.start(), day


def _full(match: re.Match[str], _near: date, _plain: str, _loose: bool) -> date | None:
    year = int(match[3])
    year = year + 2000 if year < 100 else year
    # 8/18/2020 has only one reading, whatever the order of the machine.
    return _day(int(match[1]), int(match[2]), year) or _day(int(match[2]), int(match[1]), year)


def _iso(match: re.Match[str], _near: date, _plain: str, _loose: bool) -> date | None:
    return _day(int(match[3]), int(match[2]), int(match[1]))


def _without_year(match: re.Match[str], near: date, _plain: str, _loose: bool) -> date | None:
    return nearest(int(match[1]), int(match[2]), near)


def _short(match: re.Match[str], near: date, plain: str, loose: bool) -> date | None:
    cued = _CUE.search(plain[: match.start()]) is not None
    day = nearest(int(match[1]), int(match[3]), near) if loose or cued else None
    # "08-2" in a name is the second copy of the eighth file sooner than a day of half a year ago.
    return None if day is None or (not cued and abs(day - near) > _NEAR_ENOUGH) else day


def _packed(match: re.Match[str], near: date, _plain: str, _loose: bool) -> date | None:
    text = match[1]
    if len(text) == 6:
        tries = [_day(int(text[:2]), int(text[2:4]), 2000 + int(text[4:]))]
    else:
        tries = [
            _day(int(text[6:]), int(text[4:6]), int(text[:4])),
            _day(int(text[:2]), int(text[2:4]), int(text[4:])),
        ]
    return next((day for day in tries if day is not None and abs((day - near).days) <= 400), None)


_PATTERNS = (
    (_ISO, _iso),
    (_WRITTEN, _full),
    (_FULL, _full),
    (_WRITTEN_SHORT, _without_year),
    (_SHORT, _short),
)
_LOOSE_PATTERNS = ((_PACKED, _packed),)


def nearest(day: int, month: int, near: date) -> date | None:
    """Return the day and month in the year that lies nearest ``near``, or None where there is no such day."""
    tries = [_day(day, month, year) for year in (near.year - 1, near.year, near.year + 1)]
    return min((d for d in tries if d is not None), key=lambda d: abs(d - near), default=None)


def _day(day: int, month: int, year: int) -> date | None:
    if not 2000 <= year <= 2100:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


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
