"""Editions: frozen once, numbered without gaps, and told again from their own lines."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from tests.sql.world import AT, DAY, World, message
from tonghop.domain.editions import CauseKind, Edition
from tonghop.domain.findings import Finding, Severity
from tonghop.domain.units import UnitTree
from tonghop.domain.verdicts import Correction, Decision, Ruling
from tonghop.errors import ConfigurationError
from tonghop.store import Store, digest_of, open_store


@pytest.fixture
def world(store: Store) -> World:
    world = World(store, missing="carry_forward")
    world.tell("xã-2", day=DAY - timedelta(days=1), installs=70, population=100)
    world.tell("xã-1", day=DAY - timedelta(days=1), installs=4, population=10)
    world.tell("xã-1", installs=5, population=10)
    return world


def test_an_edition_comes_back_exactly_as_it_was_frozen(store: Store, world: World):
    totals = world.day_totals()
    frozen = store.editions.freeze(world.campaign, totals, AT)
    assert (frozen.number, frozen.changes, frozen.totals) == (1, (), totals)
    world.tell("xã-1", at="10:00", installs=6, population=10)
    store.units.sync(world.campaign, world.units[:1])
    assert store.editions.get(frozen.id) == frozen
    assert store.editions.latest(world.campaign, DAY) == frozen
    assert store.editions.latest(world.campaign, DAY + timedelta(days=1)) is None
    assert store.editions.get(frozen.id + 1) is None


def test_a_day_that_says_the_same_makes_no_new_edition(store: Store, world: World):
    first = store.editions.freeze(world.campaign, world.day_totals(), AT)
    later = world.day_totals(as_of=AT + timedelta(hours=1))
    assert store.editions.freeze(world.campaign, later, AT + timedelta(hours=1)) == first
    assert not store.editions.preview(world.campaign, later).is_new
    assert store.editions.all(world.campaign, DAY) == (first,)


def test_a_correction_makes_the_next_edition_and_names_the_figures(store: Store, world: World):
    assert store.editions.preview(world.campaign, world.day_totals()).latest is None
    first = store.editions.freeze(world.campaign, world.day_totals(), AT)
    world.tell("xã-1", at="10:00", installs=6, population=10)
    totals = world.day_totals()
    preview = store.editions.preview(world.campaign, totals)
    assert preview.latest == first
    assert preview.is_new
    second = store.editions.freeze(world.campaign, totals, AT)
    assert second.number == 2
    assert [(c.unit, c.indicator, c.old, c.new) for c in second.changes] == [
        ("huyện", "installs", 75, 76),
        ("xã-1", "installs", 5, 6),
    ]
    assert preview.changes == second.changes
    assert store.editions.get(second.id) == second
    assert store.editions.all(world.campaign, DAY) == (first, second)


def test_a_day_that_goes_back_to_what_it_said_makes_a_third_edition(store: Store, world: World):
    first = world.day_totals()
    store.editions.freeze(world.campaign, first, AT)
    world.tell("xã-3", installs=1, population=2)
    store.editions.freeze(world.campaign, world.day_totals(), AT)
    assert store.editions.freeze(world.campaign, first, AT).number == 3


def test_a_report_that_is_held_makes_no_new_edition_until_it_is_accepted(store: Store, world: World):
    store.editions.freeze(world.campaign, world.day_totals(), AT)
    world.tell("xã-3", installs=1, population=2, state="held")
    preview = store.editions.preview(world.campaign, world.day_totals())
    assert (preview.changes, preview.is_new) == ((), False)
    world.tell("xã-3", installs=1, population=2)
    assert store.editions.preview(world.campaign, world.day_totals()).is_new


def test_yesterday_s_correction_makes_no_edition_of_today(store: Store, world: World):
    before = digest_of(world.day_totals())
    world.tell("xã-1", day=DAY - timedelta(days=1), at="10:00", installs=3, population=10)
    totals = world.day_totals()
    assert totals.lines[1].figures["installs"].previous == 3
    assert digest_of(totals) == before


@contextmanager
def statements() -> Iterator[list[str]]:
    """Yield the statements that reach a database meanwhile."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield said
    event.remove(Engine, "before_cursor_execute", note)


def read_lines(said: list[str]) -> list[str]:
    return [one for one in said if "FROM edition_figure" in one or "FROM edition_line" in one]


def test_an_edition_that_was_read_before_is_not_read_again_while_it_is_the_last(store: Store, world: World):
    first = store.editions.freeze(world.campaign, world.day_totals(), AT)
    world.tell("xã-1", at="10:00", installs=6, population=10)
    totals = world.day_totals()
    with statements() as said:
        preview = store.editions.preview(world.campaign, totals, first)
    assert read_lines(said) == []
    assert preview == store.editions.preview(world.campaign, totals)
    second = store.editions.freeze(world.campaign, totals, AT)
    assert store.editions.preview(world.campaign, totals, first).latest == second


def test_what_the_day_before_told_is_read_once_and_its_next_edition_anew(store: Store, world: World):
    yesterday = DAY - timedelta(days=1)
    store.editions.freeze(world.campaign, world.day_totals(yesterday), AT)
    once = world.day_totals()
    with statements() as said:
        assert world.day_totals() == once
    assert read_lines(said) == []
    assert once.lines[1].figures["installs"].previous == 4
    world.tell("xã-1", day=yesterday, at="10:00", installs=3, population=10)
    assert world.day_totals().lines[1].figures["installs"].previous == 4  # nobody was sent the correction
    store.editions.freeze(world.campaign, world.day_totals(yesterday), AT)
    assert world.day_totals().lines[1].figures["installs"].previous == 3


def test_sources_tell_carried_figures_too_and_nothing_that_came_later(store: Store, world: World):
    edition = store.editions.freeze(world.campaign, world.day_totals(), AT)
    world.tell("xã-1", at="10:00", installs=6, population=10)
    found = store.editions.sources(edition)
    assert [(one.unit, one.indicator, one.value, one.cell) for one in found] == [
        ("xã-1", "population", 10, "D5"),
        ("xã-1", "installs", 5, "C5"),
        ("xã-2", "population", 100, "D5"),
        ("xã-2", "installs", 70, "C5"),
    ]


def test_an_edition_and_its_message_are_stored_together(store: Store, world: World):
    seen: list[Edition] = []

    def made(edition: Edition):
        seen.append(edition)
        assert [one.value for one in store.editions.sources(edition)] == [10, 5, 100, 70]
        return message(f"report/{edition.number}", b"bytes")

    edition = store.editions.freeze_with(world.day_totals(), AT, made)
    assert (seen[0].number, seen[0].id, seen[0].totals) == (1, 0, edition.totals)
    assert store.editions.latest(world.campaign, DAY) == edition
    stored = store.outbox.message("report/1")
    assert stored is not None
    assert stored.content == b"bytes"
    again = store.editions.freeze_with(world.day_totals(), AT, made)
    assert (again, len(seen)) == (edition, 1)


def test_a_message_that_cannot_be_made_leaves_no_edition(store: Store, world: World):
    def broken(edition: Edition):
        raise RuntimeError("rendering broke")

    with pytest.raises(RuntimeError):
        store.editions.freeze_with(world.day_totals(), AT, broken)
    assert store.editions.latest(world.campaign, DAY) is None


def test_an_edition_frozen_without_a_message_gets_one(store: Store, world: World):
    edition = store.editions.freeze(world.campaign, world.day_totals(), AT)
    assert store.editions.freeze_with(world.day_totals(), AT, lambda e: message(f"k{e.id}")) == edition
    assert store.outbox.message(f"k{edition.id}") is not None


def test_where_another_process_froze_meanwhile_the_message_is_made_again(store: Store, world: World):
    totals = world.day_totals()
    world.tell("xã-1", at="10:00", installs=6, population=10)
    other = world.day_totals()
    made: list[int] = []

    def slow(edition: Edition):
        if not made:
            store.editions.freeze(world.campaign, other, AT)
        made.append(edition.number)
        return message(f"report/{edition.number}")

    assert store.editions.freeze_with(totals, AT, slow).number == 2
    assert made == [1, 2]
    assert store.outbox.message("report/1") is None


def test_many_processes_freezing_one_day_get_one_edition_and_one_message(url: str):
    with World.on(url) as world:
        world.tell("xã-1", installs=5, population=10)
        totals = world.day_totals()
        with ThreadPoolExecutor(6) as pool:
            found = list(pool.map(lambda number: _frozen(url, totals, number), range(6)))
        assert {(one.id, one.number) for one in found} == {(found[0].id, 1)}
        assert len(world.store.outbox.deliveries(world.campaign, DAY)) == 3


def _frozen(url, totals, number):
    with open_store(url) as store:
        if number % 2:
            return store.editions.freeze(totals.campaign, totals, AT)
        return store.editions.freeze_with(totals, AT, lambda e: message(f"report/{e.number}"))


def test_a_tree_that_the_register_does_not_know_is_not_added_up(store: Store):
    world = World(store)
    store.units.sync(world.campaign, world.units[:2])
    with pytest.raises(ConfigurationError, match="register"):
        world.day_totals()


def test_a_kind_without_cut_off_is_named(store: Store):
    world = World(store)
    tree = UnitTree.on(DAY, world.units, world.root)
    with pytest.raises(ConfigurationError, match="commune"):
        store.aggregate.day(world.campaign, tree, world.form, (), {}, "leave_out", DAY, AT)


def test_today_is_compared_with_what_was_sent_yesterday_not_with_a_correction_nobody_got(store: Store):
    world, yesterday = World(store), DAY - timedelta(days=1)
    world.tell("xã-1", day=yesterday, installs=40, population=100)
    sent = store.editions.freeze(world.campaign, world.day_totals(yesterday), AT)
    world.tell("xã-1", day=yesterday, at="20:00", installs=50, population=100)
    world.tell("xã-1", installs=60, population=100)
    figure = world.day_totals().lines[1].figures["installs"]
    assert (figure.previous, figure.change, figure.previous_day) == (40, 20, yesterday)
    assert world.day_totals().root.rates["installs_per_population"].change == pytest.approx(20)
    store.editions.freeze(world.campaign, world.day_totals(yesterday), AT)
    assert world.day_totals().lines[1].figures["installs"].previous == 50
    assert sent.number == 1


def test_a_change_tells_the_verdict_or_the_submission_it_comes_from(store: Store):
    world = World(store)
    numbers = {}
    for code in ("xã-1", "xã-2", "xã-3"):
        world.tell(code, installs=4, population=10)
        numbers[code] = store.entries.trace(world.campaign, DAY, code)[0].entry
    store.editions.freeze(world.campaign, world.day_totals(), AT)
    fix = Correction("installs", "6", "bà Lan, điện thoại")
    corrected = Ruling(Decision.CORRECT, "nam", "xã đọc lại", entry=numbers["xã-1"], correction=fix)
    store.verdicts.rule(corrected, AT)
    store.verdicts.rule(Ruling(Decision.REJECT, "nam", "nhầm tệp", entry=numbers["xã-2"]), AT)
    world.tell("xã-3", at="10:00", installs=5, population=10)
    second = store.editions.freeze(world.campaign, world.day_totals(), AT)
    told = {(c.unit, c.indicator): (c.old, c.new, c.cause.kind, c.cause.reason) for c in second.changes}
    assert told == {
        ("huyện", "installs"): (12, 11, CauseKind.BELOW, ""),
        ("huyện", "population"): (30, 20, CauseKind.BELOW, ""),
        ("xã-1", "installs"): (4, 6, CauseKind.CORRECTED, "xã đọc lại"),
        ("xã-2", "installs"): (4, None, CauseKind.REJECTED, "nhầm tệp"),
        ("xã-2", "population"): (10, None, CauseKind.REJECTED, "nhầm tệp"),
        ("xã-3", "installs"): (4, 5, CauseKind.SENT, ""),
    }
    assert store.editions.get(second.id) == second


def test_a_figure_that_a_waiver_let_pass_names_it_in_the_next_edition(store: Store):
    world = World(store)
    world.tell("xã-1", installs=4, population=10)
    store.editions.freeze(world.campaign, world.day_totals(), AT)
    found = Finding("changed-far", Severity.CRITICAL, "a.xlsx", "xã-1", "population", "Sheet1", "D5")
    world.tell("xã-1", at="10:00", installs=4, population=99, state="held", findings=(found,))
    store.verdicts.waive(world.campaign, "xã-1", "changed-far", DAY, DAY, "nam", "sáp nhập ấp", AT)
    second = store.editions.freeze(world.campaign, world.day_totals(), AT)
    (change,) = [c for c in second.changes if c.unit == "xã-1"]
    assert (change.new, change.cause.kind, change.cause.reason) == (99, CauseKind.ACCEPTED, "sáp nhập ấp")
