"""Whole numbers that a file's markup tells: spans, repeats, style numbers. Whatever else stands there is none."""

from __future__ import annotations

_LONGEST = 9


def whole(text: str, default: int, most: int = 10**_LONGEST) -> int:
    """Return the number, at most ``most``; ``default`` for what is no plain digits ("²" is a digit to Python)."""
    if not (text.isascii() and text.isdigit()):
        return default
    digits = text.lstrip("0") or "0"
    return most if len(digits) > _LONGEST else min(int(digits), most)
