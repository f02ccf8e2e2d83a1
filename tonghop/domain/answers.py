"""What is told to a submitter: what was read of a submission, where each figure stands, what is to be mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from tonghop.domain.findings import Finding, Severity
from tonghop.domain.units import UnitCode


class AnswerKind(StrEnum):
    """What an answer comes to; each has its own wording."""

    RECEIPT = "receipt"
    WARNED = "warned"
    CORRECTION = "correction"
    AGAIN = "again"
    HELD = "held"
    REJECTED = "rejected"
    UNREADABLE = "unreadable"

    @property
    def asks(self) -> bool:
        """Return whether the submitter is asked to mend something and send again."""
        return self in (AnswerKind.HELD, AnswerKind.REJECTED, AnswerKind.UNREADABLE)


# How a message reached us is the officers' affair; a commune officer could only worry about it.
_FOR_OFFICERS = frozenset({"sender-unauthenticated"})


def is_told(finding: Finding) -> bool:
    """Return whether a submitter is told of a finding."""
    return finding.code not in _FOR_OFFICERS


class AnsweredFigure(NamedTuple):
    """One figure as it was read: people (None: missing or in doubt), and where it stands."""

    indicator: str
    value: int | None
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class EarlierEntry:
    """The entry that counted before, of the same unit and day: its submission's number, when, and figures."""

    submission: int
    received_at: datetime
    is_same: bool
    values: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class AnsweredEntry:
    """One unit's figures for a day, where they stand now, and what they replace.

    ``standing``: counted, superseded, held or rejected. ``replaces``: the accepted entry before it.
    ``again``: the last entry before it whatever its state, if that says the same. ``is_old_day``: the
    figures are those that count for the other day that the file names.
    """

    unit: UnitCode | None
    label: str
    day: date
    stated_day: date | None
    standing: str
    document: str
    figures: tuple[AnsweredFigure, ...]
    findings: tuple[Finding, ...]
    replaces: EarlierEntry | None = None
    again: EarlierEntry | None = None
    is_old_day: bool = False

    @property
    def changed(self) -> tuple[AnsweredFigure, ...]:
        """Return the figures that differ from the entry they replace."""
        if self.replaces is None:
            return ()
        return tuple(f for f in self.figures if self.replaces.values.get(f.indicator) != f.value)


@dataclass(frozen=True)
class Handled:
    """A submission that was dealt with, as its sender is told. ``id`` is the number of the receipt.

    ``findings`` stand on the submission as a whole. ``original``: of the same bytes sent before, the first
    one's number and moment. Without slots, as each sentence of an answer asks for what follows from these.
    """

    id: int
    name: str
    sha256: str
    sender: str | None
    branch: UnitCode | None
    received_at: datetime
    received_day: date
    reason: Finding | None
    entries: tuple[AnsweredEntry, ...]
    findings: tuple[Finding, ...]
    original: tuple[int, datetime] | None = None

    @cached_property
    def kind(self) -> AnswerKind:
        """Return what the answer comes to: the gravest first."""
        if self.original is not None:
            return AnswerKind.AGAIN
        if not self.entries:
            return AnswerKind.UNREADABLE
        standings = {entry.standing for entry in self.entries}
        if "held" in standings:
            return AnswerKind.HELD
        if "rejected" in standings:
            return AnswerKind.REJECTED
        if all(entry.again is not None for entry in self.entries):
            return AnswerKind.AGAIN
        if any(entry.changed for entry in self.entries):
            return AnswerKind.CORRECTION
        weighs = (Severity.CRITICAL, Severity.WARNING)
        told = any(f.severity in weighs and is_told(f) for f in self.all_findings)
        return AnswerKind.WARNED if told else AnswerKind.RECEIPT

    @cached_property
    def all_findings(self) -> tuple[Finding, ...]:
        """Return every finding: the reason, those on the whole, those on entries."""
        on_entries = (finding for entry in self.entries for finding in entry.findings)
        return (*((self.reason,) if self.reason else ()), *self.findings, *on_entries)

    @property
    def days(self) -> tuple[date, ...]:
        """Return the days the entries are filed under, else the day of receipt."""
        return tuple(sorted({entry.day for entry in self.entries})) or (self.received_day,)
