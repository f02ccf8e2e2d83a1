"""What stands in brackets in a heading: "(người)" tells nothing new, "(%)" or "(trong ngày)" another count."""

from __future__ import annotations

import re

from tonghop.reading.bounds import says_bounds
from tonghop.reading.text import key, unaccented

BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# Words that say how, where or until when the same people were counted.
_HARMLESS = frozenset(
    unaccented(key(word))
    for word in re.findall(
        r"\S+",
        """nguoi luot luy ke cong don tich dvt vi tinh so lieu luong sl ts tong chung den het cuoi nay hien
    thoi diem tai luc ngay gio phut thang nam theo thong dieu tra nien giam nguon cot neu co bluezone ung dung
    app phan mem tren dia ban toan bo bang ghi nhap chot cap nhat la khau""",
    )
)
# "đạt" is of a rate, "đặt" of an installation: without their marks nobody can tell.
_RATE = re.compile(r"\b(?:ti le|ti trong|tl|phan tram)\b|%")
_REACHED = key("đạt")
_FORMULA = re.compile(r"^[\s\d()=+\-*/:x.,%]*$")
_SMALL_NUMBER = re.compile(r"\d{1,2}|(?:19|20)\d\d")
# 1.000, 1 000 and the like: what is counted by the thousand.
_THOUSAND = re.compile(r"\b\d{1,3}[.,\s]*000\b")


def changes_meaning(heading: str) -> bool:
    """Return whether a heading's brackets hold words that may make another count of it.

    "Đã cài đặt (%)", "(nghìn người)", "(trong ngày)", "(CBCCVC)", "(từ 18 tuổi)": none is the count of people
    that the heading is known for without them.
    """
    bare = key(BRACKETED.sub(" ", heading))
    of_rate = _REACHED in bare.split() or _RATE.search(unaccented(bare)) is not None
    return any(not _is_harmless(found.group()[1:-1], of_rate) for found in BRACKETED.finditer(heading))


def _is_harmless(inside: str, of_rate: bool) -> bool:
    if "=" in inside and _FORMULA.match(inside):
        return True
    if ("%" in inside and not of_rate) or _THOUSAND.search(inside) or says_bounds(inside):
        return False
    return all(_is_harmless_word(word) for word in unaccented(key(inside)).split())


def _is_harmless_word(word: str) -> bool:
    if word.isdigit():
        return _SMALL_NUMBER.fullmatch(word) is not None
    return word in _HARMLESS or word == "%" or (len(word) == 1 and word.isascii())
