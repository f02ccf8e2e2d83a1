"""What officers look at when they review a day: open findings, a unit's days, what rules come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tonghop.domain.findings import Finding
from tonghop.domain.units import UnitCode


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An open finding with only what the queue is sorted, counted and filtered by.

    ``unit``: the one it is about, else the one that sent the file (None: nobody knows). ``standing`` of its
    entry, None for a finding on a whole file.
    """

    id: int
    code: str
    severity: str
    entry: int | None
    submission: int
    unit: UnitCode | None
    standing: str | None
    received_at: datetime


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding as a list shows it.

    ``label``: how its row was named; ``settled``: how it came to rest (accepted, corrected, rejected or waived),
    None while it is open.
    """

    id: int
    finding: Finding
    settled: str | None = None
    label: str | None = None
    name: str = ""
    entry: int | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class SentBy:
    """A submission: which file came from whom, when, and by which source."""

    id: int
    campaign: str
    name: str
    sha256: str
    sender: str | None
    branch: UnitCode | None
    received_at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class EntryOf:
    """The entry a finding stands on: whose, how named in the file, where, and how it stands."""

    id: int
    unit: UnitCode | None
    label: str
    origin: str
    standing: str
    document: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class UnderReview:
    """One finding with all that is needed to settle it. ``verdict``, ``waiver``: what settled it."""

    id: int
    campaign: str
    day: date
    finding: Finding
    settled: str | None
    verdict: int | None
    waiver: int | None
    submission: SentBy
    entry: EntryOf | None

    @property
    def unit(self) -> UnitCode | None:
        """Return the unit it is about, else the one that sent the file."""
        own = self.entry.unit if self.entry is not None else None
        return self.finding.unit or own or self.submission.branch


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """A figure of an entry as it was read: people, None where blank or in doubt. ``verdict``: who corrected it."""

    indicator: str
    value: int | None
    raw: str
    sheet: str
    cell: str
    doubt: str | None
    verdict: int | None


@dataclass(frozen=True, slots=True)
class DayFigure:
    """One figure of one day of a unit: ``standing`` counted or held."""

    entry: int
    day: date
    indicator: str
    value: int | None
    standing: str
    verdict: int | None


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """What a unit sent for a day, and what became of it. ``is_accepted``: its receipt counts for timeliness.

    ``verdict``: the correction that made it; ``replaced_by``: the entry that a correction put in its place.
    """

    entry: int
    day: date
    standing: str
    is_accepted: bool
    origin: str
    received_at: datetime
    submission: int
    name: str
    sender: str | None
    verdict: int | None
    replaced_by: int | None


@dataclass(frozen=True, slots=True)
class Call:
    """A note on a telephone call. ``promised_at``: when the unit said it would send."""

    day: date
    at: datetime
    officer: str
    note: str
    promised_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReminderSent:
    """A reminder that was made for a unit; ``state`` of its delivery, None where it has none."""

    day: date
    made_at: datetime
    subject: str
    state: str | None


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule fired on some days, on how many units, and what officers made of it."""

    code: str
    fired: int
    units: int
    last_day: date
    unsettled: int
    accepted: int
    corrected: int
    rejected: int
    waived: int

    @property
    def overridden(self) -> float | None:
        """Return the share of settled findings that officers let pass (0–1); None where none is settled."""
        settled = self.fired - self.unsettled
        return (self.accepted + self.waived) / settled if settled else None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to deliver a message to one address, and what the server answered."""

    address: str
    kind: str
    at: datetime
    stage: str
    code: int | None
    state: str
    reply: str
