"""What letter and notes say against the figures of a line: reservations, and other figures told in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from tonghop.domain.reading import Role
from tonghop.reading.containers import Document, Opened
from tonghop.reading.dates import days_in
from tonghop.reading.grid import Grid
from tonghop.reading.interpret import Sheet
from tonghop.reading.reservations import DOUBTED, is_of_earlier, reservation_in
from tonghop.reading.sums import Placed
from tonghop.reading.text import file_name, plain, tidy
from tonghop.reading.told_figures import number_of, numbers_of, told_in
from tonghop.reading.units import Resolver
from tonghop.words import short_day

_FORWARDED = "forwarded"  # the sentence on a message that was sent on an earlier day
_MOST_TEXTS = 200
_NEAR = timedelta(days=31)  # what a population of last year is of is no day of a daily report
_LONGEST_NOTE = 80
_OF_ANOTHER = re.compile(
    r"^\W*(?:da )?(?:(?:so lieu|so)(?: nay)?(?: la)?(?: cua)?"
    r"|(?:bao gom|gom|tinh|cong)(?: luon| gop| chung| ca| them| voi)+)"
    r"(?: (?:so lieu|so|dan))*(?: cua)?\s+(?=xa\b|phuong\b|thi tran\b|x\.|p\.|tt\b)"
)
_MOST_BESIDE = 60  # texts of a sheet of notes; a list of people has more


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
        self._letter: Sequence[str] = ()

    def begin_document(self, document: Document) -> None:
        """Take what stands around the tables of the next document, and in documents that only accompany it."""
        accompany = (one for one in self._opened.documents if not any(map(_is_table, one.grids)))
        words = tuple(text for one in accompany for text in _texts_of(one))
        self._words, self._of_sheet = (*document.words, *words), {}
        self._letter = (*words, *self._opened.letter)

    def add_sheets(self, grids: Iterable[Grid]) -> None:
        """Take the texts of sheets and boxes without figures, which stand beside the document's tables."""
        for grid in grids:
            texts = [] if grid.hidden else grid.strings()
            if len(texts) <= _MOST_BESIDE:
                self._words = (*self._words, *texts)

    def on(self, sheet: Sheet, one: Placed) -> Iterator[Remark]:
        """Yield what is said against the figures of a unit's line: in its note, around its table, in the letter."""
        line = one.line
        if not line.has_figures:
            return
        known, notes = line.table.header.known, line.table.header.notes
        for c, value in enumerate(line.grid.rows[line.index]):
            # A note that tells another day is asked about as a day.
            if (
                value
                and isinstance(value, str)
                and (c not in known or c in notes)
                and line.day_place != line.place(c)
            ):
                yield from self._of(value, line.place(c), sheet)
                if (of := self._of_another(value, one)) is not None:
                    yield Remark(DOUBTED, of, line.place(c), "", value)
        if id(sheet) not in self._of_sheet:
            self._of_sheet[id(sheet)] = tuple(self._around(sheet))
        for remark in self._of_sheet[id(sheet)]:
            if self._speaks_of(remark, one, sheet):
                yield remark

    def _of_another(self, note: str, one: Placed) -> str | None:
        """Return the words of a note that say the figures are another unit's, or its as well: "gồm cả xã Mỹ Bình"."""
        found = _OF_ANOTHER.match(plain(note)) if len(note) <= _LONGEST_NOTE else None
        if found is None or one.unit is None:
            return None
        others = [
            unit for unit in self._resolver.mentioned(note) if not self._resolver.is_below(one.unit, unit)
        ]
        return (
            f"{tidy(note)[: found.end()].strip()} {self._resolver.tree[others[0]].name}" if others else None
        )

    def _speaks_of(self, remark: Remark, one: Placed, sheet: Sheet) -> bool:
        """Return whether a remark is about a line: about all, where it names none of the sheet's units."""
        if remark.sentence == _FORWARDED:
            return one.line.day is None
        mentioned = self._resolver.mentioned(remark.text, bare=True)
        named = set(mentioned) & sheet.units
        if mentioned and not named and sheet.units and remark.sentence.startswith("number"):
            return False  # another unit's count
        return not named or one.unit in named

    def _around(self, sheet: Sheet) -> Iterator[Remark]:
        day, name = self._day, file_name(sheet.grid.document).rpartition(".")[0].replace("_", " ")
        for text in (sheet.grid.sheet, name):
            if found := reservation_in(text):
                yield Remark(*found, None, "text", text)
        around = {one.value: one for one in islice(sheet.around, _MOST_TEXTS) if isinstance(one.value, str)}
        for text, one in around.items():
            if reservation_in(text) or told_in(text, day):
                yield from self._of(text, one.cell, sheet)
        if sheet.tables[0].grid.turned:
            for text, cell in _beside_lines(sheet).items():
                if text not in around:
                    yield from self._of(text, cell, sheet)
                    yield from self._of_days((text,), sheet, cell)
        running = (*sheet.grid.margins, *self._words, self._opened.subject, *self._opened.letter)
        for text in running[:_MOST_TEXTS]:
            if text not in around:
                yield from self._of(text, None, sheet)
        yield from self._of_days(self._letter[:_MOST_TEXTS], sheet, None)
        if sheet.decided.day is None:
            yield from self._of_forwarded()

    def _of_forwarded(self) -> Iterator[Remark]:
        """Yield the earlier day on which a message was sent that is passed on, its table naming none."""
        sent = [day for day in self._opened.forwarded if timedelta() < self._day - day <= _NEAR]
        if sent:
            yield Remark(DOUBTED, short_day(min(sent)), None, _FORWARDED, "")

    def _of_days(self, texts: Sequence[str], sheet: Sheet, cell: str | None) -> Iterator[Remark]:
        """Yield the earlier day that texts say the figures are of, where they do not name the table's as well."""
        of_table = sheet.decided.day
        told = {one.day: text for text in texts for one in days_in(text, self._day) if one.is_of_figures}
        if of_table is None or of_table in told or self._day in told:
            return
        for day, text in told.items():
            if of_table - _NEAR < day < of_table and not is_of_earlier(text):
                yield Remark(DOUBTED, short_day(day), cell, "day", text)

    def _of(self, text: str, cell: str | None, sheet: Sheet) -> Iterator[Remark]:
        if found := reservation_in(text):
            yield Remark(*found, cell, "" if cell else "text", text)
        for told in told_in(text, self._day):
            if number_of(told) not in self._numbers and number_of(told) not in _sums(sheet):
                yield Remark(DOUBTED, told, cell, "number_in_cell" if cell else "number", text)

    @cached_property
    def _numbers(self) -> frozenset[int]:
        return frozenset(numbers_of(grid for one in self._opened.documents for grid in one.grids))


def _beside_lines(sheet: Sheet) -> dict[str, str | None]:
    """Return the texts of a table that runs across which stand in no line: the notes beside its figures."""
    found: dict[str, str | None] = {}
    for table, lines in zip(sheet.tables, sheet.lines, strict=True):
        taken = {line.index for line in lines if line.has_figures}
        for r in range(table.bottom + 1, min(table.end, len(table.grid.rows))):
            if r not in taken:
                cells = enumerate(table.grid.rows[r])
                found |= {v: table.grid.place(r, c) for c, v in cells if isinstance(v, str) and v}
    return found


def _is_table(grid: Grid) -> bool:
    return len(grid.rows) > 1 and max(map(len, grid.rows)) > 2


def _texts_of(document: Document) -> Iterator[str]:
    yield from document.words
    for grid in document.grids:
        yield from grid.strings()


def _sums(sheet: Sheet) -> frozenset[int]:
    """Return what the units of a sheet count together, by indicator."""
    sums: dict[str, int] = {}
    for placed in sheet.placed:
        for one in placed:
            if one.role is Role.UNIT:
                for code, (count, _) in one.line.counts.items():
                    sums[code] = sums.get(code, 0) + int(count.number or 0)
    return frozenset(sums.values())
