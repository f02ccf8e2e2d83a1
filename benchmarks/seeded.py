"""A month of reports of the units of a tree, with a known truth: what is clean, and which fault stands where.

Every unit has a size, a growth curve, habits (does it count at the weekend, does it report every day) and a share
of people with smartphones. Campaign days lift all, some or one unit. On top of the clean reports faults of every
kind are put at magnitudes people make them in, hard ones among them. Nothing here knows the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

Values = dict[str, int]


@dataclass(frozen=True)
class Report:
    """One unit's report of one day.

    ``fault`` is the kind of fault put into it, empty for a clean one; the reports of one ``episode`` are one
    fault. ``increase`` is the day's increase as stated, if the unit states one; ``content`` names the file's
    bytes; ``truth`` is what it would have said without the fault.
    """

    unit: str
    day: date
    values: Values
    truth: Values
    fault: str = ""
    episode: int = 0
    increase: int | None = None
    content: str = ""


@dataclass(frozen=True)
class Month:
    """The reports by day, each day's in the order of the units."""

    days: tuple[date, ...]
    reports: Mapping[date, tuple[Report, ...]]


@dataclass
class _Unit:
    code: str
    population: int
    smartphones: int
    staff: int
    increases: np.ndarray  # the true daily increases of installs over the month
    staff_increases: np.ndarray
    reporting: float  # the share of days it reports on
    counts_weekends: bool
    states_increase: bool
    truth: list[Values] = field(default_factory=list)


def month_of(
    units: list[str],
    seed: int,
    indicators: tuple[str, ...],
    first: date = date(2020, 8, 10),
    length: int = 31,
    fault_share: float = 0.012,
) -> Month:
    """Return a month; of its reports about ``fault_share`` begin a fault. The same seed, the same month."""
    chance = np.random.default_rng(seed)
    days = tuple(first + timedelta(days=at) for at in range(length))
    people = [_unit(chance, code, days) for code in units]
    clean = _clean(chance, people, days, indicators)
    return Month(days, _with_faults(chance, clean, days, indicators, fault_share))


def _unit(chance: np.random.Generator, code: str, days: tuple[date, ...]) -> _Unit:
    population = int(np.clip(chance.lognormal(np.log(8000), 0.55), 600, 45_000))
    smartphones = int(population * chance.uniform(0.38, 0.72))
    weekends = chance.random() < 0.45
    ceiling = smartphones * chance.uniform(0.45, 0.97)
    # A logistic curve that is somewhere on its way when the month begins, slower or faster by unit.
    middle, width = chance.uniform(-4, 26), chance.uniform(3.5, 11)
    at = np.arange(-1, len(days))
    curve = ceiling / (1 + np.exp(-(at - middle) / width))
    expected = np.diff(curve)
    lift = np.ones(len(days))
    for _ in range(chance.poisson(0.7)):  # a local drive: a few days of several times the usual
        start = chance.integers(0, len(days))
        lift[start : start + chance.integers(1, 4)] *= chance.uniform(1.5, 4.0)
    noisy = expected * lift * chance.gamma(4, 1 / 4, len(days))
    increases = chance.poisson(np.maximum(noisy, 0.0))
    increases[0] = int(curve[0] * chance.uniform(0.5, 1.0)) + increases[0]
    staff = int(chance.integers(18, 160))
    share = chance.uniform(0.3, 0.8)
    staff_increases = chance.multinomial(
        int(staff * (1 - share)), np.r_[np.full(len(days), 0.9 / len(days)), 0.1]
    )[:-1]
    staff_increases[0] += int(staff * share)
    return _Unit(
        code=code,
        population=population,
        smartphones=smartphones,
        staff=staff,
        increases=increases,
        staff_increases=staff_increases,
        reporting=float(np.clip(chance.beta(14, 1), 0.6, 1.0)),
        counts_weekends=bool(weekends),
        states_increase=bool(chance.random() < 0.3),
    )


def _clean(
    chance: np.random.Generator, people: list[_Unit], days: tuple[date, ...], indicators: tuple[str, ...]
) -> dict[date, list[Report]]:
    # Two days on which the whole city is called upon, a week apart.
    drive = np.ones(len(days))
    for start in (chance.integers(4, 10), chance.integers(13, 24)):
        drive[start : start + 2] *= chance.uniform(1.8, 3.5)
    found: dict[date, list[Report]] = {day: [] for day in days}
    for unit in people:
        cap = int(unit.smartphones * 0.985)
        total = staff_total = 0
        population, smartphones, staff = unit.population, unit.smartphones, unit.staff
        reported: Values | None = None
        reported_on: date | None = None
        counted = (0, 0)
        for at, day in enumerate(days):
            total = min(total + int(unit.increases[at] * drive[at]), cap)
            staff_total = min(staff_total + int(unit.staff_increases[at]), staff)
            if chance.random() < 0.012:  # births, moves, a register brought up to date
                population += int(chance.integers(-9, 12))
            if chance.random() < 0.01:
                smartphones = max(smartphones + int(smartphones * chance.normal(0.002, 0.003)), cap + 1)
            if chance.random() < 0.0008:  # a new survey of telephones
                smartphones = max(int(smartphones * chance.uniform(0.92, 1.15)), cap + 1)
            if chance.random() < 0.004:
                staff = max(staff + int(chance.integers(-2, 3)), staff_total)
            if unit.counts_weekends or day.weekday() < 5 or at == 0:
                counted = (total, staff_total)
            if chance.random() > unit.reporting and at > 0:
                continue
            whole = {
                "population": population,
                "smartphone_users": smartphones,
                "installs": counted[0],
                "staff": staff,
                "staff_installs": counted[1],
            }
            if chance.random() < 0.004 and reported is not None:
                # A late count: yesterday's figure again, made good for by the next report.
                whole["installs"] = max(reported["installs"], 0)
            values = {code: whole[code] for code in indicators}
            stated = None
            if unit.states_increase and reported is not None and reported_on == day - timedelta(days=1):
                stated = values["installs"] - reported["installs"]
            found[day].append(
                Report(unit.code, day, values, values, increase=stated, content=f"{unit.code}/{day}")
            )
            reported, reported_on = values, day
    return found


def _with_faults(
    chance: np.random.Generator,
    clean: dict[date, list[Report]],
    days: tuple[date, ...],
    indicators: tuple[str, ...],
    share: float,
) -> dict[date, tuple[Report, ...]]:
    faulty = {day: list(reports) for day, reports in clean.items()}
    place = {(r.unit, r.day): at for reports in clean.values() for at, r in enumerate(reports)}
    wanted = round(share * sum(map(len, clean.values())))
    kinds = [kind for kind, (needs, _) in FAULTS.items() if needs <= set(indicators)]
    tried = made = episode = 0
    while made < wanted and tried < 60 * wanted:
        kind = kinds[tried % len(kinds)]
        tried += 1
        day = days[int(chance.integers(3, len(days)))]
        report = faulty[day][int(chance.integers(0, len(faulty[day])))]
        scene = _Scene(report, faulty, place, days)
        changed = FAULTS[kind][1](chance, scene)
        told = [one for one in changed if _differs(one, scene.of(one.unit, one.day))]
        if not told or any(_stands_near(scene, one) for one in changed):
            continue
        episode += 1
        for one in told:
            faulty[one.day][place[one.unit, one.day]] = replace(one, fault=kind, episode=episode)
        made += 1
    return {day: tuple(reports) for day, reports in faulty.items()}


def _differs(one: Report, clean: Report | None) -> bool:
    if clean is None:
        return False
    return (one.values, one.content) != (clean.values, clean.content) or (
        one.increase is not None and one.increase != clean.increase
    )


def _stands_near(scene: _Scene, one: Report) -> bool:
    """Return whether another fault of the unit stands within two days: each is to be judged on its own."""
    near = (scene.of(one.unit, one.day + timedelta(days=apart)) for apart in range(-2, 3))
    return any(report is not None and report.fault for report in near)


@dataclass(frozen=True)
class _Scene:
    report: Report
    reports: dict[date, list[Report]]
    place: Mapping[tuple[str, date], int]
    days: tuple[date, ...]

    def of(self, unit: str, day: date) -> Report | None:
        at = self.place.get((unit, day))
        return None if at is None else self.reports[day][at]

    def before(self) -> list[Report]:
        """Return the unit's earlier reports, the latest first."""
        found = (self.of(self.report.unit, day) for day in reversed(self.days) if day < self.report.day)
        return [one for one in found if one is not None]

    def after(self) -> list[Report]:
        found = (self.of(self.report.unit, day) for day in self.days if day > self.report.day)
        return [one for one in found if one is not None]


Fault = Callable[[np.random.Generator, _Scene], list[Report]]


def _changed(report: Report, **values: int) -> Report:
    return replace(report, values={**report.values, **values})


def _fall(chance: np.random.Generator, scene: _Scene) -> list[Report]:
    # The day before yesterday's file, an older count, or a share of the figure lost in adding up.
    before = scene.before()
    if not before or before[0].values["installs"] < 40:
        return []
    last = before[0].values["installs"]
    lost = max(3, int(last * chance.choice([0.01, 0.03, 0.08, 0.2, 0.5]) * chance.uniform(0.8, 1.2)))
    return [_changed(scene.report, installs=last - lost)]


def _daily_for_sum(_: np.random.Generator, scene: _Scene) -> list[Report]:
    before = scene.before()
    if not before or before[0].values["installs"] < 100:
        return []
    increase = scene.report.values["installs"] - before[0].values["installs"]
    return [_changed(scene.report, installs=max(increase, 0))]


def _power(factor: float, code: str) -> Fault:
    def fault(chance: np.random.Generator, scene: _Scene) -> list[Report]:
        value = scene.report.values[code]
        if value * min(factor, 1) < 8 or not scene.before():
            return []
        nought = int(chance.integers(0, 10)) if factor > 1 and chance.random() < 0.4 else 0
        return [_changed(scene.report, **{code: int(value * factor) + nought})]

    return fault


def _jump(low: float, high: float) -> Fault:
    """An increase of so many times the largest of the last ten days, and at least a quarter of the figure."""

    def fault(chance: np.random.Generator, scene: _Scene) -> list[Report]:
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
    def fault(chance: np.random.Generator, scene: _Scene) -> list[Report]:
        day = scene.report.day if same_day else scene.report.day - timedelta(days=1)
        others = [
            one for one in scene.reports.get(day, []) if one.unit != scene.report.unit and not one.fault
        ]
        if not others:
            return []
        return [replace(scene.report, values=dict(others[int(chance.integers(0, len(others)))].values))]

    return fault


def _same_file(chance: np.random.Generator, scene: _Scene) -> list[Report]:
    others = [o for o in scene.reports[scene.report.day] if o.unit != scene.report.unit and not o.fault]
    other = others[int(chance.integers(0, len(others)))]
    return [replace(scene.report, values=dict(other.values), content=other.content)]


def _denominator(code: str, kind: str) -> Fault:
    def fault(chance: np.random.Generator, scene: _Scene) -> list[Report]:
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


def _still(chance: np.random.Generator, scene: _Scene) -> list[Report]:
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

    def fault(chance: np.random.Generator, scene: _Scene) -> list[Report]:
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


def _increase(chance: np.random.Generator, scene: _Scene) -> list[Report]:
    before = scene.before()
    if not before or before[0].day != scene.report.day - timedelta(days=1) or scene.report.increase is None:
        return []
    true = scene.report.values["installs"] - before[0].values["installs"]
    wrong = int(true + chance.choice([-1, 1]) * max(1, true * chance.uniform(0.1, 2.0)))
    return [] if wrong == true else [replace(scene.report, increase=wrong)]


def _above(code: str, limit: str) -> Fault:
    def fault(chance: np.random.Generator, scene: _Scene) -> list[Report]:
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
