"""What stands over the figures of a list that names its unit in a row of its own: "Chỉ tiêu | Hôm qua".

The unit's row names the line; the heading beside "Chỉ tiêu" then names nothing, and may say that the figures are of
another day or unit, or that nobody counted them.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from tonghop.domain.units import UnitCode
from tonghop.reading.dates import days_in
from tonghop.reading.groups import Groups
from tonghop.reading.headings import LABEL, VALUE, Lexicon
from tonghop.reading.lines import Line
from tonghop.reading.periods import says_today
from tonghop.reading.persons import sayable
from tonghop.reading.text import SHOWN, plain
from tonghop.reading.total_labels import is_total
from tonghop.reading.units import Resolver
from tonghop.words import short_day

_MONTH = re.compile(r"^\W*thang (\d{1,2})\W*$")
_HARMLESS = re.compile(
    r"^\W*(?:ket qua )?(?:da )?(?:dat|dat duoc|thuc hien duoc|ubnd(?: xa| phuong| thi tran)?)\W*$"
)


class Over(NamedTuple):
    """What stands over a line's figures, its cell, and which sentence asks about it."""

    words: str
    cell: str
    sentence: str


class ValueHeadings:
    """Tells what stands over the figures of lists."""

    def __init__(self, lexicon: Lexicon, groups: Groups, resolver: Resolver) -> None:
        self._lexicon, self._groups, self._resolver = lexicon, groups, resolver

    def said_over(self, line: Line, unit: UnitCode | None, day: date) -> Over | None:
        """Return the heading over a line's figures that says more than that they are the unit's of the day."""
        if not line.grid.turned or not line.has_figures:
            return None
        for column in line.table.header.having(LABEL):
            text = line.grid.value(line.index, column)
            if isinstance(text, str) and text.strip() and column != line.label_column:
                return self._of(text, line.place(column), unit, day)
        return None

    def _of(self, text: str, cell: str, unit: UnitCode | None, day: date) -> Over | None:
        days = [one.day for one in days_in(text, day, loose=True)]
        if days and day not in days:
            return Over(short_day(days[0]), cell, "day")
        if any(
            unit is None or not self._resolver.is_below(unit, one) for one in self._resolver.mentioned(text)
        ):
            return Over(sayable(text, SHOWN), cell, "another_in_cell")
        if (month := _MONTH.match(plain(text))) is not None and int(month[1]) != day.month:
            return Over(sayable(text, SHOWN), cell, "")
        if VALUE in self._lexicon.meanings((text,)) or says_today(text) or is_total(text):
            return None
        if _HARMLESS.match(plain(text)) is None and (
            self._lexicon.tells(text) or self._groups.is_foreign(text)
        ):
            return Over(sayable(text, SHOWN), cell, "")
        return None
