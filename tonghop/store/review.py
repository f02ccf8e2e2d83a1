"""What the desk asks of the database: the queue, a finding with all around it, a unit's days, the rules' counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from tonghop.domain.entries import EntryState
from tonghop.domain.review import (
    Attempt,
    Call,
    DayFigure,
    EntryOf,
    OpenItem,
    ReadFigure,
    ReminderSent,
    RuleCount,
    SentBy,
    ShownFinding,
    UnderReview,
    UnitEntry,
)
from tonghop.store.connection import Database, chunks
from tonghop.store.ledger import finding_from

MOST_FINDINGS = 200


class Review:
    """Reads what officers look at. Nothing is written."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open_items(self, campaign: str, day: date) -> tuple[OpenItem, ...]:
        """Return every open finding of a day that still speaks, in no order."""
        with self._database.reading() as transaction:
            rows = transaction.tuples("review/open_queue", campaign=campaign, day=day)
        return tuple(OpenItem(*row) for row in rows)

    def shown(self, findings: Sequence[int]) -> dict[int, ShownFinding]:
        """Return findings by number as a list shows them."""
        with self._database.reading() as transaction:
            rows = [
                row
                for part in chunks(findings)
                for row in transaction.rows("review/queue_page", findings=list(part))
            ]
        return {row["id"]: _shown(row) for row in rows}

    def finding(self, number: int) -> UnderReview | None:
        """Return one finding with its entry and submission; None where there is none of that number."""
        with self._database.reading() as transaction:
            rows = transaction.rows("review/finding", id=number)
        return _under_review(rows[0]) if rows else None

    def findings_of(self, submission: int, entry: int | None) -> tuple[ShownFinding, ...]:
        """Return the findings of an entry and of its whole file, open ones first."""
        with self._database.reading() as transaction:
            rows = transaction.rows("review/findings_of_entry", submission_id=submission, entry_id=entry)
        return tuple(map(_shown, rows))

    def figures(self, entry: int) -> tuple[ReadFigure, ...]:
        """Return the figures of an entry as they were read."""
        with self._database.reading() as transaction:
            rows = transaction.tuples("review/entry_figures", entry_id=entry)
        return tuple(ReadFigure(*row) for row in rows)

    def submission(self, number: int) -> SentBy | None:
        """Return a submission; None where there is none of that number."""
        with self._database.reading() as transaction:
            rows = transaction.rows("review/submission", id=number)
        return _sent_by(rows[0], rows[0]["id"]) if rows else None

    def units_of(self, submission: int) -> frozenset[str | None]:
        """Return the units a submission speaks of; None among them where a row fits no unit."""
        with self._database.reading() as transaction:
            return frozenset(transaction.column("review/units_of_submission", submission_id=submission))

    def unit_figures(self, campaign: str, unit: str, since: date, until: date) -> tuple[DayFigure, ...]:
        """Return a unit's figures that count or are held, over some days (both included), the first day first."""
        asked = {"campaign": campaign, "unit": unit, "since": since, "until": until}
        with self._database.reading() as transaction:
            rows = transaction.rows("review/unit_figures", **asked)
        return tuple(
            DayFigure(
                r["entry_id"], r["day"], r["indicator"], r["value"], r["standing"], r["verdict_id"]
            )
            for r in rows
        )  # fmt: skip

    def unit_entries(self, campaign: str, unit: str, since: date, until: date) -> tuple[UnitEntry, ...]:
        """Return what a unit sent for some days (both included), the latest day first."""
        asked = {"campaign": campaign, "unit": unit, "since": since, "until": until}
        with self._database.reading() as transaction:
            rows = transaction.rows("review/unit_entries", **asked)
        return tuple(
            UnitEntry(
                entry=row["entry_id"],
                day=row["day"],
                standing=row["standing"],
                is_accepted=row["state"] == EntryState.ACCEPTED,
                origin=row["origin"],
                received_at=row["received_at"],
                submission=row["submission_id"],
                name=row["name"],
                sender=row["sender"],
                verdict=row["verdict_id"],
                replaced_by=row["replaced_by"],
            )
            for row in rows
        )

    def unit_findings(self, campaign: str, unit: str, since: date, until: date) -> tuple[ShownFinding, ...]:
        """Return the findings on a unit's entries of some days, the latest first; at most 200."""
        asked = {"campaign": campaign, "unit": unit, "since": since, "until": until}
        with self._database.reading() as transaction:
            rows = transaction.rows("review/unit_findings", **asked, most=MOST_FINDINGS)
        return tuple(map(_shown, rows))

    def calls(self, campaign: str, unit: str, since: date, until: date) -> tuple[Call, ...]:
        """Return the notes on calls to a unit, the latest first."""
        asked = {"campaign": campaign, "unit": unit, "since": since, "until": until}
        with self._database.reading() as transaction:
            rows = transaction.tuples("review/unit_calls", **asked)
        return tuple(Call(*row) for row in rows)

    def reminders(self, campaign: str, unit: str, since: date, until: date) -> tuple[ReminderSent, ...]:
        """Return the reminders made for a unit, the latest first."""
        pattern = f"reminder/{_literally(campaign)}/%/{_literally(unit)}/%"
        days = [since + timedelta(days=n) for n in range((until - since).days + 1)]
        with self._database.reading() as transaction:
            rows = transaction.tuples(
                "review/unit_reminders", campaign=campaign, pattern=pattern, on_day=days
            )
        return tuple(ReminderSent(*row) for row in rows)

    def rules(self, campaign: str, codes: Sequence[str], since: date, until: date) -> tuple[RuleCount, ...]:
        """Return how often each of the rules fired on some days (both included) and what became of it."""
        asked = {"campaign": campaign, "codes": list(codes), "since": since, "until": until}
        with self._database.reading() as transaction:
            rows = transaction.rows("review/rules_fired", **asked)
        return tuple(RuleCount(**row) for row in rows)

    def attempts(self, key: str) -> tuple[Attempt, ...]:
        """Return every try to deliver the message of that key, in order."""
        with self._database.reading() as transaction:
            rows = transaction.rows("review/attempts", key=key)
        return tuple(
            Attempt(r["address"], r["kind"], r["at"], r["stage"], r["code"], r["state"], r["reply"])
            for r in rows
        )


def _literally(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _shown(row: Mapping[str, Any]) -> ShownFinding:
    return ShownFinding(
        id=row["id"],
        finding=finding_from(row),
        settled=row.get("settled"),
        label=row.get("label"),
        name=row.get("name", ""),
        entry=row.get("entry_id"),
        day=row.get("day"),
    )


def _sent_by(row: Mapping[str, Any], number: int) -> SentBy:
    return SentBy(
        id=number,
        campaign=row["campaign"],
        name=row["name"],
        sha256=row["sha256"],
        sender=row["sender"],
        branch=row["branch"],
        received_at=row["received_at"],
        source=row["source"] or "",
    )


def _under_review(row: Mapping[str, Any]) -> UnderReview:
    entry = None
    if row["entry_id"] is not None:
        entry = EntryOf(
            id=row["entry_id"],
            unit=row["entry_unit"],
            label=row["label"],
            origin=row["origin"],
            standing=row["standing"],
            document=row["entry_document"],
            sheet=row["entry_sheet"],
            cell=row["entry_cell"],
        )
    return UnderReview(
        id=row["id"],
        campaign=row["campaign"],
        day=row["day"],
        finding=finding_from(row),
        settled=row["settled"],
        verdict=row["verdict_id"],
        waiver=row["waiver_id"],
        submission=_sent_by(row, row["submission_id"]),
        entry=entry,
    )
