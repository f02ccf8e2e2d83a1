"""Documents turned into a reading: rows with their units and days, and a finding for every doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from tonghop.domain.forms import Form
from tonghop.domain.units import UnitCode, UnitTree
from tonghop.reading.containers import Refused
from tonghop.reading.context import (
    IN_NOTE,
    IN_TITLE,
    Decided,
    Stated,
    cells_around,
    days_around,
    days_in_folders,
    days_in_margins,
    days_in_names,
    decide_day,
    units_around,
)
from tonghop.reading.continued import agrees, going_on
from tonghop.reading.dates import days_in
from tonghop.reading.findings import Notes
from tonghop.reading.grid import Grid
from tonghop.reading.headings import Lexicon
from tonghop.reading.legacy import in_unicode
from tonghop.reading.letterheads import Letterheads, letterhead_in
from tonghop.reading.limits import Limits
from tonghop.reading.lines import Line, LineReader
from tonghop.reading.long_tables import unfolded_list
from tonghop.reading.personal import personal_places
from tonghop.reading.persons import has_number, sayable
from tonghop.reading.place_names import sheet_name
from tonghop.reading.resolve import Placer
from tonghop.reading.section_titles import under_section
from tonghop.reading.set_aside import SetAside
from tonghop.reading.sheets import Letter, Sheet
from tonghop.reading.spans import with_units
from tonghop.reading.table_days import give_days
from tonghop.reading.tables import Table, TableFinder
from tonghop.reading.text import SHOWN
from tonghop.reading.unit_names import named
from tonghop.reading.units import Resolver
from tonghop.reading.value_headings import ValueHeadings
from tonghop.words import say, severity_of

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")


class Interpreter:
    """Reads documents for one form and one tree; kept for a whole batch."""

    def __init__(self, form: Form, tree: UnitTree, limits: Limits) -> None:
        self.form, self.limits = form, limits
        self.lexicon = Lexicon(form)
        self.resolver = Resolver(tree)
        self._finder = TableFinder(form, self.lexicon, self.resolver.place_words)
        self.value_headings = ValueHeadings(self.lexicon, self._finder.groups, self.resolver)
        self.set_aside = SetAside(form)
        self.letterheads = Letterheads(self.resolver)

    def warm_up(self) -> None:
        """Make now what is else made for the first submission: wording, patterns, the index of units' names."""
        say("answer.sheet.mark")
        severity_of("unknown-unit")
        self.resolver.mentioned("xa")
        self.resolver.resolve("Phong ABC")  # no unit's name: every index is asked
        self.resolver.tree.is_leaf(self.resolver.tree.root)
        for text in ("Dân số", "dan so"):  # with marks and without
            self.lexicon.known(text)

    def sheets_of(
        self, grids: Iterable[Grid], letter: Letter, notes: Notes, headless: list[Grid]
    ) -> list[Sheet]:
        """Return the sheets with tables of this form, legacy text converted, their days decided. Raises ``Refused``.

        ``headless`` takes the sheets that hold cells, but no heading and nothing that goes on from a table before.
        """
        sheets: list[Sheet] = []
        letterhead: tuple[str, ...] = ()
        for grid in grids:
            unicode_grid = in_unicode(grid)
            if letterhead:
                unicode_grid, letterhead = replace(unicode_grid, above=letterhead + unicode_grid.above), ()
            unicode_grid = under_section(unicode_grid, self.lexicon)
            unicode_grid = unfolded_list(unicode_grid, self.lexicon, self._is_unit)
            tables = self._finder.lists(unicode_grid, letter.incoming.expected_day)
            if tables:
                self._check_lines([table for sheet in sheets for table in sheet.tables] + list(tables))
                sheets.append(self._sheet(unicode_grid, tables, letter, notes))
            elif not (unicode_grid.rows and sheets and self._goes_on(sheets[-1], unicode_grid, letter)):
                headless.append(unicode_grid)
                letterhead = letterhead_in(unicode_grid)
                if any(has_number(text) for text in unicode_grid.strings()):
                    notes.add("personal-data", grid, cell=None)
        self.set_aside.without_examples(sheets, notes)
        return sheets

    def _is_unit(self, text: str) -> bool:
        return bool(named(text).type or self.resolver.mentioned(text, bare=True))

    def _check_lines(self, tables: Sequence[Table]) -> None:
        """Raise ``Refused`` where a document's tables have more lines than any report."""
        most = self.limits.lines
        if sum(table.end - table.bottom for table in tables) <= most:  # rows without figures among them
            return
        figured = (
            row[table.header.figured]
            for table in tables
            for row in table.grid.rows[table.bottom + 1 : table.end]
        )
        if sum(cells.count("") < len(cells) for cells in figured) > most:
            raise Refused("too-many-rows", limit=str(most))

    def _goes_on(self, sheet: Sheet, grid: Grid, letter: Letter) -> bool:
        """Take a sheet without a heading as more of the table that a sheet ends with; False where that is in doubt."""
        table = going_on(sheet.tables[-1], grid)
        if table is None:
            return False
        expected = letter.incoming.expected_day
        lines = self._lines_of(table, letter)
        placer = Placer(self.resolver, self.lexicon, letter.incoming.branch, self.limits)
        before = [line for of_table in sheet.lines[sheet.begun :] for line in of_table]
        placed = placer.place([*before, *lines])
        more = [one for one in placed if one.line.table is table]
        if not agrees(placed[: -len(more)], table, more, sheet.decided, expected):
            return False
        for i in range(sheet.begun, len(sheet.tables)):
            sheet.placed[i] = [one for one in placed if one.line.table is sheet.tables[i]]
        sheet.tables, sheet.lines = (*sheet.tables, table), [*sheet.lines, lines]
        sheet.placed.append(more)
        sheet.around += cells_around(grid, [table], [more[-1].line.index])
        return True

    def _sheet(self, grid: Grid, tables: tuple[Table, ...], letter: Letter, notes: Notes) -> Sheet:
        incoming = letter.incoming
        expected = incoming.expected_day
        lines = [self._lines_of(table, letter) for table in tables]
        placer = Placer(self.resolver, self.lexicon, incoming.branch, self.limits)
        placed = [placer.place(self.set_aside.lines(of_table, notes)) for of_table in lines]
        last = [max((one.line.row for one in of_table), default=0) for of_table in placed]
        around = list(cells_around(grid, tables, last))
        stated = days_around(around, expected, tables) + self._days_in_notes(tables, lines, expected)
        stated += [
            Stated(day, IN_TITLE, table.grid.place(table.bottom, column))
            for table in tables
            for column, day in table.header.told
        ]
        if grid.margins:
            stated += days_in_margins(grid.margins, expected)
        path = grid.document or incoming.name
        stated += days_in_names(grid.sheet, path, letter.subject, expected)
        decided = decide_day(stated or days_in_folders(path, expected))
        if len(tables) > 1:
            give_days(tables, lines, last, around, decided, expected)
        return Sheet(grid, tables, lines, placed, around, decided)

    def _lines_of(self, table: Table, letter: Letter) -> list[Line]:
        expected = letter.incoming.expected_day
        lines = LineReader(table, self.lexicon, expected, letter.words).lines()
        return with_units(lines, self.lexicon, self.resolver, expected)

    def _days_in_notes(
        self, tables: Sequence[Table], lines: Sequence[Sequence[Line]], expected: date
    ) -> list[Stated]:
        """Return the day that the note column states, where all its notes that state one agree."""
        found: dict[date, str] = {}
        for table, of_table in zip(tables, lines, strict=True):
            noted = table.header.notes
            for line in of_table:
                for c in noted:
                    text = table.grid.value(line.index, c)
                    if isinstance(text, str):
                        for one in days_in(text, expected):
                            found.setdefault(one.day, table.grid.place(line.index, c))
        return [Stated(day, IN_NOTE, cell) for day, cell in found.items()] if len(found) == 1 else []

    def of_the_day(self, sheets: list[Sheet], expected: date, notes: Notes) -> list[Sheet]:
        """Return the sheets of one document that count: the visible ones of the expected day.

        Where no sheet is of that day the latest counts; a rule will hold it.
        """
        visible = [sheet for sheet in sheets if not sheet.grid.hidden and any(sheet.placed)]
        for sheet in sheets:
            if sheet.grid.hidden and any(sheet.placed):
                notes.add("hidden-sheet-left-out", sheet.grid, found=sheet_name(sheet.grid.sheet))
        days = {sheet.decided.day for sheet in visible if sheet.decided.day is not None}
        if len(days) < 2:
            # What names no day beside sheets of another day than expected may be of that day as well.
            for day in days - {expected}:
                for sheet in visible:
                    sheet.decided = sheet.decided if sheet.decided.day else Decided(day)
            return visible
        wanted = expected if expected in days else max(days)
        for sheet in visible:
            if sheet.decided.day not in (wanted, None):
                notes.add("sheet-left-out", sheet.grid, found=sheet_name(sheet.grid.sheet))
        dated = [sheet for sheet in visible if sheet.decided.day == wanted]
        covered = {unit for sheet in dated for unit in sheet.units}
        undated = [sheet for sheet in visible if sheet.decided.day is None]
        for sheet in undated:
            if sheet.units & covered:
                notes.add("sheet-left-out", sheet.grid, found=sheet_name(sheet.grid.sheet))
        return dated + [sheet for sheet in undated if not sheet.units & covered]

    def note_personal(self, sheet: Sheet, notes: Notes) -> None:
        """Note where the sheet holds personal data."""
        if has_number(sheet.grid.sheet):
            notes.add("personal-data", sheet.grid, cell=None)
        for table, lines in zip(sheet.tables, sheet.lines, strict=True):
            for place in personal_places(table, lines):
                notes.add("personal-data", table.grid, cell=place)
        for one in sheet.around:
            if isinstance(one.value, str) and has_number(one.value):
                notes.add("personal-data", one.grid, cell=one.cell)

    def note_unknown_columns(self, sheet: Sheet, notes: Notes) -> None:
        """Note the headings nobody knows between those that are known; they are no error."""
        for table in sheet.tables:
            # Below groups of others there may be no column left that means anything.
            known = table.header.known or (0,)
            for column in table.header.unknown:
                heading = column.unclear
                is_inside = min(known) < column.index < max(known) or not table.grid.turned
                cell = table.grid.place(table.bottom, column.index)
                if has_number(heading):
                    notes.add("personal-data", sheet.grid, cell=cell)
                elif is_inside:
                    notes.add("unknown-column", sheet.grid, cell=cell, found=sayable(heading, SHOWN))

    def title_units(self, sheet: Sheet, branch: UnitCode | None) -> tuple[UnitCode, ...]:
        """Return the units that the sheet's titles name."""
        scope = branch if branch in self.resolver.tree else None
        if scope not in sheet.titles:
            units = units_around(sheet.around, self.resolver, scope)
            of_one_name = len(units) > 1 and len({self.resolver.name_of(unit) for unit in units}) == 1
            within = self.within_title(sheet, (), units) if of_one_name else None
            sheet.titles[scope] = units if within is None else (within,)
        return sheet.titles[scope]

    def within_title(self, sheet: Sheet, names: Sequence[str], fits: Sequence[UnitCode]) -> UnitCode | None:
        """Return the only one of several units of one name that title, sheet or file tell, with or by its district."""
        resolver = self.resolver
        above_it = (one.value for one in sheet.around if one.is_above and isinstance(one.value, str))
        titles = [line for text in above_it for line in text.splitlines()]
        told = [resolver.mentioned(text) for text in titles]
        told += [self.named_units(name) for name in (sheet.grid.sheet, sheet.grid.document, *names)]
        for units in told:
            above = [unit for unit in units if unit in fits or not resolver.tree.is_leaf(unit)]
            inside = [fit for fit in fits if any(resolver.is_below(fit, unit) for unit in above)]
            if len(inside) == 1:
                return inside[0]
        return None

    def named_units(self, name: str) -> tuple[UnitCode, ...]:
        """Return the units that the name of a file, folder or sheet tells."""
        spaced = [_SUFFIX.sub("", part).replace("_", " ") for part in name.split("/")]
        parts = [unit for part in spaced for unit in self.resolver.mentioned(part, bare=True)]
        found = list(dict.fromkeys(parts))
        return tuple(c for c in found if not any(c != o and self.resolver.is_below(o, c) for o in found))
