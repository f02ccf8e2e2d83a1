"""Bounds in a heading that only part of those counted lie within: "Trên 60", "18-60", "(60+)", mostly years of age."""

from __future__ import annotations

import re
from functools import lru_cache

from tonghop.reading.text import plain

# Days (17-8), hours ("đến 14 giờ") and percents are none of them.
_BOUNDS = re.compile(
    r"\b(?:tren|duoi|hon|tu|qua|du)\s+\d{1,3}(?![\d/.,]|\s*[-–/]\s*(?:0?\d|1[0-2])\b|\s*(?:h|g|gio|thang)\b|\s*%)"
    r"|(?<![\d/.\-–=)])\d{1,3}\s*[-–]\s*(?:1[3-9]|[2-9]\d|1\d\d)\b(?!\s*[/.\-–]\s*\d|\s*%)"
    r"|(?<![\d.,])\d{1,3}\s*\+(?!\s*\(?\d)|[<>≤≥]\s*=?\s*\d"
)
_LONGEST = 200


@lru_cache(maxsize=4_096)
def says_bounds(text: str) -> bool:
    """Return whether a heading counts only those above, below or between numbers: "Dưới 18", ">60"."""
    return any(map(str.isdigit, text)) and _BOUNDS.search(plain(text[:_LONGEST])) is not None
