"""Build the exact bytes of a message, offline, so that they can be stored before the first SMTP command."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr
from types import MappingProxyType
from typing import cast
from urllib.parse import quote

from yagmail import raw
from yagmail.message import prepare_message

from tonghop.domain.deliveries import OutgoingMessage, Recipient, RecipientKind, is_address
from tonghop.errors import TonghopError
from tonghop.mail.parts import attachment_part, image_part

Image = tuple[str, str, bytes, str]
"""An inline picture: content id as the HTML names it (``cid:chart``), file name, bytes, alternative text."""

Attachment = tuple[str, str, bytes]
"""An attached file: name, media type, bytes."""

_ANSWERS = frozenset({"receipt", "answer"})
_AUTOMATIC = _ANSWERS | {"alarm", "reminder", "digest"}
_OWN_HEADERS = frozenset(
    (
        *("from", "to", "cc", "bcc", "subject", "date", "message-id", "in-reply-to", "references"),
        *("mime-version", "content-type", "content-transfer-encoding"),
        *("auto-submitted", "x-auto-response-suppress"),
    )
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,900}>")
_HEADER_NAME = re.compile(r"[A-Za-z0-9-]{1,60}")
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class UnsafeMessageError(TonghopError):
    """A message cannot be built of these values (a line break in a subject, a malformed address)."""


def message_id_for(key: str, sender_address: str) -> str:
    """Return the Message-ID of an intent: the same key and sender always have the same one.

    So a message that is composed again after a crash is recognised in the witness mailbox, and a recipient's
    mail program shows at most one.
    """
    digest = hashlib.sha256(key.encode()).hexdigest()[:40]
    return f"<{digest}@{sender_address.rpartition('@')[2].lower()}>"


def compose(
    key: str,
    kind: str,
    sender_name: str,
    sender_address: str,
    recipients: Sequence[Recipient],
    subject: str,
    text: str,
    html: str,
    images: Sequence[Image] = (),
    attachments: Sequence[Attachment] = (),
    *,
    made_at: datetime,
    message_id: str | None = None,
    in_reply_to: str | None = None,
    headers: Mapping[str, str] = _NO_HEADERS,
) -> OutgoingMessage:
    """Return the message as it will go out; the same arguments give the same bytes.

    ``made_at`` (aware) is the Date header; ``message_id`` None: derived from key and sender. The witness
    among ``recipients`` stands in the envelope only. The lines end with CR LF, as SMTP wants them.
    Raises ``UnsafeMessageError`` for line breaks in headers, malformed addresses and headers that are not the
    caller's to set.
    """
    identity = message_id or message_id_for(key, sender_address)
    _check(key, sender_name, sender_address, recipients, subject, made_at, identity, in_reply_to, headers)
    built = _skeleton(sender_name, sender_address, recipients, subject, identity, headers, made_at)
    _mark_origin(built, kind, in_reply_to)
    _fill(built, text, html, images, attachments)
    _name_boundaries(built, identity)
    return OutgoingMessage(
        key=key,
        kind=kind,
        message_id=identity,
        sender=sender_address,
        subject=subject,
        recipients=tuple(recipients),
        # compat32, since policy.SMTP damages the Content-Type of an xlsx on Python 3.11; and without its
        # folding, which leaves an empty first line before the same Content-Type.
        content=built.as_bytes(policy=compat32.clone(linesep="\r\n", max_line_length=0)),
    )


def _skeleton(
    sender_name: str,
    sender_address: str,
    recipients: Sequence[Recipient],
    subject: str,
    message_id: str,
    headers: Mapping[str, str],
    made_at: datetime,
) -> MIMEMultipart:
    """Return yagmail's message with every header set and its bodies still empty."""
    addresses = {"recipients": [], "To": _listed(recipients, RecipientKind.TO)}
    if copied := _listed(recipients, RecipientKind.CC):
        addresses["Cc"] = copied
    built = prepare_message(
        sender_address,
        sender_name,
        addresses,
        _encoded("Subject", subject),
        [raw("")],
        None,
        {
            "Date": format_datetime(made_at),
            # Encoded words may stand in texts only, never in an address or a URL (RFC 2047 section 5).
            **{n: v if v.isascii() and len(v) < 900 else _encoded(n, v) for n, v in headers.items()},
        },
        "utf-8",
        False,  # prettifying loses every content after the first
        message_id,
    )
    built.replace_header("From", _mailbox(sender_name, sender_address))
    return cast(MIMEMultipart, built)


def _mailbox(name: str, address: str) -> str:
    """Return ``name <address>``, the address on a line of its own."""
    shown, _, rest = formataddr((name, address)).rpartition(" <")
    return f"{shown}\n <{rest}" if shown else rest


def _listed(recipients: Sequence[Recipient], kind: RecipientKind) -> str:
    """Return the addresses of one header, folded by hand: the generator must not fold (see ``compose``)."""
    return ",\n ".join(recipient.address for recipient in recipients if recipient.kind is kind)


def _encoded(name: str, value: str) -> str:
    """Return a header's text in encoded words, folded: a long one is "500 Line too long" otherwise."""
    return Header(value, "utf-8", header_name=name).encode()


def _mark_origin(built: Message, kind: str, in_reply_to: str | None) -> None:
    """Set the thread, and say that no person typed this, so that no machine answers it (RFC 3834)."""
    if in_reply_to:
        built["In-Reply-To"] = in_reply_to
        built["References"] = in_reply_to
    if kind in _AUTOMATIC:
        replied = kind in _ANSWERS and in_reply_to
        built["Auto-Submitted"] = "auto-replied" if replied else "auto-generated"
        built["X-Auto-Response-Suppress"] = "All"  # what Exchange heeds instead


def _fill(
    built: MIMEMultipart, text: str, html: str, images: Sequence[Image], attachments: Sequence[Attachment]
) -> None:
    """Replace the bodies: mixed(related(alternative(text, html), pictures), attachments), no empty level.

    Without HTML, the text alone stands where the alternatives would.

    yagmail's own bodies do not do: its text part is the HTML source, and line breaks in HTML become ``<br>``.
    """
    body: MIMEText | MIMEMultipart = MIMEText(text, "plain", "utf-8")
    if html:  # an empty HTML part would be shown instead of the text
        alternatives = MIMEMultipart("alternative")
        alternatives.attach(body)
        alternatives.attach(MIMEText(html, "html", "utf-8"))
        body = alternatives
    if images:
        related = MIMEMultipart("related", type="multipart/alternative")
        related.attach(body)
        for image in images:
            related.attach(image_part(*image))
        body = related
    files: list[MIMEBase] = [attachment_part(*attachment) for attachment in attachments]
    built.set_payload([body, *files])


def _name_boundaries(built: Message, seed: str) -> None:
    """Give the parts boundaries that depend on the message only: composing again gives the same bytes."""
    multiparts = [part for part in built.walk() if part.is_multipart()]
    for number, part in enumerate(multiparts):
        digest = hashlib.sha256(f"{seed}/{number}".encode()).hexdigest()[:32]
        part.set_boundary(f"=_{digest}")  # "=_" can stand neither in base64 nor in quoted-printable


def _check(
    key: str,
    sender_name: str,
    sender_address: str,
    recipients: Sequence[Recipient],
    subject: str,
    made_at: datetime,
    message_id: str,
    in_reply_to: str | None,
    headers: Mapping[str, str],
) -> None:
    refuse = _Refusal(key)
    for what, value in (("subject", subject), ("sender's name", sender_name), *headers.items()):
        if _CONTROL.search(value):
            raise refuse(f"the {what} holds a line break or control character")
    for address in (sender_address, *(recipient.address for recipient in recipients)):
        if not is_address(address):
            raise refuse(f"{quote(address, safe='@')} is no address that every mail server takes")
    for identity in filter(None, (message_id, in_reply_to)):
        if not _MESSAGE_ID.fullmatch(identity):
            raise refuse("a Message-ID must be <…@…> in plain ASCII without blanks")
    for name in headers:
        if not _HEADER_NAME.fullmatch(name) or name.lower() in _OWN_HEADERS:
            raise refuse(f"the header {quote(name)} is not the caller's to set")
    if not any(recipient.kind is RecipientKind.TO for recipient in recipients):
        raise refuse("nobody stands under To")
    if made_at.tzinfo is None:
        raise refuse("made_at has no time zone")


class _Refusal:
    """Make the error for one message: what failed, what follows, what to do."""

    def __init__(self, key: str) -> None:
        self.key = key

    def __call__(self, reason: str) -> UnsafeMessageError:
        return UnsafeMessageError(
            f"message {self.key}: {reason}; it was not stored and is not sent; mend the value"
        )
