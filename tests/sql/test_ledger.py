"""The ledger: each submission once, each place it was seen in, and the first receipt for ever."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from tests.sql.world import AT, DAY, World, raw_connection, unit
from tonghop.domain.findings import Finding, Severity
from tonghop.errors import DatabaseUnavailable
from tonghop.store import Store, SubmissionState, open_store


def test_what_is_recorded_is_known_and_unread_oldest_first(store: Store):
    world = World(store)
    late = world.arrival("b.xlsx", received_at=AT, sender="xa1@duchue.example.vn", branch="xã-1")
    early = world.arrival("a.xlsx", received_at=AT - timedelta(hours=1))
    assert store.ledger.record(world.campaign, [late, early], AT) == 2
    assert store.ledger.known(world.campaign, "file:///srv") == {late.key, early.key}
    assert store.ledger.known(world.campaign, "imap://other") == frozenset()
    assert store.ledger.known("hai-phong", "file:///srv") == frozenset()
    first, second = store.ledger.unread(world.campaign)
    assert [first.name, second.name] == ["a.xlsx", "b.xlsx"]
    assert (second.received_at, second.sender, second.branch) == (AT, "xa1@duchue.example.vn", "xã-1")
    assert second.received_at.tzinfo is UTC
    assert (second.source, second.size, second.sha256) == (late.source, late.size, late.sha256)
    assert store.ledger.unread(world.campaign, limit=1) == (first,)


def test_the_same_bytes_under_a_new_key_are_a_sighting_and_keep_the_first_receipt(store: Store):
    world = World(store)
    first = world.arrival("a.xlsx", key="INBOX/1/7", received_at=AT)
    again = replace(
        first, key="INBOX/2/1", received_at=AT + timedelta(hours=5), received_day=DAY + timedelta(days=1)
    )
    assert store.ledger.record(world.campaign, [first], AT) == 1
    assert store.ledger.record(world.campaign, [again, again, first], AT) == 0
    (found,) = store.ledger.unread(world.campaign)
    assert (found.received_at, found.received_day) == (AT, first.received_day)
    assert store.ledger.known(world.campaign, first.source) == {"INBOX/1/7", "INBOX/2/1"}


def test_a_changed_file_and_a_renamed_one_are_submissions_of_their_own(store: Store):
    world = World(store)
    first = world.arrival("a.xlsx")
    changed = replace(first, sha256="another", key="2")
    renamed = replace(first, name="b.xlsx", key="3")
    assert store.ledger.record(world.campaign, [first, changed, renamed], AT) == 3


def test_a_message_under_another_number_is_the_same_message_where_its_bytes_and_its_time_are(store: Store):
    world = World(store)
    first = world.arrival("INBOX/7.eml", sender="xa1@duchue.example.vn", received_at=AT)
    store.ledger.record(world.campaign, [first], AT)
    renumbered = replace(first, name="INBOX/1.eml", key="INBOX/2/1")
    delivered_again = replace(first, name="INBOX/8.eml", key="INBOX/1/8", received_at=AT + timedelta(hours=1))
    assert store.ledger.record(world.campaign, [renumbered], AT) == 0
    assert store.ledger.record(world.campaign, [delivered_again], AT) == 1
    assert [one.name for one in store.ledger.unread(world.campaign)] == ["INBOX/7.eml", "INBOX/8.eml"]
    assert store.ledger.known(world.campaign, first.source) == {first.key, "INBOX/2/1", "INBOX/1/8"}


def test_a_file_put_back_as_it_was_before_its_correction_is_sent_anew_and_a_touched_one_is_not(store: Store):
    world = World(store)

    def lies_there(name: str, sha256: str, hours: int) -> int:
        at = AT + timedelta(hours=hours)
        file = world.arrival(name, sha256=sha256, key=f"{name}/{hours}", received_at=at, provenance="folder")
        other = world.arrival(f"other {hours}.xlsx", provenance="folder")
        return store.ledger.record(world.campaign, [file, other], AT) - 1

    assert [lies_there("xã/BC.xlsx", said, hour) for hour, said in enumerate("aabba")] == [1, 0, 1, 0, 1]
    assert [lies_there("xã/BC.xlsx", said, hour) for hour, said in enumerate("baab", 5)] == [1, 1, 0, 1]
    names = [one.name for one in store.ledger.unread(world.campaign) if "other" not in one.name]
    assert names == [f"xã/BC{number}.xlsx" for number in ("", "", " (2)", " (2)", " (3)", " (3)")]


def test_two_campaigns_share_nothing(store: Store):
    world = World(store)
    one = world.arrival("a.xlsx")
    assert store.ledger.record("duc-hue", [one], AT) == 1
    assert store.ledger.record("hai-phong", [one], AT) == 1


def test_a_quarantined_submission_is_unread_only_once_it_comes_from_a_known_sender(store: Store):
    world = World(store)
    unknown = world.arrival("a.eml", sender="who@example.com", state=SubmissionState.QUARANTINED)
    store.ledger.record(world.campaign, [unknown], AT)
    assert store.ledger.unread(world.campaign) == ()
    assert store.ledger.record(world.campaign, [replace(unknown, key="2")], AT) == 0
    known = replace(
        unknown, key="3", sender="xa1@duchue.example.vn", branch="xã-1", state=SubmissionState.RECEIVED
    )
    assert store.ledger.record(world.campaign, [known], AT) == 1
    (found,) = store.ledger.unread(world.campaign)
    assert (found.sender, found.branch) == ("xa1@duchue.example.vn", "xã-1")
    assert store.ledger.record(world.campaign, [replace(unknown, key="4")], AT) == 0
    assert store.ledger.unread(world.campaign) == (found,)


def test_what_waits_is_released_once_with_its_first_receipt_and_written_down(store: Store):
    world = World(store)
    unknown = world.arrival("a.eml", sender="xa1@duchue.example.vn", state=SubmissionState.QUARANTINED)
    store.ledger.record(world.campaign, [unknown], AT)
    store.ledger.record(world.campaign, [replace(unknown, key="2")], AT)
    (waiting,) = store.answers.quarantined(world.campaign, AT - timedelta(days=1), unknown.source)
    assert (waiting.source, waiting.key) == (unknown.source, unknown.key)
    assert store.answers.quarantined(world.campaign, AT - timedelta(days=1), "imap://x") == ()
    known = replace(unknown, branch="xã-1", state=SubmissionState.RECEIVED, provenance="aligned")
    later = AT + timedelta(hours=3)
    assert store.ledger.release(world.campaign, DAY, [known], later) == 1
    assert store.ledger.release(world.campaign, DAY, [known], later) == 0
    (found,) = store.ledger.unread(world.campaign)
    assert (found.branch, found.received_at, found.provenance) == ("xã-1", unknown.received_at, "aligned")
    (deed,) = store.desk.deeds(later, later, 9)
    assert (deed.actor, deed.action, deed.detail) == ("intake", "release", "xa1@duchue.example.vn")


def test_a_wish_that_waits_is_a_letter_once_its_sender_is_known(store: Store):
    world = World(store)
    unknown = world.arrival("stop.eml", sender="xa1@duchue.example.vn", state=SubmissionState.QUARANTINED)
    store.ledger.record(world.campaign, [unknown], AT)
    known = replace(
        unknown, branch="xã-1", state=SubmissionState.IGNORED, provenance="aligned", letter="stop"
    )
    assert store.ledger.release(world.campaign, DAY, [known], AT) == 1
    assert store.ledger.unread(world.campaign) == ()
    assert [letter.kind for letter in store.contacts.letters(world.campaign)] == ["stop"]


def test_what_postgresql_last_learnt_leads_no_claim_through_all_that_is_received(postgres_url: str):
    with World.on(postgres_url) as world:
        world.store.ledger.record(world.campaign, [world.arrival(f"{n}.xlsx") for n in range(700)], AT)
        with raw_connection(postgres_url) as connection:
            connection.execute("UPDATE submission SET state = 'read'")
            connection.commit()
            connection.execute("ANALYZE submission")
        world.store.ledger.record(world.campaign, [world.arrival(f"new {n}.xlsx") for n in range(400)], AT)
        claim = (files("sql") / "store" / "claim_submission.sql").read_text(encoding="utf-8")
        claim = re.sub(r":(\w+)", r"%(\1)s", re.sub(r"--[^\n]*", "", claim)).strip().rstrip(";")
        asked = {"campaign": world.campaign, "id": 1, "state": "read", "reading": "r"}
        with raw_connection(postgres_url) as connection:
            plan = " ".join(row[0] for row in connection.execute(f"EXPLAIN {claim}", asked))
    assert "submission_pkey" in plan
    assert "submission_by_state" not in plan


def test_postgresql_learns_what_came_before_it_is_read(postgres_url: str):
    with World.on(postgres_url) as world:
        world.store.ledger.record(world.campaign, [world.arrival(f"{n}.xlsx") for n in range(700)], AT)
        with raw_connection(postgres_url) as connection:
            told = connection.execute(
                "SELECT relname FROM pg_class WHERE relname IN ('submission', 'sighting') AND reltuples >= 700"
            )
            assert {name for (name,) in told} == {"submission", "sighting"}


def test_acknowledging_is_remembered_for_each_source_alone(store: Store):
    world = World(store)
    arrivals = [world.arrival(f"{n}.xlsx", key=str(n)) for n in range(3)]
    store.ledger.record(world.campaign, [*arrivals, replace(arrivals[0], source="imap://x", key="1")], AT)
    assert store.ledger.unacknowledged(world.campaign, "file:///srv") == ("0", "1", "2")
    store.ledger.acknowledged(world.campaign, "file:///srv", ["1", "2", "no such key"], AT)
    store.ledger.acknowledged(world.campaign, "file:///srv", [], AT)
    assert store.ledger.unacknowledged(world.campaign, "file:///srv") == ("0",)
    assert store.ledger.unacknowledged(world.campaign, "imap://x") == ("1",)


def test_the_first_time_of_many_that_are_acknowledged_stays(store: Store, url: str):
    world = World(store)
    arrivals = [world.arrival(f"{n}.xlsx", key=f"{n:04d}") for n in range(1100)]
    store.ledger.record(world.campaign, arrivals, AT)
    keys = store.ledger.unacknowledged(world.campaign, "file:///srv")
    store.ledger.acknowledged(world.campaign, "file:///srv", keys[:600], AT)
    store.ledger.acknowledged(world.campaign, "file:///srv", keys[:1099], AT + timedelta(hours=1))
    assert store.ledger.unacknowledged(world.campaign, "file:///srv") == (keys[1099],)
    with raw_connection(url) as connection:
        told = connection.execute(
            "SELECT acknowledged_at, COUNT(*) FROM sighting WHERE acknowledged_at IS NOT NULL GROUP BY 1 ORDER BY 1"
        )
        assert [count for _, count in told] == [600, 499]


def test_submissions_of_a_day_tell_their_state_and_reason(store: Store):
    world = World(store)
    broken = world.receive(name="hỏng.xls")
    yesterday = world.receive(name="cũ.xlsx", received_at=AT - timedelta(days=1))
    reason = Finding("corrupt", Severity.CRITICAL, document="hỏng.xls", arguments={"kind": "xls"})
    world.record(broken, [], reason=reason, state=SubmissionState.UNREADABLE)
    (found,) = store.ledger.submissions(world.campaign, DAY)
    assert (found.id, found.state, found.reason) == (broken, SubmissionState.UNREADABLE, reason)
    assert [one.id for one in store.ledger.submissions(world.campaign)] == [yesterday, broken]


def test_two_processes_recording_the_same_batch_record_it_once(url: str):
    with World.on(url) as world:
        arrivals = [world.arrival(f"{n}.xlsx", key=str(n)) for n in range(60)]
        with ThreadPoolExecutor(6) as pool:
            batches = [arrivals[n:] + arrivals[:n] for n in range(6)]
            new = list(pool.map(lambda batch: _recorded(url, world.campaign, batch), batches))
        assert sum(new) == 60
        assert len(world.store.ledger.unread(world.campaign)) == 60
        assert len(world.store.ledger.known(world.campaign, "file:///srv")) == 60


def _recorded(url, campaign, batch):
    with open_store(url) as store:
        return store.ledger.record(campaign, batch, AT)


def test_a_moment_without_a_zone_is_refused(store: Store):
    world = World(store)
    with pytest.raises(ValueError, match="no time zone"):
        store.ledger.record(world.campaign, [world.arrival("a.xlsx")], AT.replace(tzinfo=None))
    assert store.ledger.unread(world.campaign) == ()


def test_the_register_follows_units_csv(store: Store):
    world = World(store)
    world.tell("xã-1", installs=5, population=10)
    assert world.day_totals().root.figures["installs"].value == 5
    world.units = [one for one in world.units if one.code != "xã-1"]
    store.units.sync(world.campaign, world.units)
    assert world.day_totals().root.figures["installs"].value is None
    world.units = [*world.units, unit("xã-1", "xã-2"), unit("xã-9", "huyện", name="Xã Chín", phone="0272")]
    store.units.sync(world.campaign, world.units)
    totals = world.day_totals()
    assert totals.root.figures["installs"].value == 5
    assert next(line for line in totals.lines if line.unit == "xã-2").figures["installs"].value == 5


def test_an_unchanged_register_is_not_written(tmp_path: Path):
    path = tmp_path / "tonghop.sqlite"
    with World.on(f"sqlite:///{path}?timeout=0.2") as world, raw_connection(f"sqlite:///{path}") as other:
        other.execute("BEGIN IMMEDIATE")
        world.store.units.sync(world.campaign, world.units)
        with pytest.raises(DatabaseUnavailable):
            world.store.units.sync(world.campaign, world.units[:1])
