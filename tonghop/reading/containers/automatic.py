"""Automatic mail told apart from what people send: replies of programs, bounces, notices (RFC 3834)."""

from __future__ import annotations

import re
from email.message import Message

from tonghop.reading.mail_fields import field_of
from tonghop.reading.text import plain

_AUTOMATIC_SUBJECT = re.compile(
    r"^(?:automatic reply|auto(?:matic)?[ -]?(?:reply|response)|out of office|tra loi tu dong|tu dong tra loi|vang mat|"
    r"undeliver|delivery status|delivery failure|mail delivery|returned mail|failure notice|thu bi tra lai)"
)
_MAILERS = re.compile(r"mailer-daemon|postmaster@|no-?reply@|donotreply@", re.I)


def is_automatic(message: Message) -> bool:
    """Return whether nobody wrote this: automatic replies, bounces, notices (RFC 3834)."""
    submitted = field_of(message, "Auto-Submitted").lower()
    return (
        (bool(submitted) and not submitted.startswith("no"))
        or is_reply_or_notice(message)
        or bool(_AUTOMATIC_SUBJECT.match(plain(field_of(message, "Subject"))))
    )


def is_reply_or_notice(message: Message) -> bool:
    """Return whether a program says that this answers a message or comes of its delivery.

    What only says that a program sent it, or has a subject as a note of absence has, is read where it brings a
    file: an office's own system and a forwarding mailbox send reports so, and a note of absence brings none.
    """
    submitted = field_of(message, "Auto-Submitted").lower()
    return (
        submitted.startswith(("auto-replied", "auto-notified"))
        or bool(field_of(message, "X-Autoreply"))
        or "auto" in field_of(message, "Precedence").lower()
        or message.get_content_type() == "multipart/report"
        or field_of(message, "Return-Path").strip() == "<>"
        or bool(_MAILERS.search(field_of(message, "From")) and "daemon" in field_of(message, "From").lower())
    )
