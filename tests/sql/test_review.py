"""What the desk asks of the database, on both of them: the queue's findings, a unit's days, what rules come to."""

from __future__ import annotations

from datetime import date, timedelta

from tests.sql.world import AT, DAY, World, entry
from tonghop.domain.findings import Finding, Severity
from tonghop.domain.verdicts import Correction, Decision, Ruling
from tonghop.store import Store, SubmissionState

FALL = Finding("cumulative-falls", Severity.CRITICAL, "a.xlsx", "xã-1", "installs", "Sheet1", "C5", "3", "5")
ABOVE = Finding(
    "smartphones-above-population", Severity.WARNING, "a.xlsx", "xã-1", "population", "Sheet1", "D5"
)
WHOLE = Finding("damaged-file", Severity.CRITICAL)


def codes(world: World, day: date = DAY) -> list[str]:
    return sorted(item.code for item in world.store.review.open_items(world.campaign, day))


def test_what_still_speaks_is_in_the_queue_and_what_a_later_file_settled_is_not(store: Store) -> None:
    world = World(store)
    world.tell("xã-1", installs=3, state="held", findings=(FALL, ABOVE))
    assert codes(world) == ["cumulative-falls", "smartphones-above-population"]
    world.tell("xã-1", at="10:00", installs=6)
    assert codes(world) == []


def test_a_file_without_entries_is_in_the_queue_of_the_day_it_came(store: Store) -> None:
    world = World(store)
    submission = world.receive(branch="xã-2")
    world.record(submission, [], [(None, WHOLE)], SubmissionState.UNREADABLE)
    (item,) = store.review.open_items(world.campaign, DAY)
    assert (item.unit, item.entry, item.standing) == ("xã-2", None, None)


def test_a_finding_of_a_whole_file_speaks_while_one_of_its_entries_does(store: Store) -> None:
    world = World(store)
    submission = world.receive()
    world.record(submission, [(entry("xã-3", {"installs": 3}), "held")], [(None, WHOLE)])
    assert codes(world) == ["damaged-file"]
    world.tell("xã-3", at="16:00", installs=6)
    assert codes(world) == []


def test_a_finding_is_told_with_its_entry_its_submission_and_what_settled_it(store: Store) -> None:
    world = World(store)
    world.tell("xã-1", installs=3, state="held", findings=(FALL,), arrival={"sender": "xa@x.vn"})
    (item,) = store.review.open_items(world.campaign, DAY)
    verdict = store.verdicts.rule(Ruling(Decision.ACCEPT, "lan", "đúng", item.entry, item.id), AT)
    one = store.review.finding(item.id)
    assert one is not None
    assert one.entry is not None
    assert (one.unit, one.entry.standing, one.submission.sender) == ("xã-1", "counted", "xa@x.vn")
    assert (one.settled, one.verdict) == ("accepted", verdict.id)
    assert store.review.finding(item.id + 99) is None


def test_a_units_days_have_what_counts_and_who_corrected_it(store: Store) -> None:
    world = World(store)
    world.tell("xã-1", day=DAY - timedelta(days=1), installs=5)
    world.tell("xã-1", installs=3, state="held", findings=(FALL,))
    (item,) = store.review.open_items(world.campaign, DAY)
    correction = Correction("installs", "6", "ông Nam")
    verdict = store.verdicts.rule(
        Ruling(Decision.CORRECT, "lan", "nhầm", item.entry, item.id, correction), AT
    )
    figures = store.review.unit_figures(world.campaign, "xã-1", DAY - timedelta(days=9), DAY)
    told = [(f.day, f.value, f.standing, f.verdict) for f in figures]
    assert told == [(DAY - timedelta(days=1), 5, "counted", None), (DAY, 6, "counted", verdict.id)]
    entries = store.review.unit_entries(world.campaign, "xã-1", DAY, DAY)
    assert sorted(e.standing for e in entries) == ["counted", "superseded"]


def test_rules_are_counted_by_what_became_of_them(store: Store) -> None:
    world = World(store)
    for number, unit in enumerate(("xã-1", "xã-2", "xã-3")):
        world.tell(unit, at=f"09:0{number}", installs=3, state="held", findings=(FALL,))
    first, second, _ = sorted(store.review.open_items(world.campaign, DAY), key=lambda item: item.id)
    store.verdicts.rule(Ruling(Decision.ACCEPT, "lan", "đúng", first.entry, first.id), AT)
    store.verdicts.rule(Ruling(Decision.REJECT, "lan", "sai", second.entry, second.id), AT)
    (count,) = store.review.rules(world.campaign, ["cumulative-falls", "jump"], DAY, DAY)
    assert (count.fired, count.accepted, count.rejected, count.unsettled) == (3, 1, 1, 1)
    assert count.overridden == 0.5
    assert count.last_day == DAY
    assert store.review.rules(world.campaign, ["cumulative-falls"], DAY + timedelta(days=1), DAY) == ()
