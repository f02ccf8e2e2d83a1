"""Bring stored messages to their recipients once: claim, hand over, settle, and prove what is in doubt.

The order is the whole point. A delivery is claimed before the connection, so that of two schedulers one
sends; "in data" is committed before the first byte of the message leaves, so that a process that dies later
leaves a row that is never sent again blindly; the reply is committed before anything else is said. Whatever
moment the power goes out, the next round finds a row that either may be sent again or must not be.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from tonghop.domain.deliveries import Delivery, DeliveryState, OutgoingMessage
from tonghop.errors import ConfigurationError, MailRefused, TonghopError
from tonghop.mail.claimant import Held, is_abandoned, one_round
from tonghop.mail.relays import Relay
from tonghop.mail.replies import Attempt, Outcome, Refusals, Stage, one_line
from tonghop.mail.settling import SettlingStore, settle_unknown
from tonghop.mail.transport import all_deferred, conversation, hand_over
from tonghop.mail.witness import Witness

_log = logging.getLogger(__name__)

# Near the deadline two hundred receipts must not stand before the one report.
_URGENCY = {"alarm": 0, "report": 1, "reminder": 2, "answer": 3, "receipt": 4, "digest": 3}
_NO_RELAY = "no mail server is set, the outbox keeps the message; set TONGHOP_SMTP_URL"
_DIED = "the process that was handing the message over ended before the reply; it is not sent again blindly"
_SHORTEST_TIMEOUT = 5.0
_MOST_BROKEN = 2

LAST_STRETCH = timedelta(minutes=10)
"""Before the deadline: from here on a mail server that lets us in for half a minute must not be missed."""
_STRETCH_PAUSE = timedelta(seconds=15)
_SHORTEST_PAUSE = timedelta(seconds=10)
_STRETCH_TIMEOUT = 12.0
_LAST_CHANCE = timedelta(seconds=5)


class OutboxStore(SettlingStore, Protocol):
    """What the engine asks of the database; each call is one committed transaction."""

    def put(
        self, campaign: str, day: date, message: OutgoingMessage, at: datetime, edition_id: int | None = None
    ) -> bool:
        """Store the intent and its bytes; False where the key is there already, and nothing changes."""

    def due(self, campaign: str, now: datetime) -> Sequence[tuple[OutgoingMessage, tuple[Delivery, ...]]]:
        """Return the messages with deliveries that are ready or deferred."""

    def lease(self, delivery_ids: Sequence[int], claimant: str, at: datetime) -> Collection[int]:
        """Take ready or deferred deliveries that nobody holds, their state unchanged; return those won."""

    def release(self, delivery_ids: Sequence[int], claimant: str) -> None:
        """Let go of ready or deferred deliveries that this claimant still holds."""

    def claim(self, delivery_ids: Sequence[int], claimant: str, at: datetime) -> Collection[int]:
        """Make ready or deferred deliveries ``in_data``, unless another holds them; return those."""

    def leased(self, campaign: str) -> Sequence[Held]:
        """Return the ready or deferred deliveries that somebody holds."""

    def in_data(self, campaign: str) -> Sequence[Held]:
        """Return the deliveries whose message was on its way when last heard of."""

    def deliveries(self, campaign: str, day: date) -> Sequence[Delivery]:
        """Return a day's deliveries."""


def deliver(
    store: OutboxStore,
    campaign: str,
    relays: Sequence[Relay],
    witness: Witness | None,
    claimant: str,
    now: Callable[[], datetime],
    deadline: datetime | None = None,
    kinds: Collection[str] | None = None,
    refusals: Refusals = Refusals.STAND,
) -> tuple[Delivery, ...]:
    """Return the deliveries of this round as they stand after it, with every one still in doubt.

    One pass: what is due is tried at each relay in turn until one takes it. ``now`` is the clock;
    ``deadline`` shortens the waiting for a relay that hangs, so that the next one still has time; ``kinds``:
    only messages of these kinds; ``refusals``: whether one for good ends
    the delivery of a report. What a server or network
    refuses is told by the state and reply of each delivery; only a broken database raises.
    """
    recover(store, campaign, now())
    with one_round(claimant) as name:
        round_ = _Round(store, tuple(relays), name, now, deadline, refusals)
        found = (each for each in store.due(campaign, now()) if kinds is None or each[0].kind in kinds)
        due = sorted(found, key=lambda each: _URGENCY.get(each[0].kind, 2))
        touched = {one.id: one for message, ones in due for one in round_.bring(message, ones)}
    in_doubt = settle_unknown(store, campaign, witness, now)
    return tuple((touched | {one.id: one for one in in_doubt}).values())


def recover(store: OutboxStore, campaign: str, now: datetime) -> None:
    """Take back what processes that are gone held: free again, or unknown if its bytes may have left."""
    for held in store.leased(campaign):
        if is_abandoned(held, now):
            store.release([held.delivery.id], held.claimant)
    for held in store.in_data(campaign):
        if is_abandoned(held, now):
            lost = (held.delivery.id, DeliveryState.UNKNOWN, _DIED, str(Stage.END))
            store.settle_all([lost], now, held.claimant)


def next_try(deliveries: Sequence[Delivery], now: datetime, deadline: datetime | None) -> datetime | None:
    """Return when a deferred delivery should be tried again; None where nothing waits.

    The pauses double from 15 seconds to 5 minutes, and shrink as the deadline comes near: a quarter of the
    time that is left, at least 10 seconds. No pause reaches into the last ten minutes, and there each is 15
    seconds at most; the last try is made 5 seconds before the deadline.
    """
    waiting = [one.attempts for one in deliveries if one.state is DeliveryState.DEFERRED]
    if not waiting:
        return None
    doublings = min(max(min(waiting) - 1, 0), 5)
    pause = min(timedelta(seconds=15 * (1 << doublings)), timedelta(minutes=5))
    return now + (pause if deadline is None else pause_before(deadline, now, pause))


def pause_before(deadline: datetime, now: datetime, longest: timedelta = _STRETCH_PAUSE) -> timedelta:
    """Return ``longest``, or as much of it as the deadline allows."""
    if now >= deadline:
        return longest
    left, stretch, last = deadline - now, deadline - LAST_STRETCH, deadline - _LAST_CHANCE
    pause = min(longest, max(left / 4, _SHORTEST_PAUSE), _STRETCH_PAUSE if now >= stretch else stretch - now)
    return last - now if now < last < now + pause else pause


def hurried(relay: Relay, now: datetime, deadline: datetime | None, relays_left: int) -> Relay:
    """Return the relay with a shorter time-out where the deadline is near and others wait behind it.

    In the last ten minutes 12 seconds are the most for a connection or an answer of a relay that is not the
    only one, so that one that hangs does not hide another that would take the message. How long the reply to
    the whole message is waited for (``patience``) stays: giving up there leaves it unknown whether it arrived.
    """
    if deadline is None or now >= deadline:
        return relay
    share = max((deadline - now).total_seconds() / (2 * relays_left), _SHORTEST_TIMEOUT)
    near = deadline - now <= LAST_STRETCH
    return replace(relay, timeout=min(relay.timeout, share, _STRETCH_TIMEOUT if near else share))


class _ClaimLostError(Exception):
    """Another process has taken these deliveries over: not one byte of the message may leave here."""


@dataclass
class _Round:
    """One pass over the outbox; remembers which relays do not let us in, so that nothing waits twice."""

    store: OutboxStore
    relays: tuple[Relay, ...]
    claimant: str
    now: Callable[[], datetime]
    deadline: datetime | None
    refusals: Refusals
    shut: dict[Relay, str] = field(default_factory=dict)
    broken: Counter[Relay] = field(default_factory=Counter)

    def bring(self, message: OutgoingMessage, ones: Sequence[Delivery]) -> tuple[Delivery, ...]:
        """Return one message's deliveries after each relay was asked in turn."""
        stands = {one.id: one for one in ones}
        for attempts in self._attempts(message, ones):
            for attempt in attempts:
                stands[attempt.delivery] = attempt.applied_to(stands[attempt.delivery], self.now())
        return tuple(stands.values())

    def _attempts(self, message: OutgoingMessage, ones: Sequence[Delivery]) -> Iterator[Sequence[Attempt]]:
        """Yield what was settled at each relay; the later relays get what the earlier ones did not take."""
        left: Sequence[Delivery] = ones
        for number, relay in enumerate(self.relays or (None,)):
            ours = set(self.store.lease([one.id for one in left], self.claimant, self.now()))
            left = [one for one in left if one.id in ours]
            if not left:
                return
            attempts = self._try(relay, message, left, len(self.relays) - number)
            yield attempts
            again = {attempt.delivery for attempt in attempts if attempt.elsewhere}
            left = [one for one in left if one.id in again]

    def _try(
        self, relay: Relay | None, message: OutgoingMessage, ones: Sequence[Delivery], relays_left: int
    ) -> Sequence[Attempt]:
        """Return what became of claimed deliveries at one relay, settled in the database."""
        if relay is None or relay in self.shut:
            reason = _NO_RELAY if relay is None else self.shut[relay]
            return self._settle(all_deferred(ones, Stage.CONNECT, reason))
        handing = _HandingOver(self.store, self.claimant, self.now, ones)
        try:
            with conversation(hurried(relay, self.now(), self.deadline, relays_left)) as smtp:
                said = self._judged(message, ones, hand_over(smtp, message, ones, relay, handing.enter))
                self._remember(relay, said)
                handing.known = said if relays_left == 1 else [_kept_open(attempt) for attempt in said]
                # Settled inside: the reply must be on record before a goodbye that can hang.
                return self._settle(handing.known)
        except _ClaimLostError:
            handing.let_go()
            return ()
        except (MailRefused, ConfigurationError) as error:
            self.shut[relay] = one_line(str(error))
            _log.warning("%s", self.shut[relay])
            return self._settle(all_deferred(ones, Stage.CONNECT, self.shut[relay]))
        except BaseException:
            handing.let_go()
            raise

    def _judged(
        self, message: OutgoingMessage, ones: Sequence[Delivery], attempts: Sequence[Attempt]
    ) -> Sequence[Attempt]:
        return self.refusals.applied(attempts, ones) if message.kind == "report" else attempts

    def _remember(self, relay: Relay, attempts: Sequence[Attempt]) -> None:
        """Ask a relay no more whose connection broke twice: two hundred receipts must not hang in turn."""
        if gone := next((one for one in attempts if one.broken), None):
            self.broken[relay] += 1
            if self.broken[relay] >= _MOST_BROKEN:
                self.shut[relay] = gone.reply

    def _settle(self, attempts: Sequence[Attempt]) -> Sequence[Attempt]:
        self.store.settle_all([attempt.outcome for attempt in attempts], self.now(), self.claimant)
        return attempts


def _kept_open(attempt: Attempt) -> Attempt:
    """Return an attempt as it stands while another relay is to be asked: refused here, perhaps not there."""
    return replace(attempt, state=DeliveryState.DEFERRED) if attempt.elsewhere else attempt


@dataclass
class _HandingOver:
    """Watches one conversation: records "in data" in time, and cleans up behind one that is broken off."""

    store: OutboxStore
    claimant: str
    now: Callable[[], datetime]
    ones: Sequence[Delivery]
    reached: Stage = Stage.CONNECT
    in_data: Collection[int] = ()
    known: Sequence[Attempt] = ()

    def enter(self, stage: Stage, ones: Sequence[Delivery]) -> None:
        """Commit what must be on record before the stage begins."""
        if stage is Stage.BODY:
            wanted = [one.id for one in ones]
            self.in_data = self.store.claim(wanted, self.claimant, self.now())
            if set(self.in_data) != set(wanted):
                raise _ClaimLostError
        self.reached = stage

    def let_go(self) -> None:
        """Put back what was claimed, as far as it is known that nothing arrived.

        A database that fails here too is left alone: the error that brought us here is the one to tell, and
        the next round takes the rows back.
        """
        with suppress(TonghopError):
            self.store.settle_all(self._outcomes(), self.now(), self.claimant)
            self.store.release([one.id for one in self.ones], self.claimant)

    def _outcomes(self) -> Sequence[Outcome]:
        if self.known:  # the database failed at the reply: it is told once more
            return [attempt.outcome for attempt in self.known]
        if self.reached is Stage.END:
            return [(each, DeliveryState.UNKNOWN, _DIED, str(Stage.END)) for each in self.in_data]
        reply = "broken off before the end of the message was sent"
        return [(each, DeliveryState.DEFERRED, reply, str(self.reached)) for each in self.in_data]
