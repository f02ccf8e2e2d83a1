"""Whatever the tree and the order of arrival: every node's sums are those of its accepted leaves."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sql.world import AT, DAY, World, entry, unit
from tonghop.domain.entries import EntryState
from tonghop.domain.totals import DayTotals, Line
from tonghop.domain.units import Unit, UnitTree
from tonghop.store import RecordedReading, Store, SubmissionState

_campaigns = count()


@dataclass(frozen=True)
class Told:
    """One report of one leaf: figures (installs, population), minute of receipt, origin, state."""

    leaf: int
    installs: int | None
    population: int | None
    minute: int
    origin: str
    state: str


@st.composite
def trees(draw: st.DrawFn) -> tuple[Unit, ...]:
    """Trees of any shape and depth: each unit hangs below one before it."""
    size = draw(st.integers(1, 12))
    parents = [None, *(draw(st.integers(0, number - 1)) for number in range(1, size))]
    inner = {parent for parent in parents if parent is not None}
    return tuple(
        unit(
            f"u{number}",
            None if parent is None else f"u{parent}",
            "district" if number in inner else "commune",
        )
        for number, parent in enumerate(parents)
    )


count_of_people = st.one_of(st.none(), st.integers(0, 10**6))
reports = st.builds(
    Told,
    leaf=st.integers(0, 11),
    installs=count_of_people,
    population=count_of_people,
    minute=st.integers(0, 59),
    origin=st.sampled_from(["own", "consolidated"]),
    state=st.sampled_from(["accepted", "accepted", "held", "rejected"]),
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(tree=trees(), told=st.lists(reports, max_size=14), data=st.data())
def test_every_node_is_the_sum_of_its_leaves_in_any_order_of_arrival(
    store: Store, tree: tuple[Unit, ...], told: list[Told], data: st.DataObject
):
    order = data.draw(st.permutations(range(len(told))))
    one, other = _arrived(store, tree, told, range(len(told))), _arrived(store, tree, told, order)
    totals = one.day_totals()
    assert _lines(totals) == _lines(other.day_totals())
    counted = _counted(tree, told)
    for line in totals.lines:
        below = [counted[u.code] for u in UnitTree.on(DAY, tree, "u0").branch(line.unit) if u.code in counted]
        assert line.figures["installs"].value == _sum(report.installs for report in below)
        assert line.figures["population"].value == _sum(report.population for report in below)
        both = [
            (r.installs, r.population) for r in below if r.installs is not None and r.population is not None
        ]
        base = sum(population for _installs, population in both)
        expected = sum(installs for installs, _population in both) / base if base else None
        assert line.rates["installs_per_population"].value == expected
    again = _record(one, told, range(len(told)))
    assert again.day_totals() == totals


def _arrived(store: Store, tree: tuple[Unit, ...], told: list[Told], order: Any) -> World:
    return _record(World(store, tree, root="u0", campaign=f"c{next(_campaigns)}"), told, order)


def _record(world: World, told: list[Told], order: Any) -> World:
    """Let the reports arrive; order changes the numbers they get, not when they were received."""
    leaves = _leaves(world.units)
    for number in order:
        report = told[number]
        at = AT.replace(hour=2, minute=report.minute, second=number)
        world.store.ledger.record(
            world.campaign, [world.arrival(f"{number}.xlsx", key=f"{number}", received_at=at)], AT
        )
        for submission in world.store.ledger.unread(world.campaign):
            figures = {"installs": report.installs, "population": report.population}
            one = entry(leaves[report.leaf % len(leaves)], figures, origin=report.origin, received_at=at)
            world.record(submission.id, [(one, report.state)])
    return world


def _leaves(units: Any) -> list[str]:
    inner = {one.parent for one in units}
    return [one.code for one in units if one.code not in inner]


def _counted(tree: tuple[Unit, ...], told: list[Told]) -> dict[str, Told]:
    leaves = _leaves(tree)
    counted: dict[str, tuple[Any, Told]] = {}
    for number, report in enumerate(told):
        if report.state == "accepted":
            code = leaves[report.leaf % len(leaves)]
            rank = (report.origin == "own", report.minute, number)
            if code not in counted or rank > counted[code][0]:
                counted[code] = (rank, report)
    return {code: report for code, (_rank, report) in counted.items()}


def _sum(values: Any) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _lines(totals: DayTotals) -> list[Any]:
    return [_without_ids(line) for line in totals.lines]


def _without_ids(line: Line) -> Any:
    figures = {code: (f.value, f.carried_from, f.stated) for code, f in line.figures.items()}
    return (
        line.unit,
        line.state,
        line.timeliness,
        line.received_at,
        line.expected,
        line.reported,
        figures,
        line.rates,
    )


def test_a_batch_recorded_twice_counts_once(store: Store):
    world = World(store)
    submissions = [world.receive() for _ in range(3)]
    figures = {"installs": 5, "population": 9}
    outcomes = [
        RecordedReading(
            number,
            SubmissionState.READ,
            None,
            ((entry(code, figures), EntryState.ACCEPTED),),
            (),
        )
        for number, code in zip(submissions, ["xã-1", "xã-2", "xã-3"], strict=True)
    ]
    store.entries.record(world.campaign, outcomes, AT)
    before = world.day_totals()
    store.entries.record(world.campaign, outcomes[::-1], AT)
    assert world.day_totals() == before
    assert before.root.figures["installs"].value == 15
