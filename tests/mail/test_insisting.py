"""How long and how often a report is tried before its deadline, and what a refusal then means."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from tests.mail.samples import CC, DEADLINE, TO, a_report, deliveries_of
from tonghop.domain.deliveries import Delivery, DeliveryState
from tonghop.mail.outbox import LAST_STRETCH, hurried, next_try, pause_before
from tonghop.mail.relays import parse_relays
from tonghop.mail.replies import Attempt, Refusals, Stage, judge

(RELAY,) = parse_relays("smtp://relay.example.vn:25")


def a_deferred(attempts: int) -> Delivery:
    return replace(deliveries_of(a_report())[0], state=DeliveryState.DEFERRED, attempts=attempts)


def tries(start: datetime) -> list[datetime]:
    """When a report that nobody takes is tried, if each try itself costs no time."""
    found, at = [start], start
    while (then := next_try([a_deferred(len(found))], at, DEADLINE)) and then < DEADLINE:
        at = then
        found.append(at)
    return found


def test_in_the_last_ten_minutes_no_half_minute_passes_without_a_try() -> None:
    for seconds in (1200, 1195, 700, 615, 601, 600, 90, 31):
        found = [at for at in tries(DEADLINE - timedelta(seconds=seconds)) if at >= DEADLINE - LAST_STRETCH]
        gaps = [later - earlier for earlier, later in pairwise(found)]
        assert max(gaps) <= timedelta(seconds=15)
        if seconds >= 600:
            assert found[0] - (DEADLINE - LAST_STRETCH) <= timedelta(seconds=15)


def test_the_last_try_is_made_five_seconds_before_the_deadline() -> None:
    assert tries(DEADLINE - timedelta(minutes=20))[-1] == DEADLINE - timedelta(seconds=5)


def test_the_tries_of_twenty_minutes_are_no_flood() -> None:
    assert 20 < len(tries(DEADLINE - timedelta(minutes=20))) < 60


def test_after_the_deadline_pauses_are_as_long_as_they_were_asked_for() -> None:
    assert pause_before(DEADLINE, DEADLINE, timedelta(minutes=5)) == timedelta(minutes=5)


def test_near_the_deadline_a_relay_that_hangs_may_hang_twelve_seconds_and_its_last_reply_is_waited_for() -> (
    None
):
    early, late = DEADLINE - timedelta(hours=2), DEADLINE - timedelta(minutes=9)
    assert hurried(RELAY, early, DEADLINE, 2) == RELAY
    assert hurried(RELAY, late, DEADLINE, 2).timeout == 12
    assert hurried(RELAY, late, DEADLINE, 2).patience == RELAY.patience
    assert hurried(RELAY, DEADLINE, DEADLINE, 2) == RELAY


@pytest.mark.parametrize(
    ("stage", "code", "text", "to_state", "copy_state"),
    [
        (Stage.RECIPIENT, 550, b"5.1.1 no such user", DeliveryState.DEFERRED, DeliveryState.FAILED),
        (Stage.RECIPIENT, 550, b"5.2.1 mailbox off", DeliveryState.DEFERRED, DeliveryState.DEFERRED),
        (Stage.DATA, 554, b"5.5.1 no", DeliveryState.DEFERRED, DeliveryState.DEFERRED),
        (Stage.END, 554, b"5.6.0 refused", DeliveryState.DEFERRED, DeliveryState.DEFERRED),
        (Stage.SENDER, 552, b"5.3.4 too big", DeliveryState.DEFERRED, DeliveryState.DEFERRED),
    ],
)
def test_before_the_deadline_a_refusal_for_good_waits_except_for_a_copy_nobody_knows(
    stage: Stage, code: int, text: bytes, to_state: DeliveryState, copy_state: DeliveryState
) -> None:
    ones = deliveries_of(a_report(recipients=(TO, CC)))
    attempts = [judge(one.id, stage, code, text, "relay") for one in ones]
    assert [a.state for a in Refusals.WAIT.applied(attempts, ones)] == [to_state, copy_state]
    assert {a.state for a in Refusals.STAND.applied(attempts, ones)} == {DeliveryState.FAILED}


def test_what_waiting_changes_is_no_reply_that_is_in_doubt_or_taken() -> None:
    ones = deliveries_of(a_report(recipients=(TO,)))
    for state in (DeliveryState.ACCEPTED, DeliveryState.UNKNOWN, DeliveryState.DEFERRED):
        attempt = Attempt(1, state, "x", Stage.END, elsewhere=False)
        assert Refusals.WAIT.applied([attempt], ones) == (attempt,)
