"""What a look into a folder or mailbox yields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file or message that a source holds, with its bytes.

    ``source`` names the place, ``key`` the thing therein for ever (folder: path, size and time; mailbox:
    folder, UIDVALIDITY and UID). ``name`` is the path below the source, or the mailbox's word for the
    message. ``branch_hint`` is the label of the sub-folder it lay in. ``received_at`` is the server's own
    moment of receipt, never later than the moment of the look.
    """

    source: str
    key: str
    name: str
    content: bytes
    received_at: datetime
    sender: str | None = None
    branch_hint: str | None = None


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A source that could not be looked into: "could not look" is never "nothing came".

    ``what`` failed, what ``follows``, what ``to_do``: three short Vietnamese-or-English texts of the
    catalogue, without secrets.
    """

    source: str
    reason: str
    advice: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A file or message that is there but is not taken in: too large to be a submission.

    ``key`` is the one an ``Arrival`` would have, so that it is recorded and shown once. ``reason`` is a
    text of the catalogue. Of a message: ``is_automatic`` tells that no person wrote it, ``message_id`` what an
    answer replies to.
    """

    source: str
    key: str
    name: str
    size: int
    received_at: datetime
    reason: str
    sender: str | None = None
    branch_hint: str | None = None
    is_automatic: bool = False
    message_id: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file left for the next look: still being written, gone meanwhile, or not readable now."""

    source: str
    name: str
    reason: str
