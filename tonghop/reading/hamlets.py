"""Tables of a commune's hamlets: its figures are those of the one line that is the sum of them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tonghop.domain.reading import Role
from tonghop.reading.other_places import OF_PARENTS
from tonghop.reading.sheets import Sheet
from tonghop.reading.sums import Placed
from tonghop.reading.text import key, unaccented
from tonghop.reading.units import Match, Resolver

_FEWEST = 2  # hamlets of a commune, and counts that must agree


def take_wholes(sheet: Sheet, resolver: Resolver) -> None:
    """Keep of a table of hamlets its sum alone, as a line of the commune that is named there or around the table.

    Where there is no sum, or figures that it is not the sum of, every line stays: nobody is taken for the commune.
    """
    for positions in _tables(sheet):
        lines = [one for i in positions for one in sheet.placed[i]]
        if sum(one.line.is_part for one in lines) < _FEWEST:
            continue
        whole = _whole(lines, resolver)
        if whole is not None:
            for i in positions:
                sheet.placed[i] = [one for one in sheet.placed[i] if one is whole]


def _tables(sheet: Sheet) -> Iterator[list[int]]:
    """Yield the positions of the sheet's tables, those that go on from one together with it."""
    begun = [i for i, table in enumerate(sheet.tables) if not table.goes_on]
    for first, end in zip(begun, [*begun[1:], len(sheet.tables)], strict=True):
        yield list(range(first, end))


def _whole(lines: Sequence[Placed], resolver: Resolver) -> Placed | None:
    """Return the line of the commune, its unit set where the table tells it; None where that is in doubt."""
    wholes = [one for one in lines if one.role is Role.TOTAL or one.unit is not None]
    parts = [one for one in lines if all(one is not whole for whole in wholes)]
    if len(wholes) != 1 or any(one.match.fits for one in parts) or not _adds_up(wholes[0], parts):
        return None
    whole = wholes[0]
    named = {one.line.part_of for one in parts if one.line.part_of is not None}
    named |= {whole.unit} if whole.unit is not None else {*resolver.mentioned(whole.line.label)}
    if len(named) > 1 or not all(map(resolver.tree.is_leaf, named)):
        return None
    if not OF_PARENTS.isdisjoint(unaccented(key(whole.line.label)).split()) and whole.unit is None:
        return None
    whole.role, whole.covers = Role.UNIT, ()
    whole.match, whole.is_value_line = Match(next(iter(named), None)), not named
    return whole


def _adds_up(whole: Placed, parts: Sequence[Placed]) -> bool:
    """Return whether a line is the sum of the others, count by count; what no hamlet counts is the commune's own."""
    right = 0
    for code, (count, _) in whole.line.counts.items():
        of_parts = [one.line.counts[code][0] for one in parts if code in one.line.counts]
        if count.doubt or any(one.doubt for one in of_parts):
            return False
        numbers = [one.number for one in of_parts if one.number is not None]
        if numbers and (count.number is None or sum(numbers) != count.number):
            return False
        right += bool(numbers)
    return right >= _FEWEST
