"""The queue in order: what is gravest first, then what closes soonest; filtered, counted and cut into pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tonghop.domain.findings import Severity
from tonghop.domain.review import OpenItem
from tonghop.domain.units import UnitCode, UnitTree
from tonghop.reading.text import key, unaccented

if TYPE_CHECKING:
    from tonghop.desk.asking import Asked

PAGE = 50
# What the queue shows unless asked otherwise: what is merely noted needs nobody.
_ASKED = (Severity.CRITICAL, Severity.WARNING)
_RANK = {severity.value: rank for rank, severity in enumerate(Severity)}
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Filters:
    """What an officer chose to see; every field empty: all that asks for somebody."""

    severity: str = ""
    district: str = ""
    rule: str = ""
    unit: str = ""
    page: int = 1

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Filters:
        """Return the filters that a query or form holds; what fits nothing is as if it were not there."""
        told = {
            name: asked.get(name, "").strip()[:_LONGEST] for name in ("severity", "district", "rule", "unit")
        }
        page = asked.get("page", "")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
        severity = told.pop("severity")
        return cls(severity=severity if severity in _RANK else "", page=max(1, number), **told)

    def query(self, **changes: str | int) -> str:
        """Return the part of an address that holds these filters with some changed: "?rule=…", or nothing."""
        told = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type] # names of this class
        fields = [
            ("severity", told.severity),
            ("district", told.district),
            ("rule", told.rule),
            ("unit", told.unit),
        ]
        kept = [(name, value) for name, value in fields if value]
        if told.page > 1:
            kept.append(("page", str(told.page)))
        return f"?{urlencode(kept)}" if kept else ""

    @property
    def here(self) -> str:
        """Return the part of an address that holds these filters and this page."""
        return self.query(page=self.page)

    @property
    def is_set(self) -> bool:
        """Return whether anything is filtered."""
        return bool(self.severity or self.district or self.rule or self.unit)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One open finding in its place. ``closes_at``: when the figures of its unit's kind close."""

    item: OpenItem
    district: UnitCode | None
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Queue:
    """The findings that fit the filters, in order, and how many each other choice would leave."""

    filters: Filters
    waiting: tuple[Waiting, ...]
    total: int
    severities: Mapping[str, int]
    districts: Mapping[str, int]
    rules: Mapping[str, int]

    @property
    def pages(self) -> int:
        """Return how many pages there are; one where there is nothing."""
        return max(1, -(-len(self.waiting) // PAGE))

    @property
    def page(self) -> int:
        """Return the page that is shown: the last one where fewer are left than there were."""
        return min(self.filters.page, self.pages)

    @property
    def shown(self) -> tuple[Waiting, ...]:
        """Return the findings of the page."""
        first = (self.page - 1) * PAGE
        return self.waiting[first : first + PAGE]

    def position(self, finding: int) -> int | None:
        """Return the place of a finding in the order, from 0; None where it is not in it."""
        return next((i for i, one in enumerate(self.waiting) if one.item.id == finding), None)

    def beside(self, finding: int) -> tuple[int | None, int | None]:
        """Return the findings before and after one; of one that is not there, none and the first."""
        at = self.position(finding)
        if at is None:
            return None, self.waiting[0].item.id if self.waiting else None
        before = self.waiting[at - 1].item.id if at else None
        after = self.waiting[at + 1].item.id if at + 1 < len(self.waiting) else None
        return before, after

    def on_page_of(self, finding: int) -> Queue:
        """Return the queue on the page where a finding stands."""
        at = self.position(finding)
        return self if at is None else replace(self, filters=replace(self.filters, page=at // PAGE + 1))


def queue_of(asked: Asked, filters: Filters) -> Queue:
    """Return the queue of a day as an officer may see it."""
    items = asked.only(
        (item.unit, item) for item in asked.store.review.open_items(asked.campaign.name, asked.day)
    )
    closing = {
        kind: asked.campaign.cutoff(asked.day, kind)
        for kind in dict.fromkeys(unit.kind for unit in asked.tree.owing)
    }
    placed = [_placed(asked, item, closing) for item in items]
    units = _units(asked.tree, filters.unit)
    branch = _branch(asked, filters.district)
    told = [
        (
            one.item.severity in ((filters.severity,) if filters.severity else _ASKED),
            branch is None or one.item.unit in branch,
            not filters.rule or one.item.code == filters.rule,
        )
        for one in placed
    ]
    fits_unit = [units is None or one.item.unit in units for one in placed]
    kept = [one for one, fits, of_unit in zip(placed, told, fits_unit, strict=True) if all(fits) and of_unit]
    return Queue(
        filters,
        tuple(sorted(kept, key=_order)),
        sum(one.item.severity in _ASKED for one in placed),
        _counts(placed, told, fits_unit, 0, lambda one: one.item.severity),
        _counts(placed, told, fits_unit, 1, lambda one: one.district),
        _counts(placed, told, fits_unit, 2, lambda one: one.item.code),
    )


def _placed(asked: Asked, item: OpenItem, closing: Mapping[str, datetime]) -> Waiting:
    unit = asked.tree[item.unit] if item.unit is not None and item.unit in asked.tree else None
    closes_at = closing.get(unit.kind) if unit else None
    return Waiting(item, district_of(asked.tree, item.unit), closes_at or asked.campaign.send_at(asked.day))


def district_of(tree: UnitTree, unit: UnitCode | None) -> UnitCode | None:
    """Return the node above a unit that is not the whole; None where it stands directly below the whole."""
    if unit is None or unit not in tree or unit == tree.root:
        return None
    parent = tree[unit].parent
    return unit if not tree.is_leaf(unit) else parent if parent != tree.root else None


def _order(one: Waiting) -> tuple[object, ...]:
    item = one.item
    return _RANK[item.severity], one.closes_at, item.received_at, item.entry or 0, item.id


def _branch(asked: Asked, district: str) -> frozenset[UnitCode] | None:
    if not district:
        return None
    if district not in asked.visible:
        return frozenset()
    return frozenset(unit.code for unit in asked.tree.branch(district))


def _units(tree: UnitTree, text: str) -> frozenset[UnitCode] | None:
    """Return the units whose code is ``text`` or whose name holds it, with or without its marks."""
    if not text:
        return None
    wanted = key(text)
    is_plain = unaccented(wanted) == wanted
    return frozenset(
        unit.code
        for unit in tree.units
        if unit.code == text or wanted in (unaccented(key(unit.name)) if is_plain else key(unit.name))
    )


def _counts(
    placed: Iterable[Waiting],
    told: Iterable[tuple[bool, ...]],
    fits_unit: Iterable[bool],
    but: int,
    of: Callable[[Waiting], str | None],
) -> Mapping[str, int]:
    """Return how many would be left by each value of one filter, the others as they are."""
    found: Counter[str] = Counter()
    for one, fits, of_unit in zip(placed, told, fits_unit, strict=True):
        value = of(one)
        if of_unit and value is not None and all(fit for i, fit in enumerate(fits) if i != but):
            found[value] += 1
    return found
