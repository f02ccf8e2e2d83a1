"""Faults that communes send, each in several clothes: other cells, words, orders, containers, units, campaigns."""

from __future__ import annotations

from tests.reading.clothes import (
    blanks,
    days,
    farther,
    figures,
    groups,
    hai_phong,
    layouts,
    offices,
    offices_layouts,
    who_and_when,
)
from tests.reading.clothes.case import Case

CASES: list[Case] = [
    *layouts.CASES,
    *figures.CASES,
    *who_and_when.CASES,
    *blanks.CASES,
    *farther.CASES,
    *hai_phong.CASES,
    *offices.CASES,
    *offices_layouts.CASES,
    *groups.CASES,
    *days.CASES,
]
