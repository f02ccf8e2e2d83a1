"""Read a mail that came back: which message of ours, to whom, for good or for now, and what their server said.

The standard form is RFC 3464 (multipart/report with message/delivery-status). Exim's and qmail's older notices
are plain text with the message behind it. Only the first quarter of a megabyte is read, and nothing raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.policy import compat32

from tonghop.domain.contacts import ReturnKind

_READ = 256 * 1024
_MOST = 50
_MESSAGE_ID = re.compile(rb"<[!-;=?-~]{1,900}@[!-;=?-~]{1,255}>")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_CODE = re.compile(r"\b([45])\d\d\b")
_QMAIL = re.compile(r"^<([^<>\s]+@[^<>\s]+)>:\s*$", re.MULTILINE)
_EXIM = re.compile(r"^\s{1,8}<?([^\s<>:]+@[^\s<>:]+)>?:?\s*$", re.MULTILINE)
_BEHIND = re.compile(
    r"^-{2,}.*(copy of the message|original message|returned message).*$", re.MULTILINE | re.I
)
# What is said of a mailbox that lives, or of ourselves, must not end the reminders to it.
_FOR_NOW = re.compile(
    r"quota|mailbox (is )?full|over ?limit|too large|too many|try again|temporar"
    r"|spam|relay|policy|policies|denied|blocked|blacklist|reputation|authenticat",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"user unknown|unknown user|no such (user|mailbox|recipient|address)|does not exist|doesn't exist"
    r"|(mailbox|recipient|address|user) (not found|unknown)|unknown (recipient|mailbox|address)|no mailbox here",
    re.IGNORECASE,
)
# Of what a server refuses for good, this says nothing against the address: full, too large, a policy, the sender.
_LIVES = ("2.2", "2.3", "3.4", "7.", "1.")
_OURS = ("5.1.7", "5.1.8", "5.1.9")  # the sender's address is meant (RFC 3463 section 3.2)


@dataclass(frozen=True, slots=True)
class Notice:
    """What a notice says of one recipient. ``addresses``: as we wrote it and as it ended, in lower case."""

    addresses: tuple[str, ...]
    kind: ReturnKind
    status: str
    said: str


@dataclass(frozen=True, slots=True)
class Bounce:
    """A mail that came back: every Message-ID it quotes, and its notices, one a recipient."""

    message_ids: tuple[str, ...]
    notices: tuple[Notice, ...]


def read_bounce(raw: bytes) -> Bounce:
    """Return what a returned mail says; without Message-IDs or notices where it does not say it.

    The notice's own Message-ID is not among those it quotes.
    """
    content = raw[:_READ]
    try:
        message = message_from_bytes(content, policy=compat32)
        own = str(message.get("Message-ID", "")).strip()
        notices = tuple(_standard(message)) or tuple(_plain(message))
    except (RecursionError, MessageError, LookupError, ValueError, AssertionError):
        return Bounce((), ())  # built to break programs: it says nothing that could be counted
    quoted = dict.fromkeys(found.decode("ascii") for found in _MESSAGE_ID.findall(_unfolded(content)))
    quoted.pop(own, None)
    return Bounce(tuple(quoted)[:_MOST], notices[:_MOST])


def _unfolded(content: bytes) -> bytes:
    # A quoted original may be quoted-printable: its soft line breaks and "=3D" stand inside Message-IDs.
    return re.sub(rb"=\r?\n", b"", content).replace(b"=3D", b"=")


def _standard(message: Message) -> Iterator[Notice]:
    for part in message.walk():
        if part.get_content_type() not in ("message/delivery-status", "message/global-delivery-status"):
            continue
        for fields in _blocks(part):
            if "Final-Recipient" in fields or "Original-Recipient" in fields:
                yield _notice_of(fields)


def _blocks(part: Message) -> Iterator[Message]:
    """Yield the groups of fields of a delivery status; some servers encode the part, which nobody may."""
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (block for block in payload if isinstance(block, Message))
        return
    text = part.get_payload(decode=True)
    for block in re.split(rb"\r?\n\s*\r?\n", text if isinstance(text, bytes) else b""):
        yield message_from_bytes(block, policy=compat32)


def _notice_of(fields: Message) -> Notice:
    named = (fields.get("Original-Recipient"), fields.get("Final-Recipient"))
    addresses = tuple(dict.fromkeys(filter(None, (_address(str(one or "")) for one in named))))
    said = _line(
        str(fields.get("Diagnostic-Code", "")).partition(";")[2] or fields.get("Diagnostic-Code", "")
    )
    action = str(fields.get("Action", "")).strip().lower()
    status = _status(str(fields.get("Status", ""))) or _status(said)
    return Notice(addresses, _kind(action, status, said), status, said)


def _kind(action: str, status: str, said: str) -> ReturnKind:
    if action in ("delivered", "relayed", "expanded"):
        return ReturnKind.ARRIVED
    if action == "delayed" or status.startswith("4."):
        return ReturnKind.SOFT
    if (status.startswith("5.1.") and status not in _OURS) or _NOBODY.search(said):
        return ReturnKind.HARD
    if _FOR_NOW.search(said):
        return ReturnKind.SOFT
    if status:
        is_gone = status.startswith("5.") and not status[2:].startswith(_LIVES)
        return ReturnKind.HARD if is_gone else ReturnKind.SOFT
    code = _CODE.search(said)
    return ReturnKind.HARD if code and code[1] == "5" else ReturnKind.SOFT


def read_refusal(reply: str) -> Notice | None:
    """Return what a mail server's refusal of one recipient says; None unless it says that nobody is there.

    A refusal may as well mean us (no relaying, a wrong sender): that must end no reminders.
    """
    status = _status(reply)
    is_gone = status.startswith("5.1.") and status not in _OURS
    if not is_gone and (status or not _NOBODY.search(reply)):
        return None
    return Notice((), ReturnKind.HARD, status, _line(reply))


def _plain(message: Message) -> Iterator[Notice]:
    """Yield the notices of servers that write them as text: Exim's head field, qmail's and Exim's lists."""
    failed = str(message.get("X-Failed-Recipients", ""))
    text = _text(message)
    above = text[: found.start()] if (found := _BEHIND.search(text)) else text
    named = _ADDRESS.findall(failed) or _QMAIL.findall(above) or _EXIM.findall(above)
    for address in dict.fromkeys(one.lower() for one in named):
        said = _line(_after(above, address))
        status = _status(said)
        yield Notice((address,), _kind("", status, said), status, said)


def _text(message: Message) -> str:
    for part in message.walk():
        payload = part.get_payload(decode=True)
        if part.get_content_maintype() == "text" and isinstance(payload, bytes):
            return payload.decode(part.get_content_charset() or "utf-8", "replace").replace("\r\n", "\n")
    return ""


def _after(text: str, address: str) -> str:
    """Return the lines behind an address up to the next blank one: what the server gave as the reason."""
    at = text.lower().find(address)
    if at < 0:
        return ""
    lines = text[at + len(address) :].splitlines()[1:6]
    kept: list[str] = []
    for line in lines:
        if not line.strip():
            break
        kept.append(line.strip())
    return " ".join(kept)


def _address(field: str) -> str:
    found = _ADDRESS.search(field.partition(";")[2] or field)
    return found[0].lower().rstrip(".") if found else ""


def _status(text: str) -> str:
    found = _STATUS.search(text)
    return found[0] if found else ""


def _line(text: object) -> str:
    """Return a server's words on one line, without control characters, at most 300 characters."""
    return " ".join(
        re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", " ", str(text)).split()
    )[:300]
