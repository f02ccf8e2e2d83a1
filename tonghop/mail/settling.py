"""Settle deliveries of which nobody knows whether they arrived, by what lies in the witness mailbox."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from tonghop.domain.deliveries import Delivery, DeliveryState, RecipientKind
from tonghop.errors import MailRefused
from tonghop.mail.replies import Attempt, Stage
from tonghop.mail.witness import Witness, look_up

_log = logging.getLogger(__name__)

_Transaction = tuple[str, datetime | None]


class UnknownStore(Protocol):
    """The part of the outbox that settling needs."""

    def unknown(self, campaign: str) -> Sequence[Delivery]:
        """Return the deliveries of which nobody knows whether they arrived."""

    def settle(
        self,
        attempts: Sequence[Attempt],
        claimant: str | None,
        at: datetime,
        accepted_at: datetime | None = None,
    ) -> None:
        """Record what became of deliveries."""


def settle_unknown(
    store: UnknownStore, campaign: str, witness: Witness | None, now: Callable[[], datetime]
) -> tuple[Delivery, ...]:
    """Return the deliveries that were unknown, as they stand now.

    Found in the witness mailbox: accepted, at the moment it arrived there. Not found: still unknown, because
    it may yet be on its way; a person decides, and nothing is sent again. A mailbox that cannot be looked
    into is logged and told in each delivery's reply.
    """
    doubtful = store.unknown(campaign)
    if witness is None or not doubtful:
        return tuple(doubtful)
    try:
        found = look_up(witness, sorted({one.message_id for one in _witnessed(doubtful).values()}))
    except MailRefused as error:
        _log.warning("%s", error)
        return tuple(replace(one, reply=f"{one.reply}; {error}") for one in doubtful)
    return tuple(
        one
        for transaction, ones in _by_transaction(doubtful).items()
        for one in _settled(store, transaction, ones, found, now())
    )


def _settled(
    store: UnknownStore,
    transaction: _Transaction,
    ones: Sequence[Delivery],
    found: Mapping[str, datetime],
    now: datetime,
) -> Sequence[Delivery]:
    copy = _witnessed(ones).get(transaction)
    arrived = None if copy is None else found.get(copy.message_id)
    if arrived is None:
        return ones
    reply = "witness: the blind copy of the same handing-over arrived"
    attempts = [Attempt(one.id, DeliveryState.ACCEPTED, reply, Stage.END, elsewhere=False) for one in ones]
    store.settle(attempts, None, now, arrived)
    return [replace(one, state=DeliveryState.ACCEPTED, reply=reply, accepted_at=arrived) for one in ones]


def _witnessed(ones: Sequence[Delivery]) -> Mapping[_Transaction, Delivery]:
    """Return the witness's own deliveries by the handing-over in which they stood.

    Only the copy of the very same handing-over proves anything: where the witness got its copy in an earlier
    one, in which another recipient was put off, its mailbox says nothing of the later one.
    """
    return {_transaction(one): one for one in ones if one.recipient.kind is RecipientKind.WITNESS}


def _by_transaction(ones: Sequence[Delivery]) -> Mapping[_Transaction, Sequence[Delivery]]:
    groups: dict[_Transaction, list[Delivery]] = {}
    for one in ones:
        groups.setdefault(_transaction(one), []).append(one)
    return groups


def _transaction(one: Delivery) -> _Transaction:
    """Return what all recipients of one handing-over share: the message and the moment it went in data."""
    return one.key, one.tried_at
