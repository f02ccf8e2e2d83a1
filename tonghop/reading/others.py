"""Whom a heading speaks of that no form counts (members, pupils), and counts of what is only hoped for."""

from __future__ import annotations

import re

from tonghop.reading.text import plain

_OTHERS = re.compile(
    r"\b(?:doan vien|dang vien|hoi vien|hoc sinh|sinh vien|giao vien|cong nhan|phu nu|thanh nien|thieu nien|"
    r"cuu chien binh|nong dan|tre em|ho gia dinh|ho kinh doanh|doanh nghiep|ho dan|khach)\b"
)
_COUNTED = re.compile(r"\b(?:nguoi dan|nhan dan|dan so|can bo|cbcc\w*|nld)\b")
_REPORT = re.compile(r"^\W*(?:bao cao|bc|ket qua|so lieu|thong ke|danh sach|tong hop|bieu|bang)\b")
_PERSONS = re.compile(r"\b(?:doan vien|dang vien|hoi vien|hoc sinh|sinh vien|cong nhan)\b")
# Who helps others is none of those who are counted.
_FOR_ALL = re.compile(r"\b(?:van dong|tuyen truyen|ho tro|huong dan|phoi hop|quan chung|toan (?:xa|dan))\b")
# At its beginning only: "Thực hiện chỉ tiêu, kế hoạch giao" tells what was done.
_HOPED_FOR = re.compile(r"^\W*(?:du kien|phan dau|uoc|muc tieu|chi tieu|ke hoach|dang ky)\b")


def of_others(heading: str) -> bool:
    """Return whether a heading is of other persons: what is counted below or beside it is not the form's."""
    words = plain(heading)
    return _OTHERS.search(words) is not None and _COUNTED.search(words) is None


def of_others_or_later(heading: str) -> bool:
    """Return whether a heading over others is of other persons, or of what is planned and not yet so."""
    return of_others(heading) or _HOPED_FOR.search(plain(heading)) is not None


def others_in_title(title: str) -> str:
    """Return the persons no form counts whom a report's title names as those it is of, "" for any other title."""
    words = plain(title)
    if _REPORT.match(words) is None or _COUNTED.search(words) or _FOR_ALL.search(words):
        return ""
    found = _PERSONS.search(words)
    return found.group() if found else ""
