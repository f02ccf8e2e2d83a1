"""Columns of people whose heading nobody understands, beside indicators that the table lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tonghop.domain.forms import Form
from tonghop.domain.reading import Figure, Role, Row
from tonghop.domain.units import UnitTree
from tonghop.reading.findings import Notes
from tonghop.reading.grid import Grid, is_blank
from tonghop.reading.numbers import Habit, read_count
from tonghop.reading.persons import looks_personal, sayable
from tonghop.reading.sums import Placed
from tonghop.reading.table_header import Column
from tonghop.reading.tables import Table
from tonghop.words import say

_MOST_NAMED = 3
NOT_UNDERSTOOD = "heading-not-understood"


class Unclear(NamedTuple):
    """A heading that is not understood though people are counted below it: its text as it may be shown, its cell."""

    text: str
    cell: str


def unclear_headings(table: Table, placed: Sequence[Placed]) -> tuple[Unclear, ...]:
    """Return the headings nobody knows over columns that hold counts of people in the units' lines."""
    lines = [one.line.index for one in placed if one.role is Role.UNIT]
    found = []
    for column in table.header.unknown:
        if _counts(table.grid, lines, column.index):
            cell = _place_of(table, column)
            found.append(Unclear(sayable(column.unclear), cell))
    return tuple(found)


def _counts(grid: Grid, lines: Sequence[int], column: int) -> bool:
    """Return whether a column holds counts and nothing else."""
    filled = [value for line in lines if not is_blank(value := grid.value(line, column))]
    read = [read_count(value, Habit()) for value in filled if not looks_personal(value)]
    return bool(read) and len(read) == len(filled) and all(one.number is not None or one.hint for one in read)


def _place_of(table: Table, column: Column) -> str:
    """Return the cell of the header in which the heading to ask about stands: a group's is in front of its columns."""
    grid, text = table.grid, column.unclear
    first = 0 if column.strange else column.index
    for row in range(table.top, table.bottom + 1):
        for c in range(column.index, first - 1, -1):
            if grid.value(row, c) == text:
                return grid.place(row, c)
    return grid.place(table.bottom, column.index)


def ask_for_lacking(
    rows: list[Row], unclear: Mapping[int, tuple[Unclear, ...]], form: Form, tree: UnitTree, notes: Notes
) -> None:
    """Note at an unclear heading that an indicator is lacking, for every unit whose line lacks it.

    ``unclear`` tells by a row's position which headings of its tables were not understood. The rows get the
    figure as doubted at that heading: there it is to be mended, not at the unit's name.
    """
    for at, headings in unclear.items():
        row = rows[at]
        lacking = _lacking(row, form, tree)
        # Where more indicators are lacking than headings are unclear, columns were left out, not misspelt.
        if row.unit is None or not lacking or len(lacking) > len(headings):
            continue
        # As many headings as indicators: each is likely one of them; else any of them may be, and all are named.
        is_one_each = len(headings) == len(lacking)
        paired = headings if is_one_each else headings[:1] * len(lacking)
        several = {} if is_one_each else {"sentence": "several", "found": _quoted(headings)}
        names, names_en = (
            ", ".join(say(f"indicator.{code}", language) for code in lacking) for language in ("vi", "en")
        )
        for code, heading in zip(lacking, paired, strict=True):
            notes.put_at(
                NOT_UNDERSTOOD, row, indicator=code, cell=heading.cell, found=heading.text, expected=names,
                arguments={"expected_en": names_en, **several},
            )  # fmt: skip
        added = tuple(
            Figure(code, None, "", row.sheet, heading.cell, NOT_UNDERSTOOD)
            for code, heading in zip(lacking, paired, strict=True)
        )
        rows[at] = row._replace(figures=(*row.figures, *added))


def _quoted(headings: Sequence[Unclear]) -> str:
    """Return several headings as the sentence quotes them, each once: the guillemets around all are its own."""
    texts = list(dict.fromkeys(one.text for one in headings))
    return "», «".join(texts[:_MOST_NAMED] + ["…"] * (len(texts) > _MOST_NAMED))


def _lacking(row: Row, form: Form, tree: UnitTree) -> list[str]:
    given = {figure.indicator for figure in row.figures}
    kind = tree[row.unit].kind if row.unit in tree and row.unit is not None else ""
    return [
        one.code
        for one in form.indicators
        if one.required and one.is_asked_of(kind) and one.code not in given
    ]
