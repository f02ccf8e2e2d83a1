"""The outbox's memory: intents once, claims by one, outcomes for ever."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from tests.sql.world import AT, DAY, message
from tonghop.domain.deliveries import Delivery, DeliveryState, Recipient, RecipientKind
from tonghop.store import Store, open_store


@pytest.fixture
def deliveries(store: Store) -> tuple[Delivery, ...]:
    assert store.outbox.put("c", DAY, message("k"), AT)
    return store.outbox.deliveries("c", DAY)


def test_a_message_is_stored_once_with_its_exact_bytes(store: Store):
    content = bytes(range(256)) * 50
    assert store.outbox.put("c", DAY, message("k", content), AT)
    assert not store.outbox.put("c", DAY, message("k", b"other bytes"), AT)
    ((found, pending),) = store.outbox.due("c", AT)
    assert found == message("k", content)
    assert [one.recipient for one in pending] == list(found.recipients)
    assert {one.state for one in pending} == {DeliveryState.READY}
    assert store.outbox.due("other", AT) == ()


def test_an_address_that_stands_twice_gets_the_message_once(store: Store):
    twice = message("k")
    twice = type(twice)(
        **{
            name: getattr(twice, name)
            for name in ("key", "kind", "message_id", "sender", "subject", "content")
        },
        recipients=(Recipient("a@x.vn", RecipientKind.TO), Recipient("a@x.vn", RecipientKind.WITNESS)),
    )
    store.outbox.put("c", DAY, twice, AT)
    (found,) = store.outbox.deliveries("c", DAY)
    assert found.recipient.kind is RecipientKind.TO


def test_a_claimed_delivery_is_nobody_else_s(store: Store, deliveries: tuple[Delivery, ...]):
    ids = [one.id for one in deliveries]
    assert store.outbox.claim(ids[:2], "one", AT) == tuple(ids[:2])
    assert store.outbox.claim(ids, "two", AT) == (ids[2],)
    assert store.outbox.claim(ids, "one", AT) == ()
    assert store.outbox.due("c", AT) == ()
    claimed = store.outbox.in_data("c")
    assert [(one.claimant, one.claimed_at, one.delivery.attempts) for one in claimed] == [
        ("one", AT, 1),
        ("one", AT, 1),
        ("two", AT, 1),
    ]


def test_a_deferred_delivery_is_due_again_when_it_may_be(store: Store, deliveries: tuple[Delivery, ...]):
    one = deliveries[0]
    store.outbox.claim([one.id], "me", AT)
    soon = AT + timedelta(minutes=5)
    assert store.outbox.settle(
        one.id, DeliveryState.DEFERRED, "451 4.7.1 try later", AT, "rcpt", retry_at=soon
    )
    assert [d.id for _message, due in store.outbox.due("c", AT) for d in due] == [
        d.id for d in deliveries[1:]
    ]
    ((_, due),) = store.outbox.due("c", soon)
    assert (due[0].id, due[0].state, due[0].reply) == (one.id, DeliveryState.DEFERRED, "451 4.7.1 try later")
    assert store.outbox.claim([one.id], "me", soon) == (one.id,)


@pytest.mark.parametrize("final", [DeliveryState.ACCEPTED, DeliveryState.FAILED])
def test_a_final_state_stays_and_every_try_is_logged(
    store: Store, deliveries: tuple[Delivery, ...], final: DeliveryState
):
    one = deliveries[0]
    store.outbox.claim([one.id], "me", AT)
    assert store.outbox.settle(one.id, final, "250 2.0.0 Ok: queued", AT, "data")
    assert not store.outbox.settle(
        one.id, DeliveryState.DEFERRED, "lost", AT + timedelta(minutes=1), "connect"
    )
    assert store.outbox.claim([one.id], "me", AT) == ()
    found = store.outbox.deliveries("c", DAY)[0]
    assert (found.state, found.reply, found.tried_at) == (final, "250 2.0.0 Ok: queued", AT)
    assert found.accepted_at == (AT if final is DeliveryState.ACCEPTED else None)
    with store._database.reading() as transaction:
        log = transaction.connection.exec_driver_sql(
            "SELECT stage, code, state FROM attempt ORDER BY id"
        ).all()
    assert [tuple(row) for row in log] == [("data", 250, str(final)), ("connect", None, "deferred")]


def test_an_unknown_delivery_is_not_tried_again_but_can_be_settled(
    store: Store, deliveries: tuple[Delivery, ...]
):
    one = deliveries[0]
    store.outbox.claim([one.id], "me", AT)
    store.outbox.settle(one.id, DeliveryState.UNKNOWN, "", AT, "data")
    assert store.outbox.claim([one.id], "me", AT) == ()
    found_at = AT + timedelta(minutes=3)
    assert store.outbox.settle(one.id, DeliveryState.ACCEPTED, "witness", found_at, "witness", accepted_at=AT)
    accepted = store.outbox.deliveries("c", DAY)[0]
    assert (accepted.id, accepted.state, accepted.accepted_at) == (one.id, DeliveryState.ACCEPTED, AT)


def test_of_many_schedulers_exactly_one_wins_each_delivery(url: str):
    with open_store(url) as store:
        for number in range(8):
            store.outbox.put("c", DAY, message(f"k{number}"), AT)
        ids = [one.id for one in store.outbox.deliveries("c", DAY)]
    barrier = Barrier(6)

    def claim(number: int) -> tuple[int, ...]:
        with open_store(url) as mine:
            barrier.wait()
            return mine.outbox.claim(ids[number:] + ids[:number], f"scheduler-{number}", AT)

    with ThreadPoolExecutor(6) as pool:
        won = [one for part in pool.map(claim, range(6)) for one in part]
    assert sorted(won) == sorted(ids)


def test_many_processes_storing_one_intent_store_it_once(url: str):
    open_store(url).close()

    def put(number: int) -> bool:
        with open_store(url) as mine:
            return mine.outbox.put("c", DAY, message("k", f"bytes of {number}".encode()), AT)

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(put, range(6))) == [False] * 5 + [True]
    with open_store(url) as store:
        assert len(store.outbox.deliveries("c", DAY)) == 3
