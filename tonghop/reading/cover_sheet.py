"""The first sheet of an annotated workbook: what is to be mended, message first, with links to the cells."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped] # the library ships no types
from openpyxl.styles import Alignment, Font, PatternFill  # type: ignore[import-untyped] # the library ships no types
from openpyxl.utils import quote_sheetname  # type: ignore[import-untyped] # the library ships no types
from openpyxl.worksheet.hyperlink import Hyperlink  # type: ignore[import-untyped] # the library ships no types
from openpyxl.worksheet.properties import PageSetupProperties  # type: ignore[import-untyped] # the library ships no types

from tonghop.domain.reading import AnnotationJob, Mark
from tonghop.words import say

# A sheet's name has at most 31 letters, and LibreOffice shows one line of a text that is a link.
_WIDTHS = {"A": 84, "B": 36, "C": 10, "D": 30}
_HEAD = PatternFill("solid", fgColor="FF123B66")
_A4 = 9
# Points of a line of our letters, and how many of them fit a column's unit of width: not every program fits a row's
# height to its text by itself.
_LINE, _PER_UNIT = 16.5, 0.92
_WRAP = Alignment(wrap_text=True, vertical="top")


def write_cover(workbook: Workbook, job: AnnotationJob, marks: Sequence[tuple[Mark, str | None]]) -> None:
    """Put the sheet in front and open the workbook at it. A mark whose sheet is not in the workbook has no link."""
    sheet = workbook.create_sheet(say("answer.sheet.name"), 0)
    for title in workbook.worksheets:
        title.sheet_view.tabSelected = False
    workbook.active = 0
    sheet.sheet_view.tabSelected = True
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    for number, line in enumerate((say("answer.sheet.mark"), *job.lead), start=1):
        _text(sheet.cell(number, 1), line, bold=number == 1)
        _fit(sheet, number)
    at = len(job.lead) + 3
    for column, key in enumerate(("message", "sheet", "cell", "file"), start=1):
        cell = sheet.cell(at, column)
        _text(cell, say(f"answer.sheet.{key}"), bold=True)
        cell.fill, cell.font = _HEAD, Font(bold=True, color="FFFFFFFF", size=12)
    for row, (mark, title) in enumerate(marks, start=at + 1):
        for column, text in enumerate((mark.text, mark.sheet or "", mark.cell or "", mark.document), start=1):
            _text(sheet.cell(row, column), text)
        _fit(sheet, row)
        if title is not None and mark.cell:
            # Not the sentence itself: LibreOffice shows one line of a text that is a link.
            _link(sheet.cell(row, 2), title, mark.cell)
            _link(sheet.cell(row, 3), title, mark.cell)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.freeze_panes = sheet.cell(at + 1, 1)


def _fit(sheet: Any, row: int) -> None:
    """Give a row the height of its longest text."""
    lines = [
        sum(ceil(max(len(line), 1) / (width * _PER_UNIT)) for line in str(cell.value).split("\n"))
        for cell, width in zip(sheet[row], _WIDTHS.values(), strict=False)
        if cell.value
    ]
    if lines and max(lines) > 1:
        sheet.row_dimensions[row].height = _LINE * max(lines)


def _link(cell: Any, title: str, place: str) -> None:
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(title)}!{place}")
    cell.font = Font(color="FF0B57D0", underline="single", size=12)


def _text(cell: Any, text: str, *, bold: bool = False) -> None:
    from tonghop.reading.annotate import set_text

    set_text(cell, text)
    cell.alignment = _WRAP
    cell.font = Font(bold=bold, size=14 if bold and cell.row == 1 else 12)
