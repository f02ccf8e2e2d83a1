"""Entries: recorded once with their findings, and told again with where they stand."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pandas as pd
import pytest

from tests.sql.world import AT, DAY, World, entry
from tonghop.domain.entries import Entry, EntryState, Judged
from tonghop.domain.findings import Finding, Severity
from tonghop.domain.reading import Outcome, Reading
from tonghop.errors import DatabaseUnavailable
from tonghop.store import RecordedReading, Standing, Store, SubmissionState, open_store

FALL = Finding(
    "cumulative-fall", Severity.CRITICAL, "a.xlsx", "xã-1", "installs", "Sheet1", "C5", "3", "5", {"x": "ý"}
)
WARNING = Finding(
    "more-phones-than-people", Severity.WARNING, "a.xlsx", unit="xã-1", cell="D5", sheet="Sheet1"
)


def codes(store: Store, world: World, day: date = DAY) -> list[str]:
    return [one.finding.code for one in store.entries.open_findings(world.campaign, day)]


def test_history_holds_the_counted_figures_of_the_days_before(store: Store):
    world = World(store)
    world.tell("xã-1", day=DAY - timedelta(days=61), installs=1, population=10)
    world.tell("xã-1", day=DAY - timedelta(days=60), installs=2, population=10)
    world.tell("xã-2", day=DAY - timedelta(days=1), installs=3, population=None)
    world.tell("xã-2", day=DAY - timedelta(days=1), at="10:00", installs=4, population=None)
    world.tell("xã-3", day=DAY - timedelta(days=1), installs=9, population=9, state="held")
    world.tell("xã-1", installs=5, population=10)
    found = store.entries.history(world.campaign, DAY)
    assert found.to_dict("list") == {
        "unit": ["xã-1", "xã-1", "xã-2"],
        "day": [pd.Timestamp("2020-06-19"), pd.Timestamp("2020-06-19"), pd.Timestamp("2020-08-17")],
        "indicator": ["installs", "population", "installs"],
        "value": [2, 10, 4],
        "origin": ["own", "own", "own"],
    }
    assert found["value"].dtype == "int64"
    assert pd.api.types.is_datetime64_any_dtype(found["day"])


def test_an_empty_history_has_the_same_columns_and_types(store: Store):
    found = store.entries.history("nothing", DAY)
    assert list(found.columns) == ["unit", "day", "indicator", "value", "origin"]
    assert found["value"].dtype == "int64"
    assert pd.api.types.is_datetime64_any_dtype(found["day"])


def test_findings_speak_while_their_entry_is_held_or_counted(store: Store):
    world = World(store)
    world.tell("xã-1", installs=3, population=10, state="held", findings=[WARNING, FALL])
    (first, second) = store.entries.open_findings(world.campaign, DAY)
    assert (first.finding, second.finding) == (FALL, WARNING)
    assert (first.day, first.name, first.sender) == (DAY, "0.xlsx", None)
    assert codes(store, world, DAY + timedelta(days=1)) == []
    world.tell("xã-1", at="10:00", installs=6, population=10, findings=[WARNING])
    assert codes(store, world) == [WARNING.code]


def test_a_later_doubtful_file_does_not_silence_the_counted_one_nor_itself(store: Store):
    world = World(store)
    world.tell("xã-1", installs=6, population=10, findings=[WARNING])
    world.tell("xã-1", at="10:00", installs=3, population=10, state="held", findings=[FALL])
    assert codes(store, world) == [FALL.code, WARNING.code]
    assert world.day_totals().lines[1].figures["installs"].value == 6


def test_an_unreadable_submission_speaks_on_the_day_it_came_and_an_ignored_one_never(store: Store):
    world = World(store)
    reason = Finding("corrupt", Severity.CRITICAL, document="a.xls")
    world.record(world.receive(), [], [(None, WARNING)], SubmissionState.UNREADABLE, reason)
    world.record(world.receive(), [], [], SubmissionState.IGNORED, Finding("signature", Severity.INFO))
    assert codes(store, world) == ["corrupt", WARNING.code]
    assert codes(store, world, DAY - timedelta(days=1)) == []


def test_a_finding_on_a_whole_file_speaks_with_that_file_s_entries(store: Store):
    world = World(store)
    aside = Finding("sheet-left-out", Severity.INFO, document="a.xlsx", sheet="Cũ")
    elsewhere = Finding("sheet-left-out", Severity.INFO, document="b.xlsx", sheet="Cũ")
    one = entry("xã-1", {"installs": 5, "population": 10})
    world.record(world.receive(), [(one, "accepted")], [(None, aside), (None, elsewhere)])
    (found,) = store.entries.open_findings(world.campaign, DAY)
    assert found.finding == aside


def test_a_figure_is_traced_to_its_cell_and_to_what_it_replaced(store: Store):
    world = World(store)
    world.tell("xã-1", installs=4, population=10, origin="consolidated", at="13:00")
    counted = world.tell("xã-1", installs=5, population=10, arrival={"sender": "xa1@duchue.example.vn"})
    world.tell("xã-1", installs=3, population=10, state="rejected", at="11:00")
    world.tell("xã-1", installs=7, population=10, state="held", at="12:00")
    world.tell("xã-2", installs=9, population=10)
    found = store.entries.trace(world.campaign, DAY, "xã-1", "installs")
    assert [(one.standing, one.source.value) for one in found] == [
        (Standing.COUNTED, 5),
        (Standing.HELD, 7),
        (Standing.SUPERSEDED, 4),
        (Standing.REJECTED, 3),
    ]
    source = found[0].source
    assert (source.submission, source.sheet, source.cell, source.raw) == (counted, "Sheet1", "C5", "5")
    assert (source.sender, source.source, source.name) == ("xa1@duchue.example.vn", "file:///srv", "1.xlsx")
    all_units = store.entries.trace(world.campaign, DAY)
    assert [one.standing for one in all_units].count(Standing.COUNTED) == 4


def test_the_same_bytes_under_another_name_are_a_duplicate_and_count_for_nothing(store: Store):
    world = World(store)
    world.tell("xã-1", installs=5, population=10, arrival={"sha256": "s"})
    again = world.tell("xã-1", at="11:00", installs=5, population=10, arrival={"sha256": "s"})
    states = {one.id: one.state for one in store.ledger.submissions(world.campaign)}
    assert states[again] is SubmissionState.DUPLICATE
    assert len(store.entries.trace(world.campaign, DAY, "xã-1", "installs")) == 1


def test_the_same_bytes_after_other_figures_took_their_place_are_held_and_asked_about(store: Store):
    world = World(store)
    same = {"sha256": "s"}
    world.tell("xã-1", installs=5, population=10, arrival=same)
    world.tell("xã-1", at="10:00", installs=6, population=10)
    copy_of_then = world.tell("xã-1", at="09:30", installs=5, population=10, arrival=same)
    again = world.tell("xã-1", at="11:00", installs=5, population=10, arrival=same)
    once_more = world.tell("xã-1", at="12:00", installs=5, population=10, arrival=same)
    states = {one.id: one.state for one in store.ledger.submissions(world.campaign)}
    assert states[copy_of_then] is SubmissionState.DUPLICATE
    assert (states[again], states[once_more]) == (SubmissionState.READ, SubmissionState.READ)
    assert codes(store, world) == ["replaced-file-again", "replaced-file-again"]
    assert world.day_totals().root.figures["installs"].value == 6


def test_a_file_its_correction_and_the_first_again_in_one_batch_ask_too(store: Store):
    world = World(store)
    told = ((9, "s", 5), (10, "t", 6), (11, "s", 5))
    outcomes = []
    for hour, sha256, installs in told:
        at = AT.replace(hour=hour)
        number = world.receive(name=f"{hour}.xlsx", sha256=sha256, received_at=at)
        one = entry("xã-1", {"installs": installs, "population": 10}, received_at=at)
        outcomes.append(
            RecordedReading(number, SubmissionState.READ, None, ((one, EntryState.ACCEPTED),), ())
        )
    store.entries.record(world.campaign, outcomes, AT)
    assert codes(store, world) == ["replaced-file-again"]
    assert world.day_totals(as_of=AT.replace(hour=12)).root.figures["installs"].value == 6


def test_the_same_bytes_for_another_day_or_from_the_unit_itself_say_something_new(store: Store):
    world = World(store)
    same = {"sha256": "s"}
    world.tell("xã-1", installs=5, population=10, origin="consolidated", arrival=same)
    own = world.tell("xã-1", at="10:00", installs=5, population=10, arrival=same)
    next_day = world.tell("xã-1", day=DAY + timedelta(days=1), installs=5, population=10, arrival=same)
    states = {one.id: one.state for one in store.ledger.submissions(world.campaign)}
    assert states[own] is SubmissionState.READ
    assert states[next_day] is SubmissionState.READ


def test_bytes_that_were_held_and_are_clean_now_are_no_duplicate(store: Store):
    world = World(store)
    same = {"sha256": "s"}
    world.tell("xã-1", installs=5, population=10, state="held", arrival=same)
    held_again = world.tell("xã-1", at="10:00", installs=5, population=10, state="held", arrival=same)
    clean = world.tell("xã-1", at="11:00", installs=5, population=10, arrival=same)
    states = {one.id: one.state for one in store.ledger.submissions(world.campaign)}
    assert (states[held_again], states[clean]) == (SubmissionState.DUPLICATE, SubmissionState.READ)
    assert world.day_totals().root.reported == 1


def test_two_copies_in_one_batch_are_one_and_a_duplicate(store: Store):
    world = World(store)
    numbers = [world.receive(name=name, sha256="s") for name in ("a.xlsx", "b.xlsx")]
    one = entry("xã-1", {"installs": 5, "population": 10})
    outcomes = [
        RecordedReading(number, SubmissionState.READ, None, ((one, EntryState.ACCEPTED),), ())
        for number in numbers
    ]
    store.entries.record(world.campaign, outcomes[::-1], AT)
    states = [found.state for found in store.ledger.submissions(world.campaign)]
    assert states == [SubmissionState.READ, SubmissionState.DUPLICATE]


def test_two_processes_recording_the_same_readings_record_them_once(url: str):
    with World.on(url) as world:
        numbers = [world.receive() for _ in range(20)]
        one = entry("xã-1", {"installs": 5, "population": 10})
        outcomes = [
            RecordedReading(n, SubmissionState.READ, None, ((one, EntryState.ACCEPTED),), ((0, WARNING),))
            for n in numbers
        ]
        with ThreadPoolExecutor(5) as pool:
            list(pool.map(lambda k: _record(url, world.campaign, outcomes[k:] + outcomes[:k]), range(5)))
        assert len(world.store.entries.trace(world.campaign, DAY, "xã-1", "installs")) == 20
        assert codes(world.store, world) == [WARNING.code]


def _record(url: str, campaign: str, outcomes: list[RecordedReading]) -> None:
    with open_store(url) as store:
        store.entries.record(campaign, outcomes, AT)


def test_nothing_of_a_batch_is_recorded_where_one_of_it_breaks(store: Store):
    world = World(store)
    fine, broken = world.receive(), world.receive()
    one = entry("xã-1", {"installs": 5, "population": 10})
    twice = ((one, EntryState.ACCEPTED), (one, EntryState.ACCEPTED))  # the same ordinal twice
    outcomes = [
        RecordedReading(fine, SubmissionState.READ, None, twice[:1], ()),
        RecordedReading(broken, SubmissionState.READ, None, twice, ()),
    ]
    with pytest.raises(DatabaseUnavailable, match="recorded nothing"):
        store.entries.record(world.campaign, outcomes, AT)
    assert len(store.ledger.unread(world.campaign)) == 2
    assert store.entries.trace(world.campaign, DAY) == ()


def judged(entries: list[Entry], findings: list[Finding]) -> Judged:
    return Judged(Reading("s", Outcome.READ), tuple(entries), tuple(findings))


def test_a_judged_reading_keeps_each_finding_with_the_entry_it_stands_on():
    one = entry("xã-1", {"installs": 3})
    two = entry("xã-2", {"installs": 4}, ordinal=1)
    nobody = entry(None, {"installs": 4}, ordinal=2)
    label = Finding("unknown-unit", Severity.CRITICAL, "a.xlsx", sheet="Sheet1", cell="B7")
    whole = Finding("personal-data", Severity.WARNING, "a.xlsx")
    total = Finding("total-mismatch", Severity.WARNING, "a.xlsx", sheet="Sheet1", cell="C9")
    found = RecordedReading.of(7, judged([one, two, nobody], [FALL, label, whole, total]))
    assert (found.submission, found.state) == (7, SubmissionState.READ)
    assert [state for _entry, state in found.entries] == [
        EntryState.HELD,
        EntryState.ACCEPTED,
        EntryState.HELD,
    ]
    assert found.findings == ((0, FALL), (2, label), (None, whole), (None, total))


def test_a_unit_that_stands_twice_has_its_findings_at_the_row_they_name():
    first, second = entry("xã-1", {"installs": 9}), entry("xã-1", {"installs": 3}, ordinal=1)
    at_second = Finding("cumulative-fall", Severity.CRITICAL, "a.xlsx", "xã-1", "installs", "Sheet1", "C6")
    assert RecordedReading.of(1, judged([first, second], [at_second])).findings == ((1, at_second),)


def test_an_entry_without_a_unit_is_held_though_no_rule_says_so():
    found = RecordedReading.of(1, judged([entry(None, {"installs": 3})], []))
    assert found.entries[0][1] is EntryState.HELD


def test_a_number_that_is_no_count_is_held_with_a_finding_and_reaches_no_sum(store: Store):
    world = World(store)
    for number in (1e300, float("inf"), float("nan"), 2.5):
        reading = RecordedReading.of(world.receive(), judged([entry("xã-1", {"installs": number})], []))
        assert reading.entries[0][1] is EntryState.HELD
        store.entries.record(world.campaign, [reading], AT)
    assert {*codes(store, world)} == {"not-a-count"}
    assert world.day_totals().root.figures["installs"].value is None


def test_the_largest_counts_of_a_country_can_be_added(store: Store):
    world = World(store)
    for code in ("xã-1", "xã-2", "xã-3"):
        world.tell(code, installs=10**13, population=10**13)
    assert world.day_totals().root.figures["installs"].value == 3 * 10**13


def test_history_of_some_units_leaves_the_others_out(store: Store):
    world = World(store)
    world.tell("xã-1", day=DAY - timedelta(days=2), installs=2, population=10)
    world.tell("xã-2", day=DAY - timedelta(days=1), installs=3, population=None)
    assert store.entries.history(world.campaign, DAY, 30, ["xã-2"])[["unit", "value"]].to_dict("list") == {
        "unit": ["xã-2"],
        "value": [3],
    }
    assert store.entries.history(world.campaign, DAY, 30, ["xã-3"]).empty
