from __future__ import annotations

import multiprocessing
import random
from collections import Counter
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from tests.mail.deliver_once import deliver_once
from tests.mail.samples import AT, CAMPAIGN, DAY, DEADLINE, a_report
from tests.services.smtp_server import Drop, SmtpServer, Stall
from tonghop.domain.deliveries import DeliveryState
from tonghop.mail.claimant import LEASE, this_claimant
from tonghop.mail.outbox import deliver
from tonghop.mail.relays import parse_relays
from tonghop.store import Store, open_store

ACCEPTED, UNKNOWN = DeliveryState.ACCEPTED, DeliveryState.UNKNOWN
# A process that has imported all a scheduler needs, from which each is forked.
SCHEDULERS = multiprocessing.get_context("forkserver")
SCHEDULERS.set_forkserver_preload([deliver_once.__module__, "sqlalchemy.dialects.sqlite", "psycopg"])


def start(database_url: str, server: SmtpServer) -> ForkServerProcess:
    url = server.url_with("timeout=60&patience=60")
    scheduler = SCHEDULERS.Process(target=deliver_once, args=(database_url, url))
    scheduler.start()
    return scheduler


def go_on(store: Store, server: SmtpServer) -> None:
    deliver(store.outbox, CAMPAIGN, parse_relays(server.url), None, this_claimant(), lambda: AT, DEADLINE)


@pytest.mark.parametrize(
    ("stage", "stall", "state", "messages"),
    [
        ("connect", Stall(), ACCEPTED, 1),
        ("ehlo", Stall(), ACCEPTED, 1),
        ("mail", Stall(), ACCEPTED, 1),
        ("rcpt", Stall(), ACCEPTED, 1),
        ("data", Stall(), ACCEPTED, 1),
        ("body", Stall(), UNKNOWN, 0),
        ("end", Stall(), UNKNOWN, 0),
        ("end", Stall(kept=True), UNKNOWN, 1),
        ("quit", Stall(), ACCEPTED, 1),
    ],
)
def test_killed_at_any_command_the_report_is_delivered_once_or_left_to_a_person(
    database_url: str, smtp_server: SmtpServer, stage: str, stall: Stall, state: DeliveryState, messages: int
) -> None:
    with open_store(database_url) as store:
        store.outbox.put(CAMPAIGN, DAY, a_report(), AT)
        smtp_server.on(stage, stall, times=1)
        scheduler = start(database_url, smtp_server)
        assert smtp_server.stalled.wait(60)
        scheduler.kill()
        scheduler.join(60)
        smtp_server.calm()
        for _ in range(2):  # at once, with no lease to wait for, and once more
            go_on(store, smtp_server)
        assert {one.state for one in store.outbox.deliveries(CAMPAIGN, DAY)} == {state}
        assert len(smtp_server.received) == messages


def test_killed_at_random_moments_nothing_is_lost_and_nothing_doubled(
    tmp_path: Path, smtp_servers: Callable[..., SmtpServer]
) -> None:
    chance = random.Random(20200818)
    for day in range(3):
        server = smtp_servers()
        url = f"sqlite:///{tmp_path / f'{day}.sqlite'}"
        with open_store(url) as store:
            for number in range(8):
                store.outbox.put(CAMPAIGN, DAY, a_report(number), AT)
            kills = sum(_run_and_kill(url, server, chance.randint(1, 60)) for _ in range(2))
            go_on(store, server)
            deliveries = store.outbox.deliveries(CAMPAIGN, DAY)
        arrived = Counter(received.content for received in server.received)
        assert max(arrived.values()) == 1
        unknown = {one.key for one in deliveries if one.state is UNKNOWN}
        accepted = {one.key for one in deliveries if one.state is ACCEPTED}
        assert len(unknown) <= kills
        assert len(unknown | accepted) == 8
        assert len(accepted) <= len(arrived)


def _run_and_kill(database_url: str, server: SmtpServer, commands: int) -> bool:
    """Run a scheduler and kill it at its n-th command; return whether it was killed before it was done."""
    left = iter(range(commands))
    scheduler = start(database_url, server)
    server.on_command = lambda _: scheduler.kill() if next(left, None) is None else None
    scheduler.join(60)
    server.on_command = None
    return scheduler.exitcode != 0


def test_a_scheduler_that_is_alive_keeps_its_claim(database_url: str, smtp_server: SmtpServer) -> None:
    with open_store(database_url) as store:
        store.outbox.put(CAMPAIGN, DAY, a_report(), AT)
        smtp_server.on("data", Stall(), times=1)
        scheduler = start(database_url, smtp_server)
        try:
            assert smtp_server.stalled.wait(60)
            go_on(store, smtp_server)
            assert smtp_server.received == []
        finally:
            scheduler.kill()
            scheduler.join(60)
        assert (
            LEASE.total_seconds() > 2 * 30 + 2 * 120
        )  # two relays at their longest, so that a lease outlives them
        go_on(store, smtp_server)
    assert len(smtp_server.received) == 1


def test_a_process_number_that_was_given_to_another_does_not_pass_for_the_first(
    store: Store, smtp_server: SmtpServer
) -> None:
    store.outbox.put(CAMPAIGN, DAY, a_report(), AT)
    host, pid, _ = this_claimant().rsplit(":", 2)
    earlier = f"{host}:{pid}:0badb007-1#x"
    store.outbox.lease([one.id for one in store.outbox.deliveries(CAMPAIGN, DAY)], earlier, AT)
    go_on(store, smtp_server)
    assert {one.state for one in store.outbox.deliveries(CAMPAIGN, DAY)} == {ACCEPTED}


def test_a_round_of_this_process_that_broke_off_holds_nothing(store: Store, smtp_server: SmtpServer) -> None:
    store.outbox.put(CAMPAIGN, DAY, a_report(), AT)
    smtp_server.on("connect", Drop())
    go_on(store, smtp_server)
    assert store.outbox.leased(CAMPAIGN) == ()
