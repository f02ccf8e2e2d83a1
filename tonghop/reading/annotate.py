"""The annotated workbook, made inside the child: the submitter's own cells, the wrong ones coloured and explained.

Only what the guards of reading let pass is opened. openpyxl parses no formula and runs no macro; what it
cannot keep (a drawn shape) is lost in the copy alone.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped] # the library ships no types
from openpyxl.comments import Comment  # type: ignore[import-untyped] # the library ships no types
from openpyxl.styles import PatternFill  # type: ignore[import-untyped] # the library ships no types
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped] # the library ships no types

from tonghop.domain.reading import AnnotationJob, Mark
from tonghop.reading.containers.kinds import Kind, kind_of
from tonghop.reading.containers.model import Budget, Document, Refused
from tonghop.reading.containers.unpack import unpack_with_contents
from tonghop.reading.containers.zips import Zip
from tonghop.reading.cover_sheet import write_cover
from tonghop.reading.grid import Grid
from tonghop.reading.legacy import in_unicode
from tonghop.reading.limits import Limits
from tonghop.reading.our_sheet import AUTHOR, is_our_name, is_ours
from tonghop.reading.persons import has_number
from tonghop.reading.place_names import is_document, sheet_name
from tonghop.reading.workbook_bytes import bytes_of

WRONG, DOUBTFUL = "FFF4B6B6", "FFFFE699"
_OURS = frozenset({WRONG, DOUBTFUL})
# openpyxl keeps about a kilobyte for each cell: beyond this a list of places serves better than a workbook.
_MOST_XML = 16 * 1024 * 1024
_MOST_CELLS = 60_000
_A1 = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
# Starts a program (=cmd|'/c calc'!A0) or asks the network as soon as it is computed. What comes from us is trusted.
_REACHES_OUT = re.compile(
    r"\|[^|!]{0,255}!|\b(?:WEBSERVICE|IMAGE|RTD|CALL|EXEC|REGISTER(?:\.ID)?|DDE)\s{0,9}\(", re.I
)


def annotated(job: AnnotationJob, limits: Limits) -> tuple[str, bytes] | None:
    """Return the file ending and the bytes of a submission's workbook with its marks; None where none can be made.

    An xlsx or xlsm stays itself; of any other kind a new workbook shows the cells as they were read.
    """
    opened, contents = unpack_with_contents(job.name, job.content, limits)
    document = _document(opened.documents, job)
    if document is None:
        return None
    content = contents.get(document.name, b"")
    workbook = _own(content, limits)
    titles = {sheet_name(name): name for name in workbook.sheetnames} if workbook is not None else {}
    if workbook is None:
        workbook, titles = _fresh(document)
    if workbook is None:
        return None
    ending = "xlsm" if workbook.vba_archive is not None else "xlsx"
    _clear(workbook)
    places: list[tuple[Mark, str | None]] = []
    for mark in job.marks:
        title = titles.get(sheet_name(mark.sheet or "")) if mark.document == job.document else None
        places.append((mark, title))
        if title is not None:
            _put(workbook[title], mark)
    write_cover(workbook, job, places)
    return ending, bytes_of(workbook)


def _document(documents: Sequence[Document], job: AnnotationJob) -> Document | None:
    """Return the document that is to be marked; findings bear its name as outputs may show it."""
    return next((d for d in documents if is_document(d.name, job.document)), None)


def _own(content: bytes, limits: Limits) -> Workbook | None:
    """Return the submitter's own workbook, or None where openpyxl is not to open it."""
    if kind_of(content) is not Kind.ZIP:
        return None
    try:
        archive = Zip(content, Budget(limits))
        if "xl/workbook.xml" not in archive.names or not _is_plain(archive):
            return None
        macros = "xl/vbaproject.bin" in archive.names
        return load_workbook(io.BytesIO(content), keep_vba=macros, rich_text=True)
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001 - whatever the library trips over, a fresh workbook serves
        return None


def _is_plain(archive: Zip) -> bool:
    """Return whether every part that could be XML went through the guards under a name they look at."""
    try:
        parts = list(archive.parts())
    except Refused:
        return False
    size = sum(len(part.content) for part in parts if part.is_xml)
    return size <= _MOST_XML and not any(_could_be_xml(part.content) for part in parts if not part.is_xml)


def _could_be_xml(part: bytes) -> bool:
    return part[:2] in (b"\xff\xfe", b"\xfe\xff") or part.lstrip(b"\xef\xbb\xbf \t\r\n\x00")[:1] == b"<"


def _fresh(document: Document) -> tuple[Workbook | None, dict[str, str]]:
    """Return a new workbook with the cells as they were read, and its sheet for each one read."""
    grids = [in_unicode(grid) for grid in document.grids if not is_ours(grid)]
    if not grids or sum(len(row) for grid in grids for row in grid.rows) > _MOST_CELLS:
        return None, {}
    workbook = Workbook()
    titles: dict[str, str] = {}
    workbook.remove(workbook.active)
    for number, grid in enumerate(grids, start=1):
        title = _NOT_IN_TITLES.sub(" ", grid.sheet).strip("' ")[:25] or str(number)
        sheet = workbook.create_sheet(title)
        titles.setdefault(sheet_name(grid.sheet), sheet.title)
        _copy(grid, sheet)
    return workbook, titles


def _copy(grid: Grid, sheet: Worksheet) -> None:
    # Below the table, since above it the cells would no longer have the places that findings name.
    below = grid.top + len(grid.rows) + 2
    for number, text in enumerate(grid.above[-10:], start=below):
        set_text(sheet.cell(number, 1), text)
    for r, row in enumerate(grid.rows):
        for c, value in enumerate(row):
            at_row, at_column = grid.sheet_position(r, c)
            cell = sheet.cell(at_row + 1, at_column + 1)
            if isinstance(value, bool | int | float) or hasattr(value, "isoformat"):
                cell.value = value
            elif value not in (None, ""):
                set_text(cell, str(value))
    for letter in "BCDEFGH":
        sheet.column_dimensions[letter].width = 16


def _clean(text: str) -> str:
    return "".join(c for c in text[:2_000] if c in "\n\t" or c.isprintable())


def set_text(cell: Any, text: str) -> None:
    """Write text that stays text, whatever sign it begins with; what XML cannot hold is left out."""
    clean = _clean(text)
    cell.value = clean
    cell.data_type = "s"
    if clean.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True


def _clear(workbook: Workbook) -> None:
    """Take away what an answer before this one put in: our sheet, our notes, our colours.

    And what may go into no mail: a note of theirs that tells a telephone or identity number. A formula that
    reaches out of the workbook is shown as text.
    """
    for sheet in [s for s in workbook.worksheets if is_our_name(s.title)]:
        first = sheet.cell(1, 1).value
        if is_ours(Grid("", sheet.title, [[str(first or "")]])) and len(workbook.worksheets) > 1:
            workbook.remove(sheet)
    for sheet in workbook.worksheets:
        for cell in list(sheet._cells.values()):
            formula = _formula(cell)
            if _REACHES_OUT.search(formula):
                set_text(cell, formula)
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment = None
                if cell.fill.fgColor.rgb in _OURS:
                    cell.fill = PatternFill()
            elif cell.comment is not None and has_number(str(cell.comment.text)):
                cell.comment = None


def _formula(cell: Any) -> str:
    """Return a cell's formula, also one over several cells; "" where there is none."""
    return str(getattr(cell.value, "text", cell.value) or "") if cell.data_type == "f" else ""


def _put(sheet: Worksheet, mark: Mark) -> None:
    """Colour one cell and say in a note what is wrong with it."""
    if mark.cell is None or not _A1.fullmatch(mark.cell):
        return
    cell = sheet[mark.cell]
    if type(cell).__name__ == "MergedCell":
        area = next(area for area in sheet.merged_cells.ranges if mark.cell in area)
        cell = sheet.cell(area.min_row, area.min_col)
    colour = WRONG if mark.is_wrong else DOUBTFUL
    if cell.fill.fgColor.rgb != WRONG or cell.fill.patternType is None:
        cell.fill = PatternFill("solid", fgColor=colour)
    before = f"{cell.comment.text}\n\n" if cell.comment is not None else ""
    note = Comment(before + _clean(mark.text), AUTHOR, height=110, width=320)
    cell.comment = note
