"""A submission as who opens it sees it: without the rows and columns that its workbooks hide.

A figure that only a hidden cell gives is a question, never a figure: an old unit's line that was hidden instead of
deleted, a table filtered down to one unit, yesterday's column. What is hidden beside figures that all can be seen, as
codes and helping columns mostly are, is nothing to ask about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tonghop.domain.reading import Figure, Outcome, Reading, Role, Row
from tonghop.reading.containers import Opened
from tonghop.reading.findings import Notes, finding
from tonghop.reading.grid import ALL_SEEN, Grid, Unseen
from tonghop.reading.headings import LABEL, ORDINAL, UNIT, Lexicon
from tonghop.reading.limits import Limits
from tonghop.reading.reservations import DOUBTED
from tonghop.reading.seen_facts import SeenFacts
from tonghop.words import number

HIDDEN_FIGURE = "hidden-figure"
# What a hidden cell says all the same: it must be kept out of every output, or was said against the figures.
_SAID_BY_ANY = frozenset({"personal-data", DOUBTED})
_NAMES, _NAMING, _NOTHING = frozenset({UNIT, LABEL}), frozenset({UNIT, LABEL, ORDINAL}), frozenset[str]()
_MOST_NAMED = 3


def as_seen(opened: Opened, lexicon: Lexicon) -> Opened | None:
    """Return what was unpacked without what its workbooks hide; None where they hide nothing that is filled."""
    if all(grid.facts.unseen() is ALL_SEEN for one in opened.documents for grid in one.grids):
        return None
    documents = [
        one._replace(grids=tuple(_seen(grid, lexicon) for grid in one.grids)) for one in opened.documents
    ]
    is_same = all(
        grid is other
        for one, before in zip(documents, opened.documents, strict=True)
        for grid, other in zip(one.grids, before.grids, strict=True)
    )
    return None if is_same else replace(opened, documents=documents)


def _seen(grid: Grid, lexicon: Lexicon) -> Grid:
    """Return a sheet with its hidden cells blank; who and which line it is may be told by a hidden column."""
    unseen = grid.facts.unseen()
    if unseen is ALL_SEEN:
        return grid
    columns = _without_names(grid, {c - grid.left for c in unseen.columns}, lexicon)
    rows = {r - grid.top for r in unseen.rows}
    # A merged cell is shown where any part of it is.
    kept = {
        (r0, c0)
        for r0, c0, r1, c1 in grid.merges
        if not rows.issuperset(range(r0, r1 + 1)) and not columns.issuperset(range(c0, c1 + 1))
    }
    cells = [
        ["" if (r in rows or c in columns) and (r, c) not in kept else value for c, value in enumerate(line)]
        if columns or r in rows
        else line
        for r, line in enumerate(grid.rows)
    ]
    if cells == grid.rows:
        return grid
    hidden = Unseen(unseen.rows, frozenset(c + grid.left for c in columns))
    return replace(grid, rows=cells, facts=SeenFacts(grid.facts, hidden))


def _without_names(grid: Grid, columns: set[int], lexicon: Lexicon) -> set[int]:
    """Return hidden columns without those of codes and numbers of lines whose names can be seen."""
    width = max((len(line) for line in grid.rows), default=0)
    columns = {c for c in columns if 0 <= c < width}
    if not columns:
        return columns
    telling = {c: _telling(grid, c, lexicon) for c in range(width)}
    if all(c in columns or telling[c].isdisjoint(_NAMES) for c in telling):
        return columns
    return {c for c in columns if telling.get(c, _NOTHING).isdisjoint(_NAMING)}


def _telling(grid: Grid, column: int, lexicon: Lexicon) -> frozenset[str]:
    """Return what the headings in a column mean that mean one thing only."""
    texts = (line[column] for line in grid.rows if column < len(line))
    meanings = (lexicon.meanings((text,)) for text in texts if isinstance(text, str) and text)
    return frozenset(found[0] for found in meanings if len(found) == 1)


def with_questions(seen: Reading, whole: Reading, limits: Limits) -> Reading:
    """Return what can be seen of a submission, with a question for every figure that only a hidden cell gives.

    ``whole``: the reading of all its cells.
    """
    rows, notes, added = [_dated(row, whole) for row in seen.rows], Notes(limits.findings), {}
    for at, row in enumerate(whole.rows):
        lost = tuple(_lost(row, seen)) if row.role is Role.UNIT else ()
        if not lost:
            continue
        doubted = tuple(one._replace(number=None, doubt=HIDDEN_FIGURE) for one in lost)
        known = next((i for i, one in enumerate(rows) if _is_same(one, row)), None)
        if known is None:
            added[at] = len(rows)
            rows.append(row._replace(figures=doubted, declared=(), increases=()))
        else:
            rows[known] = rows[known]._replace(figures=_joined(rows[known].figures, doubted))
        _ask(row, lost, notes)
    if added:
        rows = [_covering(row, whole, added) for row in rows]
    said = [one for one in whole.findings if one.code in _SAID_BY_ANY and one not in seen.findings]
    findings = (*seen.findings, *notes.all(), *said)
    if notes.all():
        return Reading(seen.key, Outcome.READ, tuple(rows), findings)
    return seen._replace(rows=tuple(rows), findings=findings)


def _lost(row: Row, seen: Reading) -> Iterator[Figure]:
    """Yield the figures of a unit's row that nobody sees: neither in their cell, nor the unit's elsewhere."""
    for figure in row.figures:
        if figure.number and not any(
            _gives(other, figure) and (_is_same(one, row) or _is_there(one, other, row, figure))
            for one in seen.rows
            for other in one.figures
        ):
            yield figure


def _gives(other: Figure, figure: Figure) -> bool:
    return other.indicator == figure.indicator and (other.number is not None or other.doubt is not None)


def _is_same(one: Row, row: Row) -> bool:
    """Return whether two rows are of one unit, or the same line that names none."""
    is_same = one.unit == row.unit if row.unit is not None else _is_same_line(one, row)
    return one.role is row.role and is_same


def _is_same_line(one: Row, row: Row) -> bool:
    return (one.role, one.document, one.sheet, one.cell) == (row.role, row.document, row.sheet, row.cell)


def _is_there(one: Row, other: Figure, row: Row, figure: Figure) -> bool:
    return (one.document, other.sheet, other.cell) == (row.document, figure.sheet, figure.cell)


def _joined(figures: tuple[Figure, ...], doubted: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Return a row's figures, blank ones replaced by those that a hidden cell gives."""
    codes = {one.indicator for one in doubted}
    return (*(one for one in figures if one.indicator not in codes), *doubted)


def _dated(row: Row, whole: Reading) -> Row:
    """Return a row with the day that a hidden cell states, where no other does: of another day it is not taken."""
    if row.stated_day is not None or row.role is not Role.UNIT:
        return row
    same = next((one for one in whole.rows if one.unit == row.unit and one.stated_day is not None), None)
    return row if same is None else row._replace(stated_day=same.stated_day, day_cell=same.day_cell)


def _covering(row: Row, whole: Reading, added: Mapping[int, int]) -> Row:
    """Return a total with the hidden lines that it may count as well: its sum is not known without them."""
    same = next((one for one in whole.rows if row.role is Role.TOTAL and _is_same_line(one, row)), None)
    hidden = () if same is None else tuple(added[at] for at in same.covers if at in added)
    return row._replace(covers=(*row.covers, *hidden))


def _ask(row: Row, lost: Sequence[Figure], notes: Notes) -> None:
    """Note the figures of a row that nobody sees, at the first of them."""
    shown = [number(int(one.number or 0)) for one in lost]
    found = ", ".join(shown[:_MOST_NAMED] + ["…"] * (len(shown) > _MOST_NAMED))
    indicator = lost[0].indicator if len(lost) == 1 else None
    notes.put(
        finding(
            HIDDEN_FIGURE, document=row.document, unit=row.unit, indicator=indicator,
            sheet=lost[0].sheet, cell=lost[0].cell, found=found,
        )
    )  # fmt: skip
