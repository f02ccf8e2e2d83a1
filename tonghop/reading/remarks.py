"""What letter and notes say against the figures of a line: reservations, and other figures told in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from tonghop.domain.reading import Role
from tonghop.domain.units import UnitCode
from tonghop.reading.cell_days import day_of
from tonghop.reading.containers import Document, Opened
from tonghop.reading.dates import days_in
from tonghop.reading.grid import Grid, as_whole
from tonghop.reading.headings import LABEL, UNIT
from tonghop.reading.lines import Line
from tonghop.reading.of_another import ANOTHER_TOO, Said, given_to_another
from tonghop.reading.programmes import Programmes
from tonghop.reading.reservations import DOUBTED, Reservation, is_of_earlier, reservation_in
from tonghop.reading.sheets import Sheet
from tonghop.reading.short_notes import day_in_note, doubt_in_note
from tonghop.reading.sums import Placed
from tonghop.reading.tables import Table
from tonghop.reading.text import file_name
from tonghop.reading.told_figures import number_of, numbers_of, told_in
from tonghop.reading.units import Resolver
from tonghop.words import short_day

_FORWARDED = "forwarded"  # the sentence on a message that was sent on an earlier day
_MOST_TEXTS = 200
_NEAR = timedelta(days=31)  # what a population of last year is of is no day of a daily report
_VERY_NEAR = timedelta(days=14)  # the population's own day, in a cell beside it, lies farther back
_MOST_NAMES = 2_000  # texts of another table that are asked for a unit's name
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

    def __init__(self, opened: Opened, resolver: Resolver, programmes: Programmes, day: date) -> None:
        self._opened, self._resolver, self._day = opened, resolver, day
        self._programmes = programmes
        self._of_sheet: dict[int, tuple[Remark, ...]] = {}
        self._words: Sequence[str] = ()
        self._letter: Sequence[str] = ()
        self._is_body = False

    def begin_document(self, document: Document) -> None:
        """Take what stands around the tables of the next document, and in documents that only accompany it."""
        accompany = (one for one in self._opened.documents if not any(map(_is_table, one.grids)))
        words = tuple(text for one in accompany for text in _texts_of(one))
        self._words, self._of_sheet = (*document.words, *words), {}
        self._letter, self._is_body = (*words, *self._opened.letter), document.is_body

    def add_sheets(self, grids: Iterable[Grid]) -> None:
        """Take the texts of sheets and boxes without figures, which stand beside the document's tables."""
        for grid in grids:
            texts = [] if grid.hidden else grid.strings()
            if len(texts) <= _MOST_BESIDE:
                self._words = (*self._words, *texts)

    def on(self, sheet: Sheet, one: Placed, unit: UnitCode | None) -> Iterator[Remark]:
        """Yield what is said against the figures of a unit's line: in its note, around its table, in the letter."""
        line = one.line
        if not line.has_figures:
            return
        for remark in self._all_on(sheet, one, unit):
            if not _is_footnote(remark, line):
                yield remark

    def _all_on(self, sheet: Sheet, one: Placed, unit: UnitCode | None) -> Iterator[Remark]:
        line = one.line
        known, notes = line.table.header.known, line.table.header.notes
        noted = {line.place(c): value for c in notes if (value := line.grid.value(line.index, c))}
        if noted:
            noted.pop(line.day_place or "", None)
            yield from self._of_dates(noted, sheet.decided.day or line.day)
        for c, value in enumerate(line.grid.rows[line.index]):
            # A note that tells another day is asked about as a day.
            if (
                value
                and isinstance(value, str)
                and (c not in known or c in notes)
                and line.day_place != line.place(c)
            ):
                yield from self._of(value, line.place(c), sheet)
                if unit and (said := given_to_another(value, unit, self._resolver)) is not None:
                    yield _remark_of(said, line.place(c), value)
        if id(sheet) not in self._of_sheet:
            self._of_sheet[id(sheet)] = tuple(self._around(sheet))
        for remark in self._of_sheet[id(sheet)]:
            if self._speaks_of(remark, one, sheet):
                yield remark
        yield from self._of_another(sheet, unit)

    def _of_another(self, sheet: Sheet, unit: UnitCode | None) -> Iterator[Remark]:
        """Yield what is said by which the figures of a sheet of one unit are another's, or that one's as well."""
        if unit is None or sheet.units - {unit}:
            return
        below = {one.value: one.cell for one in islice(sheet.around, _MOST_TEXTS) if not one.is_above}
        texts = {text: cell for text, cell in below.items() if isinstance(text, str)}
        if sheet.tables[0].grid.turned:
            texts |= texts_beside(sheet)
        running = (*sheet.grid.margins, *self._words, *self._opened.letter)
        for text, cell in (texts | dict.fromkeys(running[:_MOST_TEXTS])).items():
            said = given_to_another(text, unit, self._resolver)
            if said is not None and not self._has_figures_elsewhere(said.unit, sheet):
                yield _remark_of(said, cell, text)

    def _has_figures_elsewhere(self, unit: UnitCode, sheet: Sheet) -> bool:
        """Return whether another table or file of the submission names a unit: the letter speaks of that one."""
        documents = self._opened.documents
        grids = [grid for one in documents for grid in one.grids if grid != sheet.grid and not grid.is_quoted]
        names = {one.name for one in documents if one.name != sheet.grid.document}
        texts = (text for grid in grids for text in grid.strings()[:_MOST_NAMES])
        return any(unit in self._resolver.mentioned(text, bare=True) for text in (*names, *texts))

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
            if found := self._reserved(text):
                yield Remark(*found, None, "text", text)
        around = {one.value: one for one in islice(sheet.around, _MOST_TEXTS) if isinstance(one.value, str)}
        counted_in = self._programmes.counted_in
        for text, one in around.items():
            if reservation_in(text) or counted_in(text) or told_in(text, day):
                yield from self._of(text, one.cell, sheet)
        if sheet.tables[0].grid.turned:
            for text, cell in texts_beside(sheet).items():
                if text not in around:
                    yield from self._of(text, cell, sheet)
                    yield from self._of_days((text,), sheet, cell)
            heads = {table.grid.place(r, c) for table in sheet.tables for r, c in _headings_of(table)}
            notes = {place: value for place, value in _beside_lines(sheet) if place not in heads}
            yield from self._of_dates(notes, sheet.decided.day)
        running = (*sheet.grid.margins, *self._words, self._opened.subject, *self._opened.letter)
        for text in running[:_MOST_TEXTS]:
            if text not in around:
                yield from self._of(text, None, sheet)
        yield from self._of_days(self._letter[:_MOST_TEXTS], sheet, None)
        if sheet.decided.day is None:
            yield from self._of_forwarded(sheet.grid.is_quoted)

    def _of_forwarded(self, is_quoted: bool) -> Iterator[Remark]:
        """Yield the earlier day on which a message was sent that is passed on, its table naming none.

        A table that stands above the message passed on is the sender's own.
        """
        days = self._opened.forwarded + self._opened.passed_on * (is_quoted or not self._is_body)
        sent = [day for day in days if timedelta() < self._day - day <= _NEAR]
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

    def _of_dates(self, cells: Mapping[str, object], day_of_figures: date | None) -> Iterator[Remark]:
        """Yield what whole notes say: doubts of few words, and the first other day."""
        of_table = day_of_figures or self._day
        for cell, value in cells.items():
            day = None
            if isinstance(value, str):
                day = day_in_note(value, of_table)
                if (words := doubt_in_note(value)) and reservation_in(value) is None:
                    yield Remark(DOUBTED, words, cell, "", value)
            elif isinstance(value, date):
                told = day_of(value, self._day)
                day = told if told and timedelta() < of_table - told <= _VERY_NEAR else None
            if day is not None:
                yield Remark(DOUBTED, short_day(day), cell, "day", "")
                return

    def _of(self, text: str, cell: str | None, sheet: Sheet) -> Iterator[Remark]:
        if found := self._reserved(text):
            yield Remark(*found, cell, "" if cell else "text", text)
        for told in told_in(text, self._day):
            if number_of(told) not in self._numbers and number_of(told) not in _sums(sheet):
                yield Remark(DOUBTED, told, cell, "number_in_cell" if cell else "number", text)

    def _reserved(self, text: str) -> Reservation | None:
        found = reservation_in(text)
        if found is None and (words := self._programmes.counted_in(text)):
            return Reservation(DOUBTED, words)
        return found

    @cached_property
    def _numbers(self) -> frozenset[int]:
        return frozenset(numbers_of(grid for one in self._opened.documents for grid in one.grids))


def _is_footnote(remark: Remark, line: Line) -> bool:
    """Return whether a remark is the footnote of a marked number: it is asked about there."""
    notes = (count.footnote for count, _ in line.counts.values() if count.footnote is not None)
    return any(remark.cell == (cell or None) and words in remark.text for cell, words in notes)


def _remark_of(said: Said, cell: str | None, text: str) -> Remark:
    if said.sentence == ANOTHER_TOO:
        return Remark(DOUBTED, said.words, cell, "" if cell else "text", text)
    return Remark(DOUBTED, said.words, cell, "another_in_cell" if cell else "another", text)


def texts_beside(sheet: Sheet) -> dict[str, str | None]:
    """Return the texts of a table that runs across which stand in no line, the notes beside its figures, with cells."""
    return {value: place for place, value in _beside_lines(sheet) if isinstance(value, str)}


def _beside_lines(sheet: Sheet) -> Iterator[tuple[str, object]]:
    """Yield the filled cells of tables that stand in no line, each with its place."""
    for table, lines in zip(sheet.tables, sheet.lines, strict=True):
        taken = {
            line.index for line in lines if any(number is not None for number in line.numbers().values())
        }
        for r in range(table.bottom + 1, min(table.end, len(table.grid.rows))):
            if r not in taken:
                yield from ((table.grid.place(r, c), v) for c, v in enumerate(table.grid.rows[r]) if v)


def _headings_of(table: Table) -> Iterator[tuple[int, int]]:
    """Yield where a list has the headings over its figures and notes, and its unit, and all of lines left out."""
    naming, counted = table.header.having(LABEL, UNIT), table.header.counted
    for r in range(table.bottom + 1, table.end):
        is_left_out = any(as_whole(table.grid.value(r, c)) is not None for c in counted)
        columns = range(len(table.grid.rows[r])) if is_left_out else naming
        yield from ((r, c) for c in columns)


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
