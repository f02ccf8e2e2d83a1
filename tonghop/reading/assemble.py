"""A submission's documents assembled into one reading: every unit once, every doubt a finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath

from tonghop.domain.findings import Finding
from tonghop.domain.reading import Incoming, Outcome, Reading, Role, Row
from tonghop.domain.units import UnitCode
from tonghop.reading.containers import Opened, unpack
from tonghop.reading.doubts import note_doubts
from tonghop.reading.findings import Notes, finding
from tonghop.reading.grid import Grid
from tonghop.reading.interpret import Interpreter, Sheet, row_of
from tonghop.reading.our_sheet import is_ours
from tonghop.reading.persons import has_number, looks_like_name
from tonghop.reading.prose import has_figures, promises_attachment
from tonghop.reading.sums import Placed
from tonghop.reading.text import shown
from tonghop.reading.unclear import Unclear, ask_for_lacking, unclear_headings
from tonghop.reading.units import named
from tonghop.words import say, short_day

_BESIDE_FIGURES = frozenset({"picture", "scanned-pages", "unsupported-kind", "old-word", "empty-file"})


def read_submission(interpreter: Interpreter, incoming: Incoming) -> Reading:
    """Return the reading of one submission. Never raises for what is in it, only for faults of the reader."""
    opened = unpack(incoming.name, incoming.content, interpreter.limits)
    return _Assembly(interpreter, incoming, opened).reading()


class _Assembly:
    """The state of one submission while its rows come together."""

    def __init__(self, interpreter: Interpreter, incoming: Incoming, opened: Opened) -> None:
        self._interpreter, self._incoming, self._opened = interpreter, incoming, opened
        self._notes = Notes(interpreter.limits.findings)
        self._rows: list[Row] = []
        self._by_unit: dict[UnitCode, list[int]] = {}
        self._unclear: dict[int, tuple[Unclear, ...]] = {}
        self._had_table = False
        self._titled: set[UnitCode] = set()
        self._units_of_sheet: dict[UnitCode | None, None] = {}

    def reading(self) -> Reading:
        """Return the reading: rows with findings, or the reason why there are none."""
        if self._opened.ignored is not None and not self._opened.documents:
            return self._without_rows(Outcome.IGNORED, finding(self._opened.ignored))
        for document in self._opened.documents:
            self._read_document([g for g in document.grids if not g.is_quoted and not is_ours(g)])
        for document in self._opened.documents:
            quoted = [grid for grid in document.grids if grid.is_quoted]
            # What a message quotes counts only where it says nothing new itself.
            if quoted and not self._rows:
                self._read_document(quoted)
        interpreter = self._interpreter
        ask_for_lacking(self._rows, self._unclear, interpreter.form, interpreter.resolver.tree, self._notes)
        for refusal in self._opened.refusals:
            self._notes.put(self._weighed(refusal))
        for aside in self._opened.asides:
            self._notes.put(aside)
        if self._rows:
            return Reading(self._incoming.key, Outcome.READ, tuple(self._rows), self._notes.all())
        return self._nothing_read()

    def _weighed(self, refusal: Finding) -> Finding:
        """Return a refusal as it weighs beside figures that were read.

        The signed page is often sent as a scan or photograph beside the workbook; that is no fault.
        """
        if self._rows and refusal.code in _BESIDE_FIGURES:
            return finding("attachment-ignored", document=refusal.document)
        return refusal

    def _nothing_read(self) -> Reading:
        opened = self._opened
        if opened.refusals and not self._had_table:
            return self._without_rows(Outcome.UNREADABLE, opened.refusals[0])
        name = self._incoming.name
        if self._had_table:
            return self._without_rows(Outcome.UNREADABLE, finding("no-figures", document=name))
        if has_figures(opened.prose):
            return self._without_rows(Outcome.UNREADABLE, finding("figures-in-sentence", document=name))
        if opened.is_message and not opened.documents:
            if promises_attachment([opened.subject, *opened.prose]):
                return self._without_rows(Outcome.UNREADABLE, finding("attachment-missing", document=name))
            return self._without_rows(Outcome.IGNORED, finding("empty-message", document=name))
        return self._without_rows(Outcome.UNREADABLE, finding("no-table", document=name))

    def _without_rows(self, outcome: Outcome, reason: Finding) -> Reading:
        others = tuple(one for one in self._notes.all() if one != reason)
        return Reading(self._incoming.key, outcome, (), others, reason)

    def _read_document(self, grids: Sequence[Grid]) -> None:
        interpreter, notes = self._interpreter, self._notes
        sheets = interpreter.sheets_of(grids, self._incoming, self._opened.subject, notes)
        for sheet in sheets:
            interpreter.note_personal(sheet, notes)
            interpreter.note_unknown_columns(sheet, notes)
        chosen = interpreter.of_the_day(sheets, self._incoming.expected_day, notes)
        self._had_table |= bool(sheets)
        # A second table below one title, a second sheet without a title: still the same office's report.
        self._titled = {unit for sheet in chosen for unit in self._in_title(sheet)}
        alone = sum(p.role is Role.UNIT for sheet in chosen for placed in sheet.placed for p in placed) == 1
        for sheet in chosen:
            self._units_of_sheet = {}
            for table, placed in zip(sheet.tables, sheet.placed, strict=True):
                unclear = unclear_headings(table, placed, interpreter.lexicon)
                self._add_rows(sheet, self._of_one_day(sheet, placed), unclear, alone)
            self._note_days(sheet)

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
            )  # fmt: skip

    def _of_one_day(self, sheet: Sheet, placed: Sequence[Placed]) -> list[Placed]:
        """Return the lines of the expected day where a table holds lines of several days."""
        days = {one.line.day for one in placed if one.line.day is not None}
        if len(days) < 2:
            return list(placed)
        wanted = self._incoming.expected_day if self._incoming.expected_day in days else max(days)
        self._notes.add("days-left-out", sheet.grid, expected=short_day(wanted))
        kept = [i for i, one in enumerate(placed) if one.line.day in (wanted, None)]
        for i in kept:
            placed[i].covers = tuple(kept.index(c) for c in placed[i].covers if c in kept)
        return [placed[i] for i in kept]

    def _add_rows(
        self, sheet: Sheet, placed: Sequence[Placed], unclear: tuple[Unclear, ...], alone: bool
    ) -> None:
        at: dict[int, int] = {}
        totals: list[tuple[int, Placed]] = []
        for i, one in enumerate(placed):
            row = self._row(sheet, one, alone)
            note_doubts(one, row.unit, self._notes)
            if one.role is Role.TOTAL:
                totals.append((len(self._rows), one))
                self._rows.append(row)
            else:
                at[i] = self._merged(row, sheet)
                if unclear:
                    self._unclear[at[i]] = self._unclear.get(at[i], ()) + unclear
        for position, one in totals:
            covers = tuple(dict.fromkeys(at[i] for i in one.covers if i in at))
            self._rows[position] = replace(self._rows[position], covers=covers)

    def _row(self, sheet: Sheet, one: Placed, alone: bool) -> Row:
        unit = one.unit
        if one.role is Role.UNIT:
            unit = self._unit(sheet, one, alone)
            self._units_of_sheet[unit] = None
        day, day_cell = sheet.decided.day, sheet.decided.cell
        if one.line.day is not None:
            if day is not None and day != one.line.day and sheet.decided.cell is not None:
                self._notes.add(
                    "day-contradiction", sheet.grid, unit=unit, cell=one.line.day_place,
                    found=short_day(one.line.day), expected=short_day(day),
                )  # fmt: skip
            day, day_cell = one.line.day, one.line.day_place
        return row_of(one, unit, _label(one, unit), day, day_cell)

    def _unit(self, sheet: Sheet, one: Placed, alone: bool) -> UnitCode | None:
        """Return a line's unit: as its label says, or for a line alone as title, file, sheet or sender say."""
        if one.unit is not None:
            if alone:
                self._note_contradiction(sheet, one, one.unit)
            return one.unit
        label, cell = one.line.label, one.line.label_place
        fits, names = one.match.fits, (self._incoming.name, self._opened.subject)
        if fits and (within := self._interpreter.within_title(sheet, names, fits)) is not None:
            return within
        if fits:
            self._notes.add(
                "ambiguous-unit",
                sheet.grid,
                cell=cell,
                found=_label(one, None),
                expected=self._names(fits),
            )
            return None
        if label and not one.is_value_line:
            self._notes.add("unknown-unit", sheet.grid, cell=cell, found=_label(one, None))
            return None
        return self._unit_around(sheet, cell)

    def _unit_around(self, sheet: Sheet, cell: str) -> UnitCode | None:
        resolver, branch = self._interpreter.resolver, self._incoming.branch
        for named_there in (self._in_title(sheet), self._in_names(sheet)):
            inside = [
                u for u in named_there if branch in resolver.tree and resolver.is_below(u, branch or "")
            ]
            units = inside or named_there
            if len(units) == 1:
                return units[0]
            if units:
                self._notes.add("ambiguous-unit", sheet.grid, cell=cell, expected=self._names(units))
                return None
        # A district's folder or mailbox does not tell which of its communes this is.
        if branch is not None and branch in resolver.tree and resolver.tree.is_leaf(branch):
            return branch
        if len(self._titled) == 1:
            return next(iter(self._titled))
        self._notes.add("unit-missing", sheet.grid, cell=cell)
        return None

    def _in_title(self, sheet: Sheet) -> tuple[UnitCode, ...]:
        return self._interpreter.title_units(sheet, self._incoming.branch)

    def _in_names(self, sheet: Sheet) -> tuple[UnitCode, ...]:
        """Return the units that the names of folder, file and sheet, and the message's subject, tell."""
        named_units = self._interpreter.named_units
        names = (sheet.grid.document, self._incoming.name, sheet.grid.sheet, self._opened.subject)
        found = (
            tuple(u for u in named_units(name) if self._interpreter.resolver.tree.is_leaf(u))
            for name in names
        )
        return next((units for units in found if units), ())

    def _note_contradiction(self, sheet: Sheet, one: Placed, unit: UnitCode) -> None:
        tree, below = self._interpreter.resolver.tree, self._interpreter.resolver.is_below
        title = self._in_title(sheet)
        names = self._interpreter.named_units(PurePosixPath(sheet.grid.document).name)
        for code, said in (("unit-contradiction", title), ("unit-differs", names)):
            if said and not any(below(unit, other) or below(other, unit) for other in said):
                self._notes.add(
                    code, sheet.grid, unit=unit if code == "unit-contradiction" else None,
                    cell=one.line.label_place, found=tree[unit].name, expected=self._names(said),
                )  # fmt: skip
                return

    def _names(self, codes: Sequence[UnitCode]) -> str:
        tree = self._interpreter.resolver.tree
        return ", ".join(f"{tree[code].name} ({code})" for code in codes[:3])

    def _merged(self, row: Row, sheet: Sheet) -> int:
        """Return the position of a unit's row, joined with the one the unit already has for the day."""
        known = self._by_unit.setdefault(row.unit, []) if row.unit is not None else []
        for at in known:
            other = self._rows[at]
            if _same_day(other.stated_day, row.stated_day):
                joined = _joined(other, row)
                if joined is None:
                    self._notes.add(
                        "unit-twice", sheet.grid, unit=row.unit, cell=row.cell,
                        found=self._interpreter.resolver.tree[row.unit or ""].name,
                        expected=_other_place(other, row, is_short=True),
                        arguments={"other": _other_place(other, row)},
                    )  # fmt: skip
                    break
                if joined == other and row.figures:
                    self._notes.add("unit-repeated", sheet.grid, cell=row.cell, found=row.label)
                self._rows[at] = joined
                return at
        known.append(len(self._rows))
        self._rows.append(row)
        return len(self._rows) - 1


def _other_place(other: Row, row: Row, *, is_short: bool = False) -> str:
    """Return where a unit's other line stands, as seen from ``row``; in short its cell alone in the same sheet."""
    is_same_file = other.document == row.document
    if is_same_file and other.sheet == row.sheet:
        return other.cell if is_short else say("reading-place", cell=other.cell)
    key = "reading-place-sheet" if is_same_file else "reading-place-file"
    return say(
        key, cell=other.cell, sheet=shown(other.sheet, 30), document=shown(PurePosixPath(other.document).name)
    )


def _same_day(one: date | None, other: date | None) -> bool:
    return one == other or one is None or other is None


def _joined(first: Row, second: Row) -> Row | None:
    """Return two rows of one unit as one, or None where both give a figure and the figures differ."""
    figures = {figure.indicator: figure for figure in first.figures}
    for figure in second.figures:
        held = figures.get(figure.indicator)
        if held is None or (held.number is None and held.doubt is None):
            figures[figure.indicator] = (
                figure if held is None or figure.number is not None or figure.doubt else held
            )
        elif (figure.number is not None or figure.doubt) and (held.number, held.doubt) != (
            figure.number,
            figure.doubt,
        ):
            return None
    declared = {rate.rate: rate for rate in (*second.declared, *first.declared)}
    return replace(
        first,
        figures=tuple(figures.values()),
        declared=tuple(declared.values()),
        increases=first.increases or second.increases,
        stated_day=first.stated_day or second.stated_day,
        day_cell=first.day_cell if first.stated_day else second.day_cell,
    )


def _label(one: Placed, unit: UnitCode | None) -> str:
    """Return a line's label as outputs may show it; what may be a person's name or number is left out."""
    label = one.line.label
    may_be_person = unit is None and not named(label).type and looks_like_name(label)
    return "…" if may_be_person or has_number(label) else shown(label)
