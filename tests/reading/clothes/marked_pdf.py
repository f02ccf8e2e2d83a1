"""PDF tables with digits raised or struck out, and with one cell for several lines."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import BT, HEAD, TITLE, E, counts, row


def _ruled(*rows: list[object], spans: tuple[tuple[int, int, int, int], ...] = ()) -> Callable[[], bytes]:
    """Return a PDF with a ruled table; its cells may hold reportlab's tags. ``spans``: rows and columns, from 0."""

    def made() -> bytes:
        font = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
        pdfmetrics.registerFont(TTFont("Sans", str(font)))
        style = ParagraphStyle("plain", fontName="Sans", fontSize=10, leading=13)
        cells = [[Paragraph(str(value), style) for value in one] for one in (HEAD, *rows)]
        joined = [("SPAN", (left, top), (right, bottom)) for top, left, bottom, right in spans]
        table = Table(cells, colWidths=115, style=[("GRID", (0, 0), (-1, -1), 1, colors.black), *joined])
        out = io.BytesIO()
        page = SimpleDocTemplate(out, pagesize=landscape(A4))
        page.build([Paragraph(TITLE[0], style), table])
        return out.getvalue()

    return made


CASES: list[Case] = [
    Case("marked-pdf-nothing", "a.pdf", _ruled(row(BT, installs="<u>443</u> người")), "entries", counts(BT)),
    held(
        "marked-pdf-raised",
        "a.pdf",
        _ruled(row(BT, installs="443<super size=6>1</super>")),
        ("marked-digits", "D2"),
    ),
    held(
        "marked-pdf-struck",
        "a.pdf",
        _ruled(row(BT, installs="<strike>43</strike>443")),
        ("marked-digits", "D2"),
    ),
    held(
        "merged-pdf",
        "a.pdf",
        _ruled(row(E, installs=931), row(BT, installs=""), spans=((1, 3, 2, 3),)),
        ("merged-figure", "D2"),
        ("missing-figure", "D3"),
    ),
    Case("marked-pdf-plain", "a.pdf", _ruled(row(E), row(BT)), "entries", counts(E, BT)),
]
