"""Places and agencies, and the tree in which they report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

UnitCode = str


@dataclass(frozen=True, slots=True)
class Unit:
    """A place or agency, valid from a day (inclusive) to a day (exclusive; None: until further notice).

    Codes are text: they keep leading zeros and are reused after reforms, so a unit is keyed by
    ``(code, valid_from)``.
    """

    code: UnitCode
    name: str
    kind: str
    parent: UnitCode | None
    valid_from: date
    valid_to: date | None
    reports: bool
    emails: tuple[str, ...] = ()
    phone: str = ""

    def is_valid_on(self, day: date) -> bool:
        """Return whether the unit exists on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class UnitTree:
    """The units below and including ``root`` on one day, parents before children.

    ``within``: the names of what the root itself lies in, as its province.
    """

    root: UnitCode
    day: date
    units: tuple[Unit, ...]
    _by_code: dict[UnitCode, Unit] = field(repr=False)
    within: tuple[str, ...] = ()

    @classmethod
    def on(cls, day: date, units: Iterable[Unit], root: UnitCode, within: tuple[str, ...] = ()) -> UnitTree:
        """Return the tree of ``day``: of all versions of the units, those valid then and below ``root``.

        Raises ``ValueError`` where the root is not valid that day: without it nobody reports.
        """
        valid = {unit.code: unit for unit in units if unit.is_valid_on(day)}
        if root not in valid:
            raise ValueError(f"unit {root!r} is not valid on {day.isoformat()}")
        children: dict[UnitCode | None, list[Unit]] = {}
        for unit in valid.values():
            children.setdefault(unit.parent, []).append(unit)
        ordered = tuple(_walk(valid[root], children))
        return cls(root, day, ordered, {unit.code: unit for unit in ordered}, within)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __getitem__(self, code: UnitCode) -> Unit:
        return self._by_code[code]

    def get(self, code: UnitCode | None) -> Unit | None:
        """Return the unit of a code, None where the tree has none."""
        return None if code is None else self._by_code.get(code)

    @cached_property
    def _children(self) -> dict[UnitCode, tuple[Unit, ...]]:
        found: dict[UnitCode, list[Unit]] = {unit.code: [] for unit in self.units}
        for unit in self.units:
            if unit.code != self.root and unit.parent is not None:
                found[unit.parent].append(unit)
        return {code: tuple(below) for code, below in found.items()}

    def children(self, code: UnitCode) -> tuple[Unit, ...]:
        """Return the units directly below ``code``, in the order of the register."""
        return self._children[code]

    def is_leaf(self, code: UnitCode) -> bool:
        """Return whether nothing stands below ``code``; a district may be a leaf (Bạch Long Vĩ)."""
        return not self._children[code]

    @cached_property
    def parents(self) -> frozenset[UnitCode]:
        """Return the codes of the units below which others stand."""
        return frozenset(code for code, below in self._children.items() if below)

    def branch(self, code: UnitCode) -> tuple[Unit, ...]:
        """Return ``code`` and every unit below it, parents before children."""
        return tuple(_walk(self._by_code[code], self._children))

    def is_within(self, code: UnitCode, branch: UnitCode) -> bool:
        """Return whether ``code`` is ``branch`` or stands below it."""
        while code not in (branch, self.root):
            code = self._by_code[code].parent or self.root
        return code == branch

    def depth(self, code: UnitCode) -> int:
        """Return how many steps ``code`` stands below the root (0: the root itself)."""
        steps = 0
        while code != self.root:
            code = self._by_code[code].parent or self.root
            steps += 1
        return steps

    @cached_property
    def owing(self) -> tuple[Unit, ...]:
        """Return the units that owe a submission of their own."""
        return tuple(unit for unit in self.units if unit.reports)

    @cached_property
    def by_email(self) -> dict[str, Unit]:
        """Return the allow-list of senders: address in lower case to the unit that may send from it."""
        return {address.casefold(): unit for unit in self.units for address in unit.emails}


def _walk(unit: Unit, children: Mapping[Any, Sequence[Unit]]) -> Iterator[Unit]:
    yield unit
    for child in children.get(unit.code, ()):
        yield from _walk(child, children)
