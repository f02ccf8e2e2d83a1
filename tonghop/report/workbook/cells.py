"""Writing cells safely: text only as text, numbers as numbers, one set of formats for the whole workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tonghop.report.safe_text import clean
from tonghop.words import say

# What a spreadsheet may take for the beginning of a formula once the text is edited or saved as CSV.
_DANGEROUS = tuple("=+-@＝＋－＠")
_A4 = 9
_TITLE_COLOUR, _GROUND, _RULE = "#123b66", "#e8eff7", "#b8c4cf"

# Codes of number formats hold no language: on a machine whose region is Viet Nam they show 5.658 and 71,67%,
# elsewhere 5,658 and 71.67%; the value is the same number everywhere.
NUMBER_FORMATS = {
    "people": "#,##0",
    "share": "0.00%",
    "change": "+#,##0;-#,##0;0",
    "points": "+0.00;-0.00;0.00",
    "moment": "hh:mm dd/mm/yyyy",
    "day": "dd/mm/yyyy",
}

Look = Mapping[str, object]
PLAIN: Look = {}
BORDER: Look = {"border": 1, "border_color": _RULE}
HEADING: Look = {
    "bold": True,
    "text_wrap": True,
    "align": "center",
    "bg_color": _TITLE_COLOUR,
    "font_color": "#ffffff",
    **BORDER,
}
STRONG: Look = {"bold": True, "bg_color": _GROUND}
TITLE: Look = {"bold": True, "font_size": 16, "font_color": _TITLE_COLOUR}


def guarded(text: str, longest: int = 400) -> str:
    """Return ``text`` harmless for a spreadsheet: an apostrophe stands before ``= + - @``.

    xlsxwriter stores it as a string anyway; the apostrophe also holds when somebody edits the cell or saves
    the sheet as CSV.
    """
    said = clean(text, longest)
    return f"'{said}" if said.startswith(_DANGEROUS) else said


class Book:
    """A workbook and its formats; each combination of properties exists once."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def sheet(self, name: str) -> Sheet:
        """Return a new sheet, set up to print on A4 landscape, one page wide, with page numbers."""
        worksheet = self._workbook.add_worksheet(name)
        worksheet.set_landscape()
        worksheet.set_paper(_A4)
        worksheet.fit_to_pages(1, 0)
        worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        worksheet.set_footer(f"&C{say('sheet.print_footer')}")
        return Sheet(self, worksheet)

    def style(self, look: Look) -> Any:
        """Return the format with these properties over the common ones."""
        whole = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter", **look}
        key = tuple(sorted(whole.items()))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(whole)
        return self._formats[key]


class Sheet:
    """A worksheet that knows what it is given: texts, numbers, moments. Rows and columns count from 0."""

    def __init__(self, book: Book, worksheet: Any) -> None:
        self._book, self.raw = book, worksheet

    def look(self, look: Look) -> Any:
        """Return the workbook's format with these properties, for what is written to the raw sheet."""
        return self._book.style(look)

    def text(self, row: int, column: int, text: str, look: Look = PLAIN) -> None:
        """Write text as text; an empty one as a blank cell."""
        style = self._book.style(look)
        if text:
            self.raw.write_string(row, column, guarded(text), style)
        else:
            self.raw.write_blank(row, column, None, style)

    def figure(self, row: int, column: int, value: float | None, kind: str, look: Look = PLAIN) -> None:
        """Write a number in one of ``NUMBER_FORMATS``; None as a blank cell, for blank is not zero."""
        style = self._book.style({"num_format": NUMBER_FORMATS[kind], "align": "right", **look})
        if value is None:
            self.raw.write_blank(row, column, None, style)
        else:
            self.raw.write_number(row, column, value, style)

    def moment(self, row: int, column: int, at: datetime | None, look: Look = PLAIN) -> None:
        """Write a moment as a date, in the clock it is given in."""
        style = self._book.style({"num_format": NUMBER_FORMATS["moment"], "align": "right", **look})
        if at is None:
            self.raw.write_blank(row, column, None, style)
        else:
            self.raw.write_datetime(row, column, at.replace(tzinfo=None, microsecond=0), style)

    def banner(self, row: int, text: str, over: tuple[int, float], look: Look = PLAIN) -> None:
        """Write a paragraph high enough for it; ``over``: its last column, and the characters up to there."""
        last, width = over
        size = float(str(look.get("font_size", 11)))
        style = self._book.style({"text_wrap": True, "valign": "top", **look})
        said = guarded(text, 2000)
        self.raw.merge_range(row, 0, row, last, said, style)
        lines = -(-len(said) // max(1, int(width * 10.5 / size)))
        self.raw.set_row(row, lines * size * 1.4)

    def merged(self, start: tuple[int, int], end: tuple[int, int], text: str, look: Look = PLAIN) -> None:
        """Write text over the cells from ``start`` to ``end`` (row, column); one cell is just written."""
        if start == end:
            self.text(*start, text, look)
        else:
            self.raw.merge_range(*start, *end, guarded(text), self._book.style(look))

    def headings(self, row: int, titles: Sequence[str], widths: Sequence[float]) -> None:
        """Write a heading row and set the columns' widths (in characters)."""
        for column, (title, width) in enumerate(zip(titles, widths, strict=True)):
            self.raw.set_column(column, column, width)
            self.text(row, column, title, HEADING)
