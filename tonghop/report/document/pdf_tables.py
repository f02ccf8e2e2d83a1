"""An annex's table for the PDF: headings on every page, bold sub-totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

from tonghop.report.document import measures as m
from tonghop.report.document.fonts import BOLD, ITALIC, REGULAR, width_of
from tonghop.report.document.parts import Annex, Column, Look, Row
from tonghop.words import say

_SHADES = {Look.TOTAL: 0.905, Look.BAND: 0.95, Look.NODE: 0.95}
_SIDES: dict[str, Any] = {"left": 0, "center": 1, "right": 2}


def annex_table(annex: Annex) -> Any:
    """Return the table of an annex as a part of the page's flow."""
    from reportlab.lib.colors import Color, black
    from reportlab.lib.units import mm
    from reportlab.platypus import LongTable

    headings, look = _headings(annex)
    first = len(headings)
    for place, row in enumerate(annex.rows, first):
        if row.look in _SHADES:
            grey = _SHADES[row.look]
            look.append(("BACKGROUND", (0, place), (-1, place), Color(grey, grey, grey)))
            look.append(("FONT", (0, place), (-1, place), BOLD, m.ANNEX_TABLE))
        if row.look is Look.BAND:
            look.append(("SPAN", (1, place), (-1, place)))
    look += [("ALIGN", (i, first), (i, -1), column.align.upper()) for i, column in enumerate(annex.columns)]
    return LongTable(
        [*headings, *(_cells(row, annex.columns) for row in annex.rows)],
        colWidths=[column.width * mm for column in annex.columns],
        repeatRows=first,
        style=[
            ("FONT", (0, 0), (-1, -1), REGULAR, m.ANNEX_TABLE),
            ("GRID", (0, 0), (-1, -1), 0.5, black),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ("RIGHTPADDING", (0, 0), (-1, -1), 2),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            *look,
        ],
    )


def _headings(annex: Annex) -> tuple[list[list[Any]], list[Any]]:
    """Return the heading rows and how their cells are joined: groups across, single columns down."""
    columns = annex.columns
    titles: list[Any] = [_wrapped(column.title, BOLD, "center") for column in columns]
    numbers: list[Any] = [
        _wrapped(say("document.column", number=i), ITALIC, "center") for i in range(1, len(columns) + 1)
    ]
    if not annex.has_groups:
        return [titles, numbers], []
    over: list[Any] = [""] * len(columns)
    joined: list[Any] = []
    for group, places in _groups(columns):
        if group:
            over[places[0]] = _wrapped(group, BOLD, "center")
            joined.append(("SPAN", (places[0], 0), (places[-1], 0)))
        else:
            for place in places:
                over[place], titles[place] = titles[place], ""
                joined.append(("SPAN", (place, 0), (place, 1)))
    return [over, titles, numbers], joined


def _groups(columns: Sequence[Column]) -> Iterator[tuple[str, list[int]]]:
    for group, found in groupby(enumerate(columns), key=lambda pair: pair[1].group):
        yield group, [place for place, _ in found]


def _cells(row: Row, columns: Sequence[Column]) -> list[Any]:
    face = BOLD if row.look in _SHADES else REGULAR
    if row.look is Look.BAND:
        return [row.cells[0], _wrapped(row.cells[1], face, "left"), *[""] * (len(columns) - 2)]
    # What fits on one line is set as plain text: a table of hundreds of units is set much faster so.
    return [
        text if _fits(text, face, column) else _wrapped(text, face, column.align)
        for text, column in zip(row.cells, columns, strict=True)
    ]


def _fits(text: str, face: str, column: Column) -> bool:
    return width_of(text, face, m.ANNEX_TABLE) < column.width - 2


def _wrapped(text: str, face: str, align: str) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    style = ParagraphStyle(
        "", fontName=face, fontSize=m.ANNEX_TABLE, leading=m.ANNEX_TABLE * 1.15, alignment=_SIDES[align]
    )
    return Paragraph(escape(text), style)
