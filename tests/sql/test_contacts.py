"""Wishes and returned mails on both databases: append-only, noted once, the last one counts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest

from tests.sql.world import AT, DAY, World, message, raw_connection, unit
from tonghop.domain.contacts import LetterKind, Returned, ReturnKind, Wish, contact_mark
from tonghop.domain.deliveries import Recipient, RecipientKind
from tonghop.store import SubmissionState
from tonghop.store.bounces import COUNTED

ADDRESS = "xa1@x.vn"
UNIT = unit("xã-1", "huyện", emails=(ADDRESS,))
UNITS = (unit("huyện", "tỉnh", "district"), UNIT, unit("xã-2", "huyện", emails=("xa2@x.vn",)))
BACK = Returned(ADDRESS, "xã-1", ReturnKind.HARD, "5.1.1", "no such user", "reminder", AT, contact_mark(UNIT))
LATER = AT + timedelta(hours=1)


@pytest.fixture
def world(url: str) -> Iterator[World]:
    with World.on(url, units=UNITS) as world:
        to = (Recipient(ADDRESS, RecipientKind.TO), Recipient("luu@x.vn", RecipientKind.WITNESS))
        sent = replace(message("r1", kind="reminder"), recipients=to)
        world.store.outbox.put(world.campaign, DAY, sent, AT)
        yield world


def letter(world: World, kind: LetterKind, sender: str = "mailer-daemon@x.vn", at=AT):
    world.receive(state=SubmissionState.IGNORED, letter=kind, sender=sender, received_at=at)
    return world.store.contacts.letters(world.campaign)[-1]


def note(world: World, back: Returned) -> bool:
    (quoted,) = world.store.contacts.quoted(world.campaign, ["<r1@duchue.example.vn>"])
    found = [(quoted.outgoing, back)]
    return world.store.contacts.note_returned(
        world.campaign, letter(world, LetterKind.BOUNCE), found, COUNTED, AT
    )


def test_a_quoted_message_is_found_with_those_it_went_to_and_not_its_witness(world: World):
    (quoted,) = world.store.contacts.quoted(world.campaign, ["<x@y>", "<r1@duchue.example.vn>"])
    assert (quoted.kind, quoted.addresses) == ("reminder", (ADDRESS,))
    assert world.store.contacts.quoted("another", ["<r1@duchue.example.vn>"]) == ()
    assert world.store.contacts.quoted(world.campaign, []) == ()


def test_a_letter_is_noted_once_by_one_of_many(world: World):
    one = letter(world, LetterKind.STOP, ADDRESS)
    wish = Wish(ADDRESS, "xã-1", LetterKind.STOP, ADDRESS, "đơn vị trả lời", AT)
    with ThreadPoolExecutor(4) as pool:
        won = list(
            pool.map(lambda _: world.store.contacts.note_wish(world.campaign, one, wish, AT), range(4))
        )
    assert sorted(won) == [False, False, False, True]
    assert world.store.contacts.letters(world.campaign) == ()
    assert world.store.contacts.of(world.campaign, UNITS)[ADDRESS].stopped == wish


def test_the_last_wish_counts_and_the_earlier_ones_stay(world: World):
    stop = Wish(ADDRESS, "xã-1", LetterKind.STOP, "operator", "đổi đầu mối", AT)
    world.store.contacts.wish(world.campaign, stop)
    world.store.contacts.wish(world.campaign, replace(stop, kind=LetterKind.RESUME, at=LATER))
    found = world.store.contacts.of(world.campaign, UNITS)
    assert found[ADDRESS].is_reminded
    assert set(found) == {ADDRESS, "xa2@x.vn"}


def test_a_late_passing_notice_does_not_hide_that_an_address_is_gone(world: World):
    assert note(world, BACK)
    assert note(world, replace(BACK, kind=ReturnKind.SOFT, at=LATER))
    assert world.store.contacts.of(world.campaign, UNITS)[ADDRESS].is_dead
    assert [one.kind for one in world.store.contacts.returned(world.campaign, AT)] == ["soft", "hard"]
    assert note(world, replace(BACK, kind=ReturnKind.ARRIVED, at=LATER))
    assert world.store.contacts.of(world.campaign, UNITS)[ADDRESS].is_reminded


def test_a_message_from_a_dead_address_or_a_changed_line_brings_it_back(world: World):
    note(world, BACK)
    moved = (UNITS[0], replace(UNIT, name="Xã Một"), UNITS[2])
    assert world.store.contacts.of(world.campaign, moved)[ADDRESS].is_reminded
    assert not world.store.contacts.of(world.campaign, UNITS)[ADDRESS].is_reminded
    world.receive(sender=ADDRESS, received_at=LATER)
    assert world.store.contacts.of(world.campaign, UNITS)[ADDRESS].is_reminded


@pytest.mark.parametrize("table", ["letter_noted", "returned", "contact_wish"])
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_what_was_noted_cannot_be_changed(world: World, url: str, table: str, verb: str):
    note(world, BACK)
    world.store.contacts.wish(world.campaign, Wish(ADDRESS, "xã-1", LetterKind.STOP, "operator", "x", AT))
    change = f"UPDATE {table} SET at = at" if verb == "UPDATE" else f"DELETE FROM {table}"
    with (
        raw_connection(url) as connection,
        pytest.raises((sqlite3.DatabaseError, psycopg.Error), match="append-only"),
    ):
        connection.execute(change)
