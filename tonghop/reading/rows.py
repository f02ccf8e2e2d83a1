"""The rows of a submission as they come together: every unit once a day."""

from __future__ import annotations

from datetime import date

from tonghop.domain.reading import Figure, Row
from tonghop.domain.units import UnitCode, UnitTree
from tonghop.reading.findings import Notes
from tonghop.reading.grid import Grid
from tonghop.reading.place_names import document_name, sheet_name
from tonghop.reading.sums import Placed
from tonghop.reading.text import file_name, shown
from tonghop.words import say


class Rows:
    """The rows so far, ``all``, in the order they were read."""

    def __init__(self, tree: UnitTree, notes: Notes) -> None:
        self.all: list[Row] = []
        self._tree, self._notes = tree, notes
        self._by_unit: dict[UnitCode, list[int]] = {}

    def add(self, row: Row) -> int:
        """Add a row as it is; return its position."""
        self.all.append(row)
        return len(self.all) - 1

    def merge(self, row: Row, grid: Grid) -> int:
        """Return the position of a unit's row, joined with the one the unit already has for the day."""
        known = self._by_unit.setdefault(row.unit, []) if row.unit is not None else []
        for at in known:
            other = self.all[at]
            if _same_day(other.stated_day, row.stated_day):
                joined = _joined(other, row)
                if joined is None:
                    self._notes.add(
                        "unit-twice", grid, unit=row.unit, cell=row.cell,
                        found=self._tree[row.unit or ""].name,
                        expected=_other_place(other, row, is_short=True),
                        arguments={"other": _other_place(other, row)},
                    )  # fmt: skip
                    break
                if joined == other and row.figures:
                    self._notes.add("unit-repeated", grid, cell=row.cell, found=row.label)
                self.all[at] = joined
                return at
        known.append(self.add(row))
        return known[-1]


def row_of(one: Placed, unit: UnitCode | None, label: str, day: date | None, day_cell: str | None) -> Row:
    """Return a placed line as a row of the domain; what it covers is set when all rows are known."""
    grid = one.line.grid
    return Row(
        role=one.role,
        unit=unit,
        label=label,
        document=document_name(grid.document),
        sheet=sheet_name(grid.sheet),
        cell=one.line.label_place,
        figures=one.line.figures(),
        declared=tuple(one.line.declared),
        stated_day=day,
        day_cell=day_cell,
        increases=tuple(one.line.increases),
    )


def _other_place(other: Row, row: Row, *, is_short: bool = False) -> str:
    """Return where a unit's other line stands, as seen from ``row``; in short its cell alone in the same sheet."""
    is_same_file = other.document == row.document
    if is_same_file and other.sheet == row.sheet:
        return other.cell if is_short else say("reading-place", cell=other.cell)
    key = "reading-place-sheet" if is_same_file else "reading-place-file"
    return say(key, cell=other.cell, sheet=shown(other.sheet, 30), document=shown(file_name(other.document)))


def _same_day(one: date | None, other: date | None) -> bool:
    return one == other or one is None or other is None


def _joined(first: Row, second: Row) -> Row | None:
    """Return two rows of one unit as one, or None where both give a figure and the figures differ."""
    figures = {figure.indicator: figure for figure in first.figures}
    for figure in second.figures:
        held = figures.setdefault(figure.indicator, figure)
        if _is_blank(figure):
            continue
        if _is_blank(held):
            figures[figure.indicator] = figure
        elif (held.number, held.doubt) != (figure.number, figure.doubt):
            return None
    declared = {rate.rate: rate for rate in (*second.declared, *first.declared)}
    return first._replace(
        figures=tuple(figures.values()),
        declared=tuple(declared.values()),
        increases=first.increases or second.increases,
        stated_day=first.stated_day or second.stated_day,
        day_cell=first.day_cell if first.stated_day else second.day_cell,
    )


def _is_blank(figure: Figure) -> bool:
    return figure.number is None and figure.doubt is None
