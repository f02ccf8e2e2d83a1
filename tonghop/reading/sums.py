"""Which lines of a table a total is the sum of: told by its unit, its place and, before all, its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tonghop.domain.reading import Role
from tonghop.domain.units import UnitCode
from tonghop.reading.lines import Line
from tonghop.reading.text import key, unaccented
from tonghop.reading.units import Match, Resolver

_GRAND = re.compile(
    r"\b(?:tong cong|toan (?:huien|quan|thanh pho|tp|tinh|thi xa|dia ban|bo)|tong hop|tong toan)\b"
)
Numbers = Mapping[str, float | None]


@dataclass(slots=True)
class Placed:
    """A line with the unit it names and, for a total, the lines it should be the sum of (by position)."""

    line: Line
    match: Match
    role: Role = Role.UNIT
    covers: tuple[int, ...] = ()
    is_value_line: bool = False

    @property
    def unit(self) -> UnitCode | None:
        """Return the resolved unit's code."""
        return self.match.unit


def cover(placed: Sequence[Placed], resolver: Resolver) -> None:
    """Set for every total the lines it is to be compared with.

    A total stands below its lines, above them, or amid a table whose other units it does not count. So of the
    groups it can mean, the likeliest first, the one counts that it is the sum of; where it is of none, it is
    wrong and compared with the likeliest.
    """
    totals = [(at, one) for at, one in enumerate(placed) if one.role is Role.TOTAL]
    numbers = [one.line.numbers() for one in placed] if totals else []
    for at, one in totals:
        groups = list(dict.fromkeys(group for group in _groups(placed, at, resolver) if group))
        exact = (group for group in groups if _agrees(numbers[at], [numbers[i] for i in group], wholly=True))
        mostly = (group for group in groups if _agrees(numbers[at], [numbers[i] for i in group]))
        one.covers = next(exact, ()) or next(mostly, ()) or (groups[0] if groups else ())


def _groups(placed: Sequence[Placed], at: int, resolver: Resolver) -> Iterator[tuple[int, ...]]:
    """Yield the groups of units that a total can be meant for, the likeliest first."""
    total = placed[at]
    units = [i for i, one in enumerate(placed) if one.role is Role.UNIT]
    totals = [i for i, one in enumerate(placed) if one.role is Role.TOTAL]
    last = max((i for i in totals if i < at), default=-1)
    following = min((i for i in totals if i > at), default=len(placed))
    before, after = tuple(i for i in units if i < at), tuple(i for i in units if i > at)
    block_before = tuple(i for i in before if i > last)
    block_after = tuple(i for i in after if i < following)
    if total.unit is not None:
        below = [i for i in units if _is_below(placed[i].unit, total.unit, resolver)]
        yield tuple(below)
        yield tuple(i for i in below if i < at)
        yield tuple(i for i in below if i > at)
    if not before:
        yield from (after, block_after)
        return
    is_grand = _GRAND.search(unaccented(key(total.line.label))) is not None
    yield from (before, block_before) if is_grand or not block_before else (block_before, before)
    yield from (block_after, after, tuple(units))


def _is_below(unit: UnitCode | None, of: UnitCode, resolver: Resolver) -> bool:
    return unit is not None and resolver.is_below(unit, of)


def mark_groups(placed: Sequence[Placed]) -> None:
    """Mark as totals the lines that name no unit and are wholly the sum of the lines beside them: "Khối xã"."""
    for at, one in enumerate(placed):
        if one.role is not Role.UNIT or one.unit or one.match.fits or one.is_value_line or not one.line.label:
            continue
        for step in (-1, 1):
            parts = _block(placed, at, step)
            if len(parts) > 1 and _says_much(one) and is_sum(one, parts, wholly=True):
                one.role = Role.TOTAL


def _block(placed: Sequence[Placed], at: int, step: int) -> list[Placed]:
    """Return the units that stand next to a line on one side, up to the next line that is no unit's."""
    found = []
    at += step
    while 0 <= at < len(placed) and placed[at].unit is not None and placed[at].role is Role.UNIT:
        found.append(placed[at])
        at += step
    return found


def _says_much(one: Placed) -> bool:
    """Return whether so many figures agree only where they are a sum."""
    return sum(bool(number) for number in one.line.numbers().values()) > 1


def is_sum(total: Placed, parts: Sequence[Placed], *, wholly: bool = False) -> bool:
    """Return whether most of a line's figures (``wholly``: all) are the sums of the others'."""
    return _agrees(total.line.numbers(), [part.line.numbers() for part in parts], wholly=wholly)


def _agrees(total: Numbers, of_parts: Sequence[Numbers], *, wholly: bool = False) -> bool:
    right = wrong = 0
    for code, stated in total.items():
        if stated is None or not of_parts:
            continue
        if sum(numbers.get(code) or 0 for numbers in of_parts) == stated:
            right += 1
        else:
            wrong += 1
    return right > 0 and wrong == 0 if wholly else right > wrong
