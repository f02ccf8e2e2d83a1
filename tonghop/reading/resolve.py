"""Lines told apart: units, totals with the lines they cover, and headings of sections that count nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tonghop.domain.reading import Role
from tonghop.domain.units import UnitCode
from tonghop.reading.headings import IGNORE, NOTE, ORDINAL, VALUE, Lexicon
from tonghop.reading.lines import Line
from tonghop.reading.text import key, unaccented
from tonghop.reading.units import NOTHING, Match, Resolver

_GRAND = re.compile(
    r"\b(?:tong cong|toan (?:huien|quan|thanh pho|tp|tinh|thi xa|dia ban|bo)|tong hop|tong toan)\b"
)


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


class Placer:
    """Places the lines of a table in the unit tree."""

    def __init__(self, resolver: Resolver, lexicon: Lexicon, branch: UnitCode | None) -> None:
        self._resolver, self._lexicon = resolver, lexicon
        self._branch = branch if branch in resolver.tree else None

    def place(self, lines: Sequence[Line]) -> list[Placed]:
        """Return the lines that count, in their order, totals with what they cover."""
        placed: list[Placed] = []
        section: UnitCode | None = None
        for line in lines:
            one = self._placed(line, section)
            if one is None:
                continue
            if one.unit is not None and not self._resolver.tree.is_leaf(one.unit):
                section = one.unit
                if not line.has_figures:
                    continue
            placed.append(one)
        self._settle_by_neighbours(placed)
        self._mark_parents(placed)
        self._cover(placed)
        return placed

    def _placed(self, line: Line, section: UnitCode | None) -> Placed | None:
        if not line.label:
            return Placed(line, NOTHING) if line.has_figures else None
        match = self._match(line, section)
        if not match and line.is_total_by_label:
            return Placed(line, match, Role.TOTAL) if line.has_figures else None
        if line.is_total_by_label and match.unit and not self._resolver.tree.is_leaf(match.unit):
            return Placed(line, match, Role.TOTAL) if line.has_figures else None
        if match or match.fits:
            return Placed(line, match)
        if self._is_value_line(line):
            return Placed(line, NOTHING, is_value_line=True)
        if not line.has_figures or self._is_aside(line):
            return None
        return Placed(line, match)

    def _match(self, line: Line, section: UnitCode | None) -> Match:
        """Return the unit of a line's labels from left to right: a district's column narrows the commune's."""
        tree = self._resolver.tree
        scope = section or self._branch
        best = NOTHING
        for _, label in line.labels:
            match = self._resolver.resolve(label, scope)
            if not match and not match.fits:
                continue
            if match.unit and best.unit and not self._resolver.is_below(match.unit, best.unit):
                return Match(None, (best.unit, match.unit))
            best = match
            if match.unit and not tree.is_leaf(match.unit):
                scope = match.unit
        return best

    def _is_value_line(self, line: Line) -> bool:
        """Return whether a line of a turned table holds the figures of the unit its title names."""
        if not line.grid.turned:
            return False
        return line.day is not None or VALUE in self._lexicon.meanings((line.label,))

    def _is_aside(self, line: Line) -> bool:
        """Return whether a line is known to be no unit's: "Đơn vị tính", "So với ngày trước", "Kế hoạch"."""
        return bool(set(self._lexicon.meanings((line.label,))) & {IGNORE, NOTE, ORDINAL})

    def _settle_by_neighbours(self, placed: Sequence[Placed]) -> None:
        """Decide names that fit two units by the one parent that all named lines of the table can share."""
        tree = self._resolver.tree
        named = [one for one in placed if one.role is Role.UNIT and (one.unit or one.match.fits)]
        options = [
            {tree[code].parent for code in ((o.unit,) if o.unit else o.match.fits) if code} for o in named
        ]
        shared = set.intersection(*options) if len(options) > 1 else set()
        if len(shared) != 1:
            return
        for one in named:
            inside = [code for code in one.match.fits if tree[code].parent in shared]
            if not one.unit and len(inside) == 1 and len(one.match.fits) > 1:
                one.match = Match(inside[0])

    def _mark_parents(self, placed: Sequence[Placed]) -> None:
        """A parent's line beside its children's is their sum, a parent's line alone is its own report."""
        for one in placed:
            if one.role is Role.UNIT and self._stands_beside_its_own(one, placed):
                one.role = Role.TOTAL
        unnamed = [one for one in placed if not one.line.label]
        if len(placed) > 2 and len(unnamed) == 1 and _is_sum(unnamed[0], [o for o in placed if o.line.label]):
            unnamed[0].role = Role.TOTAL

    def _stands_beside_its_own(self, one: Placed, placed: Sequence[Placed]) -> bool:
        """Return whether lines of units below a line's own unit stand in the table too."""
        below = self._resolver.is_below
        return one.unit is not None and any(
            o.unit and o.unit != one.unit and below(o.unit, one.unit) for o in placed
        )

    def _cover(self, placed: Sequence[Placed]) -> None:
        for at, one in enumerate(placed):
            if one.role is Role.TOTAL:
                one.covers = self._covered(placed, at)

    def _covered(self, placed: Sequence[Placed], at: int) -> tuple[int, ...]:
        total = placed[at]
        units = [i for i, one in enumerate(placed) if one.role is Role.UNIT]
        if total.unit is not None:
            below = tuple(
                i
                for i in units
                if (u := placed[i].unit) is not None and self._resolver.is_below(u, total.unit)
            )
            if below:
                return below
        before = [i for i in units if i < at]
        totals_before = [i for i, one in enumerate(placed[:at]) if one.role is Role.TOTAL]
        if not before:
            after = [i for i in units if i > at]
            next_total = next(
                (i for i, one in enumerate(placed) if i > at and one.role is Role.TOTAL), len(placed)
            )
            block = [i for i in after if i < next_total]
            return tuple(self._first_sum(placed, total, after, block))
        block = [i for i in before if i > totals_before[-1]] if totals_before else before
        is_grand = _GRAND.search(unaccented(key(total.line.label))) is not None
        likely, other = (before, block) if is_grand or not block else (block, before)
        return tuple(self._first_sum(placed, total, likely, other))

    def _first_sum(
        self, placed: Sequence[Placed], total: Placed, likely: list[int], other: list[int]
    ) -> list[int]:
        """Return the lines whose sum the total is; where it is of neither, those it is likely meant for."""
        if (
            other
            and not _is_sum(total, [placed[i] for i in likely])
            and _is_sum(total, [placed[i] for i in other])
        ):
            return other
        return likely


def _is_sum(total: Placed, parts: Sequence[Placed]) -> bool:
    """Return whether most of a line's figures are the sums of the others'."""
    right = wrong = 0
    for code, stated in total.line.numbers().items():
        numbers = [part.line.numbers().get(code) for part in parts]
        if stated is None or not numbers:
            continue
        if sum(number or 0 for number in numbers) == stated:
            right += 1
        else:
            wrong += 1
    return right > wrong
