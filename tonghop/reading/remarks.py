"""What letter and notes say against the figures of a line: reservations, and other figures told in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from tonghop.domain.reading import Role
from tonghop.reading.containers import Opened
from tonghop.reading.interpret import Sheet
from tonghop.reading.reservations import DOUBTED, reservation_in
from tonghop.reading.sums import Placed
from tonghop.reading.text import file_name
from tonghop.reading.told_figures import number_of, numbers_of, told_in
from tonghop.reading.units import Resolver

_MOST_TEXTS = 200


class Remark(NamedTuple):
    """What was said: the finding's code, the words, their cell (None: running text), which sentence says it."""

    code: str
    words: str
    cell: str | None
    sentence: str
    text: str


class Remarks:
    """Finds for the lines of a submission what is said against their figures."""

    def __init__(self, opened: Opened, resolver: Resolver, day: date) -> None:
        self._opened, self._resolver, self._day = opened, resolver, day
        self._of_sheet: dict[int, tuple[Remark, ...]] = {}
        self._words: Sequence[str] = ()

    def begin_document(self, words: Sequence[str]) -> None:
        """Take what stands around the tables of the next document."""
        self._words, self._of_sheet = words, {}

    def on(self, sheet: Sheet, one: Placed) -> Iterator[Remark]:
        """Yield what is said against the figures of a unit's line: in its note, around its table, in the letter."""
        line = one.line
        if not line.has_figures:
            return
        for c in line.table.header.notes:
            value = line.grid.value(line.index, c)
            # A note that tells another day is asked about as a day.
            is_day = line.day_place == line.place(c)
            if isinstance(value, str) and not is_day and (found := reservation_in(value)):
                yield Remark(*found, line.place(c), "", "")
        if id(sheet) not in self._of_sheet:
            self._of_sheet[id(sheet)] = tuple(self._around(sheet))
        for remark in self._of_sheet[id(sheet)]:
            if self._speaks_of(remark, one, sheet):
                yield remark

    def _speaks_of(self, remark: Remark, one: Placed, sheet: Sheet) -> bool:
        """Return whether a remark is about a line: about all, where it names none of the sheet's units."""
        named = set(self._resolver.mentioned(remark.text, bare=True)) & sheet.units
        return not named or one.unit in named

    def _around(self, sheet: Sheet) -> Iterator[Remark]:
        cells = ((one.value, one.cell) for one in sheet.around)
        texts = {text: cell for text, cell in islice(cells, _MOST_TEXTS) if isinstance(text, str)}
        name = file_name(sheet.grid.document).rpartition(".")[0].replace("_", " ")
        for text in (sheet.grid.sheet, name):
            if found := reservation_in(text):
                yield Remark(*found, None, "text", text)
        running = islice((*sheet.grid.margins, *self._words, self._opened.subject, *self._opened.letter), _MOST_TEXTS)
        for text, cell in (*texts.items(), *((text, None) for text in running if text not in texts)):
            if found := reservation_in(text):
                yield Remark(*found, cell, "" if cell else "text", text)
            for told in told_in(text, self._day):
                if number_of(told) not in self._numbers and number_of(told) not in _sums(sheet):
                    yield Remark(DOUBTED, told, cell, "number_in_cell" if cell else "number", text)

    @cached_property
    def _numbers(self) -> frozenset[int]:
        return frozenset(numbers_of(grid for one in self._opened.documents for grid in one.grids))


def _sums(sheet: Sheet) -> frozenset[int]:
    """Return what the units of a sheet count together, by indicator."""
    sums: dict[str, int] = {}
    for placed in sheet.placed:
        for one in placed:
            if one.role is Role.UNIT:
                for code, (count, _) in one.line.counts.items():
                    sums[code] = sums.get(code, 0) + int(count.number or 0)
    return frozenset(sums.values())
