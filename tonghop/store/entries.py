"""Entries, figures and findings: recorded once with their submission, told again with where they stand."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from tonghop.domain.editions import OpenFinding, Source
from tonghop.domain.entries import Entry, EntryState
from tonghop.domain.findings import Finding
from tonghop.domain.verdicts import CorrectedBy
from tonghop.store.connection import Database, Transaction
from tonghop.store.ledger import finding_from
from tonghop.store.records import (
    RecordedReading,
    Standing,
    Traced,
    count_of,
    fingerprint_of,
)
from tonghop.store.standing import carry

# SQLite takes 32.766 parameters in a statement, PostgreSQL 65.535.
_MOST_AT_ONCE = 10_000


class Entries:
    """What was read. Which entry counts is derived, never stored (the view ``standing_entry``)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, campaign: str, outcomes: Sequence[RecordedReading], at: datetime) -> None:
        """Record the readings in one transaction: entries, figures, findings, the submissions' states.

        A submission that is no longer ``received`` is left alone, so a second run or a second process at the
        same time changes nothing. One whose bytes came before under another name and whose every entry says
        the same again becomes a ``duplicate`` without entries of its own.
        """
        # Ascending numbers: two processes with the same batch wait for each other, never in a ring.
        ordered = sorted(outcomes, key=lambda outcome: outcome.submission)
        token = uuid.uuid4().hex
        with self._database.writing() as transaction:
            transaction.run_many("store/claim_submission", (_claim(campaign, o, token) for o in ordered))
            won = {r["id"]: r for r in transaction.rows("store/claimed_submissions", reading=token)}
            mine = [outcome for outcome in ordered if outcome.submission in won]
            said = {o.submission: [fingerprint_of(entry) for entry, _ in o.entries] for o in mine}
            fresh = self._without_duplicates(transaction, token, mine, won, said)
            rows = (row for o in fresh for row in _entry_rows(campaign, o, said[o.submission]))
            transaction.run_many("store/put_entry", rows)
            ids = {(s, o): i for s, o, i in transaction.tuples("store/entry_ids", reading=token)}
            transaction.run_many("store/put_figure", (row for o in fresh for row in _figure_rows(o, ids)))
            found = [row for o in fresh for row in _finding_rows(campaign, o, ids, won[o.submission], at)]
            transaction.run_many("store/put_finding", found)
            carry(transaction, campaign, [o.submission for o in fresh], list(ids.values()))
        self._database.learn("store/learn_entries", len(ids))

    @staticmethod
    def _without_duplicates(
        transaction: Transaction,
        token: str,
        mine: Sequence[RecordedReading],
        won: Mapping[int, Any],
        fingerprints: Mapping[int, Sequence[str]],
    ) -> list[RecordedReading]:
        seen: dict[str, set[tuple[str, str]]] = {}
        for r in transaction.rows("store/same_bytes", reading=token):
            seen.setdefault(r["sha256"], set()).add((r["fingerprint"], r["state"]))
        fresh: list[RecordedReading] = []
        for outcome in mine:
            before = seen.setdefault(won[outcome.submission]["sha256"], set())
            pairs = zip(fingerprints[outcome.submission], outcome.entries, strict=True)
            said = [(fingerprint, str(state)) for fingerprint, (_, state) in pairs]
            if before and said and all(_was_said(before, *one) for one in said):
                transaction.run("store/mark_duplicate", id=outcome.submission)
            else:
                fresh.append(outcome)
                before.update(said)
        return fresh

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
                frame = transaction.frame("review/history", **asked)
            else:
                frame = transaction.frame("review/history_of_units", **asked, units=tuple(units))
        frame["day"] = pd.to_datetime(frame["day"])
        # Texts repeat over days: as categories they are compared as numbers.
        texts = {"unit": "str", "indicator": "str", "origin": "str"}
        typed = frame.astype({**texts, "value": "int64", "day": "datetime64[s]"}).astype(
            dict.fromkeys(texts, "category")
        )
        # Sorted here: an ORDER BY would tempt SQLite into the index of units, through all history.
        return typed.sort_values(["unit", "day", "indicator"], ignore_index=True)

    def same_bytes(self, submissions: Sequence[int]) -> dict[int, tuple[str, tuple[str, ...]]]:
        """Return by submission the hash of its bytes and the units for which the same bytes were read before."""
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


def _was_said(before: set[tuple[str, str]], fingerprint: str, state: str) -> bool:
    """Return whether the same bytes said this before, and it stood there at least as well as it would now."""
    enough = {str(EntryState.ACCEPTED), str(EntryState.REJECTED), state}
    return any((fingerprint, as_good) in before for as_good in enough)


def _claim(campaign: str, outcome: RecordedReading, token: str) -> dict[str, Any]:
    return {"campaign": campaign, "id": outcome.submission, "state": str(outcome.state), "reading": token}


def _entry_rows(
    campaign: str, outcome: RecordedReading, fingerprints: Sequence[str]
) -> Iterator[dict[str, Any]]:
    for fingerprint, (entry, state) in zip(fingerprints, outcome.entries, strict=True):
        yield {
            "campaign": campaign,
            "submission_id": outcome.submission,
            "ordinal": entry.ordinal,
            "unit": entry.unit,
            "label": entry.label,
            "day": entry.day,
            "stated_day": entry.stated_day,
            "origin": str(entry.origin),
            "document": entry.document,
            "sheet": entry.sheet,
            "cell": entry.cell,
            "state": str(state),
            "fingerprint": fingerprint,
        }


def _figure_rows(outcome: RecordedReading, ids: Mapping[tuple[int, int], int]) -> Iterator[dict[str, Any]]:
    for entry, _state in outcome.entries:
        for indicator, figure in entry.figures.items():
            yield {
                "entry_id": ids[outcome.submission, entry.ordinal],
                "indicator": indicator,
                "value": count_of(figure),
                "raw": figure.raw,
                "sheet": figure.sheet,
                "cell": figure.cell,
                "doubt": figure.doubt,
            }


def _finding_rows(
    campaign: str,
    outcome: RecordedReading,
    ids: Mapping[tuple[int, int], int],
    submission: Mapping[str, Any],
    at: datetime,
) -> Iterator[dict[str, Any]]:
    entries = {entry.ordinal: entry for entry, _state in outcome.entries}
    day = _day_of(entries.values(), submission["received_day"])
    common = {"campaign": campaign, "submission_id": outcome.submission, "made_at": at}
    if outcome.reason is not None:
        yield {**common, **_finding_row(outcome.reason), "entry_id": None, "day": day, "is_reason": True}
    for ordinal, finding in outcome.findings:
        entry = entries.get(ordinal) if ordinal is not None else None
        yield {
            **common,
            **_finding_row(finding),
            "entry_id": ids[outcome.submission, entry.ordinal] if entry else None,
            "day": entry.day if entry else day,
            "is_reason": False,
        }


def _day_of(entries: Iterable[Entry], received_day: date) -> date:
    """Return the day of a finding on a whole submission: its entries' last, else the receipt's."""
    return max((entry.day for entry in entries), default=received_day)


def _finding_row(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "unit": finding.unit,
        "indicator": finding.indicator,
        "document": finding.document,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "found": finding.found,
        "expected": finding.expected,
        "arguments": json.dumps(dict(finding.arguments), ensure_ascii=False, sort_keys=True),
    }


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
