"""Who sent a message, and who vouches for it: the own mail server, or a signature of the sender's domain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message

from tonghop.sources.authentication_results import vouched_by_server
from tonghop.sources.authenticity import Authenticity, LookUp, Vouched
from tonghop.sources.headers import head_of, sender_of

# Anybody may open a mailbox at one of these: the domain says nothing of an office.
_PERSONAL = frozenset(
    {
        *("gmail.com", "googlemail.com", "yahoo.com", "yahoo.com.vn", "ymail.com", "rocketmail.com"),
        *("hotmail.com", "hotmail.com.vn", "outlook.com", "outlook.com.vn", "live.com", "msn.com"),
        *("icloud.com", "me.com", "mac.com", "aol.com", "gmx.com", "mail.com", "zoho.com", "zing.vn"),
        *("proton.me", "protonmail.com", "mail.ru", "yandex.com"),
    }
)
_MACHINES = re.compile(
    r"(mailer-daemon|postmaster|bounces?|no-?reply|do-?not-?reply|listserv|majordomo)([+._-].*)?"
)
_LISTS = (
    "List-Id",
    "List-Post",
    "List-Unsubscribe",
    "Mailing-List",
    "X-Loop",
    "X-Autoreply",
    "X-Autorespond",
)
_BULK = frozenset({"bulk", "list", "junk", "auto_reply"})


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a message comes from.

    ``sender``: the From address in lower case, None where there is no single one. ``vouched``: whether its
    domain is vouched for, and by whom. ``is_automatic``: sent by a program, so it is never answered.
    ``is_personal``: an address at a public provider.
    """

    sender: str | None
    vouched: Vouched
    is_automatic: bool
    is_personal: bool


def provenance_of(raw: bytes, trusted_server: str | None = None, look_up: LookUp | None = None) -> Provenance:
    """Return who sent a message and who vouches for it. Never raises for what a message contains.

    ``trusted_server`` is the name under which the own mail server writes its Authentication-Results. Where
    it says nothing of signatures, or could not find out, these are verified here with ``look_up``
    (``dkim_signature.dns_text``, a question to the DNS each); None leaves that out.
    """
    head = head_of(raw)
    sender = sender_of(raw)
    domain = (sender or "").rpartition("@")[2]
    vouched = vouched_by_server(head, trusted_server, domain) if domain and trusted_server else None
    is_open = vouched is None or vouched.authenticity is Authenticity.UNKNOWN
    if domain and look_up is not None and is_open:
        from tonghop.sources.dkim_signature import vouched_by_signature  # a slow import, seldom needed

        vouched = vouched_by_signature(raw, domain, look_up)
    return Provenance(
        sender=sender,
        vouched=vouched or Vouched(Authenticity.UNAUTHENTICATED),
        is_automatic=is_automatic(head, sender),
        is_personal=is_personal(sender),
    )


def is_personal(sender: str | None) -> bool:
    """Return whether an address is at a public provider, where anybody may open a mailbox."""
    return (sender or "").rpartition("@")[2].lower() in _PERSONAL


def is_automatic(head: Message, sender: str | None) -> bool:
    """Return whether a program sent the message: bounces, lists, absence notes (RFC 3834 section 2)."""
    submitted = _first_word(head, "Auto-Submitted")
    return (
        submitted not in ("", "no")
        or _first_word(head, "Precedence") in _BULK
        or any(field in head for field in _LISTS)
        or _first_word(head, "Return-Path") == "<>"
        or _first_word(head, "Content-Type") == "multipart/report"
        or bool(_MACHINES.fullmatch((sender or "").rpartition("@")[0]))
    )


def _first_word(head: Message, field: str) -> str:
    """Return a field's text before its parameters, in lower case."""
    words = str(head.get(field, ""))[:200].replace(";", " ").split()
    return words[0].lower() if words else ""
