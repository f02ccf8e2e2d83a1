"""A window of a sheet made inside the child: bounded, cleaned, and without personal data.

What leaves the child are plain tuples of texts and numbers; the parent checks them and makes the view.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from tonghop.domain.sheets import SheetJob
from tonghop.reading.containers.model import Document
from tonghop.reading.containers.unpack import unpack
from tonghop.reading.grid import Grid, Merge, a1, is_blank
from tonghop.reading.legacy import in_unicode
from tonghop.reading.limits import Limits
from tonghop.reading.masking import Mask
from tonghop.reading.our_sheet import is_ours
from tonghop.reading.persons import without_names
from tonghop.reading.place_names import document_name, is_document, is_sheet, sheet_name
from tonghop.reading.text import shown

MOST_ROWS, MOST_COLUMNS, LONGEST, MOST_ABOVE = 60, 20, 80, 6
_HEADER_ROWS, _LABEL_COLUMNS = 8, 3
_A1 = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
Place = tuple[int, int]
Spans = dict[Place, tuple[Place, Place] | None]
# name, text, across, down, is_number, is_masked, is_marked
Cell = tuple[str, str, int, int, bool, bool, bool]
Answer = tuple[str, str, list[str], list[tuple[int, list[Cell], bool]], list[str], bool, bool, bool]


def window(job: SheetJob, limits: Limits) -> Answer | None:
    """Return the part of a submission's sheet around the marked cells; None where there is no such sheet."""
    opened = unpack(job.name, job.content, limits)
    grid = _grid(opened.documents, job)
    if grid is None:
        return None
    marked = {place for cell in job.cells if (place := _place(cell, grid)) is not None}
    mask = Mask(grid, job.form, job.day)
    rows = _rows(grid, marked, mask)
    columns = _columns(grid, rows, marked)
    spans = _spans(grid.merges, rows, columns)
    return (
        document_name(grid.document),
        shown(sheet_name(grid.sheet)),
        [_letters(grid, c) for c in columns],
        [
            (
                grid.sheet_position(row, 0)[0] + 1,
                _cells(grid, row, columns, spans, marked, mask),
                i > 0 and rows[i - 1] != row - 1,
            )
            for i, row in enumerate(rows)
        ],
        [shown(without_names(line), LONGEST * 2) for line in grid.above if line.strip()][-MOST_ABOVE:],
        len(rows) == len(grid.rows) and len(columns) == _width(grid, range(len(grid.rows))),
        grid.hidden,
        bool(marked & {(r, c) for r in rows for c in columns}),
    )


def _grid(documents: Sequence[Document], job: SheetJob) -> Grid | None:
    """Return the sheet that is meant, its text in Unicode; of several of one name the one with the cell."""
    of_name = [d for d in documents if is_document(d.name, job.document)] if job.document else documents
    grids = [in_unicode(grid) for d in of_name for grid in d.grids if not is_ours(grid)]
    if job.sheet is not None:
        grids = [grid for grid in grids if is_sheet(grid.sheet, job.sheet)]
    if not grids:
        return None
    having = [grid for grid in grids if any(_holds(grid, _place(cell, grid)) for cell in job.cells)]
    visible = [grid for grid in grids if not grid.hidden]
    return (having or visible or grids)[0]


def _place(cell: str, grid: Grid) -> Place | None:
    found = _A1.fullmatch(cell)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    place = int(found[2]) - 1 - grid.top, column - 1 - grid.left
    return next((m[:2] for m in grid.merges if _inside(place, m)), place)


def _inside(place: Place, merge: Merge) -> bool:
    return merge[0] <= place[0] <= merge[2] and merge[1] <= place[1] <= merge[3]


def _holds(grid: Grid, place: Place | None) -> bool:
    return place is not None and 0 <= place[0] < len(grid.rows) and 0 <= place[1] < len(grid.rows[place[0]])


def _rows(grid: Grid, marked: Iterable[Place], mask: Mask) -> list[int]:
    """Return the rows to show: those around the first mark, and the headings of its table."""
    count = len(grid.rows)
    wanted = sorted(r for r, _ in marked if 0 <= r < count)
    first = wanted[0] if wanted else 0
    if first < MOST_ROWS - 10:
        return list(range(min(count, MOST_ROWS)))
    head = mask.header_above(first)[-_HEADER_ROWS:]
    room = MOST_ROWS - len(head)
    start = max(0, min(first - room // 2, count - room))
    return sorted({*head, *range(start, min(count, start + room))})


def _columns(grid: Grid, rows: Sequence[int], marked: Iterable[Place]) -> list[int]:
    """Return the columns to show: up to the last one that says anything, or those around the mark."""
    width = _width(grid, rows)
    wanted = sorted(c for _, c in marked if c >= 0)
    width = min(max([width, *(c + 1 for c in wanted)]), 16_384)
    if width <= MOST_COLUMNS or not wanted or wanted[0] < MOST_COLUMNS - 2:
        return list(range(min(width, MOST_COLUMNS)))
    room = MOST_COLUMNS - _LABEL_COLUMNS
    start = max(_LABEL_COLUMNS, min(wanted[0] - room // 2, width - room))
    return [*range(_LABEL_COLUMNS), *range(start, min(width, start + room))]


def _width(grid: Grid, rows: Iterable[int]) -> int:
    return max((c + 1 for r in rows for c, v in enumerate(grid.rows[r]) if not is_blank(v)), default=1)


def _letters(grid: Grid, column: int) -> str:
    return a1(0, column + grid.left)[:-1]


def _spans(merges: Iterable[Merge], rows: Sequence[int], columns: Sequence[int]) -> Spans:
    """Return for each place of a merged range what to draw: its anchor and size at the first one, else None."""
    at_row, at_column = {r: i for i, r in enumerate(rows)}, {c: i for i, c in enumerate(columns)}
    spans: Spans = {}
    for r0, c0, r1, c1 in merges:
        inside_rows = [r for r in range(r0, min(r1, rows[-1]) + 1) if r in at_row] if rows else []
        inside_columns = [c for c in range(c0, min(c1, columns[-1]) + 1) if c in at_column]
        # A range that the window cuts in two is drawn in its first part only, so that rows stay even.
        run = _run(inside_rows, at_row)
        side = _run(inside_columns, at_column)
        if not run or not side or any((r, c) in spans for r in run for c in side):
            continue
        spans.update({(r, c): None for r in run for c in side})
        spans[run[0], side[0]] = (r0, c0), (len(run), len(side))
    return spans


def _run(indices: Sequence[int], shown_at: dict[int, int]) -> list[int]:
    run: list[int] = []
    for one in indices:
        if run and shown_at[one] != shown_at[run[-1]] + 1:
            break
        run.append(one)
    return run


def _cells(
    grid: Grid,
    row: int,
    columns: Sequence[int],
    spans: Spans,
    marked: set[Place],
    mask: Mask,
) -> list[Cell]:
    cells: list[Cell] = []
    for column in columns:
        span = spans.get((row, column), ((row, column), (1, 1)))
        if span is None:
            continue
        (r, c), (down, across) = span
        value = grid.value(r, c) if c >= 0 and 0 <= r < len(grid.rows) else ""
        masked = mask.hides(r, c, value)
        text = "" if masked else text_of(grid, r, c, value)
        name = grid.place(row, column)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        cells.append((name, text, across, down, is_number, masked, (r, c) in marked))
    return cells


def text_of(grid: Grid, row: int, column: int, value: object) -> str:
    """Return a cell's value as its program shows it in Vietnam: a comma before decimals, percents, days."""
    if is_blank(value):
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute) == (0, 0)
        day = f"{value.day}/{value.month}/{value.year}"
        return day if midnight else f"{day} {value.hour}:{value.minute:02d}"
    if isinstance(value, date):
        return f"{value.day}/{value.month}/{value.year}"
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02d}"
    if isinstance(value, int | float):
        decimals = grid.facts.percent_decimals(row, column)
        if decimals is not None and abs(value) < 1e6:
            return f"{value * 100:.{min(decimals, 6)}f}%".replace(".", ",")
        return f"{value:.10g}".replace(".", ",") if abs(value) < 1e15 else "…"
    return shown(without_names(str(value)[: LONGEST * 4]), LONGEST)
