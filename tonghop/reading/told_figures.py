"""Figures that a letter or note tells in a sentence: never taken, but asked about where no table holds them.

"Đã cài 453 người" beside a table that says 443 is a question; what came on one day, what is aimed at and what is left
to do are other figures than those of the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import islice

from tonghop.reading.grid import Grid, as_whole
from tonghop.reading.text import plain

_LONGEST = 4_000
_MAY_TELL = re.compile(
    r"\b(?:cai|dan so|cbcc\w*|dttm|smartphone|dung|thanh|lay so|sua|chinh|thay|hom nay|nhan khau|so thuc|moi phai"
    r"|nam nay|thuc te|install\w*)\b"
)
_CLAUSES = re.compile(r"[;!?\n…()]+|[.,](?=\s|$)")
_DATE = re.compile(
    r"(?:\bngay\s*)?(?<![\d.])(?P<day>\d{1,2})\s*[/.\-]\s*(?P<month>0?[1-9]|1[0-2])(?:\s*[/.\-]\s*\d{2,4})?(?![\d.]*\d)"
    r"|\bngay\s*(?P<of>\d{1,2})\b(?:\s*thang\s*\d{1,2})?(?:\s*nam\s*\d{4})?"
)
_HOUR = re.compile(
    r"\b\d{1,2}\s*(?:h|g|gio)\b\s*(?:\d{1,2}\b)?(?:\s*phut)?"
    r"|\b(?:quyet dinh|cong van|cv|qd|ke hoach)[^,;]{0,60}?\d\S*"
)
_NUMBER = re.compile(
    r"(?<![\d.,/])(?:\d{1,3}(?:[. ]\d{3})+|\d{2,7})"
    r"(?!\d|[.,]\d|\s*(?:ap|ho|to|phut|lan|ngay|hs|hoc sinh|doi|luot|buoi|em)\b|\s*%)"
)
_COUNTED = re.compile(
    r"\b(?:cai|dan so|so dan|dttm|dien thoai thong minh|smartphone|cbcc\w*|nld|install\w*)\b|^\W*nam nay\b"
)
_JOINED = re.compile(
    r"(?:\b(?:la|duoc|dat|thanh|len|co|gom|tong so|tong cong|cong|so|cai|cai dat|nay|xa|be|of|is)|[:=\-–])\s*$"
)
_CORRECTED = re.compile(
    r"(?:\bdung(?: (?:ra|phai|la))*"
    r"|\b(?:sua|doi|dieu chinh|chinh|chinh sua|dinh chinh|thay)\b[^,;]{0,80}\b(?:la|thanh|con|len|bang)"
    r"|\bdinh chinh(?: lai)?\s*:|\blay so|\bso (?:thuc te|thuc|moi|hom nay)(?: la)?"
    r"|^\W*thuc te(?: la)?|\bhom nay la)\s*:?\s*$"
)
_DONE = re.compile(
    r"^\s*(?:/\s*[\d.]+\s*)?(?:nguoi dan |nguoi |dan |cbcc\w* |can bo |may )?da (?:cai|tai)\b"
    r"(?!.*\b(?:trong ngay|giup|them|moi)\b)"
)
# Where all are spoken of, who "cài đặt" have done so.
_OF_ALL = re.compile(
    r"\b(?:toan xa|toan (?:dia ban|huyen)|tong(?: so| cong)?|luy ke|den nay|hien(?: nay)?|tinh den)\b"
)
_ALL_DONE = re.compile(
    r"^\s*(?:nguoi dan |nguoi |dan )?(?:cai|tai|nhan khau)\b(?!.*\b(?:trong ngay|giup|them|moi)\b)"
)
# Of a day, a part, a goal or what is left: other figures than the table's.
_OTHERS = re.compile(
    r"§|\b(?:tang|giam|them|moi|trong (?:ngay|tuan|thang)|(?<!den )(?<!den ngay )hom nay|hom qua|hom truoc|phan dau"
    r"|muc tieu|chi tieu|ke hoach|giao|chua|khong|con lai|con|can|uoc|co the|du kien|dot|sang nay|chieu nay|moi ngay"
    r"|binh quan|so voi"
    r"|ap|kp|khu pho|thon|truong|doan vien|hoc sinh|sinh vien|ho|dang vien|van dong|tuyen truyen|huong dan|tren|hon|gan"
    r"|khoang|ty le|ti le|lan)\b"
)
# "Nữ 210 người" is a part; "453 mới đúng" is not.
_OF_A_PART = re.compile(r"\b(?:nu|nam)\s*$")
_RIGHT = re.compile(r"^\s*(?:nguoi )?moi (?:dung|phai)\b")
_LONGEST_NUMBER = 12
# What is near enough to a number to speak of it, and how many numbers of a clause are looked at.
_NEAR, _MOST_NUMBERS = 200, 50


@lru_cache(maxsize=4_096)
def told_in(text: str, day: date) -> tuple[str, ...]:
    """Return the counts that a running text tells of those of the day, as it writes them."""
    if not any(map(str.isdecimal, text)) or _MAY_TELL.search(words := plain(text[:_LONGEST])) is None:
        return ()
    return tuple(dict.fromkeys(_told(words, day)))


def _told(words: str, day: date) -> Iterator[str]:
    def without(found: re.Match[str]) -> str:
        return " " if int(found["day"] or found["of"]) == day.day else " § "

    words = _HOUR.sub(" ", _DATE.sub(without, words))
    for clause in _CLAUSES.split(words):
        for found in islice(_NUMBER.finditer(clause), _MOST_NUMBERS):
            before, behind = clause[: found.start()][-_NEAR:], clause[found.end() :][:_NEAR]
            if (
                _CORRECTED.search(before)
                or _RIGHT.match(behind)
                or (
                    _OTHERS.search(before) is None
                    and _OF_A_PART.search(before) is None
                    and (
                        _DONE.match(behind)
                        or (_ALL_DONE.match(behind) and _OF_ALL.search(before))
                        or (_COUNTED.search(before) and _JOINED.search(before))
                    )
                )
            ):
                yield found.group()


def numbers_of(grids: Iterable[Grid]) -> Iterator[int]:
    """Yield every whole number that the cells of some sheets hold, as numbers or as texts."""
    for grid in grids:
        for row in grid.rows:
            for value in row:
                whole = number_of(value) if isinstance(value, str) else as_whole(value)
                if whole is not None:
                    yield whole


def number_of(text: str) -> int | None:
    """Return the number that a text's digits make together, whatever parts them; None where it has other signs."""
    digits = re.sub(r"[.,\s]", "", text[: _LONGEST_NUMBER + 1])
    return int(digits) if len(text) <= _LONGEST_NUMBER and digits.isascii() and digits.isdecimal() else None
