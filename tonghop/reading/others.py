"""Whom a heading speaks of that no form counts (members, pupils), and counts of what is only hoped for."""

from __future__ import annotations

import re

from tonghop.reading.text import plain

_OTHERS = re.compile(
    r"\b(?:doan vien|dang vien|hoi vien|hoc sinh|sinh vien|giao vien|cong nhan|phu nu|thanh nien|thieu nien|"
    r"cuu chien binh|nong dan|tre em|ho gia dinh|ho kinh doanh|doanh nghiep|ho dan|khach)\b"
)
_COUNTED = re.compile(r"\b(?:nguoi dan|nhan dan|dan so|can bo|cbcc\w*|nld)\b")
# At its beginning only: "Thực hiện chỉ tiêu, kế hoạch giao" tells what was done.
_HOPED_FOR = re.compile(r"^\W*(?:du kien|phan dau|uoc|muc tieu|chi tieu|ke hoach|dang ky)\b")


def of_others(heading: str) -> bool:
    """Return whether a heading is of other persons: what is counted below or beside it is not the form's."""
    words = plain(heading)
    return _OTHERS.search(words) is not None and _COUNTED.search(words) is None


def of_others_or_later(heading: str) -> bool:
    """Return whether a heading over others is of other persons, or of what is planned and not yet so."""
    return of_others(heading) or _HOPED_FOR.search(plain(heading)) is not None
