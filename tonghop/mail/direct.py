"""Send one message without the outbox: for an alarm that the database itself is gone, and for a trial."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from tonghop.domain.deliveries import Delivery, DeliveryState, OutgoingMessage
from tonghop.mail.relays import Relay
from tonghop.mail.replies import Stage
from tonghop.mail.transport import send


def send_directly(
    message: OutgoingMessage, relays: Sequence[Relay], now: Callable[[], datetime]
) -> tuple[Delivery, ...]:
    """Return what became of each recipient after the relays were asked in turn.

    Nothing is recorded, so a message whose reply was lost may come twice when it is sent again: right for an
    alarm, never for a report.
    """
    stands = {one.id: one for one in _deliveries(message)}
    for relay in relays:
        left = [one for one in stands.values() if one.state in (DeliveryState.READY, DeliveryState.DEFERRED)]
        if not left:
            break
        for attempt in send(message, left, relay, _unrecorded):
            stands[attempt.delivery] = attempt.applied_to(stands[attempt.delivery], now())
    return tuple(stands.values())


def _deliveries(message: OutgoingMessage) -> tuple[Delivery, ...]:
    return tuple(
        Delivery(
            id=number,
            key=message.key,
            kind=message.kind,
            recipient=recipient,
            message_id=message.message_id,
            subject=message.subject,
            state=DeliveryState.READY,
            attempts=0,
            reply="",
            accepted_at=None,
            tried_at=None,
        )
        for number, recipient in enumerate(message.recipients, start=1)
    )


def _unrecorded(_: Stage, __: Sequence[Delivery]) -> None:
    """There is no outbox to tell."""
