"""Whom a message says it is from: read from a bounded piece of its head, and never guessed."""

from __future__ import annotations

import re
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser

# Longer heads are an attack: a decoder of encoded words needs 1,8 GB for 224 KB of them.
_HEAD = 65536
_FROM = 2000
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,900}>")
_COMMENT = re.compile(r"\([^()]*\)")
_ADDRESS = re.compile(
    r"[^\s@<>(),;:\\\"\[\]\x00-\x1f\x7f-\x9f\ud800-\udfff]+@[^\s@<>(),;:\\\"\[\]\x00-\x1f\x7f\ud800-\udfff]+"
)


def head_of(raw: bytes) -> Message:
    """Return the header fields of a message, read from at most its first 64 KB; never raises."""
    return BytesHeaderParser(policy=policy.compat32).parsebytes(_bounded(raw))


def _bounded(raw: bytes) -> bytes:
    head = raw[:_HEAD]
    ends = [at for at in (head.find(b"\n\r\n"), head.find(b"\n\n")) if at >= 0]
    return head[: min(ends) + 1] if ends else head


def sender_of(raw: bytes) -> str | None:
    """Return the one address of the From field, in lower case; None where there is none, or any doubt.

    Two From fields, two addresses or broken brackets are how a sender is forged so that two programs read
    two names: such a message has no sender, and is shown as from an unknown one.
    """
    fields = head_of(raw).get_all("From") or []
    if len(fields) != 1:
        return None
    return single_address(str(fields[0]))


def message_id_of(raw: bytes) -> str | None:
    """Return the Message-ID as an answer may name it; None where there is none, or none that is well-formed."""
    found = _MESSAGE_ID.fullmatch(str(head_of(raw).get("Message-ID", "")).strip())
    return found[0] if found else None


def single_address(text: str) -> str | None:
    """Return the only address in a From field's text, in lower case, or None."""
    if len(text) > _FROM:
        return None
    bare = _COMMENT.sub(" ", _QUOTED.sub(" ", text.replace("\r", "").replace("\n", "")))
    name, bracket, rest = bare.partition("<")
    if bracket:
        # An unquoted comma in a name is common; beside a second address it means two senders.
        if "@" in name and ("," in name or ";" in name):
            return None
        bare, bracket, after = rest.partition(">")
        if not bracket or after.strip() or any(sign in name for sign in '>"()'):
            return None
    address = bare.strip()
    return address.lower() if _ADDRESS.fullmatch(address) else None
