"""The witness: a mailbox that gets a blind copy of every message and so can say what really went out."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import compat32
from typing import Any
from urllib.parse import unquote

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError

from tonghop.errors import ConfigurationError, MailRefused
from tonghop.mail.relays import read_cafile, read_credentials, read_options, read_seconds, split_server_url
from tonghop.mail.replies import one_line

_EXAMPLE = "imaps://user:password@host/INBOX?address=witness@example.vn"
_WHERE = "TONGHOP_WITNESS_URL"
_HEADER = "[HEADER.FIELDS (MESSAGE-ID)]"


@dataclass(frozen=True, slots=True)
class Witness:
    """Where the blind copies lie. ``address``: where they are sent; ``timeout``: seconds for each answer."""

    host: str
    port: int
    tls: bool
    user: str
    password: str = field(repr=False)
    folder: str
    address: str
    cafile: str = ""
    timeout: float = 20.0

    def __str__(self) -> str:
        return f"{self.host}:{self.port}/{self.folder}"


def parse_witness(url: str) -> Witness | None:
    """Return the witness mailbox of WITNESS_URL; None for an empty setting.

    The user is also the address, unless it holds no "@": then it is user@host, or what ``address=`` says.
    Raises ``ConfigurationError`` naming the fault, never the password.
    """
    if not url.strip():
        return None
    parts, port = split_server_url(url.strip(), _WHERE, ("imap", "imaps"), _EXAMPLE)
    options = read_options(parts, _WHERE, ("address", "cafile", "timeout"))
    user, password = read_credentials(parts, _WHERE)
    if not user:
        raise ConfigurationError(f"{_WHERE}: user and password are missing; write {_EXAMPLE}")
    host = parts.hostname or ""
    return Witness(
        host=host,
        port=port or (993 if parts.scheme == "imaps" else 143),
        tls=parts.scheme == "imaps",
        user=user,
        password=password,
        folder=unquote(parts.path.strip("/")) or "INBOX",
        address=options.get("address") or (user if "@" in user else f"{user}@{host}"),
        cafile=read_cafile(options, _WHERE),
        timeout=read_seconds(options, "timeout", 20.0, _WHERE),
    )


def look_up(witness: Witness, message_ids: Iterable[str]) -> Mapping[str, datetime]:
    """Return the messages that lie in the witness mailbox: Message-ID to the moment of arrival there (UTC).

    Nothing in the mailbox changes: the folder is opened read-only. Raises ``MailRefused`` where it cannot be
    looked into, which is not the same as "not there".
    """
    with _opened(witness) as mailbox:
        found = ((identity, _arrival(mailbox, identity)) for identity in message_ids)
        return {identity: at for identity, at in found if at is not None}


def message_ids_about(witness: Witness, token: str) -> tuple[str, ...]:
    """Return the Message-IDs of what lies in the mailbox with this word (plain ASCII) in its subject.

    Raises ``MailRefused`` as ``look_up``.
    """
    with _opened(witness) as mailbox:
        uids = mailbox.search(["SUBJECT", token])
        answers = mailbox.fetch(uids, [f"BODY.PEEK{_HEADER}"]) if uids else {}
        return tuple(_message_id(answer) for answer in answers.values())


def check_mailbox(witness: Witness) -> None:
    """Log in and open the folder; raises ``MailRefused`` with what failed, what follows and what to do."""
    with _opened(witness):
        pass


@contextmanager
def _opened(witness: Witness) -> Iterator[Any]:
    mailbox = None
    try:
        mailbox = IMAPClient(
            witness.host,
            port=witness.port,
            ssl=witness.tls,
            ssl_context=_tls_context(witness) if witness.tls else None,
            timeout=SocketTimeout(connect=witness.timeout, read=witness.timeout),
        )
        mailbox.normalise_times = False  # else INTERNALDATE comes as this machine's local time, without zone
        _log_in(mailbox, witness)
        mailbox.select_folder(witness.folder, readonly=True)
        yield mailbox
    except (OSError, IMAPClientError) as error:
        raise MailRefused(_explain(witness, error)) from error
    finally:
        if mailbox is not None:
            mailbox.shutdown()


def _log_in(mailbox: Any, witness: Witness) -> None:
    if (witness.user + witness.password).isascii():
        mailbox.login(witness.user, witness.password)
    else:
        mailbox.plain_login(witness.user, witness.password)  # LOGIN knows ASCII only


def _arrival(mailbox: Any, message_id: str) -> datetime | None:
    """Return when the first copy arrived. The search of IMAP finds parts of a header, so each hit is read."""
    uids = mailbox.search(["HEADER", "Message-ID", message_id])
    answers = mailbox.fetch(uids, ["INTERNALDATE", f"BODY.PEEK{_HEADER}"]) if uids else {}
    arrivals = [answer[b"INTERNALDATE"] for answer in answers.values() if _message_id(answer) == message_id]
    return min((at.astimezone(UTC) for at in arrivals), default=None)


def _message_id(answer: Mapping[bytes, Any]) -> str:
    # Servers write the field's name in the key each in their own way; the part before it is always the same.
    header = next((value for key, value in answer.items() if key.startswith(b"BODY[HEADER.FIELDS")), None)
    return str(message_from_bytes(header or b"", policy=compat32).get("Message-ID", "")).strip()


def _tls_context(witness: Witness) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=witness.cafile or None)


def _explain(witness: Witness, error: Exception) -> str:
    """Return what failed, what follows and what to do."""
    return (
        f"witness mailbox {witness}: {one_line(str(error)) or type(error).__name__}; whether a doubtful "
        "message arrived cannot be settled and it is not sent again; is TONGHOP_WITNESS_URL right and the "
        "server running?"
    )
