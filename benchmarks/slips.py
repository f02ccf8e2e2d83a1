"""The faults people make in reports, of every kind and at magnitudes they are made in, hard ones among them.

Each takes a report and what stands around it and returns the reports as the fault leaves them, none where it
cannot be made there. Nothing here knows the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from benchmarks.reports import Report


@dataclass(frozen=True)
class Scene:
    """A report that a fault may be put into, and the reports of all units around it; ``place``: where each stands."""

    report: Report
    reports: dict[date, list[Report]]
    place: Mapping[tuple[str, date], int]
    days: tuple[date, ...]

    def of(self, unit: str, day: date) -> Report | None:
        """Return what a unit reported on a day, with the faults put into it so far."""
        at = self.place.get((unit, day))
        return None if at is None else self.reports[day][at]

    def before(self) -> list[Report]:
        """Return the unit's earlier reports, the latest first."""
        found = (self.of(self.report.unit, day) for day in reversed(self.days) if day < self.report.day)
        return [one for one in found if one is not None]

    def after(self) -> list[Report]:
        """Return the unit's later reports, the next first."""
        found = (self.of(self.report.unit, day) for day in self.days if day > self.report.day)
        return [one for one in found if one is not None]


Fault = Callable[[np.random.Generator, Scene], list[Report]]


def _changed(report: Report, **values: int) -> Report:
    return replace(report, values={**report.values, **values})


def _fall(chance: np.random.Generator, scene: Scene) -> list[Report]:
    # The day before yesterday's file, an older count, or a share of the figure lost in adding up.
    before = scene.before()
    if not before or before[0].values["installs"] < 40:
        return []
    last = before[0].values["installs"]
    lost = max(3, int(last * chance.choice([0.01, 0.03, 0.08, 0.2, 0.5]) * chance.uniform(0.8, 1.2)))
    return [_changed(scene.report, installs=last - lost)]


def _daily_for_sum(_: np.random.Generator, scene: Scene) -> list[Report]:
    before = scene.before()
    if not before or before[0].values["installs"] < 100:
        return []
    increase = scene.report.values["installs"] - before[0].values["installs"]
    return [_changed(scene.report, installs=max(increase, 0))]


def _power(factor: float, code: str) -> Fault:
    def fault(chance: np.random.Generator, scene: Scene) -> list[Report]:
        value = scene.report.values[code]
        if value * min(factor, 1) < 8 or not scene.before():
            return []
        nought = int(chance.integers(0, 10)) if factor > 1 and chance.random() < 0.4 else 0
        return [_changed(scene.report, **{code: int(value * factor) + nought})]

    return fault


def _jump(low: float, high: float) -> Fault:
    """An increase of so many times the largest of the last ten days, and at least a quarter of the figure."""

    def fault(chance: np.random.Generator, scene: Scene) -> list[Report]:
        before = scene.before()[:10]
        if len(before) < 5 or before[0].values["installs"] < 60:
            return []
        last = before[0].values["installs"]
        steps = [a.values["installs"] - b.values["installs"] for a, b in pairwise(before)]
        usual = max(float(np.median(steps)), 2.0)
        added = max(int(usual * chance.uniform(low, high)), int(last * 0.25))
        if last + added > scene.report.values["population"]:
            return []
        return [_changed(scene.report, installs=last + added)]

    return fault


def _copied(same_day: bool) -> Fault:
    def fault(chance: np.random.Generator, scene: Scene) -> list[Report]:
        day = scene.report.day if same_day else scene.report.day - timedelta(days=1)
        others = [
            one for one in scene.reports.get(day, []) if one.unit != scene.report.unit and not one.fault
        ]
        if not others:
            return []
        return [replace(scene.report, values=dict(others[int(chance.integers(0, len(others)))].values))]

    return fault


def _same_file(chance: np.random.Generator, scene: Scene) -> list[Report]:
    others = [o for o in scene.reports[scene.report.day] if o.unit != scene.report.unit and not o.fault]
    other = others[int(chance.integers(0, len(others)))]
    return [replace(scene.report, values=dict(other.values), content=other.content)]


def _denominator(code: str, kind: str) -> Fault:
    def fault(chance: np.random.Generator, scene: Scene) -> list[Report]:
        value = scene.report.values[code]
        digits = list(str(value))
        if kind == "digits":  # two neighbouring digits change places
            at = int(chance.integers(0, len(digits) - 1))
            digits[at], digits[at + 1] = digits[at + 1], digits[at]
            new = int("".join(digits))
            if abs(new - value) < max(0.012 * value, 5):
                return []
        else:  # another source: a few to many percent
            new = int(value * (1 + chance.choice([-1, 1]) * chance.uniform(0.03, 0.4)))
        if not scene.before() or new < 1:
            return []
        return [_changed(scene.report, **{code: new})]

    return fault


def _still(chance: np.random.Generator, scene: Scene) -> list[Report]:
    """The same figures again for three to six reports, though people went on installing."""
    before = scene.before()
    count = int(chance.integers(3, 7))
    following = [scene.report, *scene.after()][:count]
    if not before or before[0].fault or len(following) < count:
        return []
    if following[-1].truth["installs"] - before[0].truth["installs"] < max(
        15, 0.02 * before[0].truth["installs"]
    ):
        return []
    same = before[0].values
    return [replace(one, values=dict(same), increase=None) for one in following]


def _round(step: int) -> Fault:
    """Figures rounded to a step from here on for five to nine reports: estimated, not counted."""

    def fault(chance: np.random.Generator, scene: Scene) -> list[Report]:
        count = int(chance.integers(5, 10))
        following = [scene.report, *scene.after()][:count]
        if len(following) < count or scene.report.values["installs"] < 8 * step:
            return []
        rounded = [step * round(one.truth["installs"] / step) for one in following]
        if len(set(rounded)) < 4 or rounded != sorted(rounded):
            return []
        before = scene.before()
        if before and rounded[0] < before[0].values["installs"]:
            return []
        return [
            replace(_changed(one, installs=value), increase=None)
            for one, value in zip(following, rounded, strict=True)
        ]

    return fault


def _increase(chance: np.random.Generator, scene: Scene) -> list[Report]:
    before = scene.before()
    if not before or before[0].day != scene.report.day - timedelta(days=1) or scene.report.increase is None:
        return []
    true = scene.report.values["installs"] - before[0].values["installs"]
    wrong = int(true + chance.choice([-1, 1]) * max(1, true * chance.uniform(0.1, 2.0)))
    return [] if wrong == true else [replace(scene.report, increase=wrong)]


def _above(code: str, limit: str) -> Fault:
    def fault(chance: np.random.Generator, scene: Scene) -> list[Report]:
        return [
            _changed(scene.report, **{code: int(scene.report.values[limit] * chance.uniform(1.01, 1.5)) + 1})
        ]

    return fault


_BASE = frozenset({"population", "installs"})
_PHONES = frozenset({"smartphone_users", "installs"})
_STAFF = frozenset({"staff", "staff_installs"})
FAULTS: dict[str, tuple[frozenset[str], Fault]] = {
    "fall": (_BASE, _fall),
    "daily increase typed for the sum": (_BASE, _daily_for_sum),
    "installs x10": (_BASE, _power(10, "installs")),
    "installs x100": (_BASE, _power(100, "installs")),
    "installs x1000": (_BASE, _power(1000, "installs")),
    "installs /10": (_BASE, _power(0.1, "installs")),
    "installs /1000": (_BASE, _power(0.001, "installs")),
    "population x10": (_BASE, _power(10, "population")),
    "population /10": (_BASE, _power(0.1, "population")),
    "population /1000": (_BASE, _power(0.001, "population")),
    "jump, 8 to 15 times the usual": (_BASE, _jump(8, 15)),
    "jump, 15 to 40 times the usual": (_BASE, _jump(15, 40)),
    "another unit's figures of today": (_BASE, _copied(True)),
    "another unit's figures of yesterday": (_BASE, _copied(False)),
    "the same file for two units": (_BASE, _same_file),
    "population, two digits changed about": (_BASE, _denominator("population", "digits")),
    "population of another source": (_BASE, _denominator("population", "source")),
    "the same figures for days": (_BASE, _still),
    "rounded to 50": (_BASE, _round(50)),
    "rounded to 100": (_BASE, _round(100)),
    "rounded to 10": (_BASE, _round(10)),
    "stated increase wrong": (_BASE, _increase),
    "installs above population": (_BASE, _above("installs", "population")),
    "smartphones of another source": (_PHONES, _denominator("smartphone_users", "source")),
    "smartphones x10": (_PHONES, _power(10, "smartphone_users")),
    "smartphones above population": (_PHONES, _above("smartphone_users", "population")),
    "installs above smartphones": (_PHONES, _above("installs", "smartphone_users")),
    "staff of another source": (_STAFF, _denominator("staff", "source")),
    "staff x10": (_STAFF, _power(10, "staff")),
    "staff installs above staff": (_STAFF, _above("staff_installs", "staff")),
}
