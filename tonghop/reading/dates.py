"""Days as officers write them: 18/8/2020, 18-8, 18.8, "ngày 18 tháng 8 năm 2020", 20200818 in a file's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
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
_NEAR_ENOUGH, _VERY_NEAR = timedelta(days=45), timedelta(days=7)
_UNDERSCORE_BETWEEN, _UNDERSCORES = re.compile(r"(?<=\d)_(?=\d)"), re.compile(r"_+")
_PACKED = re.compile(r"(?<!\d)(\d{8}|\d{6})(?!\d)")
_PACKED_WITH_CENTURY = re.compile(
    r"(?<!\d)(20\d\d(?:0[1-9]|1[0-2])[0-3]\d|[0-3]\d(?:0[1-9]|1[0-2])20\d\d)(?!\d)"
)
_PACKED_SHORT = re.compile(r"(?<![\d.,/\-])([0-3]\d)(0[1-9]|1[0-2])(?![\d,/\-]|\.\d)")
# "Báo cáo ngày 17", and no month behind; "trong ngày 17" counts people.
_OF_MONTH = re.compile(r"\bngay\s*:?\s*(\d{1,2})\s*(?=$|\)|\.[a-z]{2,4}\b)")
_EACH_DAY = re.compile(r"\b(?:trong|moi|hang|mot|theo|cung|so|1|\d+)\s*$")
_SLASHES = str.maketrans("⁄∕／", "///")
# A form filled in by hand: "ngày...17...tháng...8...năm 2020", "ngày 17, tháng 8, năm 2020".
_DOTTED = re.compile(
    r"\bngay[\s.,…:]*(\d{1,2})[\s.,…]*(?:thang|th)[\s.,…:]*(\d{1,2})(?:[\s.,…]*(?:nam[\s.,…:]*)?(\d{4}))?\b"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# A day is two numbers apart, six digits and more in a row or four as "1708", or "ngày", "tháng", "Aug" and a number.
_HOLDS_DAY = re.compile(
    r"\d(?:\D+\d|\d{5})|(?<!\d)[0-3]\d(?:0[1-9]|1[0-2])(?!\d)|n\S?g\S{1,4}y\W*\d|th\S{1,5}ng\W*\d"
    rf"|(?:{'|'.join(_MONTHS)})[a-z]*\W*\d|\d\W?(?:{'|'.join(_MONTHS)})",
    re.I,
)
_IN_ENGLISH = re.compile(
    rf"\b(?:(\d{{1,2}})[-\s./]*({'|'.join(_MONTHS)})|({'|'.join(_MONTHS)})[a-z]*[-\s.]*(\d{{1,2}}))[a-z]*[-\s.,/]*(20\d\d)\b"
)
# Without a year, and without "may", which counts telephones.
_ENGLISH_SHORT = re.compile(
    rf"\b(?:(\d{{1,2}})[-\s./]?({'|'.join(_MONTHS[:4] + _MONTHS[5:])})|({'|'.join(_MONTHS[:4] + _MONTHS[5:])})"
    r"[a-z]{0,6}[-\s.]+(\d{1,2}))(?:st|nd|rd|th|[a-z]{0,6})\b(?!\W*\d)"
)
_OF_A_MONTH = re.compile(
    r"\b(?:bao cao|bc|ket qua|so lieu|tong hop)\b[^;:\d]{0,60}\bthang\s*(\d{1,2})"
    r"(?:\s*(?:[/\-]|nam)\s*(\d{4}))?\s*(?=$|\)|\.[a-z]{2,4}\b)"
)
_DAY_BEFORE = re.compile(r"\bngay\s*(\d{1,2})\s*(?:,|va|&|\+|[-–])\s*(?:ngay\s*)?$")
# Words that say which day the figures are of, wherever they stand; "số liệu ngày 17/8: 431" is a comparison.
_OF_FIGURES = re.compile(
    r"\bso lieu(?: nay| tren)?(?: duoc| moi| van| chi)*"
    r" (?:lay|tinh|chot|cap nhat|tong hop|cua|la cua|den|giu nguyen|nhu)\b[^;.]{0,40}$"
    r"|\b(?:gui|lay|dung|giu|van)(?: bu| la| tam| lai| theo| nguyen)* so(?: lieu)?\W*(?:cua\W*)?(?:ngay\W*)?$"
    r"|^\W*(?:ghi chu|luu y)?\W*so lieu\W*(?:cua\W*)?(?:ngay\W*)?$"
    r"|^\W*(?:van |cung |y |giu )*(?:nhu|giong|y nguyen|giu nguyen)(?: (?:nhu|voi|so|lieu|bao cao|cua))*\W*"
    r"(?:ngay\W*)?$"
    r"|^\W*(?:cap nhat(?: lan cuoi| gan nhat)?|last updated?|updated(?: on)?|as of)\W*(?:luc\W*)?"
    r"(?:\d{1,2}\s*(?:h|g|gio|:)\s*\d{0,2}\W*)?(?:ngay\W*)?$"
    r"|^\W*nguon\W*(?:so lieu\W*)?(?:bao cao|bc|so lieu)\b[^;.]{0,20}$"
)
_A_FIGURE = re.compile(r"\W*(?:la\W*)?\d")
_YESTERDAY = re.compile(
    r"(?:\bso(?: lieu)?(?: cua)?(?: ngay)?|^\W*(?:bao cao|ket qua)[^,;]{0,40} ngay) hom qua\b(?!\W*(?:la\W*)?\d)"
    r"|\bden(?: het| luc)?(?: \d{1,2} ?(?:h|g|gio) ?\d{0,2}(?: phut)?)?(?: ngay)? hom qua\W*$"
)

# Days of other papers, of comparisons and of goals, none of them the day of the figures: told by the words
# before the date.
_PAPERS = (
    "cong van|cv|quyet dinh|qd|ke hoach|kh|chi thi|ct|thong bao|tb|van ban|nghi quyet|nghi dinh|cong dien"
)
# Before a day without "ngày" and year these say that it is one ...
_WEAK_CUE = re.compile(
    r"\b(?:het|hom qua|chot|so lieu|bao cao|bc|cap nhat|ky|chu nhat|thu (?:hai|ba|tu|nam|sau|bay|[2-7])"
    r"|\d{1,2} ?(?:h|g|gio)(?: ?\d{2})?(?: ?phut)?(?: (?:sang|trua|chieu|toi))?)\W*$"
)
# ... and so does the end of the text or a bracket behind it, but for pages, forms and "đạt 8/11".
_ENDS = re.compile(r"\s*(?:$|\))")
_NO_DAY_BEHIND = re.compile(
    rf"\b(?:{_PAPERS}|trang|mau|bieu|bm|so|phu luc|pl|bang|to|quy|lan|tuan|dot|diem|dat|duoc|co|con|thieu"
    r"|tong|gom|la|muc|khoan|dieu|cau|ty le|ti le|tl|tang|giam|he so|phien ban|ban|version|v|binh quan|ap|kp)\W*$"
)
_OTHER_PAPER = re.compile(
    rf"(?:\b\d+\s*/\s*[a-z]{{2}}[^;:]{{0,60}}|\b(?:{_PAPERS}|so)\s*:?\s*(?:so\s*:?\s*)?\d+\s*/\s*[a-z0-9][^;:]{{0,60}}|\b(?:{_PAPERS})\b[^;:,]{{0,30}}\bngay\W*)$"
)
# "(Kèm theo Báo cáo số 118/BC-UBND ngày 18/8/2020)": no other paper, but the report whose annex this is.
_OWN_REPORT = re.compile(r"\bkem theo (?:bao cao|bc)\b[^;:]{0,60}$")
_COMPARISON = re.compile(
    r"(?:\b(?:so voi(?: (?:so lieu|bao cao|ket qua))?|so cung ky"
    r"|truoc|tu|bat dau|ke tu|(?<!^)(?<!so lieu )hom qua|han|han chot|cham nhat)\W*"
    r"(?:(?:luc\W*)?\d{1,2}\s*(?:h|g|gio)\s*\d{0,2}(?:\s*phut)?\W*)?(?:ngay\W*)?"
    r"|\b(?:ngay in|in ngay|in luc|printed(?: on)?)\W*(?:\d{1,2}\s*(?:h|g|gio|:)\s*\d{0,2}\W*)?$"
    r"|\b(?:muc tieu|phan dau)\b[^;:]{0,80})$"
)
_PLACE_LINE = re.compile(r"^[a-z .']{2,40},\s*ngay[\s.,…]*\d{1,2}[\s.,…]*thang")

# "17 thg 8, 2020" as programs write it, "17 tháng tám"; "ngày 17 tháng    năm 2020" leaves the month open.
_MONTH_WORDS = ("mot", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot", "muoi hai")
_SPELT = "|".join(sorted(_MONTH_WORDS, key=len, reverse=True))
_SPELT_MONTH = re.compile(
    rf"(?<=\d )(?:thg\b|thang (?!nam\b(?!,| nam\b))({_SPELT})\b(?=[ ,]*(?:nam )?20\d\d\b))"
    r"|(?:(?<=ngay \d )|(?<=ngay \d\d ))thang (bay|tam|chin|muoi mot|muoi hai|muoi)\b"
)


class DayFound(NamedTuple):
    """A day in a text; whether it is that of a signature or of the report itself, and whether it says "figures of"."""

    day: date
    is_place_line: bool = False
    is_of_figures: bool = False


@lru_cache(maxsize=8_192)
def days_in(text: str, near: date, loose: bool = False) -> tuple[DayFound, ...]:
    """Return the days a text names, in its order; a day without a year takes the year nearest ``near``.

    ``loose`` is for names of files and sheets and for subjects: 18.8 and 20200818 are days there, while in
    a title 18.8 may be a percent and 1/2 a page.
    """
    if not _HOLDS_DAY.search(text) and "qua" not in text.lower():
        return ()
    plain = _SPELT_MONTH.sub(_in_digits, in_plain_letters(text[:2_000]).translate(_SLASHES))
    if loose:
        plain = _UNDERSCORES.sub(" ", _UNDERSCORE_BETWEEN.sub("-", plain)) if "_" in plain else plain
    is_place = _PLACE_LINE.match(plain) is not None
    found = [
        DayFound(day, is_place or is_own, _says_of_figures(plain, start, end))
        for start, end, day in sorted(_all(plain, near, loose))
        if (is_own := _OWN_REPORT.search(plain[max(0, start - 140) : start]) is not None)
        or not _is_of_something_else(plain[:start])
    ]
    return tuple(dict.fromkeys(found))


def _in_digits(month: re.Match[str]) -> str:
    return f"thang {_MONTH_WORDS.index(spelt) + 1}" if (spelt := month[1] or month[2]) else "thang"


def _is_of_something_else(before: str) -> bool:
    before = before[-140:]
    return _COMPARISON.search(before) is not None or _OTHER_PAPER.search(before) is not None


def _says_of_figures(plain: str, start: int, end: int) -> bool:
    if _YESTERDAY.match(plain, start):
        return True
    return _OF_FIGURES.search(plain[:start]) is not None and not _A_FIGURE.match(plain, end)


def _all(plain: str, near: date, loose: bool) -> Iterator[tuple[int, int, date]]:
    taken = bytearray(len(plain))
    for pattern, read in _PATTERNS if not loose else (*_PATTERNS, *_LOOSE_PATTERNS):
        for match in pattern.finditer(plain):
            start, end = match.span()
            if taken.find(1, start, end) >= 0:
                continue
            day = read(match, near, plain, loose)
            if day is not None:
                taken[start:end] = b"\1" * (end - start)
                yield start, end, day
                yield from _in_front(match, plain, day)
    if 1 not in taken:
        yield from ((one.start(), one.end(), near - timedelta(days=1)) for one in _YESTERDAY.finditer(plain))


def _in_front(match: re.Match[str], plain: str, day: date) -> Iterator[tuple[int, int, date]]:
    """Yield the day of the same month that is named in front of a day."""
    before = _DAY_BEFORE.search(plain[: match.start()])
    other = None if before is None else _day(int(before[1]), day.month, day.year)
    if before is not None and other is not None:
        yield before.start(), before.end(), other


def _full(match: re.Match[str], _near: date, _plain: str, _loose: bool) -> date | None:
    year = int(match[3])
    year = year + 2000 if year < 100 else year
    # 8/18/2020 has only one reading, whatever the order of the machine.
    return _day(int(match[1]), int(match[2]), year) or _day(int(match[2]), int(match[1]), year)


def _iso(match: re.Match[str], _near: date, _plain: str, _loose: bool) -> date | None:
    return _day(int(match[3]), int(match[2]), int(match[1]))


def _without_year(match: re.Match[str], near: date, _plain: str, _loose: bool) -> date | None:
    return nearest(int(match[1]), int(match[2]), near)


def _dotted(match: re.Match[str], near: date, _plain: str, _loose: bool) -> date | None:
    day, month = int(match[1]), int(match[2])
    return nearest(day, month, near) if match[3] is None else _day(day, month, int(match[3]))


def _of_a_month(match: re.Match[str], near: date, _plain: str, _loose: bool) -> date | None:
    """Return the last day of a month that is over."""
    month, year = int(match[1]), int(match[2] or near.year)
    following = _day(1, month % 12 + 1, year + (month == 12)) if 1 <= month <= 12 else None
    last = None if following is None else following - timedelta(days=1)
    return last if last is not None and last < near else None


def _english_short(match: re.Match[str], near: date, _plain: str, _loose: bool) -> date | None:
    day = nearest(int(match[1] or match[4]), _MONTHS.index(match[2] or match[3]) + 1, near)
    return None if day is None or abs(day - near) > _NEAR_ENOUGH else day


def _in_english(match: re.Match[str], _near: date, _plain: str, _loose: bool) -> date | None:
    return _day(int(match[1] or match[4]), _MONTHS.index(match[2] or match[3]) + 1, int(match[5]))


def _short(match: re.Match[str], near: date, plain: str, loose: bool) -> date | None:
    cued = _CUE.search(plain[: match.start()]) is not None
    is_day = loose or cued or _is_likely_day(match, plain)
    day = nearest(int(match[1]), int(match[3]), near) if is_day else None
    if day is not None and not loose and not cued and match[2] in ".-–_" and abs(day - near) > _VERY_NEAR:
        return None  # 17.8 may be a percent, 5-8 a span: as days only where the report's own is as near
    # "08-2" in a name is the second copy of the eighth file sooner than a day of half a year ago.
    return None if day is None or (not cued and abs(day - near) > _NEAR_ENOUGH) else day


def _is_likely_day(match: re.Match[str], plain: str) -> bool:
    """Return whether "17/8" without "ngày" is a day by what stands around it: mostly it ends a title."""
    before = plain[: match.start()]
    if _WEAK_CUE.search(before):
        return True
    return bool(_ENDS.match(plain, match.end())) and not _NO_DAY_BEHIND.search(before)


def _of_month(match: re.Match[str], near: date, plain: str, _loose: bool) -> date | None:
    """Return the day of "ngày 17" that lies nearest, where no month follows."""
    if _EACH_DAY.search(plain[: match.start()]):
        return None
    months = (near - timedelta(days=near.day), near, near + timedelta(days=31 - near.day + 1))
    tries = [_day(int(match[1]), one.month, one.year) for one in months]
    return min((d for d in tries if d is not None), key=lambda d: abs(d - near), default=None)


def _packed_short(match: re.Match[str], near: date, plain: str, _loose: bool) -> date | None:
    if _NO_DAY_BEHIND.search(plain[: match.start()]):
        return None
    day = nearest(int(match[1]), int(match[2]), near)
    return None if day is None or abs(day - near) > _VERY_NEAR else day


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


def _packed_near(match: re.Match[str], near: date, plain: str, loose: bool) -> date | None:
    day = _packed(match, near, plain, loose)
    return None if day is None or abs(day - near) > _NEAR_ENOUGH else day


_PATTERNS = (
    (_ISO, _iso),
    (_WRITTEN, _full),
    (_DOTTED, _dotted),
    (_FULL, _full),
    (_WRITTEN_SHORT, _without_year),
    (_SHORT, _short),
    (_IN_ENGLISH, _in_english),
    (_ENGLISH_SHORT, _english_short),
    (_PACKED_WITH_CENTURY, _packed_near),
    (_OF_MONTH, _of_month),
    (_OF_A_MONTH, _of_a_month),
)
_LOOSE_PATTERNS = ((_PACKED, _packed), (_PACKED_SHORT, _packed_short))


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
