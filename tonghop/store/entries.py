"""Entries, figures and findings: recorded once with their submission, told again with where they stand."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from tonghop.domain.editions import OpenFinding, Source
from tonghop.domain.verdicts import CorrectedBy
from tonghop.store.connection import Database
from tonghop.store.history import history_frame
from tonghop.store.ledger import finding_from
from tonghop.store.records import RecordedReading, Standing, Traced
from tonghop.store.repeats import Repeated, Repeats
from tonghop.store.rows import (
    Taken,
    claim_columns,
    entry_columns,
    figure_columns,
    finding_rows,
    stated,
)
from tonghop.store.standing import carry

# SQLite takes 32.766 parameters in a statement, PostgreSQL 65.535.
_MOST_AT_ONCE = 10_000


class Entries:
    """What was read. Which entry counts is derived, never stored (the view ``standing_entry``)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, campaign: str, outcomes: Sequence[RecordedReading], at: datetime) -> Repeated:
        """Record the readings in one transaction: entries, figures, findings, the submissions' states.

        A submission that is no longer ``received`` is left alone, so a second run or a second process at the
        same time changes nothing. One whose bytes came before under another name and whose every entry says
        the same again becomes a ``duplicate`` without entries of its own. Return what only the ledger could tell.
        """
        # Ascending numbers: two processes with the same batch wait for each other, never in a ring.
        ordered = sorted(outcomes, key=lambda outcome: outcome.submission)
        token = uuid.uuid4().hex
        with self._database.writing() as transaction:
            transaction.run_columns("store/claim_submission", claim_columns(campaign, ordered, token))
            claimed = transaction.tuples("store/claimed_submissions", reading=token)
            taken = {number: Taken(*known) for number, *known in claimed}
            mine = [outcome for outcome in ordered if outcome.submission in taken]
            said = {outcome.submission: stated(outcome) for outcome in mine}
            repeats = Repeats(taken, said)
            fresh = repeats.settled(transaction, token, mine)
            rows = [row for outcome in fresh for row in said[outcome.submission]]
            transaction.run_columns("store/put_entry", entry_columns(campaign, rows, taken))
            ids = {(s, o): i for s, o, i in transaction.tuples("store/entry_ids", reading=token)}
            transaction.run_columns("store/put_figure", figure_columns(rows, ids))
            told = [o for o in fresh if o.findings or o.reason is not None]
            days = ((o, taken[o.submission].received_day) for o in told)
            found = (row for o, day in days for row in finding_rows(campaign, o, ids, day, at))
            transaction.run_many("store/put_finding", found)
            carry(transaction, campaign, [o.submission for o in fresh], list(ids.values()))
        self._database.learn("store/learn_entries", len(ids))
        return repeats.found

    def history(
        self, campaign: str, until: date, days: int = 60, units: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """Return the counted figures of the ``days`` days before ``until`` (that day itself left out).

        Columns: unit and indicator (categories of text), day (datetime64), value (int64, people), origin (category:
        own or consolidated). Blank figures have no row. ``units``: only of these, for a batch of few; None: of all.
        Ordered by unit, day, indicator.
        """
        since = until - timedelta(days=days)
        asked: dict[str, Any] = {"campaign": campaign, "since": since, "until": until}
        with self._database.reading() as transaction:
            if units is None:
                rows = transaction.tuples("review/history", **asked)
            else:
                rows = transaction.tuples("review/history_of_units", **asked, units=tuple(units))
        return history_frame(rows)

    def same_bytes(self, submissions: Sequence[int]) -> dict[int, tuple[str, tuple[str, ...]]]:
        """Return by submission the hash of its bytes and the units for which the same bytes were read before.

        Only of those whose bytes another submission of the campaign has as well.
        """
        found: dict[int, tuple[str, tuple[str, ...]]] = {}
        with self._database.reading() as transaction:
            for start in range(0, len(submissions), _MOST_AT_ONCE):
                some = tuple(submissions[start : start + _MOST_AT_ONCE])
                for row in transaction.rows("review/same_bytes", submissions=some):
                    _, units = found.get(row["id"], ("", ()))
                    found[row["id"]] = (row["sha256"], (*units, *([row["unit"]] if row["unit"] else [])))
        return found

    def open_findings(self, campaign: str, day: date) -> tuple[OpenFinding, ...]:
        """Return the findings of the day that still speak: critical first, then in the order they came.

        These are the ones on entries that are held or counted, on the submissions of such entries as a whole,
        and on submissions received that day that yielded no entry at all.
        """
        with self._database.reading() as transaction:
            rows = transaction.rows("review/open_findings", campaign=campaign, day=day)
        return tuple(_open_finding(row, day) for row in rows)

    def trace(
        self, campaign: str, day: date, unit: str | None = None, indicator: str | None = None
    ) -> tuple[Traced, ...]:
        """Return each figure read for the day, superseded, held and rejected ones too; counted ones first."""
        with self._database.reading() as transaction:
            rows = transaction.rows(
                "review/trace", campaign=campaign, day=day, unit=unit, indicator=indicator
            )
        return tuple(Traced(source_from(row), Standing(row["standing"]), row["entry_id"]) for row in rows)


def source_from(row: Mapping[str, Any]) -> Source:
    """Return the source that a row of figure, entry, submission and sighting tells."""
    return Source(
        unit=row["unit"],
        indicator=row["indicator"],
        value=row["value"],
        raw=row["raw"],
        submission=row["submission_id"],
        sha256=row["sha256"],
        name=row["name"],
        document=row["document"],
        sheet=row["sheet"],
        cell=row["cell"],
        sender=row["sender"],
        received_at=row["received_at"],
        source=row["source"] or "",
        corrected=_corrected(row) if row["verdict_id"] is not None else None,
    )


def _corrected(row: Mapping[str, Any]) -> CorrectedBy:
    return CorrectedBy(
        verdict=row["verdict_id"],
        officer=row["officer"],
        at=row["decided_at"],
        reason=row["reason"],
        spoke_with=row["spoke_with"] or "",
        old=row["old_value"] or "",
        new=row["new_value"] or "",
    )


def _open_finding(row: Mapping[str, Any], day: date) -> OpenFinding:
    return OpenFinding(
        id=row["id"],
        finding=finding_from(row),
        day=day,
        submission=row["submission_id"],
        name=row["name"],
        sender=row["sender"],
        received_at=row["received_at"],
    )
