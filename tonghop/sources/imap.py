"""A mailbox on an IMAP server: every message once, by folder, UIDVALIDITY and UID."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from tonghop.domain.sources import Arrival, Refused, Waiting
from tonghop.sources.headers import sender_of
from tonghop.sources.imap_login import check, logged_in
from tonghop.sources.look import Batch, Gathering, SourceLimits
from tonghop.sources.names import shown
from tonghop.sources.refusal import of_message
from tonghop.sources.trouble import unreachable
from tonghop.sources.urls import Place
from tonghop.words import number, say

TAKEN = b"$TonghopTaken"
_SEEN = rb"\Seen"
_ANY_KEYWORD = rb"\*"
_HEAD = 65536
# One line of the answer holds all UIDs of a search, and the library ends at 1 MB a line.
_SEARCHED_AT_ONCE = 50_000
_MARKED_AT_ONCE = 500

Answer = Mapping[bytes, Any]


class ImapMailbox:
    """The messages of one mailbox folder.

    All are scanned, never only the unseen: people open the mailbox too. Nothing that is read marks or
    moves a message (PEEK, and the folder opened read-only); ``acknowledge`` marks afterwards.
    """

    def __init__(self, place: Place, limits: SourceLimits) -> None:
        check(place)
        self.name, self._place, self._limits = place.name, place, limits
        self._folder = place.path.strip("/") or "INBOX"

    def look(self, known: Container[str], now: datetime) -> Iterator[Batch]:
        """Yield the messages that are new to ``known``, in the order of their UIDs."""
        with logged_in(self._place, self._limits) as client:
            selected = self._select(client, readonly=True)
            stem = self._stem(selected)
            new = [uid for uid in _uids(client, selected) if f"{stem}{uid}" not in known]
            gathering = Gathering(self._limits)
            for start in range(0, len(new), self._limits.batch):
                for item in self._items(client, stem, new[start : start + self._limits.batch], now):
                    gathering.add(item)
                    if gathering.is_full:
                        yield gathering.release()
            if len(gathering):
                yield gathering.release()

    def acknowledge(self, keys: Sequence[str]) -> None:
        r"""Flag the messages ``$TonghopTaken``, or ``\Seen`` where the server keeps no keywords.

        Keys of an earlier UIDVALIDITY are left out: their UIDs name other messages now. A mailbox that we
        may only read is left as it is.
        """
        if not keys:
            return
        with logged_in(self._place, self._limits) as client:
            selected = self._select(client, readonly=False)
            stem, mark = self._stem(selected), _mark(selected)
            uids = [int(key.removeprefix(stem)) for key in keys if key.startswith(stem)]
            for start in range(0, len(uids) if mark else 0, _MARKED_AT_ONCE):
                client.add_flags(uids[start : start + _MARKED_AT_ONCE], [mark], silent=True)

    def probe(self) -> str:
        """Return how many messages can be seen."""
        with logged_in(self._place, self._limits) as client:
            selected = self._select(client, readonly=True)
        return say("source-messages-seen", count=number(int(selected[b"EXISTS"])))

    def _select(self, client: IMAPClient, *, readonly: bool) -> Answer:
        try:
            selected: Answer = client.select_folder(self._folder, readonly=readonly)
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:
            raise unreachable(
                self.name, "source-no-mailbox", folder=self._folder, detail=str(error)
            ) from error
        return selected

    def _stem(self, selected: Answer) -> str:
        """Return what keys of this folder begin with: UIDs are good for one UIDVALIDITY only (RFC 3501)."""
        return f"{self._folder}/{int(selected[b'UIDVALIDITY'])}/"

    def _items(
        self, client: IMAPClient, stem: str, uids: Sequence[int], now: datetime
    ) -> Iterator[Arrival | Refused | Waiting]:
        """Yield what becomes of up to a hundred messages; bodies are fetched in portions of bounded size."""
        about: Mapping[int, Answer] = client.fetch(uids, ["RFC822.SIZE", "INTERNALDATE"])
        sizes = {uid: int(answer.get(b"RFC822.SIZE") or 0) for uid, answer in about.items()}
        limit = self._limits.item_bytes
        for portion in _portions([uid for uid in uids if uid in sizes], sizes, self._limits):
            fits = [uid for uid in portion if sizes[uid] <= limit]
            # Some servers only estimate the size: one byte more than the limit tells.
            bodies: Mapping[int, Answer] = client.fetch(fits, [f"BODY.PEEK[]<0.{limit + 1}>"])
            for uid in portion:
                key, name = f"{stem}{uid}", shown(f"{self._folder}/{uid}.eml")
                received = min(about[uid].get(b"INTERNALDATE") or now, now).astimezone(UTC)
                content: bytes | None = bodies.get(uid, {}).get(b"BODY[]<0>")
                if sizes[uid] > limit or len(content or b"") > limit:
                    yield self._refused(client, uid, Refused(self.name, key, name, sizes[uid], received, ""))
                elif content is None:  # expunged since it was listed
                    yield Waiting(self.name, name, say("source-gone"))
                else:
                    yield Arrival(self.name, key, name, content, received, sender_of(content))

    def _refused(self, client: IMAPClient, uid: int, refused: Refused) -> Refused:
        """Return the refusal with its reason and, from the message's head, its sender."""
        head: Answer = client.fetch([uid], [f"BODY.PEEK[HEADER]<0.{_HEAD}>"]).get(uid, {})
        size = max(refused.size, self._limits.item_bytes + 1)
        return of_message(replace(refused, size=size), head.get(b"BODY[HEADER]<0>") or b"", self._limits)


def _uids(client: IMAPClient, selected: Answer) -> list[int]:
    """Return the UIDs of all messages, in order.

    Asked for by position, in ranges that end at the last message: a range to ``*`` always returns the last
    one, and ranges of UIDs may be sparse.
    """
    count = int(selected[b"EXISTS"])
    found: list[int] = []
    for first in range(1, count + 1, _SEARCHED_AT_ONCE):
        found += client.search([f"{first}:{min(first + _SEARCHED_AT_ONCE - 1, count)}"])
    return sorted(set(found))


def _portions(uids: Sequence[int], sizes: Mapping[int, int], limits: SourceLimits) -> Iterator[list[int]]:
    """Yield the UIDs in portions whose bodies together stay within ``batch_bytes``; a larger one is alone."""
    portion: list[int] = []
    total = 0
    for uid in uids:
        if portion and total + sizes[uid] > limits.batch_bytes:
            yield portion
            portion, total = [], 0
        portion.append(uid)
        total += sizes[uid]
    if portion:
        yield portion


def _mark(selected: Answer) -> bytes | None:
    """Return the flag that the server lets us keep on a message, or None where it lets us keep none."""
    if not selected.get(b"READ-WRITE", False):
        return None
    kept = {bytes(flag).lower() for flag in selected.get(b"PERMANENTFLAGS", ())}
    if _ANY_KEYWORD in kept or TAKEN.lower() in kept:
        return TAKEN
    return _SEEN if _SEEN.lower() in kept else None
