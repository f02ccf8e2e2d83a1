"""A submission's documents assembled into one reading: every unit once, every doubt a finding."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from tonghop.domain.findings import Finding
from tonghop.domain.reading import Incoming, Outcome, Reading, Role, Row
from tonghop.domain.units import UnitCode
from tonghop.reading.containers import Document, Opened, Refused, unpack
from tonghop.reading.context import IN_SUBJECT, Stated, decide_day
from tonghop.reading.continued import ask_for_headings
from tonghop.reading.dates import days_in
from tonghop.reading.doubts import note_doubts
from tonghop.reading.findings import Notes, finding
from tonghop.reading.grid import Grid
from tonghop.reading.hamlets import take_wholes
from tonghop.reading.increases import Increases
from tonghop.reading.interpret import Interpreter
from tonghop.reading.our_sheet import is_ours
from tonghop.reading.over_pages import cover_pages
from tonghop.reading.prose import (
    has_figures,
    links_to_a_file,
    promises_attachment,
    reports_nothing,
    said_alone,
    was_sent_elsewhere,
)
from tonghop.reading.remarks import Remarks
from tonghop.reading.reservations import DOUBTED
from tonghop.reading.rows import Rows, row_of
from tonghop.reading.seen import as_seen, with_questions
from tonghop.reading.set_aside import SAYS_OTHERWISE, Said
from tonghop.reading.sheets import Letter, Sheet
from tonghop.reading.sums import Placed
from tonghop.reading.unclear import Unclear, ask_for_lacking, unclear_headings
from tonghop.reading.whose import Whose, is_nameless_below, label_of
from tonghop.words import short_day

_BESIDE_FIGURES = frozenset({"picture", "scanned-pages", "unsupported-kind", "old-word", "empty-file"})
_MOST_PROSE = 100


def read_submission(interpreter: Interpreter, incoming: Incoming) -> Reading:
    """Return the reading of one submission. Never raises for what is in it, only for faults of the reader."""
    opened = unpack(incoming.name, incoming.content, interpreter.limits)
    whole = _Assembly(interpreter, incoming, opened).reading()
    seen = as_seen(opened, interpreter.lexicon)
    if seen is None:
        return whole
    return with_questions(_Assembly(interpreter, incoming, seen).reading(), whole, interpreter.limits)


class _Assembly:
    """The state of one submission while its rows come together."""

    def __init__(self, interpreter: Interpreter, incoming: Incoming, opened: Opened) -> None:
        self._interpreter, self._incoming, self._opened = interpreter, incoming, opened
        self._notes = Notes(interpreter.limits.findings)
        self._rows = Rows(interpreter.resolver.tree, self._notes)
        self._whose = Whose(interpreter, incoming, opened.subject, self._notes)
        self._increases = Increases(interpreter.form, opened.prose, incoming.expected_day)
        programmes = interpreter.set_aside.programmes
        self._remarks = Remarks(opened, interpreter.resolver, programmes, incoming.expected_day)
        self._unclear: dict[int, tuple[Unclear, ...]] = {}
        self._had_table = False
        self._units_of_sheet: dict[UnitCode | None, None] = {}
        self._headless: list[Grid] = []
        self._most_counts = 0
        # Of the table being read and those that go on from it: the row of each line, and how many lines there are.
        self._at: dict[int, int] = {}
        self._lines = 0
        self._said: Said | None = None

    def reading(self) -> Reading:
        """Return the reading: rows with findings, or the reason why there are none."""
        if self._opened.ignored is not None and not self._opened.documents:
            return self._without_rows(Outcome.IGNORED, finding(self._opened.ignored))
        for document in self._opened.documents:
            self._remarks.begin_document(document)
            own = [grid for grid in document.grids if not grid.is_quoted and not is_ours(grid)]
            self._read_document(document, own)
        for document in self._opened.documents:
            quoted = [grid for grid in document.grids if grid.is_quoted]
            # What a message quotes counts only where it says nothing new itself.
            if quoted and not self._rows.all:
                self._remarks.begin_document(document)
                self._read_document(document, quoted)
        interpreter = self._interpreter
        ask_for_lacking(
            self._rows.all, self._unclear, interpreter.form, interpreter.resolver.tree, self._notes
        )
        if self._had_table:
            read = {row.unit for row in self._rows.all}
            ask_for_headings(self._headless, read, self._most_counts, interpreter.resolver, self._notes)
        for refusal in self._opened.refusals:
            self._notes.put(self._weighed(refusal))
        for aside in self._opened.asides:
            self._notes.put(aside)
        if any(row.role is Role.UNIT for row in self._rows.all):
            return Reading(self._incoming.key, Outcome.READ, tuple(self._rows.all), self._notes.all())
        return self._nothing_read()

    def _weighed(self, refusal: Finding) -> Finding:
        """Return a refusal as it weighs beside figures that were read.

        The signed page is often sent as a scan or photograph beside the workbook; that is no fault.
        """
        if self._rows.all and refusal.code in _BESIDE_FIGURES:
            return finding("attachment-ignored", document=refusal.document)
        return refusal

    def _nothing_read(self) -> Reading:
        opened = self._opened
        if opened.refusals and not self._had_table:
            return self._without_rows(Outcome.UNREADABLE, opened.refusals[0])
        name = self._incoming.name
        if opened.cut_off:
            return self._without_rows(Outcome.UNREADABLE, opened.cut_off[0])
        if self._had_table:
            return self._without_rows(Outcome.UNREADABLE, finding("no-figures", document=name))
        words = said_alone(opened)
        if has_figures(words):
            return self._without_rows(Outcome.UNREADABLE, finding("figures-in-sentence", document=name))
        if opened.is_message and not opened.documents:
            return self._message_without(words)
        return self._without_rows(Outcome.UNREADABLE, finding("no-table", document=name))

    def _message_without(self, words: Sequence[str]) -> Reading:
        """Return why a message without a table is no report, or that it is none of ours to judge."""
        opened, name = self._opened, self._incoming.name
        if reports_nothing([opened.subject, *words]):
            return self._without_rows(Outcome.UNREADABLE, finding("figures-in-sentence", document=name))
        if opened.refers or links_to_a_file([*words, *opened.links]):
            return self._without_rows(Outcome.UNREADABLE, finding("link-only", document=name))
        if opened.photographs:
            return self._without_rows(Outcome.UNREADABLE, opened.photographs[0])
        if opened.brings_file:
            return self._without_rows(Outcome.UNREADABLE, finding("no-table", document=name))
        if was_sent_elsewhere([opened.subject, *words]):
            return self._without_rows(Outcome.UNREADABLE, finding("sent-elsewhere", document=name))
        if promises_attachment([opened.subject, *words]):
            return self._without_rows(Outcome.UNREADABLE, finding("attachment-missing", document=name))
        return self._without_rows(Outcome.IGNORED, finding("empty-message", document=name))

    @cached_property
    def _days_told(self) -> list[Stated]:
        """The days that a letter says its figures are of: they are those of a table that names no day."""
        near, prose = self._incoming.expected_day, self._opened.prose[:_MOST_PROSE]
        found = (one for text in prose for one in days_in(text, near))
        return [Stated(one.day, IN_SUBJECT) for one in found if one.is_of_figures]

    def _without_rows(self, outcome: Outcome, reason: Finding) -> Reading:
        others = tuple(one for one in self._notes.all() if one != reason)
        return Reading(self._incoming.key, outcome, (), others, reason)

    def _read_document(self, document: Document, grids: Sequence[Grid]) -> None:
        interpreter, notes, before = self._interpreter, self._notes, len(self._headless)
        begin = len(self._rows.all)
        words = (*document.words, *self._opened.letter)
        try:
            letter = Letter(self._incoming, self._opened.subject, words)
            sheets = interpreter.sheets_of(grids, letter, notes, self._headless)
        except Refused as refusal:
            self._opened.refusals.append(refusal.as_finding(document.name))
            return
        self._remarks.add_sheets(
            g for g in self._headless[before:] if not interpreter.set_aside.is_guide(g.sheet)
        )
        for sheet in sheets:
            if sheet.decided.day is None:
                sheet.decided = decide_day(self._days_told)
            interpreter.note_personal(sheet, notes)
            interpreter.note_unknown_columns(sheet, notes)
        chosen = interpreter.of_the_day(sheets, self._incoming.expected_day, notes)
        self._had_table |= bool(sheets)
        for sheet in chosen:
            take_wholes(sheet, interpreter.resolver)
        # A second table below one title, a second sheet without a title: still the same office's report.
        self._whose.begin_document(chosen)
        self._whose.take_total()
        alone = sum(p.role is Role.UNIT for sheet in chosen for placed in sheet.placed for p in placed) == 1
        for sheet in chosen:
            self._units_of_sheet = {}
            for i, (table, placed) in enumerate(zip(sheet.tables, sheet.placed, strict=True)):
                self._said = interpreter.set_aside.said(sheet, i)
                if self._said is None and sheet.decided.day is None:
                    self._said = interpreter.set_aside.over(sheet, i, self._incoming.expected_day)
                self._most_counts = max(self._most_counts, len(table.header.counts))
                if not table.goes_on:
                    self._at, self._lines = {}, 0
                unclear = unclear_headings(table, placed)
                self._add_rows(sheet, self._of_one_day(sheet, placed), unclear, alone)
            self._note_days(sheet)
        cover_pages(self._rows.all, begin)

    def _note_days(self, sheet: Sheet) -> None:
        """Note the days that contradict the sheet's, on each of its units: none counts while it is open."""
        decided = sheet.decided
        if decided.day is None:
            return
        for other in decided.against:
            # What is told by the cell that was believed is the other way round.
            cell = other.cell or decided.cell
            there, elsewhere = (other.day, decided.day) if other.cell else (decided.day, other.day)
            for unit in self._units_of_sheet or (None,):
                self._notes.add(
                    "day-contradiction" if cell else "day-contradiction-in-text", sheet.grid, unit=unit,
                    cell=cell, found=short_day(there), expected=short_day(elsewhere),
                )  # fmt: skip
        for other in decided.softly_against:
            self._notes.add(
                "day-differs", sheet.grid, cell=other.cell,
                found=short_day(other.day), expected=short_day(decided.day),
                arguments={"sentence": "signed"} if other.is_signature else None,
            )  # fmt: skip

    def _of_one_day(self, sheet: Sheet, placed: Sequence[Placed]) -> list[Placed]:
        """Return the lines of the expected day where a table holds lines of several days."""
        days = {one.line.day for one in placed if one.line.day is not None}
        if len(days) < 2:
            return list(placed)
        wanted = self._incoming.expected_day if self._incoming.expected_day in days else max(days)
        self._notes.add("days-left-out", sheet.grid, expected=short_day(wanted))
        kept = [i for i, one in enumerate(placed) if one.line.day in (wanted, None)]
        now_at = {before: now for now, before in enumerate(kept)}
        for i in kept:
            placed[i].covers = tuple(now_at[c] for c in placed[i].covers if c in now_at)
        return [placed[i] for i in kept]

    def _add_rows(
        self, sheet: Sheet, placed: Sequence[Placed], unclear: tuple[Unclear, ...], alone: bool
    ) -> None:
        at = self._at
        totals: list[tuple[int, Placed]] = []
        before: Row | None = None
        for i, one in enumerate(placed, self._lines):
            row = self._row(sheet, one, alone)
            if (
                before is not None
                and row.unit is None
                and is_nameless_below(one, placed[i - self._lines - 1])
            ):
                self._notes.add(
                    "nameless-line", one.line.grid, unit=before.unit, cell=row.cell, found=before.label
                )  # fmt: skip
            before = row if row.unit is not None else None
            note_doubts(one, row.unit, self._notes)
            if one.role is Role.TOTAL:
                totals.append((self._rows.add(row), one))
            else:
                at[i] = self._rows.merge(row, one.line.grid)
                if unclear:
                    self._unclear[at[i]] = self._unclear.get(at[i], ()) + unclear
        self._lines += len(placed)
        for position, one in totals:
            covers = tuple(dict.fromkeys(at[i] for i in one.covers if i in at))
            self._rows.all[position] = self._rows.all[position]._replace(covers=covers)

    def _row(self, sheet: Sheet, one: Placed, alone: bool) -> Row:
        unit = one.unit
        if one.role is Role.UNIT:
            unit = self._whose.unit(sheet, one, alone)
            self._units_of_sheet[unit] = None
            if (told := self._increases.told(sheet, one)) is not None:
                self._notes.add("increase-or-sum", sheet.grid, unit=unit, cell=told[1], found=told[0])
            if (said := self._said) is not None:
                self._notes.add(SAYS_OTHERWISE, said.grid, unit=unit, cell=said.cell, found=said.words)
            for remark in self._remarks.on(sheet, one, unit):
                if said is not None and said.cell == remark.cell:
                    continue  # the title is asked about once
                self._notes.add(
                    remark.code, sheet.grid, unit=unit, cell=remark.cell, found=remark.words,
                    arguments={"sentence": remark.sentence} if remark.sentence else None,
                )  # fmt: skip
            self._note_over(sheet, one, unit)
        day = sheet.decided.day
        day_cell = None if one.line.table.goes_on else sheet.decided.cell  # it stands in another sheet
        if one.line.day is not None:
            if day is not None and day != one.line.day and sheet.decided.cell is not None:
                self._notes.add(
                    "day-contradiction", one.line.grid, unit=unit, cell=one.line.day_place,
                    found=short_day(one.line.day), expected=short_day(day),
                )  # fmt: skip
            day, day_cell = one.line.day, one.line.day_place
        return row_of(one, unit, label_of(one, unit), day, day_cell)

    def _note_over(self, sheet: Sheet, one: Placed, unit: UnitCode | None) -> None:
        """Note a heading over a list's only figures that may say that they are others."""
        if sum(other.line.has_figures for placed in sheet.placed for other in placed) != 1:
            return
        day = one.line.day or sheet.decided.day or self._incoming.expected_day
        over = self._interpreter.value_headings.said_over(one.line, unit, day)
        if over is not None:
            self._notes.add(
                DOUBTED, sheet.grid, unit=unit, cell=over.cell, found=over.words,
                arguments={"sentence": over.sentence} if over.sentence else None,
            )  # fmt: skip
