"""Post: the small mails (answers, reminders, digests) into the outbox, signed where a key is set."""

from __future__ import annotations

from datetime import date

from tonghop.domain.deliveries import OutgoingMessage
from tonghop.mail.signing import sign_if_possible
from tonghop.wiring import Occasion


def post(occasion: Occasion, day: date, message: OutgoingMessage) -> bool:
    """Put a message into the outbox; False where its key is there already. A key that fails to sign is doctor's."""
    signed, _fault = sign_if_possible(message, occasion.settings)
    return occasion.store.outbox.put(occasion.campaign.name, day, signed, occasion.clock())
