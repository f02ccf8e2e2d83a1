"""Why figures differ between two editions: whose verdict, or which submission."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from typing import Any

from tonghop.domain.editions import Cause, CauseKind, Change, changes_between
from tonghop.domain.totals import DayTotals
from tonghop.store.connection import Transaction, chunks

_Key = tuple[int, str]


def explained_changes(transaction: Transaction, old: DayTotals, new: DayTotals) -> tuple[Change, ...]:
    """Return the figures that differ, each with who or what changed it."""
    changes = changes_between(old, new)
    if not changes:
        return ()
    here = [(change.unit, change.indicator) for change in changes]
    units = {unit for unit, _ in here}
    entries_now, entries_before = _entries(new, units), _entries(old, units)
    read = _sources(transaction, (entries_now.get(place) for place in here))
    decided = _decided(transaction, (entries_before.get(place) for place in here))
    vouched = _vouched(transaction, (entries_now.get(place) for place in here))
    return tuple(
        replace(
            change,
            cause=_cause(
                entries_now.get(place), entries_before.get(place), change.indicator, read, decided, vouched
            ),
        )
        for change, place in zip(changes, here, strict=True)
    )


def _entries(totals: DayTotals, units: Set[str]) -> dict[tuple[str, str], int]:
    return {
        (line.unit, code): figure.entry
        for line in totals.lines
        if line.unit in units
        for code, figure in line.figures.items()
        if figure.entry is not None
    }


def _cause(
    now: int | None,
    before: int | None,
    indicator: str,
    read: Mapping[_Key, Mapping[str, Any]],
    decided: Mapping[int, Mapping[str, Any]],
    vouched: Mapping[int, Mapping[str, Any]],
) -> Cause:
    source = read.get((now, indicator)) if now is not None and now != before else None
    if source is not None and source["verdict_id"] is not None:
        return Cause(CauseKind.CORRECTED, source["decided_at"], source["officer"], source["reason"])
    verdict = decided.get(before) if before is not None else None
    if verdict is not None:
        kind = CauseKind.REJECTED if verdict["decision"] == "reject" else CauseKind.CORRECTED
        return Cause(kind, verdict["at"], verdict["officer"], verdict["reason"])
    accepted = vouched.get(now) if now is not None and now != before else None
    if accepted is not None:
        return Cause(CauseKind.ACCEPTED, accepted["at"], accepted["officer"], accepted["reason"])
    if source is not None:
        return Cause(CauseKind.SENT, source["received_at"])
    return Cause(CauseKind.BELOW if now is None and before is None else CauseKind.OTHER)


def _sources(transaction: Transaction, entries: Iterable[int | None]) -> dict[_Key, Mapping[str, Any]]:
    rows = _of(transaction, "report/sources", entries)
    return {(row["entry_id"], row["indicator"]): row for row in rows}


def _decided(transaction: Transaction, entries: Iterable[int | None]) -> dict[int, Mapping[str, Any]]:
    return {row["entry_id"]: row for row in _of(transaction, "report/decided", entries)}


def _vouched(transaction: Transaction, entries: Iterable[int | None]) -> dict[int, Mapping[str, Any]]:
    return {row["entry_id"]: row for row in _of(transaction, "report/vouched", entries)}


def _of(transaction: Transaction, name: str, entries: Iterable[int | None]) -> list[Mapping[str, Any]]:
    wanted = sorted({entry for entry in entries if entry is not None})
    return [row for part in chunks(wanted) for row in transaction.rows(name, entries=list(part))]
