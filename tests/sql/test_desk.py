"""Officers, sessions, calls and what the desk looks at, on both databases."""

from __future__ import annotations

from datetime import timedelta

from tests.sql.world import AT, DAY, World, message
from tonghop.domain.officers import Role
from tonghop.store import Store
from tonghop.store.desk import DESK, upload_key


def test_a_session_goes_on_until_it_is_idle_over_ended_or_its_officer_disabled(store: Store) -> None:
    assert store.officers.add("lan", "Nguyễn Thị Lan", "hash", Role.OFFICER, "huyện", AT)
    assert not store.officers.add("lan", "", "other", Role.ADMIN, None, AT)
    officer, kept = store.officers.with_hash("lan") or (None, "")
    assert officer is not None
    assert (kept, officer.role, officer.branch) == ("hash", Role.OFFICER, "huyện")
    for token in ("a", "b"):
        store.officers.begin_session(token, officer.id, "csrf", AT, AT + timedelta(hours=12))
    later = AT + timedelta(minutes=50)
    found = store.officers.session("a", later, later - timedelta(hours=1))
    assert found is not None
    assert (found.officer, found.csrf, found.created_at) == (officer, "csrf", AT)
    assert store.officers.session("a", later, later) is None
    store.officers.touch_session("a", later)
    assert store.officers.session("a", later, later - timedelta(seconds=1)) is not None
    store.officers.end_session("a", later)
    assert store.officers.session("a", later, AT - timedelta(days=1)) is None
    assert store.officers.disable("lan", later)
    assert not store.officers.disable("lan", later)
    assert store.officers.session("b", later, AT - timedelta(days=1)) is None


def test_failed_tries_are_counted_by_name_and_by_address_within_the_window(store: Store) -> None:
    for minute, (name, origin) in enumerate([("lan", "a"), ("lan", "b"), ("minh", "a")]):
        store.officers.attempt(name, origin, AT + timedelta(minutes=minute), AT)
    number, failures = store.officers.attempt("lan", "a", AT + timedelta(minutes=9), AT)
    assert (failures.of_name, failures.of_origin) == (3, 3)
    store.officers.attempt_succeeded(number)
    _, failures = store.officers.attempt("lan", "c", AT + timedelta(minutes=10), AT + timedelta(minutes=1))
    assert (failures.of_name, failures.of_origin) == (2, 1)


def test_calls_reminders_and_last_reports_stand_by_unit(store: Store) -> None:
    world = World(store)
    world.tell("xã-1", day=DAY - timedelta(days=3), installs=1)
    world.tell("xã-1", installs=2)
    store.outbox.put(
        world.campaign, DAY, message(f"reminder/{world.campaign}/{DAY}/xã-2/first", kind="reminder"), AT
    )
    for note in ("một", "hai"):
        store.calls.put(world.campaign, DAY, "xã-2", AT, "lan", note, AT + timedelta(hours=1))
    assert [call.note for call in store.calls.of_day(world.campaign, DAY)["xã-2"]] == ["hai", "một"]
    (reminded,) = store.calls.reminders(world.campaign, DAY)["xã-2"]
    assert (reminded.at, reminded.accepted_at) == (AT, None)
    asked = ["xã-1", "xã-2", "no such unit"]
    assert store.calls.last_reports(world.campaign, DAY, asked) == {"xã-1": DAY - timedelta(days=3)}
    assert store.calls.last_reports(world.campaign, DAY, ["xã-2"]) == {}


def test_the_desk_sees_what_changed_and_what_was_handed_in(store: Store) -> None:
    world = World(store)
    before = store.desk.change()
    key = upload_key(DAY, "lan", "0" * 64, "xã-1/a.xlsx")
    world.receive(name="xã-1/a.xlsx", source=DESK, key=key, branch="xã-1", provenance=DESK, received_at=AT)
    store.audit(AT, "lan", "upload", "upload x", "")
    assert store.desk.change() != before
    (upload,) = store.desk.uploads(world.campaign, DAY, 9)
    assert (upload.officer, upload.branch, upload.at) == ("lan", "xã-1", AT)
    assert store.desk.uploads(world.campaign, DAY + timedelta(days=1), 9) == ()
    hour = (AT - timedelta(hours=1), AT, 9)
    assert [one.unit for one in store.desk.arrivals(world.campaign, *hour)] == ["xã-1"]
    assert [one.action for one in store.desk.deeds(*hour)] == ["upload"]
    assert store.desk.verdicts(world.campaign, *hour) == ()
    assert store.desk.deliveries(world.campaign, *hour) == ()
