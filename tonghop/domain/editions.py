"""Numbered, frozen states of a day's report, and what changed between two of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tonghop.domain.findings import Finding
from tonghop.domain.totals import DayTotals, LineFigure
from tonghop.domain.units import UnitCode
from tonghop.domain.verdicts import CorrectedBy


class CauseKind(StrEnum):
    """Why a figure differs: an officer's correction, rejection or acceptance, another submission, or units below."""

    CORRECTED = "corrected"
    REJECTED = "rejected"
    ACCEPTED = "accepted"
    SENT = "sent"
    BELOW = "below"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a figure differs from the edition before.

    ``at``: when the officer decided, or when the submission came. ``officer`` and ``reason`` tell of a verdict.
    """

    kind: CauseKind
    at: datetime | None = None
    officer: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that differs from the edition before: old → new (people), and why."""

    unit: UnitCode
    name: str
    indicator: str
    old: int | None
    new: int | None
    cause: Cause = Cause(CauseKind.OTHER)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure was read: what the trace sheet and ``tonghop trace`` tell.

    ``corrected``: the verdict that put ``value`` in place of what was read there.
    """

    unit: UnitCode
    indicator: str
    value: int | None
    raw: str
    submission: int
    sha256: str
    name: str
    document: str
    sheet: str
    cell: str
    sender: str | None
    received_at: datetime
    source: str
    corrected: CorrectedBy | None = None


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """A finding as the report and the desk show it, with the submission it stands in."""

    id: int
    finding: Finding
    day: date
    submission: int
    name: str
    sender: str | None
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Edition:
    """One frozen state of a day's report. Number 1 is the first; a later one replaces the one before."""

    id: int
    campaign: str
    day: date
    number: int
    made_at: datetime
    digest: str
    totals: DayTotals
    changes: tuple[Change, ...] = ()


def changes_between(old: DayTotals, new: DayTotals) -> tuple[Change, ...]:
    """Return the figures that differ between two states of a day, in the order of the newer one's lines."""
    before = {line.unit: line.figures for line in old.lines}
    return tuple(
        Change(line.unit, line.name, code, then, figure.value)
        for line in new.lines
        for code, figure in line.figures.items()
        if (then := _people(before.get(line.unit), code)) != figure.value
    )


def _people(figures: Mapping[str, LineFigure] | None, code: str) -> int | None:
    figure = figures.get(code) if figures is not None else None
    return figure.value if figure is not None else None
