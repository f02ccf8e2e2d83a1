"""Editions: numbered, frozen states of a day's report, read from their own lines, never from live entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from tonghop.domain.deliveries import OutgoingMessage
from tonghop.domain.editions import Change, Edition, Source
from tonghop.domain.totals import DayTotals
from tonghop.store.causes import explained_changes
from tonghop.store.connection import Database, Transaction, chunks
from tonghop.store.entries import source_from
from tonghop.store.frozen import digest_of, figure_rows, line_rows, rate_rows, totals_from
from tonghop.store.outbox import put_message
from tonghop.store.records import Preview

UNSTORED = 0


class Editions:
    """Freezes days and tells them again, however the entries have changed since."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def preview(self, campaign: str, totals: DayTotals, known: Edition | None = None) -> Preview:
        """Return the edition that stands and what differs from it now, without freezing anything.

        ``known``: an edition that was read before. An edition never changes, so where it still is the last one it
        is not read again: those of a country are a hundred thousand rows.
        """
        digest = digest_of(totals)
        with self._database.reading() as transaction:
            latest = _latest(transaction, campaign, totals.day, known)
            if latest is None:
                return Preview(None, (), is_new=True, digest=digest)
            changes = explained_changes(transaction, latest.totals, totals)
        return Preview(latest, changes, latest.digest != digest, digest)

    def freeze(self, campaign: str, totals: DayTotals, made_at: datetime) -> Edition:
        """Return the latest edition if it says the same as ``totals``, else freeze them as the next one.

        Two processes that freeze the same totals at once get the same edition.
        """
        with self._database.writing() as transaction:
            while True:
                latest = _latest(transaction, campaign, totals.day)
                if latest is not None and latest.digest == digest_of(totals):
                    return latest
                edition = _next(transaction, totals, made_at, latest)
                stored = _insert(transaction, edition)
                if stored is not None:
                    return stored

    def freeze_with(
        self, totals: DayTotals, made_at: datetime, make_message: Callable[[Edition], OutgoingMessage]
    ) -> Edition:
        """Return the edition of ``totals`` with its message in the outbox: both are stored, or neither.

        The message is made before the transaction begins, for making it takes seconds and a lock must not. So
        the edition that ``make_message`` is given has the number it will bear, and ``id`` 0 while it is not
        stored. Where another process froze the day meanwhile, the message is made again for the next number.
        An edition that already has its message is returned as it is, and ``make_message`` is not called.
        """
        campaign = totals.campaign
        while True:
            with self._database.reading() as transaction:
                latest = _latest(transaction, campaign, totals.day)
                stands = latest is not None and latest.digest == digest_of(totals)
                if latest is not None and stands and _has_message(transaction, latest):
                    return latest
                following = _next(transaction, totals, made_at, latest)
            edition = latest if latest is not None and stands else following
            message = make_message(edition)
            with self._database.writing() as transaction:
                stored = edition if edition.id != UNSTORED else _insert(transaction, edition)
                if stored is not None:
                    put_message(transaction, campaign, totals.day, message, made_at, stored.id)
                    return stored

    def latest(self, campaign: str, day: date) -> Edition | None:
        """Return the edition of the day that stands; None before the first."""
        with self._database.reading() as transaction:
            return _latest(transaction, campaign, day)

    def get(self, edition_id: int) -> Edition | None:
        """Return one edition by its id; None where there is none."""
        with self._database.reading() as transaction:
            return _edition(transaction, edition_id)

    def all(self, campaign: str, day: date) -> tuple[Edition, ...]:
        """Return every edition of the day, the first one first."""
        with self._database.reading() as transaction:
            rows = transaction.rows("report/editions_of_day", campaign=campaign, day=day)
            found = (_edition(transaction, row["id"]) for row in rows)
            return tuple(edition for edition in found if edition is not None)

    def message_id(self, edition: Edition) -> str | None:
        """Return the Message-ID under which an edition was made known; None where it has no message."""
        with self._database.reading() as transaction:
            rows = transaction.rows("report/messages_of_edition", edition_id=edition.id)
        return str(rows[0]["message_id"]) if rows else None

    def difference(self, old: Edition, new: Edition) -> tuple[Change, ...]:
        """Return the figures in which two editions of a day differ, each with who or what changed it."""
        with self._database.reading() as transaction:
            return explained_changes(transaction, old.totals, new.totals)

    def sources(self, edition: Edition) -> tuple[Source, ...]:
        """Return where each figure of the edition's units was read, carried and stated ones too.

        Works for an edition that is not stored yet as well, so that its report can hold the trace.
        """
        used = {
            (f.entry, code) for line in edition.totals.lines for code, f in line.figures.items() if f.entry
        }
        entries = sorted({entry for entry, _code in used if entry is not None})
        with self._database.reading() as transaction:
            rows = [
                row
                for part in chunks(entries)
                for row in transaction.rows("report/sources", entries=list(part))
            ]
        place = {line.unit: number for number, line in enumerate(edition.totals.lines)}
        kept = [row for row in rows if (row["entry_id"], row["indicator"]) in used]
        order = list(edition.totals.root.figures)
        kept.sort(key=lambda row: (place[row["unit"]], order.index(row["indicator"])))
        return tuple(map(source_from, kept))


def _next(transaction: Transaction, totals: DayTotals, made_at: datetime, latest: Edition | None) -> Edition:
    return Edition(
        id=UNSTORED,
        campaign=totals.campaign,
        day=totals.day,
        number=latest.number + 1 if latest else 1,
        made_at=made_at,
        digest=digest_of(totals),
        totals=totals,
        changes=explained_changes(transaction, latest.totals, totals) if latest else (),
    )


def _insert(transaction: Transaction, edition: Edition) -> Edition | None:
    """Store the edition and return it with its id; None where another process took its number."""
    rows = transaction.rows(
        "store/put_edition",
        campaign=edition.campaign,
        day=edition.day,
        number=edition.number,
        digest=edition.digest,
        made_at=edition.made_at,
        as_of_at=edition.totals.as_of,
    )
    if not rows:
        return None
    stored = replace(edition, id=rows[0]["id"])
    transaction.run_many("store/put_edition_line", line_rows(stored.id, stored.totals))
    transaction.run_many("store/put_edition_figure", figure_rows(stored.id, stored.totals))
    transaction.run_many("store/put_edition_rate", rate_rows(stored.id, stored.totals))
    return stored


def _latest(
    transaction: Transaction, campaign: str, day: date, known: Edition | None = None
) -> Edition | None:
    rows = transaction.rows("report/editions_of_day", campaign=campaign, day=day)
    if not rows:
        return None
    last: int = rows[-1]["id"]
    return known if known is not None and known.id == last else _edition(transaction, last)


def _edition(transaction: Transaction, edition_id: int) -> Edition | None:
    rows = transaction.rows("report/edition", id=edition_id)
    if not rows:
        return None
    head = rows[0]
    totals = _totals(transaction, edition_id)
    before = head["previous_id"]
    return Edition(
        id=head["id"],
        campaign=head["campaign"],
        day=head["day"],
        number=head["number"],
        made_at=head["made_at"],
        digest=head["digest"],
        totals=totals,
        changes=explained_changes(transaction, _totals(transaction, before), totals) if before else (),
    )


def _totals(transaction: Transaction, edition_id: int) -> DayTotals:
    return totals_from(
        transaction.rows("report/edition", id=edition_id)[0],
        transaction.rows("report/edition_lines", edition_id=edition_id),
        transaction.rows("report/edition_figures", edition_id=edition_id),
        transaction.rows("report/edition_rates", edition_id=edition_id),
    )


def _has_message(transaction: Transaction, edition: Edition) -> bool:
    return bool(transaction.rows("report/messages_of_edition", edition_id=edition.id))
