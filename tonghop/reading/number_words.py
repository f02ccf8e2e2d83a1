"""Numbers written out: "5.519 (năm nghìn năm trăm mười chín)"."""

from __future__ import annotations

import re
from functools import lru_cache

from tonghop.reading.text import plain, tidy

_DIGITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5, "sau": 6, "bay": 7,
    "tam": 8, "chin": 9,
}  # fmt: skip
_THOUSAND, _MILLION = frozenset(("nghin", "ngan")), frozenset(("trieu",))
_AROUND = re.compile(
    r"^\W{0,3}(?:bang chu|viet bang chu|ghi bang chu|chu)?\W{0,3}|(?: nguoi| khau| nhan khau)?\W{0,3}$"
)
# One word alone is a number only as it is written with its marks: "(nam)" are men, "(bà)" is a woman.
_ALONE = frozenset(["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "bẩy", "tám", "chín", "mười"])
_LONGEST = 120


@lru_cache(maxsize=1_024)
def number_in_words(text: str) -> int | None:
    """Return the number that a text writes out in Vietnamese, with its marks or without; None for any other text."""
    if len(text) > _LONGEST:
        return None
    words = _AROUND.sub("", plain(text)).split()
    if len(words) == 1 and not _ALONE.intersection(tidy(text).casefold().split()):
        return None
    total = 0
    group: list[str] = []
    for word in words:
        if word in _THOUSAND or word in _MILLION:
            below = _below_thousand(group)
            if below is None:
                return None
            total += below * (1_000 if word in _THOUSAND else 1_000_000)
            group = []
        else:
            group.append(word)
    last = _below_thousand(group) if group else (0 if total else None)
    return None if last is None else total + last


def _below_thousand(words: list[str]) -> int | None:
    """Return a number of up to three digits in words: "năm trăm mười chín", "bốn mươi ba", "linh ba"."""
    number, digit = 0, None
    for word in words:
        if word in _DIGITS and digit is None:
            digit = _DIGITS[word]
        elif word == "tram" and digit is not None and number == 0:
            number, digit = 100 * digit, None
        elif word == "muoi" and number % 100 == 0:
            number, digit = number + 10 * (1 if digit is None else digit), None
        elif not (word in ("linh", "le") and digit is None):
            return None
    return number + (digit or 0) if words else None
