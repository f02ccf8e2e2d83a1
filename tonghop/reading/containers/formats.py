"""Number formats that show another number than the cell holds: ``#,##0,`` in thousands, ``0"00"``, percents, nothing.

The codes are those of ECMA-376 part 1, 18.8.31. What they only dress is left out of what is shown here: grouping,
decimals of nought, colours, the room left for a sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tonghop.reading.numbers import Habit, read_count

# Colours, conditions and places in square brackets; the width of a sign; a sign that fills the cell; powers of ten.
_DRESS = re.compile(r"\[[^\]]*\]|[_*].|E[+-][0#?]+")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_PLACES = re.compile(r"General|[0#?](?:[0#?,./ ]*[0#?])?", re.I)
_DECIMALS = re.compile(r"\.([0#?]+)")
_OF_DAYS = re.compile(r"[ymdhs]", re.I)
_HAS_CONDITION = re.compile(r"\[[<>=]")
# What a code needs to show another number: a percent, a sign, words or digits of its own, a comma behind the last
# place, or no place at all.
_MAY_BE_ODD = re.compile(r"""[%+]|^-|[0#?],(?![0#?])|"[^"]*[\w-][^"]*"|\\[\w-]|^[^0#?@]*$""")
_TRIED = 5519


@lru_cache(maxsize=512)
def is_odd(code: str) -> bool:
    """Return whether a format shows counts as something else."""
    if _MAY_BE_ODD.search(code) is None or code.casefold() == "general":
        return False
    return any(read_count(text, Habit()).number != _TRIED for text in _all_shown(code, _TRIED))


def shown(code: str, number: int) -> str:
    """Return what a format shows of a number above nought, its words and signs with it; "" for nothing.

    Of several sections with conditions the one that shows something else.
    """
    texts = _all_shown(code, number)
    return next((text for text in texts if read_count(text, Habit()).number != number), texts[0])


def _all_shown(code: str, number: int) -> list[str]:
    """Return what the parts of a format that may be for numbers above nought show: the first, or all on condition."""
    sections = _LITERAL.sub(lambda found: found[0].replace(";", ","), code).split(";")
    return [_shown(part, number) for part in (sections if _HAS_CONDITION.search(code) else sections[:1])]


def _shown(section: str, number: int) -> str:
    literals: list[str] = []

    def kept(found: re.Match[str]) -> str:
        literals.append(found[1] or found[2] or "")
        return "\x01"

    bare = _DRESS.sub("", _LITERAL.sub(kept, section))
    places = _PLACES.search(bare)
    if places is None:
        is_told_otherwise = "@" in bare or _OF_DAYS.search(bare) is not None
        return str(number) if is_told_otherwise else "".join(literals)
    behind = bare[places.end() :]
    thousands, decimals = len(behind) - len(behind.lstrip(",")), _DECIMALS.search(places[0])
    exact = number * 100 ** bare.count("%") / 1000**thousands
    value = f"{exact:.{len(decimals[1]) if decimals and thousands else 0}f}".replace(".", ",")
    rest = iter(literals)
    before = _beside(bare[: places.start()], rest)
    return before + value + _beside(behind, rest)


def _beside(bare: str, literals: Iterator[str]) -> str:
    """Return the signs and literals in front of the places or behind them."""
    return "".join(next(literals) if c == "\x01" else c for c in bare if c in "+-%\x01")
