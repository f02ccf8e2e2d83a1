"""Percents as officers type them: the fractions each can mean, the likelier first."""

from __future__ import annotations

import re
from typing import NamedTuple

from tonghop.reading.numbers import raw_of
from tonghop.reading.text import composed


class Percent(NamedTuple):
    """A percent as typed: the fractions it can mean (0–1, the likelier first) and its decimals as printed.

    ``is_open``: unless the counts beside it bear one of the fractions out, only the sender knows what is meant.
    """

    fractions: tuple[float, ...]
    decimals: int
    raw: str
    is_open: bool = False


# From ten on a number with three decimals can only be the percent itself: 71.673.
_WHOLE = 10
# Nobody types a percent below one with so many decimals: 0,0803 is 8,03%.
_OF_A_FRACTION = 4
_PERCENT = re.compile(r"^([+\-−–]?)\s*([0-9]+)(?:([.,])([0-9]+))?\s*(%?)$")


def read_percent(value: object, format_decimals: int | None) -> Percent | None:
    """Return the percent in a cell, or None where it cannot be read; blank cells are not asked.

    ``format_decimals``: the decimals of the cell's own percent format, None where it has none or the
    container does not tell. A bare number of at most 1 may be a fraction or a percent: both are returned,
    and the counts beside it tell which.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _percent_of_number(float(value), format_decimals)
    if not isinstance(value, str):
        return None
    found = _PERCENT.match(composed(value))
    if found is None or len(found[2]) > 6 or found[1] in ("-", "−", "–"):
        return None
    digits = found[4] or ""
    raw = raw_of(value)
    # 1.234 may be a thousand and more percent, or one and a quarter.
    if found[3] == "." and len(digits) == 3 and len(found[2]) <= 3 and found[2] != "0":
        number = float(f"{found[2]}.{digits}")
        return Percent((number / 100, number * 10), 3, raw, is_open=True)
    number = float(f"{found[2]}.{digits or 0}")
    if found[5] or number > 1:
        return Percent((number / 100,), len(digits), raw)
    if len(digits) >= _OF_A_FRACTION:
        return Percent((number, number / 100), len(digits) - 2, raw)
    return Percent((number / 100, number), len(digits), raw)


def _percent_of_number(value: float, format_decimals: int | None) -> Percent | None:
    if not 0 <= value < 1e6:
        return None
    raw = f"{value:.10g}"
    if format_decimals is not None:
        return Percent((value,), format_decimals, raw)
    # The number 1.234 is what a machine with decimal dots stores of 1.234 typed, and 123,4% as a fraction.
    is_open = 1 < value < _WHOLE and _decimals(value) == 3
    if value > 2:
        return Percent((value / 100,), _decimals(value), raw, is_open)
    return Percent((value, value / 100), _decimals(value if is_open else value * 100), raw, is_open)


def _decimals(value: float) -> int:
    text = f"{value:.8f}".rstrip("0")
    return min(len(text) - text.index(".") - 1, 4)
