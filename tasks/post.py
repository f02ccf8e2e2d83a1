"""Post: the small mails (answers, reminders, digests, alarms), signed where a key is set, into the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tonghop.domain.deliveries import OutgoingMessage, Recipient, RecipientKind
from tonghop.mail.compose import Attachment, compose
from tonghop.mail.signing import sign_if_possible
from tonghop.mail.words import MailText
from tonghop.wiring import Occasion


def mail_of(
    occasion: Occasion,
    key: str,
    kind: str,
    to: Iterable[str],
    words: MailText,
    *,
    attachments: Sequence[Attachment] = (),
    message_id: str | None = None,
    in_reply_to: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> OutgoingMessage:
    """Return a mail of the campaign's sender to these addresses, made now."""
    sender = occasion.campaign.file.report.sender
    return compose(
        key=key,
        kind=kind,
        sender_name=sender.name,
        sender_address=sender.address,
        recipients=tuple(Recipient(address, RecipientKind.TO) for address in to),
        subject=words.subject,
        text=words.text,
        html=words.html,
        attachments=attachments,
        made_at=occasion.now,
        message_id=message_id,
        in_reply_to=in_reply_to,
        headers=headers or {},
    )


def post(occasion: Occasion, day: date, message: OutgoingMessage) -> bool:
    """Put a message into the outbox; False where its key is there already. A key that fails to sign is doctor's."""
    signed, _fault = sign_if_possible(message, occasion.settings)
    return occasion.store.outbox.put(occasion.campaign.name, day, signed, occasion.clock())
