"""What reading a submission yields: tables turned into rows of figures, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from tonghop.domain.findings import Finding
from tonghop.domain.units import UnitCode


class Incoming(NamedTuple):
    """One submission as it is handed to the reader: bytes with what is known around them.

    ``name``: the file's name (or path below the source), or ``message.eml`` for a message. ``branch``: the
    unit whose folder it lay in or whose allow-list its sender stands in; its labels are resolved there
    first. ``sender``: the address, for messages. ``expected_day``: the day it should be about.
    """

    key: str
    name: str
    content: bytes
    received_at: datetime
    expected_day: date
    branch: UnitCode | None = None
    sender: str | None = None


class Figure(NamedTuple):
    """One indicator as it stands in one cell.

    ``number`` is the count as read (people); None where the cell is blank or in doubt. ``raw`` is the
    cell's text, at most 40 characters and only of numeric look. ``doubt`` is the code of the catalogue
    that says why no number was taken from a cell that is not blank.
    """

    indicator: str
    number: float | None
    raw: str
    sheet: str
    cell: str
    doubt: str | None = None


class DeclaredRate(NamedTuple):
    """A percent that the submitter typed: ``fraction`` 0–1 and the decimals of the percent as printed."""

    rate: str
    fraction: float
    decimals: int
    raw: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One place to colour in a workbook, and what is said there. ``is_wrong``: it holds the entry."""

    document: str
    sheet: str | None
    cell: str | None
    text: str
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class AnnotationJob:
    """A submission whose workbook goes back to its sender.

    ``document`` is the file inside it, as findings name it; ``lead`` the first lines of the first sheet.
    """

    key: str
    name: str
    content: bytes
    document: str
    marks: tuple[Mark, ...]
    lead: tuple[str, ...]


class Role(StrEnum):
    """What a row of a table is: a unit's figures, or a total of the rows above it."""

    UNIT = "unit"
    TOTAL = "total"


class Row(NamedTuple):
    """One row (or column) of figures.

    ``unit`` is the resolved code, or None with a finding in the reading that says why. ``covers`` is, for
    a total, the positions in ``Reading.rows`` of the rows it should be the sum of. ``increases`` are the
    stated increases of the day, each figure named by the indicator it is the increase of.
    """

    role: Role
    unit: UnitCode | None
    label: str
    document: str
    sheet: str
    cell: str
    figures: tuple[Figure, ...]
    declared: tuple[DeclaredRate, ...] = ()
    stated_day: date | None = None
    day_cell: str | None = None
    covers: tuple[int, ...] = ()
    increases: tuple[Figure, ...] = ()


class Outcome(StrEnum):
    """What became of a submission's content."""

    READ = "read"
    UNREADABLE = "unreadable"
    IGNORED = "ignored"


class Reading(NamedTuple):
    """All that was read of one submission.

    ``reason`` says why it is unreadable or ignored. ``findings`` are those of reading itself: a label that
    fits no unit or two, a sheet left out, a column nobody knows, personal data.
    """

    key: str
    outcome: Outcome
    rows: tuple[Row, ...] = ()
    findings: tuple[Finding, ...] = ()
    reason: Finding | None = None
