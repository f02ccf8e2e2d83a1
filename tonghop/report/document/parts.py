"""The draft's parts from top to bottom, worded and in order, before they become .docx or PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a paragraph of the body is: a numbered heading, a paragraph or one point of a list."""

    HEADING = "heading"
    TEXT = "text"
    POINT = "point"


class Look(StrEnum):
    """How a row of an annex is set: the total, a node with units below, a kind's name, a unit."""

    TOTAL = "total"
    NODE = "node"
    BAND = "band"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the body."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an annex: the heading over its group, its own, its width in mm, how it is aligned."""

    group: str
    title: str
    width: float
    align: str = "right"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an annex, a text a column; a band has its ordinal and its name, the latter over all columns."""

    look: Look
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """A table on landscape pages of its own, with what stands above and below it."""

    label: str
    title: str
    reference: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]

    @property
    def has_groups(self) -> bool:
        """Return whether headings of groups stand over those of the columns."""
        return any(column.group for column in self.columns)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft report: no number, no signature and no seal, for these are given by people.

    ``edition`` is empty for the first. ``author`` and ``made_at`` are for the file's properties.
    """

    superior: str
    issuer: str
    number: str
    mark: str
    nation: str
    motto: str
    place_date: str
    kind: str
    subject: str
    edition: str
    addressees: tuple[str, ...]
    body: tuple[Paragraph, ...]
    signer: str
    sent_to: str
    copies: tuple[str, ...]
    annexes: tuple[Annex, ...]
    author: str
    made_at: datetime
