"""Which rows of a submission another row is the sum of, and what they add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from expectations.lines import Line
from tonghop.domain.entries import StatedTotal
from tonghop.domain.units import UnitCode, UnitTree

_Key = tuple[int, UnitCode, date]


@dataclass(frozen=True, slots=True)
class Covers:
    """Pairs of rows (``owners``, ``members``: positions in the frame), the one being the sum of the others.

    ``is_owner`` marks rows that are sums; ``wanting`` are the kinds of children that an owner's rows lack.
    """

    owners: npt.NDArray[np.int64]
    members: npt.NDArray[np.int64]
    is_owner: npt.NDArray[np.bool_]
    wanting: tuple[tuple[int, str], ...]

    def add_up(
        self,
        values: npt.NDArray[np.float64],
        asked: npt.NDArray[np.bool_],
        is_asked_of: Callable[[str], bool],
    ) -> npt.NDArray[np.float64]:
        """Return per row the sum of its members, NaN where it is no sum or a member's figure is not known.

        A figure that a member's kind does not report counts as nothing; a blank one that it owes makes the
        sum unknown.
        """
        of_members = values[self.members]
        sums, given = np.zeros(len(values)), np.zeros(len(values), dtype=bool)
        unknown = np.zeros(len(values), dtype=bool)
        np.add.at(sums, self.owners, np.nan_to_num(of_members))
        np.logical_or.at(given, self.owners, ~np.isnan(of_members))
        np.logical_or.at(unknown, self.owners, np.isnan(of_members) & asked[self.members])
        unknown[[owner for owner, kind in self.wanting if is_asked_of(kind)]] = True
        return np.where(given & ~unknown, sums, np.nan)


def covers_of(lines: Sequence[Line], tree: UnitTree) -> Covers:
    """Return the sums among the lines: totals over the rows they cover, parents over their children's."""
    parents = tree.parents
    some = any(line.entry is not None and line.entry.unit in parents for line in lines)
    by_unit = _rows_by_unit(lines) if some else {}
    pairs = [*_of_totals(lines)]
    wanting: list[tuple[int, str]] = []
    for (subject, unit, day), positions in by_unit.items():
        if unit not in parents:
            continue
        below = [(child, by_unit.get((subject, child.code, day), [])) for child in tree.children(unit)]
        members = [position for _, found in below for position in found]
        if members:
            pairs += [(owner, member) for owner in positions for member in members]
            # A child that stands twice cannot be added up either: which row counts is for a person.
            lacking = [
                c.kind for c, found in below if len(found) > 1 or (not found and _counts(c.code, tree))
            ]
            wanting += [(owner, kind) for owner in positions for kind in set(lacking)]
    owners, members_of = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    is_owner = np.zeros(len(lines), dtype=bool)
    is_owner[owners] = True
    return Covers(owners, members_of, is_owner, tuple(wanting))


def _counts(code: UnitCode, tree: UnitTree) -> bool:
    return tree[code].reports or not tree.is_leaf(code)


def _rows_by_unit(lines: Sequence[Line]) -> dict[_Key, list[int]]:
    found: dict[_Key, list[int]] = {}
    for position, line in enumerate(lines):
        entry = line.entry
        if entry is not None and entry.unit is not None:
            found.setdefault((line.subject, entry.unit, entry.day), []).append(position)
    return found


def _of_totals(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    with_totals = {line.subject for line in lines if line.entry is None}
    if not with_totals:
        return
    place = {
        (line.subject, line.row.ordinal): p for p, line in enumerate(lines) if line.subject in with_totals
    }
    for position, line in enumerate(lines):
        covered = line.row.covers if isinstance(line.row, StatedTotal) else ()
        members = (place.get((line.subject, ordinal)) for ordinal in covered)
        yield from ((position, member) for member in members if member is not None)
