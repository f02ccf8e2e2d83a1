"""Settle deliveries of which nobody knows whether they arrived, by what lies in the witness mailbox."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from tonghop.domain.deliveries import Delivery, DeliveryState, RecipientKind
from tonghop.errors import MailRefused
from tonghop.mail.claimant import Held
from tonghop.mail.replies import Outcome
from tonghop.mail.witness import Witness, look_up

_log = logging.getLogger(__name__)

QUEUED_AT_MOST = timedelta(days=5)
"""For so long a mail server tries on (RFC 5321, 4.5.4.1): what is not with the witness by then never will be."""

_HandingOver = tuple[str, str, datetime]
_PROVED = (DeliveryState.ACCEPTED, "witness: the blind copy of the same handing-over arrived", "witness")


class SettlingStore(Protocol):
    """The part of the outbox that settling needs."""

    def unknown(self, campaign: str) -> Sequence[Held]:
        """Return the deliveries of which nobody knows if they arrived, with who handed them over and when."""

    def settle_all(
        self,
        outcomes: Sequence[Outcome],
        at: datetime,
        claimant: str | None = None,
        accepted_at: datetime | None = None,
    ) -> None:
        """Record what became of deliveries, all or none; a final state is never left again.

        With a ``claimant``, only of those that are still its own. Unknown follows "in data" only.
        """


def settle_unknown(
    store: SettlingStore, campaign: str, witness: Witness | None, now: Callable[[], datetime]
) -> tuple[Delivery, ...]:
    """Return the deliveries that were unknown, as they stand now.

    Found in the witness mailbox: accepted, at the moment it arrived there. Not found: still unknown, because
    it may yet be on its way; a person decides (``tonghop settle``), and nothing is sent again by itself, for
    no length of time proves that it will not come. After five days the mailbox is no longer asked. A mailbox
    that cannot be looked into is logged and told in each delivery's reply.
    """
    doubtful = store.unknown(campaign)
    witnessed = _with_a_copy([held for held in doubtful if now() - held.claimed_at <= QUEUED_AT_MOST])
    if witness is None or not witnessed:
        return tuple(held.delivery for held in doubtful)
    try:
        found = look_up(witness, sorted({one.message_id for one in witnessed.values()}))
    except MailRefused as error:
        _log.warning("%s", error)
        return tuple(replace(held.delivery, reply=f"{held.delivery.reply}; {error}") for held in doubtful)
    arrivals = {
        handing: found[one.message_id] for handing, one in witnessed.items() if one.message_id in found
    }
    for handing, arrived in arrivals.items():
        ids = [held.delivery.id for held in doubtful if _handing_over(held) == handing]
        store.settle_all([(each, *_PROVED) for each in ids], now(), None, arrived)
    return tuple(_stands(held.delivery, arrivals.get(_handing_over(held))) for held in doubtful)


def arrived_after_all(
    doubtful: Sequence[Held], asked: Sequence[Held], witness: Witness | None
) -> Mapping[str, datetime]:
    """Return which of the messages asked about are proved: the copy of the very same handing-over arrived.

    ``doubtful``: all that is in doubt. Raises ``MailRefused`` where the witness cannot be looked into.
    """
    copies = _with_a_copy(doubtful)
    provable = {copies[_handing_over(held)].message_id for held in asked if _handing_over(held) in copies}
    return look_up(witness, sorted(provable)) if witness is not None and provable else {}


def _stands(one: Delivery, arrived: datetime | None) -> Delivery:
    if arrived is None:
        return one
    state, reply, _ = _PROVED
    return replace(one, state=state, reply=reply, accepted_at=arrived)


def _with_a_copy(doubtful: Sequence[Held]) -> Mapping[_HandingOver, Delivery]:
    """Return the witness's own deliveries by the handing-over in which they stood.

    Only the copy of the very same handing-over proves anything: where the witness got its copy in an earlier
    one, in which another recipient was put off, its mailbox says nothing of the later one.
    """
    return {
        _handing_over(held): held.delivery
        for held in doubtful
        if held.delivery.recipient.kind is RecipientKind.WITNESS
    }


def _handing_over(held: Held) -> _HandingOver:
    """Return what all recipients of one handing-over share: the message, its sender, when it went in data."""
    return held.delivery.key, held.claimant, held.claimed_at
