"""Contacts: which addresses want no reminders, and which gave a mail of ours back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from tonghop.domain.contacts import Contact, LetterKind, Returned, ReturnKind, Wish, contact_of
from tonghop.domain.units import Unit, UnitCode
from tonghop.store.connection import Database, Transaction, chunks

_MOST_LETTERS = 500
COUNTED, FOREIGN, UNCLEAR = "counted", "foreign", "unclear"
"""What became of a letter: it counted; it quotes no message of ours; it quotes one but names no recipient of it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that is no submission, or not only one, and that nobody has noted yet."""

    submission: int
    sha256: str
    sender: str
    branch: UnitCode | None
    received_at: datetime
    provenance: str | None
    kind: LetterKind


@dataclass(frozen=True, slots=True)
class Quoted:
    """A message of ours that a notice quotes: its kind, whom it went to, and its witnesses (blind copies)."""

    outgoing: int
    kind: str
    addresses: tuple[str, ...]
    witnesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A reminder that the first mail server refused for one recipient, with its reply."""

    outgoing: int
    address: str
    reply: str
    at: datetime


class Contacts:
    """Append-only: a wish or a notice is never taken back, a later one outweighs it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def letters(self, campaign: str) -> tuple[Letter, ...]:
        """Return the letters that nobody has noted, oldest first; so many that a run has time for them."""
        with self._database.reading() as transaction:
            rows = transaction.rows("remind/letters", campaign=campaign, most=_MOST_LETTERS)
        return tuple(
            Letter(
                submission=row["id"],
                sha256=row["sha256"],
                sender=row["sender"] or "",
                branch=row["branch"],
                received_at=row["received_at"],
                provenance=row["provenance"],
                kind=LetterKind(row["letter"]),
            )
            for row in rows
        )

    def quoted(self, campaign: str, message_ids: Sequence[str]) -> tuple[Quoted, ...]:
        """Return the campaign's own messages among these Message-IDs."""
        if not message_ids:
            return ()
        with self._database.reading() as transaction:
            rows = transaction.rows("remind/quoted", campaign=campaign, message_ids=list(message_ids))
        return tuple(_quoted(list(group)) for _, group in groupby(rows, key=lambda row: row["outgoing_id"]))

    def note_returned(
        self, campaign: str, letter: Letter, found: Sequence[tuple[int, Returned]], outcome: str, at: datetime
    ) -> bool:
        """Note a returned mail with what it says of each recipient (our message's id beside it), all or none.

        Return whether nobody had noted it before: of two processes one does.
        """
        with self._database.writing() as transaction:
            if not _first(transaction, letter, outcome, at):
                return False
            transaction.run_many(
                "remind/put_returned", (_returned_row(campaign, letter, *each) for each in found)
            )
            return True

    def refused(self, campaign: str) -> tuple[Refused, ...]:
        """Return the reminders that a mail server refused outright and that are not noted as come back."""
        with self._database.reading() as transaction:
            rows = transaction.rows("remind/refused", campaign=campaign)
        return tuple(Refused(r["outgoing_id"], r["address"], r["reply"], r["tried_at"]) for r in rows)

    def note_refused(self, campaign: str, found: Sequence[tuple[int, Returned]]) -> None:
        """Note reminders that a mail server refused outright, each with our message's id."""
        with self._database.writing() as transaction:
            transaction.run_many(
                "remind/put_returned", (_returned_row(campaign, None, *each) for each in found)
            )

    def note_wish(self, campaign: str, letter: Letter, wish: Wish, at: datetime) -> bool:
        """Note the wish that a letter expresses; return whether nobody had noted it before."""
        with self._database.writing() as transaction:
            if not _first(transaction, letter, COUNTED, at):
                return False
            _put_wish(transaction, campaign, wish, letter.submission, at)
            return True

    def wish(self, campaign: str, wish: Wish) -> None:
        """Note what an officer decides of an address."""
        with self._database.writing() as transaction:
            _put_wish(transaction, campaign, wish, None, wish.at)

    def of(self, campaign: str, units: Iterable[Unit]) -> Mapping[str, Contact]:
        """Return every address of the units as it stands now, by address."""
        owners = {address.casefold(): unit for unit in units for address in unit.emails}
        with self._database.reading() as transaction:
            wishes = {
                row["address"]: _wish(row) for row in transaction.rows("remind/wishes", campaign=campaign)
            }
            back = {
                row["address"]: _returned(row)
                for row in transaction.rows("remind/returned", campaign=campaign)
            }
            heard: dict[str, datetime] = {}
            for part in chunks(sorted(back.keys() & owners.keys())):
                rows = transaction.rows("remind/heard", campaign=campaign, addresses=list(part))
                heard |= {row["address"]: row["heard_at"] for row in rows}
        return {
            address: contact_of(address, unit, wishes.get(address), back.get(address), heard.get(address))
            for address, unit in owners.items()
        }

    def returned(self, campaign: str, since: datetime) -> tuple[Returned, ...]:
        """Return the mails that came back since a moment, whoever they were for, the last first."""
        with self._database.reading() as transaction:
            rows = transaction.rows("remind/returned_since", campaign=campaign, since_at=since)
        return tuple(map(_returned, rows))

    def foreign(self, campaign: str, since: datetime) -> int:
        """Return how many notices since a moment quote no message of ours: forged, or of another sender."""
        with self._database.reading() as transaction:
            return int(transaction.column("remind/foreign", campaign=campaign, since_at=since)[0])


def _first(transaction: Transaction, letter: Letter, outcome: str, at: datetime) -> bool:
    return bool(transaction.rows("remind/put_noted", submission_id=letter.submission, outcome=outcome, at=at))


def _put_wish(
    transaction: Transaction, campaign: str, wish: Wish, submission: int | None, at: datetime
) -> None:
    transaction.run(
        "remind/put_wish",
        campaign=campaign,
        address=wish.address,
        unit=wish.unit,
        wish=str(wish.kind),
        actor=wish.actor,
        reason=wish.reason,
        submission_id=submission,
        at=wish.at,
    )
    transaction.run(
        "store/put_audit",
        at=at,
        actor=wish.actor,
        action=f"reminders {wish.kind}",
        subject=f"{campaign}/{wish.address}",
        detail=wish.reason,
    )


def _quoted(rows: Sequence[Mapping[str, Any]]) -> Quoted:
    blind = tuple(row["address"] for row in rows if row["recipient_kind"] == "witness")
    named = tuple(row["address"] for row in rows if row["recipient_kind"] != "witness")
    return Quoted(rows[0]["outgoing_id"], rows[0]["kind"], named, blind)


def _returned_row(campaign: str, letter: Letter | None, outgoing: int, one: Returned) -> dict[str, Any]:
    return {
        "campaign": campaign,
        "submission_id": letter.submission if letter else None,
        "outgoing_id": outgoing,
        "address": one.address,
        "unit": one.unit,
        "kind": str(one.kind),
        "status": one.status,
        "said": one.said,
        "contact": one.contact,
        "at": one.at,
    }


def _returned(row: Mapping[str, Any]) -> Returned:
    return Returned(
        address=row["address"],
        unit=row["unit"],
        kind=ReturnKind(row["kind"]),
        status=row["status"],
        said=row["said"],
        about=row["about"],
        at=row["at"],
        contact=row["contact"],
    )


def _wish(row: Mapping[str, Any]) -> Wish:
    return Wish(
        address=row["address"],
        unit=row["unit"],
        kind=LetterKind(row["wish"]),
        actor=row["actor"],
        reason=row["reason"],
        at=row["at"],
    )
