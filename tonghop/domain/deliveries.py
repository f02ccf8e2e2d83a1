"""Messages, their recipients and how far each delivery has come."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# Letters, digits and what RFC 5321 lets stand bare; a relay without SMTPUTF8 refuses anything else anyway.
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?"
)


def is_address(text: str) -> bool:
    """Return whether a text is an address that every mail server takes."""
    return bool(_ADDRESS.fullmatch(text)) and ".." not in text


class DeliveryState(StrEnum):
    """How far one message to one recipient has come.

    Only ``ready`` and ``deferred`` are tried again. ``in_data`` is committed before the first byte of the
    message leaves; if nobody lives to see the reply it becomes ``unknown``, which the witness mailbox or a
    person settles and which is never sent again blindly.
    """

    READY = "ready"
    IN_DATA = "in_data"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    FAILED = "failed"
    UNKNOWN = "unknown"


class RecipientKind(StrEnum):
    """How a recipient is addressed; the witness is a blind copy."""

    TO = "to"
    CC = "cc"
    WITNESS = "witness"


@dataclass(frozen=True, slots=True)
class Recipient:
    """One envelope recipient."""

    address: str
    kind: RecipientKind


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message as it will go out: exact bytes, stored before the first SMTP command.

    ``key`` is the product's own name of the intent ("report/duc-hue/2020-08-18/1"): the same intent is
    stored once, however often it is asked for. ``kind``: report, alarm, reminder, receipt, answer.
    """

    key: str
    kind: str
    message_id: str
    sender: str
    subject: str
    recipients: tuple[Recipient, ...]
    content: bytes


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one recipient in the outbox."""

    id: int
    key: str
    kind: str
    recipient: Recipient
    message_id: str
    subject: str
    state: DeliveryState
    attempts: int
    reply: str
    accepted_at: datetime | None
    tried_at: datetime | None

    @property
    def edition(self) -> int | None:
        """Return the number of the edition that is delivered; None for any other mail.

        The key of a report names it: ``report/duc-hue/2020-08-18/1``.
        """
        number = self.key.rpartition("/")[2]
        return int(number) if self.kind == "report" and number.isdecimal() else None
