"""The ledger: every submission once, and every place it was seen in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from tonghop.domain.findings import Finding, Severity
from tonghop.store.connection import Database, chunks
from tonghop.store.identity import identified
from tonghop.store.records import Recorded, Submission, SubmissionState

INTAKE = "intake"
"""Who takes in by itself what waited, in the audit."""


class Ledger:
    """What came, from where, and how far it was dealt with. The mailbox's own marks are only cosmetic."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, campaign: str, source: str) -> frozenset[str]:
        """Return the keys of the source that are in the ledger already."""
        with self._database.reading() as transaction:
            return frozenset(transaction.column("store/known_keys", campaign=campaign, source=source))

    def record(self, campaign: str, arrivals: Sequence[Recorded], seen_at: datetime) -> int:
        """Record the arrivals in one transaction; return how many submissions became new.

        Recording again, in another order or by two processes at once, changes nothing. The same bytes under
        the same name and another key (a mailbox rebuilt, a file touched) are one submission seen twice; its
        first receipt stays. ``identity.py`` says what else is one, and what is not. One that was quarantined is
        released if it now comes from a known sender, and counts as new. The bytes must be stored before this is
        called.
        """
        # In one order: two processes that record the same batch wait for each other, never in a ring.
        ordered = sorted(arrivals, key=lambda a: (a.sha256, a.name, a.received_at, a.source, a.key))
        with self._database.writing() as transaction:
            rows = [_row(campaign, one, seen_at) for one in identified(transaction, campaign, ordered)]
            new = transaction.run_many("store/put_submission", rows)
            transaction.run_many("store/put_sighting", rows)
        self._database.learn("store/learn_submissions", new)
        return new

    def release(self, campaign: str, day: date, known: Sequence[Recorded], at: datetime) -> int:
        """Take in what waits in quarantine and belongs to a unit by now; return how many that were.

        Where each was seen and when it came stays. Once: what another run released before is left alone. Each is
        written into the audit, under the day of the run.
        """
        new = 0
        with self._database.writing() as transaction:
            for one in sorted(known, key=lambda one: (one.sha256, one.name)):
                if transaction.run("store/put_submission", **_row(campaign, one, at)):
                    new += 1
                    subject = f"submission {campaign}/{day}/{one.branch}"
                    deed = {"actor": INTAKE, "action": "release", "subject": subject}
                    transaction.run("store/put_audit", **deed, at=at, detail=one.sender or "-")
        return new

    def unread(self, campaign: str, limit: int | None = None) -> tuple[Submission, ...]:
        """Return the submissions nobody has read yet, oldest first; at most ``limit``."""
        with self._database.reading() as transaction:
            rows = transaction.rows("store/unread_submissions", campaign=campaign, most=limit or 2**31)
        return tuple(map(_submission, rows))

    def submissions(self, campaign: str, day: date | None = None) -> tuple[Submission, ...]:
        """Return the submissions received on ``day`` (all if None), oldest first, each with its reason."""
        with self._database.reading() as transaction:
            rows = transaction.rows("store/submissions", campaign=campaign, received_day=day)
        return tuple(map(_submission, rows))

    def unacknowledged(self, campaign: str, source: str) -> tuple[str, ...]:
        """Return the keys of the source that are recorded but not yet marked there, in the order recorded."""
        with self._database.reading() as transaction:
            return tuple(transaction.column("store/unacknowledged_keys", campaign=campaign, source=source))

    def acknowledged(self, campaign: str, source: str, keys: Iterable[str], at: datetime) -> None:
        """Note that the source's own mark was set for these keys; the first time stays."""
        marked = {"campaign": campaign, "source": source, "acknowledged_at": at}
        ordered = sorted(set(keys))
        if ordered:
            with self._database.writing() as transaction:
                for part in chunks(ordered):
                    transaction.run("store/acknowledge_sightings", **marked, keys=part)


def finding_from(row: Mapping[str, Any], prefix: str = "") -> Finding:
    """Return the finding that a row holds in its columns."""
    names = ("document", "unit", "indicator", "sheet", "cell", "found", "expected")
    return Finding(
        code=row[f"{prefix}code"],
        severity=Severity(row[f"{prefix}severity"]),
        arguments=json.loads(row[f"{prefix}arguments"]),
        **{name: row[f"{prefix}{name}"] for name in names},
    )


def _row(campaign: str, arrival: Recorded, seen_at: datetime) -> dict[str, Any]:
    return {
        "campaign": campaign,
        "source": arrival.source,
        "key": arrival.key,
        "name": arrival.name,
        "sha256": arrival.sha256,
        "size": arrival.size,
        "sender": arrival.sender,
        "branch": arrival.branch,
        "received_at": arrival.received_at,
        "received_day": arrival.received_day,
        "state": str(arrival.state),
        "provenance": arrival.provenance,
        "letter": arrival.letter,
        "seen_at": seen_at,
    }


def _submission(row: Mapping[str, Any]) -> Submission:
    return Submission(
        id=row["id"],
        sha256=row["sha256"],
        name=row["name"],
        size=row["size"],
        sender=row["sender"],
        branch=row["branch"],
        received_at=row["received_at"],
        received_day=row["received_day"],
        state=SubmissionState(row["state"]),
        source=row["source"] or "",
        reason=finding_from(row, "reason_") if row.get("reason_code") else None,
        provenance=row["provenance"],
    )
