"""Places around a report that are not its unit's: another district above it, another commune where it was signed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from tonghop.domain.units import UnitCode
from tonghop.reading.context import Around
from tonghop.reading.findings import Notes
from tonghop.reading.interpret import Interpreter
from tonghop.reading.letterheads import Claim
from tonghop.reading.persons import sayable
from tonghop.reading.reservations import DOUBTED
from tonghop.reading.sheets import Sheet
from tonghop.reading.sums import Placed
from tonghop.reading.tables import Table
from tonghop.reading.text import SHOWN

# A total that says it is of a district, city or province is none of a commune's.
OF_PARENTS = frozenset({"huien", "quan", "pho", "tp", "tinh"})


class OtherPlaces:
    """Notes the places around the lines of one document that contradict their units."""

    def __init__(self, interpreter: Interpreter, notes: Notes) -> None:
        self._letterheads, self._resolver, self._notes = interpreter.letterheads, interpreter.resolver, notes
        self._claims: dict[int, list[Claim]] = {}
        self._signed: dict[int, list[Claim]] = {}

    def note(self, sheet: Sheet, one: Placed, unit: UnitCode) -> None:
        """Note what stands above a line, where it was signed, and what its headings say of its district."""
        self._note_elsewhere(sheet, one, unit)
        self._note_signed(sheet, one, unit)
        if one.line.table.header.of_parents:
            self._note_of_parent(sheet, one, unit)

    def _note_elsewhere(self, sheet: Sheet, one: Placed, unit: UnitCode) -> None:
        """Note a district or city above the table in which the unit does not lie: another's has the same name."""
        claims = self._claims_over(sheet, one.line.table)
        strange = [claim for claim in claims if not claim.units]
        if not strange and any(self._resolver.is_below(unit, other) for c in claims for other in c.units):
            return
        if claims:
            self._notes.add(
                "unit-contradiction", one.line.grid, unit=unit, cell=one.line.label_place,
                found=self._resolver.tree[unit].name, expected=(strange or claims)[0].text,
            )  # fmt: skip

    def _claims_over(self, sheet: Sheet, table: Table) -> list[Claim]:
        """Return the districts that a table's own title tells, below another table, or else those above the first."""
        if id(table) not in self._claims:
            whole = self._letterheads.claims(sheet.around)
            self._claims[id(sheet.tables[0])] = whole
            for before, after in pairwise(sheet.tables):
                own = [] if after.goes_on else _between(sheet.around, before, after)
                self._claims[id(after)] = self._letterheads.claims(own) or whole
        return self._claims[id(table)]

    def _note_signed(self, sheet: Sheet, one: Placed, unit: UnitCode) -> None:
        """Note another commune's place in the line of place and day of a report of one commune.

        An agency signs where its office is, and a list of several units where whoever made it is.
        """
        if id(sheet) not in self._signed:
            self._signed[id(sheet)] = self._letterheads.signed_at(sheet.around)
        claims = self._signed[id(sheet)]
        if not claims or not self._is_commune_alone(sheet, unit):
            return
        if not any(self._resolver.is_below(unit, other) for claim in claims for other in claim.units):
            self._notes.add(
                "unit-contradiction", one.line.grid, unit=unit, cell=one.line.label_place,
                found=self._resolver.tree[unit].name, expected=claims[0].text, arguments={"sentence": "place"},
            )  # fmt: skip

    def _note_of_parent(self, sheet: Sheet, one: Placed, unit: UnitCode) -> None:
        """Note a heading that says of a commune's figures that they are its district's."""
        table = one.line.table
        if not self._is_commune_alone(sheet, unit):
            return
        for column in table.header.of_parents:
            rows = range(table.bottom, table.top - 1, -1)
            row = next((r for r in rows if table.grid.value(r, column.index)), table.bottom)
            self._notes.add(
                DOUBTED, table.grid, unit=unit, cell=table.grid.place(row, column.index),
                found=sayable(column.heading, SHOWN),
            )  # fmt: skip

    def _is_commune_alone(self, sheet: Sheet, unit: UnitCode) -> bool:
        kind = self._resolver.name_of(unit).type
        return bool(kind) and OF_PARENTS.isdisjoint(kind.split()) and not sheet.units - {unit}


def _between(around: Sequence[Around], before: Table, after: Table) -> list[Around]:
    """Return what stands between two tables, as the titles above the second."""
    if before.grid.turned or after.grid.turned:
        return []
    start = bisect_right(around, before.bottom, key=lambda one: one.row)
    end = bisect_left(around, after.top, start, key=lambda one: one.row)
    return [one._replace(is_above=True) for one in around[start:end]]
