"""Days added up, remembered until the database changes: twenty officers who look cost one sum."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Lock, Thread
from typing import TYPE_CHECKING

from tonghop.adding import add_up_day
from tonghop.campaigns import Campaign
from tonghop.domain.forms import Form
from tonghop.domain.totals import DayTotals
from tonghop.domain.units import UnitCode, UnitTree
from tonghop.errors import DatabaseUnavailable
from tonghop.store import Preview, Store

if TYPE_CHECKING:
    from tonghop.desk.parts import DeskParts

_LOG = logging.getLogger(__name__)
_KEPT = 12
SUMS = 5  # of the numbers of a change, those that totals and editions hang on
# Numbers of rows may be committed out of their order (PostgreSQL): no state is believed for ever.
_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it stands: its totals, and what an edition made now would change."""

    totals: DayTotals
    preview: Preview


@dataclass(slots=True)
class _Kept:
    """A day that was added up: on which state of the database, and when."""

    stamp: object
    since: float
    day: Day
    is_renewed: bool = False


class Days:
    """Adds days up for the desk. Safe to share between threads; the same day is added up once at a time."""

    def __init__(self, store: Store, form_of: Callable[[str], Form]) -> None:
        self._store, self._form_of = store, form_of
        self._lock = Lock()
        self._locks: dict[tuple[str, date], Lock] = {}
        self._kept: OrderedDict[tuple[str, date], _Kept] = OrderedDict()
        self._trees: OrderedDict[tuple[int, date], tuple[Campaign, UnitTree]] = OrderedDict()

    @classmethod
    def of(cls, parts: DeskParts) -> Days:
        """Return the days of a desk."""
        return cls(parts.store, parts.form_of)

    def get(self, campaign: Campaign, day: date, as_of: datetime) -> Day:
        """Return the day as it stands. Raises ``ConfigurationError`` for a day without units.

        While nothing that totals hang on was recorded, what was added up before stands; now and then it is added
        up anew behind the page's back.
        """
        key = (campaign.name, day)
        with self._lock:
            lock = self._locks.setdefault(key, Lock())
        with lock:
            stamp = (id(campaign), self._store.desk.change()[:SUMS])
            found = self._kept.get(key)
            if found is None or found.stamp != stamp:
                return self._add_up(key, campaign, stamp, as_of)
        if time.monotonic() - found.since > _SECONDS and not found.is_renewed:
            found.is_renewed = True
            Thread(target=self._renew, args=(key, campaign, found, as_of), daemon=True, name="day").start()
        return found.day

    def _renew(self, key: tuple[str, date], campaign: Campaign, found: _Kept, as_of: datetime) -> None:
        try:
            self._add_up(key, campaign, found.stamp, as_of)
        except DatabaseUnavailable as error:
            _LOG.warning("%s", error)
            found.is_renewed = False  # the next who looks tries again

    def _add_up(self, key: tuple[str, date], campaign: Campaign, stamp: object, as_of: datetime) -> Day:
        totals = add_up_day(self._store, campaign, self._form_of(campaign.file.form), key[1], as_of)
        with self._lock:
            before = self._kept.get(key)
        known = before.day.preview.latest if before is not None else None
        made = Day(totals, self._store.editions.preview(campaign.name, totals, known))
        with self._lock:
            self._kept[key] = _Kept(stamp, time.monotonic(), made)
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made

    def tree(self, campaign: Campaign, day: date) -> UnitTree:
        """Return the units of a day, remembered. Raises ``ConfigurationError`` for a day without units."""
        key = (id(campaign), day)
        with self._lock:
            found = self._trees.get(key)
        if found is not None and found[0] is campaign:
            return found[1]
        tree = campaign.tree(day)
        with self._lock:
            self._trees[key] = (campaign, tree)
            while len(self._trees) > _KEPT:
                self._trees.popitem(last=False)
        return tree


def below(totals: DayTotals, branch: UnitCode, visible: frozenset[UnitCode]) -> DayTotals:
    """Return the totals of a branch alone: its own line first, then what stands below it."""
    first = [line for line in totals.lines if line.unit == branch]
    rest = [line for line in totals.lines if line.unit in visible and line.unit != branch]
    return replace(totals, lines=(*first, *rest))
