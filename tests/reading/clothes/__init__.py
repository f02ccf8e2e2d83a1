"""Faults that communes send, each in several clothes: other cells, words, orders, containers, units, campaigns."""

from __future__ import annotations

from tests.reading.clothes import (
    blanks,
    cells,
    continued,
    daily,
    days,
    elsewhere,
    farther,
    figures,
    groups,
    hai_phong,
    layouts,
    letters,
    marked,
    marked_pdf,
    no_report,
    offices,
    offices_layouts,
    other_days,
    persons,
    subheads,
    who_and_when,
)
from tests.reading.clothes.case import Case

CASES: list[Case] = [
    *layouts.CASES,
    *marked.CASES,
    *marked_pdf.CASES,
    *figures.CASES,
    *who_and_when.CASES,
    *days.CASES,
    *blanks.CASES,
    *cells.CASES,
    *continued.CASES,
    *elsewhere.CASES,
    *farther.CASES,
    *hai_phong.CASES,
    *no_report.CASES,
    *offices.CASES,
    *offices_layouts.CASES,
    *persons.CASES,
    *groups.CASES,
    *letters.CASES,
    *subheads.CASES,
    *other_days.CASES,
    *daily.CASES,
]
