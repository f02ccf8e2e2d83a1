"""A message that was sent, taken apart to be looked at: its body as it was, its files to save."""

from __future__ import annotations

import base64
import email
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage

_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif"})
_CID = re.compile(r"cid:([A-Za-z0-9._@-]{1,120})")
# The frame may show what stands in the mail and nothing else: no script, no form, nothing from outside.
POLICY = "; ".join(
    (
        "sandbox",
        "default-src 'none'",
        "img-src data:",
        "style-src 'unsafe-inline'",
        "frame-ancestors 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)


@dataclass(frozen=True, slots=True)
class SentFile:
    """One attachment; ``size`` in bytes."""

    name: str
    size: int
    content: bytes


@dataclass(frozen=True, slots=True)
class SentMail:
    """What a message holds. ``html`` with its pictures inside, empty where it has none."""

    subject: str
    sender: str
    to: str
    cc: str
    text: str
    html: str
    files: tuple[SentFile, ...]


def taken_apart(content: bytes) -> SentMail:
    """Return the parts of one of the product's own messages, exactly as stored before it was sent."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - what the default policy makes
    body, text = message.get_body(("html",)), message.get_body(("plain",))
    return SentMail(
        subject=str(message["Subject"] or ""),
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        cc=str(message["Cc"] or ""),
        text=_text(text),
        html=_with_pictures(_text(body), message) if body is not None else "",
        files=tuple(_files(message)),
    )


def _text(part: object) -> str:
    return str(part.get_content()) if isinstance(part, EmailMessage) else ""


def _files(message: EmailMessage) -> list[SentFile]:
    found = []
    for part in message.iter_attachments():
        content = part.get_payload(decode=True)
        if part.get_filename() and isinstance(content, bytes) and not part.get("Content-ID"):
            found.append(SentFile(str(part.get_filename()), len(content), content))
    return found


def _with_pictures(html: str, message: EmailMessage) -> str:
    """Return the HTML with each picture of the message in the place where it is shown."""
    pictures = {}
    for part in message.walk():
        cid = str(part.get("Content-ID", "")).strip("<> ")
        content = part.get_payload(decode=True)
        if cid and part.get_content_type() in _PICTURES and isinstance(content, bytes):
            data = base64.b64encode(content).decode("ascii")
            pictures[cid] = f"data:{part.get_content_type()};base64,{data}"
    return _CID.sub(lambda found: pictures.get(found[1], ""), html)
