"""Tables beside each other under the same headings, as a long list is set to fill a page: read as one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from tonghop.reading.grid import Fold, Grid, Merge
from tonghop.reading.headings import UNIT
from tonghop.reading.table_header import Column
from tonghop.reading.text import key

_FEWEST = 3  # columns of each table: a name and two figures


class Folded(NamedTuple):
    """A sheet whose tables beside each other stand below each other, up to ``end``, and the columns of the first."""

    grid: Grid
    end: int
    columns: tuple[Column, ...]


def folded(grid: Grid, header: range, end: int, columns: Sequence[Column]) -> Folded | None:
    """Return the tables that stand beside each other below one header as one, None where there are none.

    ``header``: its rows. Every heading stands in each of them, below the same others: two days or two groups beside
    each other are no long list.
    """
    if grid.turned or sum(column.meanings == (UNIT,) for column in columns) < 2:
        return None
    ordered = tuple(sorted(columns, key=lambda column: column.index))
    if sum(column.meanings == ordered[0].meanings for column in ordered) < 2:
        return None
    starts = _starts(ordered)
    if not starts:
        return None
    cuts = [*starts, None]
    lines, size = grid.rows[header.stop : end], end - header.stop
    rows = [*grid.rows[: header.start], *(row[: cuts[1]] for row in grid.rows[header.start : end])]
    folds = []
    for i, start in enumerate(starts[1:], 1):
        rows += [[*[""] * starts[0], *row[start : cuts[i + 1]]] for row in lines]
        folds.append(Fold(header.stop + i * size, i * size, start - starts[0]))
    below = len(starts) - 1
    folds.append(Fold(len(rows), below * size, 0))
    merges = tuple(_moved(one, header.stop, end, starts, size) for one in grid.merges)
    whole = replace(grid, rows=[*rows, *grid.rows[end:]], merges=merges, folds=tuple(folds))
    return Folded(whole, end + below * size, ordered[: len(ordered) // len(starts)])


def _starts(columns: Sequence[Column]) -> list[int]:
    """Return where each of the tables begins, nothing where the headings are not those of one table again."""
    told = [(tuple(map(key, one.parts)), one.meanings, one.strange) for one in columns]
    many = told.count(told[0])
    width, rest = divmod(len(columns), many)
    if many < 2 or rest or width < _FEWEST or told != told[:width] * many:
        return []
    starts = [one.index for one in columns[::width]]
    places = [
        [one.index - start for one in columns[i * width : (i + 1) * width]] for i, start in enumerate(starts)
    ]
    return starts if all(one == places[0] for one in places) else []


def _moved(merge: Merge, first: int, end: int, starts: Sequence[int], size: int) -> Merge:
    """Return where a merged range of the sheet is found now: a line's stays in its line."""
    top, left, bottom, right = merge
    if top >= end:
        down = (len(starts) - 1) * size
        return top + down, left, bottom + down, right
    at = sum(start <= left for start in starts[1:]) if top >= first else 0
    aside = starts[at] - starts[0]
    return top + at * size, left - aside, bottom + at * size, right - aside
