"""The rows that are judged, in the order of the batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from expectations.subject import Subject
from tonghop.domain.entries import Entry, StatedTotal
from tonghop.domain.reading import DeclaredRate


class Line(NamedTuple):
    """One stated row: which subject of the batch it is of, the entry or total, its percents by rate.

    ``entry`` is the row once more, None for a total: every column is made by asking for it.
    """

    subject: int
    row: Entry | StatedTotal
    entry: Entry | None
    rates: Mapping[str, DeclaredRate]


def lines_of(batch: Sequence[Subject]) -> list[Line]:
    """Return every entry and total of the batch, subject by subject, each in the order of its rows."""
    lines: list[Line] = []
    for place, subject in enumerate(batch):
        rows: list[Entry | StatedTotal] = [*subject.entries, *subject.totals]
        if len(rows) > 1:
            rows.sort(key=lambda row: row.ordinal)
        lines += [_line(place, row) for row in rows]
    return lines


def _line(subject: int, row: Entry | StatedTotal) -> Line:
    # The first of two percents of one rate in a row is judged: the second is most often another column
    # whose heading says as much.
    rates = {rate.rate: rate for rate in reversed(row.declared)}
    return Line(subject, row, row if isinstance(row, Entry) else None, rates)
