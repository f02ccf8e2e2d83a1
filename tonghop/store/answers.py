"""What submitters are still owed, and what is to be told them; derived, so that a killed run answers later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from tonghop.domain.answers import AnsweredEntry, AnsweredFigure, EarlierEntry, Handled
from tonghop.domain.findings import Finding
from tonghop.store.connection import Database, Transaction, chunks
from tonghop.store.ledger import finding_from

_Rows = Sequence[Mapping[str, Any]]
WAITED = timedelta(days=7)
"""How long a message of an unknown sender is shown as waiting, and taken in by itself once its sender is listed."""


@dataclass(frozen=True, slots=True)
class OwedInFolder:
    """A file of a folder that has no answer beside it. ``key``: the source's; ``file``: begun before, or None."""

    submission: int
    key: str
    file: str | None


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A message of a sender nobody has listed. ``source``, ``key``: where it was first seen."""

    submission: int
    source: str
    key: str
    name: str
    sender: str | None
    received_at: datetime
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """An officer's rejection that its submitter does not know of. ``unit``: None where nothing was read."""

    verdict: int
    submission: int
    unit: str | None
    day: date
    reason: str
    code: str | None
    name: str
    sha256: str
    sender: str | None
    provenance: str | None
    received_at: datetime


class Answers:
    """Reads what was dealt with; the answers by mail themselves stand in the outbox under their keys."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def owed(self, campaign: str, since: datetime, most: int) -> tuple[int, ...]:
        """Return the submissions by mail received since then that have no answer, oldest first."""
        with self._database.reading() as transaction:
            rows = transaction.tuples("answer/owed", campaign=campaign, since_at=since, most=most)
        return tuple(number for (number,) in rows)

    def owed_in_folder(
        self, campaign: str, source: str, since: datetime, most: int
    ) -> tuple[OwedInFolder, ...]:
        """Return the files of a folder received since then that have no answer beside them, oldest first."""
        with self._database.reading() as transaction:
            rows = transaction.tuples(
                "answer/owed_in_folder", campaign=campaign, source=source, since_at=since, most=most
            )
        return tuple(OwedInFolder(*row) for row in rows)

    def given(self, campaign: str, since: datetime) -> dict[str, int]:
        """Return how many answers each address was given since a moment."""
        with self._database.reading() as transaction:
            return dict(transaction.tuples("answer/given", campaign=campaign, since_at=since))

    def handled(self, submissions: Sequence[int]) -> tuple[Handled, ...]:
        """Return submissions as their senders are told, in the order asked; at most some hundreds at once."""
        if not submissions:
            return ()
        asked = list(submissions)
        with self._database.reading() as transaction:
            rows = transaction.tuples("answer/submission", submissions=asked)
            entries = transaction.tuples("answer/entries", submissions=asked)
            earlier = transaction.rows("answer/earlier", submissions=asked)
            stated = _of_stated_day(transaction, entries)
            findings = transaction.rows("answer/findings", submissions=asked)
            wanted = [e[0] for e in entries] + [e["earlier_id"] for e in earlier] + list(stated.values())
            figures = _figures(transaction, wanted)
        first = {row[0]: row for row in reversed(rows)}
        noted, before = _by(findings, "submission_id"), _by(earlier, "entry_id")
        told: dict[int, list[AnsweredEntry]] = {}
        for row in entries:
            found, others = noted.get(row[1], ()), before.get(row[0], ())
            told.setdefault(row[1], []).append(_entry(row, found, others, stated, figures))
        return tuple(_handled(first[n], told.get(n, ()), noted.get(n, ())) for n in asked)

    def note_in_folder(self, files: Mapping[int, str], source: str, at: datetime) -> None:
        """Note the files that answers are about to be written to, by submission."""
        with self._database.writing() as transaction:
            transaction.run_many(
                "answer/put_in_folder",
                (
                    {"submission_id": number, "source": source, "file": file, "made_at": at}
                    for number, file in sorted(files.items())
                ),
            )

    def settle_in_folder(self, submissions: Iterable[int], state: str, at: datetime) -> None:
        """Note what became of answers beside files: written or refused, both final."""
        settled = sorted(submissions)
        if settled:
            with self._database.writing() as transaction:
                for part in chunks(settled):
                    transaction.run("answer/settle_in_folder", submissions=part, state=state, made_at=at)

    def last_in_folder(self, source: str) -> str | None:
        """Return how the last answer into a folder ended: written or refused; None where there was none."""
        with self._database.reading() as transaction:
            rows = transaction.tuples("answer/last_in_folder", source=source)
        return str(rows[0][0]) if rows else None

    def rejected(self, campaign: str, since: datetime) -> tuple[Rejected, ...]:
        """Return the rejections since a moment that stand and were not told, oldest first."""
        with self._database.reading() as transaction:
            rows = transaction.rows("answer/rejected", campaign=campaign, since_at=since)
        return tuple(
            Rejected(verdict=row.pop("verdict_id"), submission=row.pop("submission_id"), **row)
            for row in map(dict, rows)
        )

    def quarantined(
        self, campaign: str, since: datetime, source: str | None = None
    ) -> tuple[Quarantined, ...]:
        """Return the messages of unknown senders that came since a moment (into one source), oldest first."""
        asked = {"campaign": campaign, "since_at": since, "source": source}
        with self._database.reading() as transaction:
            rows = transaction.rows("answer/quarantined", **asked)
        return tuple(Quarantined(submission=row.pop("id"), **row) for row in map(dict, rows))


def _by(rows: _Rows, column: str) -> dict[int, list[Mapping[str, Any]]]:
    grouped: dict[int, list[Mapping[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(row[column], []).append(row)
    return grouped


def _handled(row: tuple[Any, ...], entries: Sequence[AnsweredEntry], findings: _Rows) -> Handled:
    number, name, sha256, sender, branch, received_at, received_day, original, original_at = row
    return Handled(
        id=number,
        name=name,
        sha256=sha256,
        sender=sender,
        branch=branch,
        received_at=received_at,
        received_day=received_day,
        reason=next((finding_from(f) for f in findings if f["is_reason"]), None),
        entries=tuple(entries),
        findings=tuple(finding_from(f) for f in findings if f["entry_id"] is None and not f["is_reason"]),
        original=(original, original_at) if original is not None else None,
    )


_Figures = Mapping[int, tuple[AnsweredFigure, ...]]


def _of_stated_day(transaction: Transaction, entries: Sequence[tuple[Any, ...]]) -> dict[int, int]:
    """Return by entry that names another day than it is filed under the one that counts for the day it names."""
    asked = [number for number, _, _, _, day, stated_day, *_ in entries if stated_day not in (None, day)]
    found: dict[int, int] = {}
    for part in chunks(asked):
        found |= transaction.tuples("answer/of_stated_day", entries=part)
    return found


def _figures(transaction: Transaction, entries: Iterable[int]) -> _Figures:
    found: dict[int, tuple[AnsweredFigure, ...]] = {}
    for part in chunks(sorted(set(entries))):
        rows = transaction.tuples("answer/figures", entries=part)
        for entry, figures in groupby(rows, itemgetter(0)):
            found[entry] = tuple(AnsweredFigure(*figure) for _, *figure in figures)
    return found


def _entry(
    row: tuple[Any, ...], findings: _Rows, earlier: _Rows, stated: Mapping[int, int], figures: _Figures
) -> AnsweredEntry:
    number, _submission, unit, label, day, stated_day, standing, document = row
    accepted = [e for e in earlier if e["state"] == "accepted"]
    last = _earlier(earlier[-1], figures) if earlier else None
    mine = figures.get(number, ())
    that_day = figures.get(stated.get(number, -1), ())
    return AnsweredEntry(
        unit=unit,
        label=label,
        day=day,
        stated_day=stated_day,
        standing=standing,
        document=document,
        figures=mine,
        findings=_of(number, findings),
        replaces=_earlier(accepted[-1], figures) if accepted else None,
        again=last if last is not None and last.is_same else None,
        is_old_day=bool(that_day) and _values(that_day) == _values(mine),
    )


def _of(entry: int, findings: _Rows) -> tuple[Finding, ...]:
    return tuple(finding_from(f) for f in findings if f["entry_id"] == entry and not f["is_reason"])


def _earlier(row: Mapping[str, Any], figures: _Figures) -> EarlierEntry:
    values = _values(figures.get(row["earlier_id"], ()))
    return EarlierEntry(row["submission_id"], row["received_at"], bool(row["is_same"]), values)


def _values(figures: Sequence[AnsweredFigure]) -> dict[str, int | None]:
    return {figure.indicator: figure.value for figure in figures}
