"""Deliver: bring what stands in the outbox to the mail server, each message once."""

from __future__ import annotations

from tasks.step import log, step
from tonghop.domain.runs import Delivered, Trouble
from tonghop.errors import ConfigurationError
from tonghop.mail.claimant import this_claimant
from tonghop.mail.outbox import deliver as bring
from tonghop.mail.relays import parse_relays
from tonghop.mail.witness import parse_witness
from tonghop.wiring import Occasion


@step()
def deliver(occasion: Occasion) -> Delivered:
    """Return the day's deliveries after one try of everything that is due, of this day or an earlier one.

    Nothing is repeated by Prefect: what may be tried again, and what must not, is told by the states in the
    database. A wrong setting is named as a trouble; the outbox keeps every message.
    """
    return deliver_due(occasion)


def deliver_due(occasion: Occasion) -> Delivered:
    """Return the day's deliveries after one try; for steps that put a message and want it gone at once."""
    store, name = occasion.store, occasion.campaign.name
    try:
        relays, witness = (
            parse_relays(occasion.settings.smtp_url),
            parse_witness(occasion.settings.witness_url),
        )
    except ConfigurationError as error:
        log().error("%s", error)
        return Delivered(store.outbox.deliveries(name, occasion.day), (Trouble("deliver", str(error)),))
    deadline = occasion.campaign.deadline(occasion.day)
    for one in bring(store.outbox, name, relays, witness, this_claimant(), occasion.clock, deadline):
        log().info("%s to %s: %s %s", one.key, one.recipient.kind, one.state, one.reply)
    return Delivered(store.outbox.deliveries(name, occasion.day))
