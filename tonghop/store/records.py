"""What goes into the ledger and what comes out of it: frozen values without a trace of the database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tonghop.domain.deliveries import Delivery
from tonghop.domain.editions import Change, Edition, Source
from tonghop.domain.entries import Entry, EntryState, Judged
from tonghop.domain.findings import Finding
from tonghop.domain.reading import Figure, Outcome
from tonghop.words.catalogue import severity_of

# More than any count of people; sums over a whole country's units still fit into 64 bits.
LARGEST_COUNT = 10**13


class SubmissionState(StrEnum):
    """How far a submission has come; nothing is ever deleted."""

    RECEIVED = "received"
    READ = "read"
    UNREADABLE = "unreadable"
    DUPLICATE = "duplicate"
    IGNORED = "ignored"
    QUARANTINED = "quarantined"


class Standing(StrEnum):
    """Where an entry stands on its unit's day; only ``counted`` ones are in the totals."""

    COUNTED = "counted"
    SUPERSEDED = "superseded"
    HELD = "held"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Recorded:
    """An arrival whose bytes are stored safely, ready for the ledger.

    ``received_day`` is the campaign's own date of ``received_at``. ``state`` is ``received``, or
    ``quarantined`` for an unknown sender, or ``ignored`` for what is no submission. ``provenance``: see
    ``Submission``. ``letter``: what the message is beside or instead of a submission (``LetterKind``).
    """

    source: str
    key: str
    name: str
    sha256: str
    size: int
    sender: str | None
    branch: str | None
    received_at: datetime
    received_day: date
    state: SubmissionState = SubmissionState.RECEIVED
    provenance: str | None = None
    letter: str | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """One received file or message as the ledger knows it. ``reason``: why it is unreadable or ignored.

    ``provenance``: ``folder``, ``automatic`` (sent by a program or by ourselves: never answered), else whether
    the sender's domain is vouched for (``Authenticity``); None for what came before answers were given.
    """

    id: int
    sha256: str
    name: str
    size: int
    sender: str | None
    branch: str | None
    received_at: datetime
    received_day: date
    state: SubmissionState
    source: str
    reason: Finding | None = None
    provenance: str | None = None


@dataclass(frozen=True, slots=True)
class RecordedReading:
    """What became of one submission: its entries with their states, and findings with where they stand.

    A finding stands on the entry of the given ordinal, or (None) on the whole submission. ``day`` is the day
    findings on the whole submission are filed under where it yielded no entry.
    """

    submission: int
    state: SubmissionState
    reason: Finding | None
    entries: tuple[tuple[Entry, EntryState], ...]
    findings: tuple[tuple[int | None, Finding], ...]

    @classmethod
    def of(cls, submission_id: int, judged: Judged) -> RecordedReading:
        """Return what is to be recorded of a judged reading.

        A figure no database can keep as a count of people holds its entry, as does a label without a unit:
        rules do both, but what is added up must not hang on a rule being switched on.
        """
        reason = judged.reading.reason
        ordinals = _ordinals(judged) if judged.findings else {}
        said = tuple((ordinals.get(id(found)), found) for found in judged.findings if found != reason)
        added: list[tuple[int | None, Finding]] = []
        entries: list[tuple[Entry, EntryState]] = []
        for entry in judged.entries:
            state = judged.state_of(entry)
            odd = () if state is EntryState.HELD else tuple(_uncountable(entry))
            added += ((entry.ordinal, found) for found in odd)
            entries.append((entry, EntryState.HELD if odd or entry.unit is None else state))
        outcome = _STATES[judged.reading.outcome]
        return cls(submission_id, outcome, reason, tuple(entries), (*said, *added))


@dataclass(frozen=True, slots=True)
class Traced:
    """A figure with its source and where its entry stands."""

    source: Source
    standing: Standing
    entry: int


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that somebody took in hand and has not settled."""

    delivery: Delivery
    campaign: str
    claimant: str
    claimed_at: datetime


@dataclass(frozen=True, slots=True)
class Preview:
    """What freezing would do: ``latest`` is the edition that stands, ``changes`` what differs from it.

    ``is_new``: freezing would make an edition; a day may differ in states alone, without a change of figures.
    ``digest`` tells this state of the day from any other.
    """

    latest: Edition | None
    changes: tuple[Change, ...]
    is_new: bool
    digest: str


def count_of(figure: Figure) -> int | None:
    """Return the figure as a count of people; None where it is missing, in doubt, or no such count."""
    number = figure.number
    if number is None or not abs(number) <= LARGEST_COUNT or number != (count := int(number)):
        return None  # what is no number at all is within no bound
    return count


def fingerprint(unit: str | None, day: date, origin: str, values: Mapping[str, int | None]) -> str:
    """Return a hash of unit, day, origin and values (people by indicator)."""
    return hashlib.sha256(repr((unit, day, origin, sorted(values.items()))).encode()).hexdigest()


_STATES = {
    Outcome.READ: SubmissionState.READ,
    Outcome.UNREADABLE: SubmissionState.UNREADABLE,
    Outcome.IGNORED: SubmissionState.IGNORED,
}


def _uncountable(entry: Entry) -> Iterator[Finding]:
    for figure in entry.figures.values():
        if figure.number is not None and count_of(figure) is None:
            yield Finding(
                "not-a-count",
                severity_of("not-a-count"),
                document=entry.document,
                unit=entry.unit,
                indicator=figure.indicator,
                sheet=figure.sheet,
                cell=figure.cell,
                found=figure.raw,
            )


def _ordinals(judged: Judged) -> dict[int, int]:
    """Return the ordinal of the one entry that each finding (by identity) stands on, if it stands on one.

    A finding of a whole file stands on all its entries and is left out, so that it is recorded once. A unit
    may stand in a file twice, and then its findings belong to the row whose cell they name, else to the first
    of the sheet they name, else to its first.
    """
    first = _first_at(judged.entries)
    found = {
        id(finding): [first[place] for place in _nearest_places(finding) if place in first]
        for finding in judged.findings
    }
    return {key: ordinals[0] for key, ordinals in found.items() if ordinals}


def _first_at(entries: Iterable[Entry]) -> dict[tuple[str | None, ...], int]:
    """Return the first ordinal at each place that a finding may name, by the places of ``_nearest_places``."""
    first: dict[tuple[str | None, ...], int] = {}
    for entry in entries:
        unit, sheet = ("unit", entry.unit), (entry.document, entry.sheet)
        cells = [
            (*unit, *sheet, cell) for cell in (entry.cell, *(one.cell for one in entry.figures.values()))
        ]
        labels = [("label", document, entry.sheet, entry.cell) for document in (entry.document, "")]
        for place in (*cells, (*unit, *sheet), unit, *labels):
            first.setdefault(place, entry.ordinal)
    return first


def _nearest_places(finding: Finding) -> tuple[tuple[str | None, ...], ...]:
    """Return the places of a finding, the nearest first; none for one of a whole file."""
    cell = finding.document, finding.sheet, finding.cell
    if finding.unit is not None:
        unit = "unit", finding.unit
        return (*unit, *cell), (*unit, *cell[:2]), unit
    return (("label", *cell),) if finding.cell is not None else ()
