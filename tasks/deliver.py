"""Deliver: bring what stands in the outbox to the mail server, each message once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from tasks.insist import let_time_pass
from tasks.step import log, step
from tonghop.domain.deliveries import Delivery, DeliveryState, RecipientKind
from tonghop.domain.runs import Delivered, Trouble
from tonghop.errors import ConfigurationError, DatabaseUnavailable
from tonghop.mail.claimant import is_abandoned, this_claimant
from tonghop.mail.outbox import deliver as bring
from tonghop.mail.outbox import next_try, pause_before
from tonghop.mail.relays import Relay, parse_relays
from tonghop.mail.replies import Refusals
from tonghop.mail.witness import parse_witness
from tonghop.wiring import Occasion

URGENT = frozenset({"alarm", "report"})
"""What is tried again and again before the deadline; receipts and reminders wait for the next run."""

_SETTLED = (DeliveryState.ACCEPTED, DeliveryState.FAILED)
_LOOK_AGAIN = timedelta(seconds=15)


@step()
def deliver(occasion: Occasion) -> Delivered:
    """Return the day's deliveries after one try of everything that is due, of this day or an earlier one.

    Nothing is repeated by Prefect: what may be tried again, and what must not, is told by the states in the
    database. A wrong setting is named as a trouble; the outbox keeps every message.
    """
    return deliver_due(occasion)


@step()
def deliver_in_time(occasion: Occasion) -> Delivered:
    """Return the day's deliveries; the report is tried again and again until it is accepted or it is too late.

    Between the tries the run waits, ever longer at first and ever shorter as the deadline comes near. Then
    everything else that is due is tried once. After the deadline the report, too, is tried once a run.
    """
    deliver_until(occasion, occasion.campaign.deadline(occasion.day))
    return deliver_due(occasion)


def deliver_until(occasion: Occasion, limit: datetime) -> None:
    """Try the report until it is settled or the moment ``limit`` has come; nothing where the run may not wait."""
    if occasion.wait is None or occasion.clock() >= limit:
        return
    while True:
        try:
            sent = deliver_due(occasion, URGENT)
            if sent.troubles or not occasion.settings.smtp_url.strip():
                return  # a setting that is wrong or wanting stays so in this run
            then = _again_at(occasion, sent.deliveries)
        except DatabaseUnavailable as error:  # what was on its way is recovered when it is back
            log().warning("%s; it is asked again", error)
            then = occasion.clock() + pause_before(occasion.campaign.deadline(occasion.day), occasion.clock())
        if then is None or not let_time_pass(occasion, then, limit):
            return


def deliver_due(
    occasion: Occasion,
    kinds: Collection[str] | None = None,
    spared: Collection[str] = (),
) -> Delivered:
    """Return the day's deliveries after one try; for steps that put a message and want it gone at once.

    ``kinds``: of these kinds only; ``spared``: the relays, as they are named in replies, that are asked last.
    Before the deadline a refusal for good does not end the report's delivery, unless this run looks but once.
    """
    store, name = occasion.store, occasion.campaign.name
    try:
        relays = parse_relays(occasion.settings.smtp_url)
        witness = parse_witness(occasion.settings.witness_url)
    except ConfigurationError as error:
        log().error("%s", error)
        return Delivered(store.outbox.deliveries(name, occasion.day), (Trouble("deliver", str(error)),))
    deadline = occasion.campaign.deadline(occasion.day)
    ordered = in_order(relays, spared)
    clock, claimant = occasion.clock, this_claimant()
    may_wait = occasion.wait is not None and clock() < deadline
    refusals = Refusals.WAIT if may_wait else Refusals.STAND
    for one in bring(store.outbox, name, ordered, witness, claimant, clock, deadline, kinds, refusals):
        log().info("%s to %s: %s %s", one.key, one.recipient.kind, one.state, one.reply)
    elsewhere = _elsewhere(occasion)  # asked first: what is settled meanwhile is seen as settled
    return Delivered(store.outbox.deliveries(name, occasion.day), elsewhere=elsewhere)


def _elsewhere(occasion: Occasion) -> frozenset[int]:
    """Return the deliveries that another process, which lives, is just bringing."""
    outbox, name = occasion.store.outbox, occasion.campaign.name
    held = (*outbox.leased(name), *outbox.in_data(name))
    return frozenset(one.delivery.id for one in held if not is_abandoned(one, occasion.clock()))


def in_order(relays: Sequence[Relay], spared: Collection[str]) -> tuple[Relay, ...]:
    """Return the relays with those last that have just failed."""
    return tuple(sorted(relays, key=lambda relay: str(relay) in spared))


def _again_at(occasion: Occasion, deliveries: Sequence[Delivery]) -> datetime | None:
    """Return when to try again; None where nothing of the report can change any more by trying.

    What another process is sending, or what is in doubt while a witness can still tell, is looked at again.
    """
    now, deadline = occasion.clock(), occasion.campaign.deadline(occasion.day)
    open_ones = [one for one in deliveries if one.kind == "report" and not _is_closed(one, occasion)]
    if not open_ones:
        return None
    then = next_try(open_ones, now, deadline) or now + _LOOK_AGAIN
    return min(then, now + _LOOK_AGAIN) if any(_is_moving(one) for one in open_ones) else then


def _is_moving(one: Delivery) -> bool:
    return one.state is not DeliveryState.DEFERRED


def _is_closed(one: Delivery, occasion: Occasion) -> bool:
    if one.recipient.kind is RecipientKind.WITNESS:
        return True  # the report's recipients are what the run waits for
    return one.state in _SETTLED or (
        one.state is DeliveryState.UNKNOWN and not occasion.settings.witness_url.strip()
    )
