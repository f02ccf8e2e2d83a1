"""One simulated day: the real steps from the stored entries to the relays, with the clock and the faults ours."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.policy import compat32

from benchmarks.faults.clock import SimulatedClock
from benchmarks.faults.house import COPY, FIRST, NAME, TO, WITNESS, House
from benchmarks.faults.machine import Machine, a_machine, elsewhere
from benchmarks.faults.relays import Plan, a_plan, every_fault
from tasks.aggregate import aggregate
from tasks.alarm import alarm_if_overdue, alarm_unless_delivered, try_once
from tasks.conclude import conclude_day
from tasks.deliver import deliver_due, deliver_in_time
from tasks.insist import insistently
from tasks.report import report
from tasks.rescue import rescue
from tests.services.smtp_server import Received
from tonghop.cli.settling import settle
from tonghop.domain.deliveries import Delivery, DeliveryState, RecipientKind
from tonghop.domain.runs import Intake
from tonghop.errors import DatabaseUnavailable
from tonghop.store.outbox import Outbox
from tonghop.wiring import Occasion

FAULTS = every_fault(COPY)
WINDOW = timedelta(seconds=30)
"""A relay counts as open in the last ten minutes if it takes messages for so long at a stretch."""
_LAST = timedelta(minutes=10)
_LAST_TRY = timedelta(seconds=5)


@dataclass(frozen=True)
class Outcome:
    """What became of a day. ``wrong`` names every promise that was broken."""

    day: date
    kind: str
    open_late: bool
    accepted_in_time: bool
    in_doubt: bool
    alarmed: bool
    copies: Counter[tuple[str, str]] = field(repr=False)
    wrong: tuple[str, ...] = ()


def play(house: House, number: int, seed: int) -> Outcome:
    """Return what became of the day ``number``, whose faults follow from ``seed``."""
    return Day(house, number, random.Random(f"{seed}/{number}")).play()


class Day:
    """The day under way."""

    def __init__(self, house: House, number: int, chance: random.Random) -> None:
        self.house, self.chance = house, chance
        self.day = FIRST + timedelta(days=number)
        self.deadline = house.campaign.deadline(self.day)
        self.kind = chance.choices(("usual", "started late", "daily run killed"), (85, 10, 5))[0]
        planned = house.campaign.send_at(self.day)
        late = timedelta(seconds=chance.uniform(60, 2400)) if self.kind == "started late" else timedelta()
        self.clock = SimulatedClock(planned + late)
        self.began = self.clock()
        self.copies: Counter[tuple[str, str]] = Counter()
        self.open_late = False
        self.answered = self.began
        self.machine: Machine = a_machine(chance, self.clock, house.database)
        for relay in house.relays:
            plan = a_plan(chance, FAULTS, min(planned, self.began), self.deadline)
            relay.begin(self.clock, self.deadline, plan)
            relay.on_kept, relay.at_command = self._kept, self.machine.heard
        self.occasion = Occasion(house.settings, house.campaign, self.day, True, self.clock, self.clock.wait)

    def play(self) -> Outcome:
        """Run the day to its end and past it, and compare with what was promised."""
        self._plan_the_watch()
        if self.kind != "daily run killed":
            self._survive(self._daily)
        self.clock.run_until(max(self.deadline, self.clock()))
        self.machine.mend_for_good()
        at_deadline, self.open_late = self._reports(), self._open_late()
        self._after_the_deadline()
        return self._outcome(at_deadline)

    def _daily(self) -> None:
        """The sentence of the daily flow, from the stored entries on."""
        came = Intake()
        totals = insistently(aggregate)(self.occasion)
        filed = insistently(report)(self.occasion, totals, came, None)
        sent = alarm_if_overdue(self.occasion, insistently(deliver_in_time)(self.occasion))
        insistently(conclude_day)(self.occasion, totals, came, filed, sent)

    def _plan_the_watch(self) -> None:
        for minutes in self.house.campaign.watch:
            at = self.deadline - timedelta(minutes=minutes)
            if at >= self.began:
                self.clock.at(at, self._watch)
        if self.chance.random() < 0.5:  # the operator answers the alarm
            self.clock.at(self.deadline - timedelta(minutes=4), self._answer)

    def _watch(self) -> None:
        """The sentence of the watch; its rescue only where no daily run lives that does the same beside it."""
        watched = alarm_unless_delivered(self.occasion, try_once(self.occasion))
        if self.kind == "daily run killed":
            rescue(self.occasion, watched)

    def _answer(self) -> None:
        """Tell the truth about each message in doubt, as a person does who asked the recipient."""
        try:
            doubtful = [held.delivery for held in self._outbox.unknown(NAME)]
            for one in doubtful:
                arrived = self.copies[one.message_id, one.recipient.address] > 0
                settle(NAME, one.message_id, arrived=arrived, reason="đã hỏi", to=one.recipient.address)
                self.answered = self.clock()
        except DatabaseUnavailable:
            return

    @property
    def _outbox(self) -> Outbox:
        return self.occasion.store.outbox

    def _after_the_deadline(self) -> None:
        """Everything works again: the next runs bring what is left, and a person settles what is in doubt."""
        once = replace(self.occasion, wait=None)
        for relay in self.house.relays:
            relay.plan = Plan(())
        self.clock.run_until(self.clock() + timedelta(minutes=10))
        if self._edition_is_wanting():
            report(once, aggregate(once), Intake(), None)
        deliver_due(once)
        self._answer()
        for _ in range(2):
            self.clock.run_until(self.clock() + timedelta(minutes=5))
            deliver_due(once)

    def _edition_is_wanting(self) -> bool:
        return self.occasion.store.editions.latest(NAME, self.day) is None

    def _survive(self, work: Callable[[], None]) -> None:
        try:
            work()
        except DatabaseUnavailable:
            return  # gone until after the deadline: the run ends, and the next one goes on

    def _kept(self, message: Received) -> None:
        """A relay has taken a message: it reaches everyone, the witness perhaps only after minutes."""
        identity = str(message_from_bytes(message.content, policy=compat32)["Message-ID"]).strip()
        for address in message.recipients:
            self.copies[identity, address] += 1
        if WITNESS in message.recipients:
            delay = self.chance.choice((0, 0, 20, 150))
            self.clock.at(self.clock() + timedelta(seconds=delay), lambda: self._witness(message.content))

    def _witness(self, content: bytes) -> None:
        with elsewhere():
            self.house.dovecot.deliver("lamchung", content, self.clock().timestamp())

    def _reports(self) -> Sequence[Delivery]:
        found = self._outbox.deliveries(NAME, self.day)
        return [d for d in found if d.kind == "report" and d.recipient.kind is not RecipientKind.WITNESS]

    def _open_late(self) -> bool:
        """Return whether a relay was open in the last ten minutes while we lived and were not in doubt."""
        start, end = max(self.answered, self.deadline - _LAST), self.deadline - _LAST_TRY
        spans = [span for relay in self.house.relays for span in relay.plan.open_spans(start, end)]
        return any(
            stop - begin >= WINDOW for span in spans for begin, stop in _without(span, self.machine.down)
        )

    def _outcome(self, at_deadline: Sequence[Delivery]) -> Outcome:
        ends = self._reports()
        to = [one for one in at_deadline if one.recipient.address == TO]
        alarmed = any(post["day"] == self.day.isoformat() for post in self.house.posts)
        outcome = Outcome(
            day=self.day,
            kind=self.kind,
            open_late=self.open_late,
            accepted_in_time=any(_in_time(one, self.deadline) for one in ends if one.recipient.address == TO),
            in_doubt=any(one.state is DeliveryState.UNKNOWN for one in to),
            alarmed=alarmed,
            copies=self.copies,
        )
        return replace(outcome, wrong=tuple(self._broken(outcome, ends)))

    def _broken(self, outcome: Outcome, ends: Sequence[Delivery]) -> Iterator[str]:
        ids = {one.message_id for one in ends}
        if any(count > 1 for (identity, _), count in self.copies.items() if identity in ids):
            yield "delivered twice"
        if not {one.recipient.address for one in ends} >= {TO, COPY}:
            yield "no report made"
        for one in ends:
            there = self.copies[one.message_id, one.recipient.address]
            told_refused = one.state is DeliveryState.FAILED and one.recipient.address == COPY and not there
            if not told_refused and (one.state is not DeliveryState.ACCEPTED or there != 1):
                yield f"lost: {one.recipient.address} {one.state} with {there} copies ({one.reply})"
        if self.began < self.deadline and not outcome.accepted_in_time:
            if outcome.open_late and not outcome.in_doubt:
                yield "late though a relay was open in the last ten minutes"
            if not outcome.alarmed:
                yield "late without an alarm"


def _in_time(one: Delivery, deadline: datetime) -> bool:
    return one.state is DeliveryState.ACCEPTED and one.accepted_at is not None and one.accepted_at < deadline


def _without(
    span: tuple[datetime, datetime], holes: Sequence[tuple[datetime, datetime]]
) -> list[tuple[datetime, datetime]]:
    """Return what is left of a span."""
    left = [span]
    for start, end in holes:
        left = [
            part
            for begin, stop in left
            for part in ((begin, min(stop, start)), (max(begin, end), stop))
            if part[0] < part[1]
        ]
    return left
