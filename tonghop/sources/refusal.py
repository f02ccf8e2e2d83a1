"""A message that is too large to be taken in, as far as its head tells of it."""

from __future__ import annotations

from dataclasses import replace

from tonghop.domain.sources import Refused
from tonghop.sources.folder import too_large
from tonghop.sources.headers import head_of, message_id_of, sender_of
from tonghop.sources.look import SourceLimits
from tonghop.sources.senders import is_automatic


def of_message(refused: Refused, head: bytes, limits: SourceLimits) -> Refused:
    """Return the refusal with its reason, and with whom the head names: who may be told that it was refused."""
    sender = sender_of(head)
    return replace(
        refused,
        reason=too_large(refused.size, limits),
        sender=sender,
        is_automatic=is_automatic(head_of(head), sender),
        message_id=message_id_of(head),
    )
