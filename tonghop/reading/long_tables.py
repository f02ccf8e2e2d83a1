"""Tables with one line for each unit and indicator ("Đơn vị | Chỉ tiêu | Số liệu") as those with one line a unit.

Cells keep the names they have in the sheet. What is not such a list for certain stays as it is: a form whose second
column is the measure ("Chỉ tiêu | Đơn vị | Số lượng"), one with sections, with figures that several lines share, or
with a note or day of a line's own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from tonghop.reading.grid import Grid, is_blank
from tonghop.reading.headings import IGNORE, LABEL, NOTE, ORDINAL, UNIT, VALUE, Lexicon
from tonghop.reading.text import key, tidy

_FIRST_ROWS, _WIDEST, _MOST_LABELS = 30, 12, 40
_ONE_OF_EACH = (UNIT, LABEL, VALUE)
Place = tuple[int, int]


class _Columns(NamedTuple):
    unit: int
    label: int
    value: int
    notes: tuple[int, ...]


class _Entry(NamedTuple):
    """One line of the list: its unit and indicator as written, and where each of the three stands."""

    unit: str
    label: str
    row: int
    unit_row: int


def unfolded_list(grid: Grid, lexicon: Lexicon, is_unit: Callable[[str], bool]) -> Grid:
    """Return the grid, a list of units and indicators in it as a table of units; else the grid itself."""
    for top in range(min(len(grid.rows), _FIRST_ROWS)):
        columns = _columns_of(grid.rows[top], lexicon)
        if columns is not None:
            entries = _entries(grid, top, columns, lexicon)
            is_sure = entries and _is_list(grid, entries, columns, lexicon, is_unit)
            return _unfolded(grid, top, columns, entries) if is_sure else grid
    return grid


def _columns_of(cells: Sequence[object], lexicon: Lexicon) -> _Columns | None:
    """Return the three columns of a heading row that has one of each, and none of another count, day or measure."""
    texts = [(c, v) for c, v in enumerate(cells[:_WIDEST]) if isinstance(v, str) and v]
    if len(texts) < 3:
        return None
    found: dict[str, int] = {}
    notes: list[int] = []
    for column, text in texts:
        (meaning,) = means if len(means := lexicon.meanings((text,))) == 1 else (None,)
        if meaning in _ONE_OF_EACH and meaning not in found:
            found[meaning] = column
        elif meaning == NOTE:
            notes.append(column)
        elif meaning not in (ORDINAL, IGNORE):
            return None
    return _Columns(found[UNIT], found[LABEL], found[VALUE], tuple(notes)) if len(found) == 3 else None


def _entries(grid: Grid, top: int, columns: _Columns, lexicon: Lexicon) -> list[_Entry]:
    """Return the lines below the headings up to the first that is none of a unit's indicator."""
    entries: list[_Entry] = []
    for row in range(top + 1, len(grid.rows)):
        unit, label = grid.value(row, columns.unit), grid.value(row, columns.label)
        if is_blank(label) or not isinstance(label, str):
            break
        # Without a figure a line is one of the list only by its unit and an indicator's name: others are titles.
        if is_blank(grid.value(row, columns.value)) and (is_blank(unit) or not _is_count(label, lexicon)):
            break
        if isinstance(unit, str) and unit.strip():
            entries.append(_Entry(unit, label, row, row))
        elif entries and is_blank(unit):
            entries.append(_Entry(entries[-1].unit, label, row, entries[-1].unit_row))
        else:
            break
    return entries


def _is_count(label: str, lexicon: Lexicon) -> bool:
    meanings = lexicon.meanings((label,))
    return bool(meanings) and lexicon.counts.issuperset(meanings)


def _is_list(
    grid: Grid, entries: Sequence[_Entry], columns: _Columns, lexicon: Lexicon, is_unit: Callable[[str], bool]
) -> bool:
    """Return whether lines are a list of units and indicators for certain."""
    labels = {key(one.label): one.label for one in entries}
    units = {one.unit for one in entries}
    first, last = entries[0].row, entries[-1].row
    known = [label for label in labels.values() if not lexicon.counts.isdisjoint(lexicon.meanings((label,)))]
    shared = any(
        r1 > r0 and r1 >= first and r0 <= last and c0 <= columns.value <= c1 for r0, c0, r1, c1 in grid.merges
    )
    # Below the list stands nothing of it: a line that only lacks its figure may be a section's title.
    below = grid.rows[last + 1] if last + 1 < len(grid.rows) else ()
    goes_on = len(below) > columns.label and lexicon.known(str(below[columns.label]))
    return (
        len(known) > 1
        and len(labels) <= _MOST_LABELS
        and any(map(is_unit, units))
        and not shared
        and not goes_on
        and all(is_blank(grid.value(one.row, c)) for one in entries for c in columns.notes)
    )


def _unfolded(grid: Grid, top: int, columns: _Columns, entries: Sequence[_Entry]) -> Grid:
    """Return the grid with a line for each unit; one that gives an indicator twice has a second line."""
    labels = {label: i + 1 for i, label in enumerate(dict.fromkeys(key(one.label) for one in entries))}
    head: list[object] = [grid.value(top, columns.unit), *[""] * len(labels)]
    origins: dict[Place, Place] = {(top, 0): (top, columns.unit)}
    lines: list[list[object]] = []
    last_of: dict[str, int] = {}
    for one in entries:
        column = labels[key(one.label)]
        at = last_of.get(tidy(one.unit), -1)
        if at < 0 or lines[at][column] != "":
            at = last_of[tidy(one.unit)] = len(lines)
            lines.append([one.unit, *[""] * len(labels)])
            # Of a figure that is not there the question names the unit.
            origins |= {(top + 1 + at, c): (one.unit_row, columns.unit) for c in range(len(labels) + 1)}
        head[column] = head[column] or one.label
        origins.setdefault((top, column), (one.row, columns.label))
        lines[at][column] = grid.value(one.row, columns.value)
        origins[top + 1 + at, column] = (one.row, columns.value)
    below = entries[-1].row + 1
    width = max((len(row) for row in grid.rows), default=0)
    for row in range(below, len(grid.rows)):
        origins |= {(top + 1 + len(lines) + row - below, c): (row, c) for c in range(width)}
    merges = tuple(merge for merge in grid.merges if merge[2] < top)
    rows = [*grid.rows[:top], head, *lines, *grid.rows[below:]]
    return replace(grid, rows=rows, merges=merges, origins=origins)
