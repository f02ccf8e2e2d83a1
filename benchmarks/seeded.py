"""A month of reports of the units of a tree, with a known truth: what is clean, and which fault stands where.

Every unit has a size, a growth curve, habits (does it count at the weekend, does it report every day) and a share
of people with smartphones. Campaign days lift all, some or one unit. On top of the clean reports faults of every
kind are put at magnitudes people make them in, hard ones among them. Nothing here knows the rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from benchmarks.reports import Month, Report, Values
from benchmarks.slips import FAULTS, Scene


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


@dataclass
class _Count:
    """What a unit counts as the month goes on; ``counted``: installs and staff's installs when it last counted."""

    unit: _Unit
    population: int
    smartphones: int
    staff: int
    installs: int = 0
    staff_installs: int = 0
    counted: tuple[int, int] = (0, 0)

    def pass_a_day(self, chance: np.random.Generator, at: int, drive: float, *, counts: bool) -> None:
        cap = int(self.unit.smartphones * 0.985)
        self.installs = min(self.installs + int(self.unit.increases[at] * drive), cap)
        self.staff_installs = min(self.staff_installs + int(self.unit.staff_increases[at]), self.staff)
        if chance.random() < 0.012:  # births, moves, a register brought up to date
            self.population += int(chance.integers(-9, 12))
        if chance.random() < 0.01:
            grown = self.smartphones + int(self.smartphones * chance.normal(0.002, 0.003))
            self.smartphones = max(grown, cap + 1)
        if chance.random() < 0.0008:  # a new survey of telephones
            self.smartphones = max(int(self.smartphones * chance.uniform(0.92, 1.15)), cap + 1)
        if chance.random() < 0.004:
            self.staff = max(self.staff + int(chance.integers(-2, 3)), self.staff_installs)
        if counts:
            self.counted = (self.installs, self.staff_installs)

    def values(self) -> Values:
        return {
            "population": self.population,
            "smartphone_users": self.smartphones,
            "installs": self.counted[0],
            "staff": self.staff,
            "staff_installs": self.counted[1],
        }


def _clean(
    chance: np.random.Generator, people: list[_Unit], days: tuple[date, ...], indicators: tuple[str, ...]
) -> dict[date, list[Report]]:
    # Two days on which the whole city is called upon, a week apart.
    drive = np.ones(len(days))
    for start in (chance.integers(4, 10), chance.integers(13, 24)):
        drive[start : start + 2] *= chance.uniform(1.8, 3.5)
    found: dict[date, list[Report]] = {day: [] for day in days}
    for unit in people:
        for report in _reports_of(chance, unit, days, drive, indicators):
            found[report.day].append(report)
    return found


def _reports_of(
    chance: np.random.Generator,
    unit: _Unit,
    days: tuple[date, ...],
    drive: np.ndarray,
    indicators: tuple[str, ...],
) -> Iterator[Report]:
    count = _Count(unit, unit.population, unit.smartphones, unit.staff)
    last: Report | None = None
    for at, day in enumerate(days):
        counts = unit.counts_weekends or day.weekday() < 5 or at == 0
        count.pass_a_day(chance, at, drive[at], counts=counts)
        if chance.random() > unit.reporting and at > 0:
            continue
        whole = count.values()
        if chance.random() < 0.004 and last is not None:
            # A late count: yesterday's figure again, made good for by the next report.
            whole["installs"] = max(last.values["installs"], 0)
        values = {code: whole[code] for code in indicators}
        stated = None
        if unit.states_increase and last is not None and last.day == day - timedelta(days=1):
            stated = values["installs"] - last.values["installs"]
        last = Report(unit.code, day, values, values, increase=stated, content=f"{unit.code}/{day}")
        yield last


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
        scene = Scene(report, faulty, place, days)
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


def _stands_near(scene: Scene, one: Report) -> bool:
    """Return whether another fault of the unit stands within two days: each is to be judged on its own."""
    near = (scene.of(one.unit, one.day + timedelta(days=apart)) for apart in range(-2, 3))
    return any(report is not None and report.fault for report in near)
