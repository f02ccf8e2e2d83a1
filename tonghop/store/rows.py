"""What readings become in the tables of entries, figures and findings: for each statement its parameters.

Entries and figures, of which there are thousands, are laid column by column.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain, repeat
from typing import Any, NamedTuple

from tonghop.domain.entries import Entry, EntryState
from tonghop.domain.findings import Finding
from tonghop.store.records import RecordedReading, count_of, fingerprint

Ids = Mapping[tuple[int, int], int]
"""The number of each entry by its submission's number and its ordinal there."""


class Taken(NamedTuple):
    """What the ledger knows of a submission that a reading took; ``received`` as the driver gives and takes it."""

    sha256: str
    received_day: date
    received: Any


class Stated(NamedTuple):
    """An entry with its figures as counts and what tells whether another one says the same."""

    submission: int
    entry: Entry
    state: str
    counts: Mapping[str, int | None]
    fingerprint: str


def stated(outcome: RecordedReading) -> list[Stated]:
    """Return what is recorded of each entry of a reading."""
    return [_stated(outcome.submission, entry, state) for entry, state in outcome.entries]


def _stated(submission: int, entry: Entry, state: EntryState) -> Stated:
    counts = {code: count_of(figure) for code, figure in entry.figures.items()}
    said = fingerprint(entry.unit, entry.day, str(entry.origin), counts)
    return Stated(submission, entry, str(state), counts, said)


def claim_columns(campaign: str, outcomes: Sequence[RecordedReading], token: str) -> dict[str, Sequence[Any]]:
    """Return the parameters of ``store/claim_submission``."""
    return {
        "campaign": [campaign] * len(outcomes),
        "id": [outcome.submission for outcome in outcomes],
        "state": [str(outcome.state) for outcome in outcomes],
        "reading": [token] * len(outcomes),
    }


def entry_columns(
    campaign: str, rows: Sequence[Stated], taken: Mapping[int, Taken]
) -> dict[str, Sequence[Any]]:
    """Return the parameters of ``store/put_entry``."""
    entries = [row.entry for row in rows]
    return {
        "campaign": [campaign] * len(rows),
        "submission_id": [row.submission for row in rows],
        "ordinal": [entry.ordinal for entry in entries],
        "unit": [entry.unit for entry in entries],
        "label": [entry.label for entry in entries],
        "day": [entry.day for entry in entries],
        "stated_day": [entry.stated_day for entry in entries],
        "origin": [str(entry.origin) for entry in entries],
        "received": [taken[row.submission].received for row in rows],
        "document": [entry.document for entry in entries],
        "sheet": [entry.sheet for entry in entries],
        "cell": [entry.cell for entry in entries],
        "state": [row.state for row in rows],
        "fingerprint": [row.fingerprint for row in rows],
    }


def figure_columns(rows: Sequence[Stated], ids: Ids) -> dict[str, Sequence[Any]]:
    """Return the parameters of ``store/put_figure``."""
    of_rows = ((ids[row.submission, row.entry.ordinal], len(row.counts)) for row in rows)
    figures = [figure for row in rows for figure in row.entry.figures.values()]
    return {
        "entry_id": list(chain.from_iterable(repeat(number, times) for number, times in of_rows)),
        "indicator": [code for row in rows for code in row.counts],
        "value": [count for row in rows for count in row.counts.values()],
        "raw": [figure.raw for figure in figures],
        "sheet": [figure.sheet for figure in figures],
        "cell": [figure.cell for figure in figures],
        "doubt": [figure.doubt for figure in figures],
    }


def finding_rows(
    campaign: str, outcome: RecordedReading, ids: Ids, received_day: date, at: datetime
) -> Iterator[dict[str, Any]]:
    """Yield the parameters of ``store/put_finding``."""
    entries = {entry.ordinal: entry for entry, _state in outcome.entries}
    day = _day_of(entries.values(), received_day)
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
