"""Letters that are no submissions: mails of ours that came back, and wishes to be reminded no more, or again.

Looked at for every message that is new, so only its first kilobytes are read; whatever a message contains,
nothing here raises.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.policy import compat32

from tonghop.domain.contacts import LetterKind
from tonghop.reading.mail_fields import field_of
from tonghop.sources.headers import head_of
from tonghop.sources.senders import is_automatic

_PEEK = 65536
_WISH_PEEK = 16384
_LONGEST_LINE = 80
_MACHINE = re.compile(r"(mailer-daemon|postmaster|mail-daemon|mdaemon|bounces?)([+._-].*)?")
_SUBJECT = re.compile(
    r"undeliver|undelivered|returned mail|mail delivery (failed|system)|delivery (status|has failed)|failure notice"
    r"|delivery (failure|notification|delayed)|message (not delivered|blocked)|không gửi được|thư bị trả lại",
    re.IGNORECASE,
)
_PHRASES = (
    b"this is the qmail-send program",
    b"created automatically by mail delivery software",
    b"this is the mail system at host",
    b"the following address(es) failed",
    b"could not be delivered",
    b"wasn't delivered",
    b"delivery to the following recipient",
    b"message/delivery-status",
)
_REPLY = re.compile(r"^\s*((re|fw|fwd|tl|trả lời)\s*(\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_TAGS = re.compile(r"<(style|script|head)\b.*?</\1>|<br\s*/?>|</(p|div)>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_WISHES = {
    "dừng nhắc": LetterKind.STOP,
    "dung nhac": LetterKind.STOP,
    "stop": LetterKind.STOP,
    "unsubscribe": LetterKind.STOP,
    "nhắc lại": LetterKind.RESUME,
    "nhac lai": LetterKind.RESUME,
}


@dataclass(frozen=True, slots=True)
class Letter:
    """What a message is; ``is_all``: it holds nothing that could be a submission besides."""

    kind: LetterKind
    is_all: bool


def letter_of(raw: bytes, sender: str | None, *, is_listed: bool) -> Letter | None:
    """Return what a message is beside or instead of a submission; None for every other message.

    A notice of delivery as RFC 3464 has it is one whoever sent it; the older ways in which servers write one
    count only from what is no unit's address. A wish counts from a unit's own address only, and as the whole
    subject or the whole first line, so that no sentence is taken for one.
    """
    head = head_of(raw)
    if _is_bounce(head, raw, sender, is_listed):
        return Letter(LetterKind.BOUNCE, is_all=True)
    if not is_listed or is_automatic(head, sender):
        return None
    wish = _wish(field_of(head, "Subject")[:400])
    try:
        body = message_from_bytes(raw[:_WISH_PEEK], policy=compat32)
        wish = wish or _wish(_first_line(body))
        return Letter(wish, is_all=not _holds_files(body, raw)) if wish else None
    except (RecursionError, MessageError, LookupError, ValueError, AssertionError):
        return None  # a message built to break programs expresses no wish


def _is_bounce(head: Message, raw: bytes, sender: str | None, is_listed: bool) -> bool:
    kind = " ".join(str(head.get("Content-Type", ""))[:1000].lower().split())
    if kind.startswith("multipart/report"):
        return "disposition-notification" not in kind and b"message/delivery-status" in raw[:_PEEK].lower()
    if is_listed:
        return False
    if head.get("X-Failed-Recipients"):
        return True
    is_null = str(head.get("Return-Path", "")).strip() == "<>"
    is_machine = bool(_MACHINE.fullmatch((sender or "").rpartition("@")[0].lower()))
    if not is_null and not is_machine:
        return False
    peek = b" ".join(raw[:_PEEK].lower().split())
    return bool(_SUBJECT.search(field_of(head, "Subject")[:400])) or any(
        phrase in peek for phrase in _PHRASES
    )


def _wish(text: str) -> LetterKind | None:
    said = _REPLY.sub("", unicodedata.normalize("NFC", text))
    return _WISHES.get(" ".join(said.casefold().split()).strip(" .!,;:\"'“”"))


def _first_line(message: Message) -> str:
    """Return the first line that the sender wrote; empty where there is none, or only quoted text."""
    for part in _texts(message):
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            continue
        text = payload.decode(part.get_content_charset() or "utf-8", "replace")
        if part.get_content_subtype() == "html":
            text = _TAGS.sub("\n", text).replace("&nbsp;", " ")
        line = next((line.strip() for line in text.splitlines() if line.strip()), "")
        if line:
            return line if len(line) <= _LONGEST_LINE else ""
    return ""


def _texts(message: Message) -> Iterator[Message]:
    """Yield the bodies, the plain one first."""
    found = [
        part
        for part in message.walk()
        if part.get_content_type() in ("text/plain", "text/html") and part.get_filename() is None
    ]
    yield from sorted(found, key=lambda part: part.get_content_type() == "text/html")


def _holds_files(message: Message, raw: bytes) -> bool:
    """Return whether something besides words came along; what was cut off may be anything."""
    if len(raw) > _WISH_PEEK and message.is_multipart():
        return True
    return any(
        part.get_filename() is not None or part.get_content_maintype() in ("application", "message")
        for part in message.walk()
    )
