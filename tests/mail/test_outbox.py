from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.mail.samples import AT, CAMPAIGN, CC, DAY, DEADLINE, TO, a_report
from tests.services.smtp_server import Action, Drop, Reply, SmtpServer, Stall
from tonghop.domain.deliveries import Delivery, DeliveryState, OutgoingMessage
from tonghop.errors import DatabaseUnavailable
from tonghop.mail.claimant import LEASE, this_claimant
from tonghop.mail.outbox import OutboxStore, deliver, next_try
from tonghop.mail.relays import Relay, parse_relays
from tonghop.store import Store, open_store

Servers = Callable[..., SmtpServer]
ACCEPTED, DEFERRED = DeliveryState.ACCEPTED, DeliveryState.DEFERRED
FAILED, UNKNOWN = DeliveryState.FAILED, DeliveryState.UNKNOWN
ELSEWHERE = "another-host/1:4711:abc-1#x"


def put(store: Store, message: OutgoingMessage | None = None) -> OutgoingMessage:
    message = message or a_report()
    store.outbox.put(CAMPAIGN, DAY, message, AT)
    return message


def relays_of(*servers: SmtpServer, options: str = "timeout=2&patience=0.5") -> tuple[Relay, ...]:
    return parse_relays(" ".join(server.url_with(options) for server in servers))


def go(store: Store, *servers: SmtpServer, at: datetime = AT) -> tuple[Delivery, ...]:
    outbox: OutboxStore = store.outbox  # the type checker compares the seam with the real store here
    return deliver(outbox, CAMPAIGN, relays_of(*servers), None, this_claimant(), lambda: at, DEADLINE)


def states(deliveries: Sequence[Delivery]) -> list[DeliveryState]:
    return [one.state for one in deliveries]


def stored(store: Store) -> list[DeliveryState]:
    return states(store.outbox.deliveries(CAMPAIGN, DAY))


def test_a_report_is_brought_once_however_often_it_is_asked_for(
    store: Store, smtp_server: SmtpServer
) -> None:
    message = put(store)
    first = go(store, smtp_server)
    assert states(first) == [ACCEPTED, ACCEPTED]
    assert all(one.accepted_at == AT and "250" in one.reply for one in first)
    assert first == store.outbox.deliveries(CAMPAIGN, DAY)
    put(store)
    assert go(store, smtp_server) == ()
    (received,) = smtp_server.received
    assert received.content == message.content
    assert received.recipients == (TO.address, CC.address)


@pytest.mark.parametrize(
    ("stage", "action", "state"),
    [
        ("connect", Drop(), DEFERRED),
        ("mail", Reply("451 4.3.0 later"), DEFERRED),
        ("mail", Reply("550 5.7.1 sender refused"), DEFERRED),
        ("rcpt", Reply("450 4.2.0 greylisted"), DEFERRED),
        ("rcpt", Reply("550 5.1.1 no such user"), FAILED),
        ("data", Reply("421 4.3.2 closing"), DEFERRED),
        ("end", Reply("452 4.3.1 disk full"), DEFERRED),
        ("end", Reply("554 5.6.0 refused"), FAILED),
        ("end", Drop(), UNKNOWN),
        ("end", Drop(kept=True), UNKNOWN),
        ("end", Stall(), UNKNOWN),
        ("quit", Stall(), ACCEPTED),
    ],
)
def test_only_what_surely_did_not_arrive_is_tried_again(
    store: Store, smtp_server: SmtpServer, stage: str, action: Action, state: DeliveryState
) -> None:
    put(store)
    smtp_server.on(stage, action)
    assert states(go(store, smtp_server)) == [state, state]
    assert stored(store) == [state, state]
    taken = len(smtp_server.received)
    smtp_server.calm()
    go(store, smtp_server)
    assert stored(store) == ([ACCEPTED] * 2 if state is DEFERRED else [state] * 2)
    assert len(smtp_server.received) == taken + (state is DEFERRED)


def test_a_recipient_put_off_is_tried_again_without_the_others(store: Store, smtp_server: SmtpServer) -> None:
    put(store)
    smtp_server.on("rcpt", Reply("451 4.7.1 greylisted"), times=1, argument=TO.address)
    assert states(go(store, smtp_server)) == [DEFERRED, ACCEPTED]
    assert states(go(store, smtp_server)) == [ACCEPTED]
    assert [received.recipients for received in smtp_server.received] == [(CC.address,), (TO.address,)]
    assert [one.attempts for one in store.outbox.deliveries(CAMPAIGN, DAY)] == [2, 1]


@pytest.mark.parametrize(
    ("stage", "action"),
    [
        ("connect", Reply("421 4.3.2 closing")),
        ("mail", Reply("550 5.7.1 sender refused")),
        ("mail", Reply("552 5.3.4 too big")),
        ("rcpt", Reply("554 5.7.1 relay access denied")),
        ("rcpt", Stall()),
        ("data", Drop()),
        ("end", Reply("451 4.3.0 later")),
        ("end", Reply("554 5.7.1 taken for spam")),
    ],
)
def test_the_second_relay_takes_what_the_first_did_not(
    store: Store, smtp_servers: Servers, stage: str, action: Action
) -> None:
    put(store)
    first, second = smtp_servers(), smtp_servers()
    first.on(stage, action)
    relays = relays_of(first, second, options="timeout=2&patience=2")
    done = deliver(store.outbox, CAMPAIGN, relays, None, this_claimant(), lambda: AT, DEADLINE)
    assert states(done) == [ACCEPTED, ACCEPTED]
    assert (len(first.received), len(second.received)) == (0, 1)


def test_the_second_relay_never_gets_what_is_in_doubt(store: Store, smtp_servers: Servers) -> None:
    put(store)
    first, second = smtp_servers(), smtp_servers()
    first.on("end", Drop(kept=True))
    assert states(go(store, first, second)) == [UNKNOWN, UNKNOWN]
    assert second.received == []


def test_the_second_relay_never_gets_an_address_that_does_not_exist(
    store: Store, smtp_servers: Servers
) -> None:
    put(store)
    first, second = smtp_servers(), smtp_servers()
    first.on("rcpt", Reply("550 5.1.1 no such user"), argument=TO.address)
    assert states(go(store, first, second)) == [FAILED, ACCEPTED]
    assert second.received == []


def test_the_report_goes_before_two_hundred_receipts_and_an_alarm_before_all(
    store: Store, smtp_server: SmtpServer
) -> None:
    for number in range(5):
        put(store, a_report(number, kind="receipt", recipients=(TO,)))
    put(store, a_report(1, kind="report", recipients=(TO,)))
    put(store, a_report(1, kind="alarm", recipients=(TO,)))
    go(store, smtp_server)
    order = [_message_id(received.content) for received in smtp_server.received]
    assert order[:2] == [a_report(1, kind=kind, recipients=(TO,)).message_id for kind in ("alarm", "report")]
    assert len(order) == 7


def test_a_relay_that_does_not_let_us_in_is_asked_once_a_round(store: Store, smtp_servers: Servers) -> None:
    first, second = smtp_servers(), smtp_servers()
    first.on("connect", Stall())
    for number in range(4):
        put(store, a_report(number))
    relays = relays_of(first, second, options="timeout=0.3")
    deliver(store.outbox, CAMPAIGN, relays, None, this_claimant(), lambda: AT, DEADLINE)
    assert stored(store) == [ACCEPTED] * 8
    assert first.commands == ["connect"]


def test_without_a_mail_server_the_outbox_keeps_the_message_and_says_so(
    store: Store, smtp_server: SmtpServer
) -> None:
    put(store)
    done = go(store)
    assert states(done) == [DEFERRED, DEFERRED]
    assert all("TONGHOP_SMTP_URL" in one.reply for one in done)
    assert states(go(store, smtp_server)) == [ACCEPTED, ACCEPTED]


def test_what_another_host_holds_is_left_alone_until_its_lease_is_over(
    store: Store, smtp_server: SmtpServer
) -> None:
    put(store)
    ids = [one.id for one in store.outbox.deliveries(CAMPAIGN, DAY)]
    assert store.outbox.lease(ids, ELSEWHERE, AT) == tuple(ids)
    assert states(go(store, smtp_server, at=AT + LEASE)) == [DeliveryState.READY] * 2
    assert smtp_server.received == []
    go(store, smtp_server, at=AT + LEASE + timedelta(seconds=1))
    assert stored(store) == [ACCEPTED, ACCEPTED]


def test_what_another_host_had_on_the_way_becomes_unknown_and_is_not_sent(
    store: Store, smtp_server: SmtpServer
) -> None:
    put(store)
    ids = [one.id for one in store.outbox.deliveries(CAMPAIGN, DAY)]
    store.outbox.lease(ids, ELSEWHERE, AT)
    store.outbox.claim(ids, ELSEWHERE, AT)
    assert go(store, smtp_server, at=AT + LEASE) == ()
    later = AT + LEASE + timedelta(seconds=1)
    assert states(go(store, smtp_server, at=later)) == [UNKNOWN, UNKNOWN]
    assert smtp_server.received == []
    # The other host was only slow: its own knowledge still counts, a stranger's does not.
    store.outbox.settle_all([(ids[0], DEFERRED, "451 later", "end")], later, "a-stranger/1:1:1#y")
    store.outbox.settle_all([(each, ACCEPTED, "250 taken", "end") for each in ids], later, ELSEWHERE)
    assert stored(store) == [ACCEPTED, ACCEPTED]


def test_who_lost_its_claim_while_connecting_sends_nothing(store: Store, smtp_server: SmtpServer) -> None:
    put(store)
    smtp_server.on("data", Stall(), times=1)
    slow = threading.Thread(
        target=deliver,
        args=(
            store.outbox,
            CAMPAIGN,
            relays_of(smtp_server, options="timeout=30"),
            None,
            "h/9:1:1",
            lambda: AT,
        ),
    )
    slow.start()
    assert smtp_server.stalled.wait(20)
    assert states(go(store, smtp_server, at=AT + LEASE + timedelta(seconds=1))) == [ACCEPTED, ACCEPTED]
    smtp_server.released.set()
    slow.join(20)
    assert stored(store) == [ACCEPTED, ACCEPTED]
    assert len(smtp_server.received) == 1


def test_two_schedulers_at_the_same_second_send_once(database_url: str, smtp_server: SmtpServer) -> None:
    with open_store(database_url) as store:
        for number in range(6):
            put(store, a_report(number))
    barrier = threading.Barrier(4)
    problems: list[Exception] = []

    def schedule() -> None:
        try:
            with open_store(database_url) as own:
                barrier.wait(20)
                go(own, smtp_server)
        except Exception as error:  # noqa: BLE001 - told in the assertion below
            problems.append(error)

    threads = [threading.Thread(target=schedule) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert problems == []
    sent = sorted(_message_id(received.content) for received in smtp_server.received)
    assert sent == sorted(a_report(number).message_id for number in range(6))
    with open_store(database_url) as store:
        assert stored(store) == [ACCEPTED] * 12


def test_a_database_that_fails_before_the_message_stops_the_message(
    tmp_path: Path, smtp_server: SmtpServer
) -> None:
    path = tmp_path / "tonghop.sqlite"
    with open_store(f"sqlite:///{path}?timeout=0.2") as store, closing(_locker(path)) as locker:
        put(store)
        smtp_server.on_command = lambda stage: stage == "data" and locker.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseUnavailable):
            go(store, smtp_server)
        assert smtp_server.received == []
        locker.rollback()
        smtp_server.on_command = None
        assert states(go(store, smtp_server)) == [ACCEPTED, ACCEPTED]
    assert len(smtp_server.received) == 1


def test_a_database_that_fails_at_the_reply_leaves_it_unknown_and_never_sends_again(
    tmp_path: Path, smtp_server: SmtpServer
) -> None:
    path = tmp_path / "tonghop.sqlite"
    with open_store(f"sqlite:///{path}?timeout=0.2") as store, closing(_locker(path)) as locker:
        put(store)
        smtp_server.on_command = lambda stage: stage == "end" and locker.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseUnavailable):
            go(store, smtp_server)
        locker.rollback()
        smtp_server.on_command = None
        assert states(go(store, smtp_server)) == [UNKNOWN, UNKNOWN]
    assert len(smtp_server.received) == 1


def test_a_hanging_relay_leaves_time_for_the_next_before_the_deadline(
    store: Store, smtp_servers: Servers
) -> None:
    put(store)
    first, second = smtp_servers(), smtp_servers()
    first.on("connect", Stall())
    relays = relays_of(first, second, options="timeout=290")  # longer than a test may take
    soon = DEADLINE - timedelta(seconds=8)
    done = deliver(store.outbox, CAMPAIGN, relays, None, this_claimant(), lambda: soon, DEADLINE)
    assert states(done) == [ACCEPTED, ACCEPTED]


def test_the_pause_before_the_next_try_grows_and_shrinks_again_before_the_deadline() -> None:
    early = DEADLINE - timedelta(hours=5)
    pauses = [next_try([_deferred(n)], early, DEADLINE) for n in range(1, 9)]
    seconds = [(at - early).total_seconds() for at in pauses if at]
    assert seconds == [15, 30, 60, 120, 240, 300, 300, 300]
    near = DEADLINE - timedelta(seconds=60)
    assert next_try([_deferred(9)], near, DEADLINE) == near + timedelta(seconds=15)
    assert next_try([_deferred(1)], DEADLINE + timedelta(hours=1), DEADLINE) is not None
    assert next_try([], early, DEADLINE) is None


def test_a_refusal_is_told_in_the_log_too(
    store: Store, smtp_servers: Servers, caplog: pytest.LogCaptureFixture
) -> None:
    put(store)
    server = smtp_servers(users={"u": "sEcrEt"})
    server.on("auth", Reply("535 5.7.8 no"))
    with caplog.at_level(logging.WARNING):
        go(store, server)
    assert "login refused" in caplog.text
    assert "sEcrEt" not in caplog.text


def _deferred(attempts: int) -> Delivery:
    return Delivery(1, "k", "report", TO, "<k@x.vn>", "s", DEFERRED, attempts, "", None, None)


def _locker(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False)


def _message_id(content: bytes) -> str:
    return content.partition(b"Message-ID: ")[2].partition(b"\r\n")[0].decode()
