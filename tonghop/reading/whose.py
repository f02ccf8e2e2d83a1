"""Whose a line is: as its label says, or for a line alone as title, file, sheet or sender say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tonghop.domain.reading import Incoming, Role
from tonghop.domain.units import UnitCode
from tonghop.reading.bodies import body_in
from tonghop.reading.context import Around
from tonghop.reading.findings import Notes
from tonghop.reading.interpret import Interpreter
from tonghop.reading.other_places import OF_PARENTS, OtherPlaces
from tonghop.reading.persons import has_number, is_addressed, looks_like_name, sayable, without_names
from tonghop.reading.sheets import Sheet
from tonghop.reading.sums import Placed
from tonghop.reading.tables import Table
from tonghop.reading.text import SHOWN, file_name, key, shown, tidy, unaccented
from tonghop.reading.unit_names import named
from tonghop.reading.units import Match

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_MOST_LINES = 20
_ASIDE = re.compile(r"[(:;,–-]")


class Whose:
    """Tells the units of a submission's lines, every doubt a finding."""

    def __init__(self, interpreter: Interpreter, incoming: Incoming, subject: str, notes: Notes) -> None:
        self._interpreter, self._resolver = interpreter, interpreter.resolver
        self._incoming, self._subject, self._notes = incoming, subject, notes
        self.begin_document(())

    def begin_document(self, sheets: Sequence[Sheet]) -> None:
        """Take the sheets of a document: a table without a title follows what the others' titles tell."""
        self._sheets = sheets
        self._places = OtherPlaces(self._interpreter, self._notes)

    def take_total(self) -> None:
        """Take a document's only line, a total of no unit, for the one commune its title names: "Toàn xã"."""
        lines = [(sheet, one) for sheet in self._sheets for placed in sheet.placed for one in placed]
        if len(lines) != 1 or lines[0][1].role is not Role.TOTAL or lines[0][1].unit is not None:
            return
        sheet, one = lines[0]
        titled = self._in_title(sheet)
        if self._body(sheet, one.line.table) is not None:
            return
        if len(titled) == 1 and OF_PARENTS.isdisjoint(unaccented(key(one.line.label)).split()):
            one.role, one.match = Role.UNIT, Match(titled[0])

    def unit(self, sheet: Sheet, one: Placed, alone: bool) -> UnitCode | None:
        """Return a line's unit: as its label says, or for a line alone as title, file, sheet or sender say."""
        unit = self._unit(sheet, one, alone)
        if unit is not None:
            self._places.note(sheet, one, unit)
        return unit

    def _unit(self, sheet: Sheet, one: Placed, alone: bool) -> UnitCode | None:
        if one.unit is not None:
            if alone:
                self._note_contradiction(sheet, one, one.unit)
            elif sum(map(len, sheet.placed)) == 1:
                named_there = self._interpreter.named_units(sheet.grid.sheet)
                self._note_differs(one, one.unit, "unit-differs", named_there)
            return one.unit
        label, cell = one.line.label, one.line.label_place
        fits, names = one.match.fits, (self._incoming.name, self._subject)
        if (
            fits
            and not one.match.is_elsewhere
            and (within := self._interpreter.within_title(sheet, names, fits)) is not None
        ):
            return within
        if fits:
            self._notes.add(
                "ambiguous-unit",
                one.line.grid,
                cell=cell,
                found=label_of(one, None),
                expected=self._names(fits),
            )
            return None
        if label and not one.is_value_line:
            self._notes.add("unknown-unit", one.line.grid, cell=cell, found=label_of(one, None))
            return None
        return self._unit_around(sheet, one.line.table, cell)

    def _unit_around(self, sheet: Sheet, table: Table, cell: str) -> UnitCode | None:
        resolver, branch, grid = self._resolver, self._incoming.branch, table.grid
        if (body := self._body(sheet, table)) is not None:
            self._notes.add(
                "unknown-unit", grid, cell=cell, found=sayable(body, SHOWN), arguments={"sentence": "titles"}
            )
            return None
        title = self._above(sheet, table) or self._in_title(sheet)
        within = tuple(unit for unit in self._within(table) if title and unit not in title)
        for where, named_there in (("titles", (*title, *within)), ("names", self._in_names(sheet))):
            inside = [
                u for u in named_there if branch in resolver.tree and resolver.is_below(u, branch or "")
            ]
            units = named_there if within and where == "titles" else inside or named_there
            if len(units) == 1 and where == "titles" and (others := self._in_file_name(sheet, units[0])):
                units, where = (units[0], *others), "titles_and_names"
            if len(units) == 1:
                return units[0]
            if units:
                self._notes.add(
                    "ambiguous-unit", grid, cell=cell, expected=self._names(units),
                    arguments={"sentence": where},
                )  # fmt: skip
                return None
        # A district's folder or mailbox does not tell which of its communes this is.
        if branch is not None and branch in resolver.tree and resolver.tree.is_leaf(branch):
            return branch
        titled = {unit for one in self._sheets for unit in self._in_title(one)}
        if len(titled) == 1:
            return titled.pop()
        self._notes.add("unit-missing", grid, cell=cell)
        return None

    def _body(self, sheet: Sheet, table: Table) -> str | None:
        """Return whom a table's title names as its sender, where that is a body or hamlet of a commune."""
        titles = self._titles_of(sheet, table) or [one for one in sheet.around if one.is_above]
        texts = [one.value for one in titles if isinstance(one.value, str)]
        names = (file_name(sheet.grid.document), file_name(self._incoming.name), self._subject)
        texts += [_SUFFIX.sub("", name).replace("_", " ") for name in names]
        lines = (line for text in texts for line in text.splitlines()[:_MOST_LINES])
        found = (body for line in lines if (body := body_in(line)) and not self._is_agency(line))
        return next(found, None)

    def _is_agency(self, text: str) -> bool:
        """Return whether a text names one of the tree's own bodies."""
        units = self._resolver.mentioned(text, bare=True)
        return any(not self._resolver.name_of(unit).type for unit in units)

    def _titles_of(self, sheet: Sheet, table: Table) -> list[Around]:
        """Return what stands between a table and the one before it: it has a title of its own."""
        at = next((i for i, other in enumerate(sheet.tables) if other is table), 0)
        if not at or table.goes_on or table.grid.turned:
            return []
        floor = sheet.tables[at - 1].bottom
        return [one for one in sheet.around if floor < one.row < table.top]

    def _above(self, sheet: Sheet, table: Table) -> tuple[UnitCode, ...]:
        """Return the units that a table's own title names."""
        return self._leaves(one.value for one in self._titles_of(sheet, table))

    def _within(self, table: Table) -> tuple[UnitCode, ...]:
        """Return the units named amid the indicators of a form that runs down: what follows may be theirs."""
        header = table.header
        if not table.grid.turned or not header.unknown:
            return ()
        return self._leaves(c.parts[-1] for c in header.unknown if c.index > header.first_count)

    def _leaves(self, texts: Iterable[object]) -> tuple[UnitCode, ...]:
        resolver = self._resolver
        named_there = (unit for text in texts if isinstance(text, str) for unit in resolver.mentioned(text))
        return tuple(dict.fromkeys(filter(resolver.tree.is_leaf, named_there)))

    def _in_title(self, sheet: Sheet) -> tuple[UnitCode, ...]:
        return self._interpreter.title_units(sheet, self._incoming.branch)

    def _in_names(self, sheet: Sheet) -> tuple[UnitCode, ...]:
        """Return the units that the names of folder, file and sheet, and the message's subject, tell."""
        named_units = self._interpreter.named_units
        names = (sheet.grid.document, self._incoming.name, sheet.grid.sheet, self._subject)
        found = (tuple(u for u in named_units(name) if self._resolver.tree.is_leaf(u)) for name in names)
        return next((units for units in found if units), ())

    def _in_file_name(self, sheet: Sheet, unit: UnitCode) -> tuple[UnitCode, ...]:
        """Return the communes that the file's own name tells where it is not the one its title names."""
        named_there = self._interpreter.named_units(file_name(sheet.grid.document))
        others = tuple(other for other in named_there if self._resolver.tree.is_leaf(other))
        return () if unit in others else others

    def _note_contradiction(self, sheet: Sheet, one: Placed, unit: UnitCode) -> None:
        title = self._in_title(sheet)
        names = self._interpreter.named_units(file_name(sheet.grid.document))
        subject = self._interpreter.named_units(self._subject)
        sheet_name = self._interpreter.named_units(sheet.grid.sheet)
        elsewhere = (("unit-differs", named_there) for named_there in (names, sheet_name, subject))
        for code, said in (("unit-contradiction", title), *elsewhere):
            if self._note_differs(one, unit, code, said):
                return

    def _note_differs(self, one: Placed, unit: UnitCode, code: str, said: Sequence[UnitCode]) -> bool:
        """Note that other units are named around a line's unit, unless one lies in the other; tell whether it was."""
        below = self._resolver.is_below
        if not said or any(below(unit, other) or below(other, unit) for other in said):
            return False
        self._notes.add(
            code, one.line.grid, unit=unit if code == "unit-contradiction" else None,
            cell=one.line.label_place, found=self._resolver.tree[unit].name, expected=self._names(said),
        )  # fmt: skip
        return True

    def _names(self, codes: Sequence[UnitCode]) -> str:
        tree = self._resolver.tree
        return ", ".join(f"{tree[code].name} ({code})" for code in codes[:3])


def is_nameless_below(one: Placed, before: Placed) -> bool:
    """Return whether a line without a name stands right below a unit's: its figures may be a part of that unit's."""
    line = one.line
    is_next = (
        before.role is Role.UNIT and line.table is before.line.table and line.index == before.line.index + 1
    )
    return is_next and one.role is Role.UNIT and not line.label and line.has_figures and not line.grid.turned


def label_of(one: Placed, unit: UnitCode | None) -> str:
    """Return a line's label as outputs may show it; what may be a person's name or number is left out."""
    label = one.line.label
    # "Lê Lợi" that fits a ward and a commune is a place, though people are called so.
    if unit is None and not named(label).type and not one.match.fits:
        return sayable(label, SHOWN)
    if has_number(label):
        return "…"
    # "Phường Anh Dũng" is a place; whom what follows speaks of is not.
    place, *beside = _ASIDE.split(label, maxsplit=1)
    return f"{shown(place)} …" if any(map(_tells_person, beside)) else shown(label)


def _tells_person(text: str) -> bool:
    name = tidy(text).strip(" ().")
    return is_addressed(name) or looks_like_name(name) or without_names(name, is_path=True) != name
