"""One unit's figures for one day, as one submission gave them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from tonghop.domain.findings import Finding, Severity
from tonghop.domain.forms import Form
from tonghop.domain.reading import DeclaredRate, Figure, Incoming, Reading, Role, Row
from tonghop.domain.units import UnitCode, UnitTree

_Place = tuple[str | None, ...]
"""Where a finding stands: a unit, a whole file, or a cell (document, sheet, cell)."""


class Origin(StrEnum):
    """Who gave the figures: the unit itself, or a parent that consolidated them. The unit's own count first."""

    OWN = "own"
    CONSOLIDATED = "consolidated"


class EntryState(StrEnum):
    """Where an entry stands. ``superseded`` is not stored: the store derives which accepted entry counts."""

    HELD = "held"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Entry(NamedTuple):
    """One unit's figures for one day from one submission.

    ``submission`` is the key of the reading it came from, ``ordinal`` its place therein. ``unit`` is None
    where the label fits no unit (the entry is then held). ``day`` is the day it is filed under,
    ``stated_day`` the one its table names. ``increases`` are the day's increases the submitter computed, by
    the indicator they are of: compared, never added.
    """

    submission: str
    ordinal: int
    unit: UnitCode | None
    label: str
    day: date
    stated_day: date | None
    origin: Origin
    received_at: datetime
    document: str
    sheet: str
    cell: str
    day_cell: str | None
    figures: Mapping[str, Figure]
    declared: tuple[DeclaredRate, ...] = ()
    increases: tuple[Figure, ...] = ()

    def values(self) -> dict[str, int | None]:
        """Return people by indicator; None where missing or in doubt."""
        return {
            code: int(f.number) if f.number is not None and f.number == int(f.number) else None
            for code, f in self.figures.items()
        }


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A total row beside the entries it covers (by ordinal): to be compared, never added."""

    submission: str
    ordinal: int
    document: str
    sheet: str
    cell: str
    figures: Mapping[str, Figure]
    declared: tuple[DeclaredRate, ...]
    covers: tuple[int, ...]


@dataclass(frozen=True)
class Judged:
    """A reading with its entries, totals and every finding, of reading and of validation."""

    reading: Reading
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]

    def findings_of(self, entry: Entry) -> tuple[Finding, ...]:
        """Return the findings that stand on this entry: on its unit, its label's cell, or its whole file."""
        if not self.findings:
            return ()
        at = {at for place in _places_of(entry) for at in self._by_place.get(place, ())}
        return tuple(self.findings[one] for one in sorted(at))

    def state_of(self, entry: Entry) -> EntryState:
        """Return whether the entry counts now or is held for a person."""
        if not self.findings or self._held.isdisjoint(_places_of(entry)):
            return EntryState.ACCEPTED
        return EntryState.HELD

    @cached_property
    def _held(self) -> frozenset[_Place]:
        return frozenset(_place_of(finding) for finding in self.findings if finding.holds)

    @cached_property
    def _by_place(self) -> Mapping[_Place, list[int]]:
        # A file may have as many findings as lines; each line looking through all of them took minutes.
        places: dict[_Place, list[int]] = {}
        for at, finding in enumerate(self.findings):
            places.setdefault(_place_of(finding), []).append(at)
        return places


def _place_of(finding: Finding) -> _Place:
    if finding.unit is not None:
        return (finding.unit,)
    if finding.cell is None:
        return ("", finding.document)
    return (finding.document, finding.sheet, finding.cell)


def _places_of(entry: Entry) -> set[_Place]:
    """Return the places whose findings stand on an entry; a finding without a document is of every file."""
    files = ("", entry.document)
    places: set[_Place] = {("", file) for file in files}
    places |= {(file, entry.sheet, entry.cell) for file in files}
    return places if entry.unit is None else places | {(entry.unit,)}


def entries_of(
    reading: Reading, incoming: Incoming, today: date
) -> tuple[tuple[Entry, ...], tuple[StatedTotal, ...]]:
    """Return the entries and the stated totals of one reading.

    ``incoming`` tells when, for which day and from whose branch the submission came, its moments in the
    campaign's zone; ``today`` is the campaign's local date now.
    """
    alone = len({row.unit for row in reading.rows if row.role is Role.UNIT}) == 1
    expected, received = incoming.expected_day, incoming.received_at.date()
    entries: list[Entry] = []
    totals: list[StatedTotal] = []
    for ordinal, row in enumerate(reading.rows):
        figures = {figure.indicator: figure for figure in row.figures}
        if row.role is Role.TOTAL:
            totals.append(
                StatedTotal(
                    reading.key, ordinal, row.document, row.sheet, row.cell, figures, row.declared, row.covers
                )
            )
            continue
        entries.append(
            Entry(
                submission=reading.key,
                ordinal=ordinal,
                unit=row.unit,
                label=row.label,
                day=filed_under(row.stated_day, expected, received, today),
                stated_day=row.stated_day,
                origin=_origin(row, incoming, alone),
                received_at=incoming.received_at,
                document=row.document,
                sheet=row.sheet,
                cell=row.cell,
                day_cell=row.day_cell,
                figures=figures,
                declared=row.declared,
                increases=row.increases,
            )
        )
    return tuple(entries), tuple(totals)


def filed_under(stated: date | None, expected: date, received: date, today: date) -> date:
    """Return the day an entry is filed under.

    A file received on the very day it names is good for that day, and a run for a past day may meet files
    of later days. A file that names an earlier day than expected may be yesterday's sent again or one whose
    title nobody changed, and one that names a day to come may be a slip: only the sender knows. These are
    filed under the expected day, where the rule on days holds them.
    """
    if stated is None:
        return expected
    return stated if stated == received or expected < stated <= today else expected


def _origin(row: Row, incoming: Incoming, alone: bool) -> Origin:
    # A message tells who sent it; of a file in a folder only its content tells whether it is one unit's own.
    own = row.unit == incoming.branch or (alone and incoming.sender is None)
    return Origin.OWN if own else Origin.CONSOLIDATED


def within_its_duty(
    entries: tuple[Entry, ...], form: Form, tree: UnitTree, branch: UnitCode | None
) -> tuple[tuple[Entry, ...], tuple[Finding, ...]]:
    """Return the entries without figures their units do not owe, and findings on what stands outside a duty.

    An agency's people are counted in the communes already: adding them would count them twice, so such a figure
    is left out and told. A submission from one unit's folder or mailbox that holds another unit's figures is for
    a person to look at: it must not replace what that unit has sent itself.
    """
    kept: list[Entry] = []
    findings: list[Finding] = []
    for entry in entries:
        if entry.unit is None or entry.unit not in tree:
            kept.append(entry)
            continue
        if branch is not None and branch in tree and not tree.is_within(entry.unit, branch):
            findings.append(_outside(entry, tree, branch))
        kind = tree[entry.unit].kind
        not_asked = {indicator.code for indicator in form.indicators if not indicator.is_asked_of(kind)}
        if not_asked.isdisjoint(entry.figures):
            kept.append(entry)
            continue
        owed = {code: f for code, f in entry.figures.items() if code not in not_asked}
        findings += [
            _not_owed(entry, f) for code, f in entry.figures.items() if code in not_asked and f.number
        ]
        rates = {r.code for r in form.rates if {r.numerator, r.denominator} <= owed.keys()}
        declared = tuple(rate for rate in entry.declared if rate.rate in rates)
        kept.append(entry._replace(figures=owed, declared=declared))
    return tuple(kept), tuple(findings)


def _outside(entry: Entry, tree: UnitTree, branch: UnitCode | None) -> Finding:
    return Finding(
        "outside-branch",
        Severity.CRITICAL,
        document=entry.document,
        unit=entry.unit,
        sheet=entry.sheet,
        cell=entry.cell,
        found=tree[entry.unit].name if entry.unit else None,
        expected=tree[branch].name if branch else None,
    )


def _not_owed(entry: Entry, figure: Figure) -> Finding:
    return Finding(
        "figure-not-owed",
        Severity.WARNING,
        document=entry.document,
        unit=entry.unit,
        indicator=figure.indicator,
        sheet=figure.sheet,
        cell=figure.cell,
        found=figure.raw,
    )
