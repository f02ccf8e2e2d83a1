"""The outbox's memory: messages with their exact bytes, and how far each delivery has come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import groupby
from typing import Any

from tonghop.domain.deliveries import Delivery, DeliveryState, OutgoingMessage, Recipient, RecipientKind
from tonghop.store.connection import Database, Transaction
from tonghop.store.records import Claimed

_REPLY_CODE = re.compile(r"\s*([2-5]\d\d)\b")


class Outbox:
    """Stores intents and outcomes; it sends nothing. Exactly-once rests on ``put`` and ``claim``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(
        self, campaign: str, day: date, message: OutgoingMessage, at: datetime, edition_id: int | None = None
    ) -> bool:
        """Store the message with its deliveries, ready; return whether it is new.

        A message whose key is stored already is left as it is, bytes and Message-ID included.
        """
        with self._database.writing() as transaction:
            return put_message(transaction, campaign, day, message, at, edition_id)

    def due(self, campaign: str, now: datetime) -> tuple[tuple[OutgoingMessage, tuple[Delivery, ...]], ...]:
        """Return the messages with deliveries to try now (ready, or deferred and due again), oldest first."""
        with self._database.reading() as transaction:
            rows = transaction.rows("store/due_deliveries", campaign=campaign, at=now)
            grouped = [(key, list(group)) for key, group in groupby(rows, key=lambda row: row["outgoing_id"])]
            return tuple(
                (_message(transaction, key), tuple(_delivery(row) for row in group)) for key, group in grouped
            )

    def lease(self, delivery_ids: Iterable[int], claimant: str, at: datetime) -> tuple[int, ...]:
        """Hold deliveries that nobody holds (ready or deferred, their state unchanged); return those won.

        It comes before the connection, so that of two schedulers one speaks to the mail server. A lease whose
        claimant is gone can be released and tried again at once: nothing of the message has left.
        """
        return self._take("store/lease_delivery", delivery_ids, claimant, at)

    def release(self, delivery_ids: Iterable[int], claimant: str) -> None:
        """Let go of deliveries that this claimant still holds and whose message is not on the way."""
        with self._database.writing() as transaction:
            for delivery_id in sorted(set(delivery_ids)):
                transaction.run("store/release_delivery", id=delivery_id, claimed_by=claimant)

    def claim(self, delivery_ids: Iterable[int], claimant: str, at: datetime) -> tuple[int, ...]:
        """Take deliveries in hand (ready or deferred → in_data) that no other holds; return those won.

        Of two schedulers that claim the same delivery at once, on any database, exactly one wins it.
        """
        return self._take("store/claim_delivery", delivery_ids, claimant, at)

    def settle(
        self,
        delivery_id: int,
        state: DeliveryState,
        reply: str,
        at: datetime,
        stage: str,
        accepted_at: datetime | None = None,
        retry_at: datetime | None = None,
    ) -> bool:
        """Note how a try ended and return whether the delivery took the state.

        ``accepted`` and ``failed`` are final: a delivery in them keeps its state, but the try is logged all
        the same; ``unknown`` follows ``in_data`` only. ``stage``: the command that ended it. ``retry_at``: a
        deferred one is not due before.
        """
        with self._database.writing() as transaction:
            outcome = (delivery_id, state, reply, stage)
            return _settle(transaction, outcome, at, None, accepted_at, retry_at)

    def settle_all(
        self,
        outcomes: Iterable[tuple[int, DeliveryState, str, str]],
        at: datetime,
        claimant: str | None = None,
        accepted_at: datetime | None = None,
    ) -> None:
        """Note how the tries of one handing-over ended (id, state, reply, stage), as ``settle``, all or none.

        With a ``claimant``, only deliveries that are still its own take the state: one that was believed dead
        and comes back late must not free what another is sending now.
        """
        with self._database.writing() as transaction:
            for outcome in sorted(outcomes):
                _settle(transaction, outcome, at, claimant, accepted_at, None)

    def leased(self, campaign: str) -> tuple[Claimed, ...]:
        """Return the deliveries that somebody holds, their message not on the way, with who and when."""
        return self._claimed("store/leased_deliveries", campaign)

    def in_data(self, campaign: str) -> tuple[Claimed, ...]:
        """Return the deliveries that were taken in hand and never settled, with who took them and when."""
        return self._claimed("store/deliveries_in", campaign, state=str(DeliveryState.IN_DATA))

    def unknown(self, campaign: str) -> tuple[Claimed, ...]:
        """Return the deliveries of which nobody knows if they arrived, with who handed them over and when."""
        return self._claimed("store/deliveries_in", campaign, state=str(DeliveryState.UNKNOWN))

    def deliveries(self, campaign: str, day: date) -> tuple[Delivery, ...]:
        """Return every delivery of the day's messages, in the order they were put."""
        with self._database.reading() as transaction:
            rows = transaction.rows("store/deliveries", campaign=campaign, day=day)
        return tuple(map(_delivery, rows))

    def message(self, key: str) -> OutgoingMessage | None:
        """Return a stored message by its key, byte for byte; None where there is none."""
        with self._database.reading() as transaction:
            rows = transaction.rows("store/outgoing_by_key", key=key)
            return _message(transaction, rows[0]["id"]) if rows else None

    def _take(self, statement: str, ids: Iterable[int], claimant: str, at: datetime) -> tuple[int, ...]:
        won: list[int] = []
        with self._database.writing() as transaction:
            for each in sorted(set(ids)):  # in one order: claimants wait, never in a ring
                rows = transaction.rows(statement, id=each, claimed_by=claimant, claimed_at=at)
                won.extend(row["id"] for row in rows)
        return tuple(won)

    def _claimed(self, statement: str, campaign: str, **asked: str) -> tuple[Claimed, ...]:
        with self._database.reading() as transaction:
            rows = transaction.rows(statement, campaign=campaign, **asked)
        return tuple(Claimed(_delivery(row), campaign, row["claimed_by"], row["claimed_at"]) for row in rows)


def _settle(
    transaction: Transaction,
    outcome: tuple[int, DeliveryState, str, str],
    at: datetime,
    claimant: str | None,
    accepted_at: datetime | None,
    retry_at: datetime | None,
) -> bool:
    delivery_id, state, reply, stage = outcome
    code = _REPLY_CODE.match(reply)
    changed = transaction.run(
        "store/settle_delivery",
        id=delivery_id,
        state=str(state),
        reply=reply,
        tried_at=at,
        accepted_at=(accepted_at or at) if state is DeliveryState.ACCEPTED else None,
        retry_at=retry_at,
        claimant=claimant,
    )
    transaction.run(
        "store/put_attempt",
        delivery_id=delivery_id,
        at=at,
        stage=stage,
        code=int(code[1]) if code else None,
        state=str(state),
        reply=reply,
    )
    return changed == 1


def put_message(
    transaction: Transaction,
    campaign: str,
    day: date,
    message: OutgoingMessage,
    at: datetime,
    edition_id: int | None,
) -> bool:
    """Store the message and its deliveries in a transaction that is under way; return whether it is new."""
    rows = transaction.rows(
        "store/put_outgoing",
        campaign=campaign,
        day=day,
        kind=message.kind,
        key=message.key,
        message_id=message.message_id,
        sender=message.sender,
        subject=message.subject,
        content=message.content,
        made_at=at,
        edition_id=edition_id,
    )
    if not rows:
        return False
    recipients = [
        {"outgoing_id": rows[0]["id"], "address": recipient.address, "kind": str(recipient.kind)}
        for recipient in message.recipients
    ]
    transaction.run_many("store/put_delivery", recipients)
    return True


def _message(transaction: Transaction, outgoing_id: int) -> OutgoingMessage:
    row = transaction.rows("store/outgoing", id=outgoing_id)[0]
    recipients = transaction.rows("store/recipients", outgoing_id=outgoing_id)
    return OutgoingMessage(
        key=row["key"],
        kind=row["kind"],
        message_id=row["message_id"],
        sender=row["sender"],
        subject=row["subject"],
        recipients=tuple(Recipient(r["address"], RecipientKind(r["kind"])) for r in recipients),
        content=bytes(row["content"]),
    )


def _delivery(row: Mapping[str, Any]) -> Delivery:
    return Delivery(
        id=row["id"],
        key=row["key"],
        kind=row["kind"],
        recipient=Recipient(row["address"], RecipientKind(row["recipient_kind"])),
        message_id=row["message_id"],
        subject=row["subject"],
        state=DeliveryState(row["state"]),
        attempts=row["attempts"],
        reply=row["reply"],
        accepted_at=row["accepted_at"],
        tried_at=row["tried_at"],
    )
