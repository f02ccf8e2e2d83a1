"""Tables that go on without their heading, rows that stand below none, files with nothing but a total."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import (
    ALL,
    BHN,
    BT,
    HEAD,
    TITLE,
    D,
    E,
    Rows,
    counts,
    pages,
    row,
    sums,
    word,
    xlsx,
)
from tests.reading.writers import Page, as_html, as_message

_FIRST, _REST = ALL[:6], ALL[6:]
_LETTERHEAD = ["UBND XÃ BÌNH THÀNH"]


def _words(*tables: Rows, between: str = "") -> Callable[[], bytes]:
    """Return a Word document of several tables, with a paragraph between them."""

    def made() -> bytes:
        document = docx.Document()
        document.add_paragraph(TITLE[0])
        for rows in tables:
            table = document.add_table(rows=0, cols=max(map(len, rows)))
            for one in rows:
                for cell, value in zip(table.add_row().cells, one, strict=False):
                    cell.text = str(value)
            document.add_paragraph(between)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return made


def _mail(*tables: Rows) -> Callable[[], bytes]:
    html = [as_html(Page(rows), []).partition("<body>")[2].partition("<p>")[0] for rows in tables]
    subject = "Báo cáo Bluezone ngày 18/8/2020"
    return lambda: as_message(subject, "<html><body>" + "<p></p>".join(html) + "</body></html>").as_bytes()


def _numbered(units: tuple[str, ...], first: int) -> Rows:
    return [[number, *row(unit)] for number, unit in enumerate(units, first)]


def _two(*more: list[Any], name: str = "Trang 2") -> Callable[[], bytes]:
    """Return a workbook of two sheets: a table of the first units, and rows."""
    return pages(("Trang 1", [TITLE, ["STT", *HEAD], *_numbered(_FIRST, 1)]), (name, list(more)))


CASES: list[Case] = [
    Case("goes-on-in-word", "a.docx", _words([HEAD, *map(row, _FIRST)], [*map(row, _REST), sums("Tổng cộng", *ALL)]),
         "entries", counts(*ALL)),
    Case("goes-on-in-mail", "a.eml", _mail([HEAD, *map(row, _FIRST)], [*map(row, _REST)]), "entries",
         counts(*ALL)),
    Case("goes-on-twice", "a.docx",
         _words([HEAD, *map(row, _FIRST)], [*map(row, _REST[:2])], [*map(row, _REST[2:]), sums("Tổng cộng", *ALL)]),
         "entries", counts(*ALL)),
    Case("heading-alone-rows-in-the-next", "a.docx", _words([HEAD], [row(BT)]), "entries", counts(BT)),
    Case("goes-on-in-next-sheet", "a.xlsx", _two(*_numbered(_REST, 7), ["", *sums("Tổng cộng", *ALL)]), "entries",
         counts(*ALL)),
    Case("goes-on-with-wrong-total", "a.docx",
         _words([HEAD, *map(row, _FIRST)], [*map(row, _REST), sums("Tổng cộng", *ALL, off={"installs": 2})]),
         "entries", counts(*ALL), (("total-differs", "D6"),)),
    Case("goes-on-with-an-open-figure", "a.xlsx",
         _two([7, *row(_REST[0])], [8, *row(_REST[1], installs=5.77)]), "held",
         counts(*_FIRST, _REST[0]), (("ambiguous-number", "E2"),)),
    held("goes-on-of-a-day-told-before", "a.xlsx",
         pages(("Trang 1", [["Ngày báo cáo:", "17/8/2020"], HEAD, row(D)]), ("Trang 2", [row(BT)])),
         ("wrong-day", None), ("wrong-day", "B1")),
    # Where it is in doubt that the columns are the same, nothing is read and the rows are asked for.
    held("goes-on-numbered-anew", "a.xlsx", _two(*_numbered(_REST, 1)), ("rows-without-heading", "B1"),
         values=counts(*_FIRST)),
    held("goes-on-other-columns", "a.xlsx", _two(*[[n, "x", *one] for n, *one in _numbered(_REST, 7)]),
         ("rows-without-heading", "C1"), values=counts(*_FIRST)),
    held("goes-on-below-a-title", "a.xlsx", _two(["Số liệu ngày 17/8/2020"], *_numbered(_REST, 7)),
         ("rows-without-heading", "B2"), values=counts(*_FIRST)),
    held("goes-on-in-sheet-of-another-day", "a.xlsx", _two(*_numbered(_REST, 7), name="17-8"),
         ("rows-without-heading", "B1"), values=counts(*_FIRST)),
    held("goes-on-behind-words", "a.docx",
         _words([HEAD, *map(row, _FIRST)], [*map(row, _REST)], between="Kết quả hôm qua:"),
         ("rows-without-heading", "A1"), values=counts(*_FIRST)),
    held("goes-on-behind-the-total", "a.docx", _words([HEAD, row(D), row(E), sums("Tổng cộng", D, E)], [row(BT)]),
         ("rows-without-heading", "A1"), values=counts(D, E)),
    held("rows-in-front-of-the-table", "a.xlsx",
         pages(("1", [row(BT), row(BHN)]), ("2", [TITLE, HEAD, row(D)])),
         ("rows-without-heading", "A1"), values=counts(D)),
    # What is in the table too, or is no report, is not asked for.
    Case("old-copy-without-heading", "a.xlsx",
         pages(("1", [TITLE, HEAD, row(D), row(E)]), ("2", [row(D, installs=1000), row(E)])),
         "entries", counts(D, E)),
    Case("chart-data-beside", "a.xlsx",
         pages(("1", [TITLE, HEAD, row(D)]), ("2", [[name, 12] for name in ("Xã Bình Thành", "Xã Mỹ Bình")])),
         "entries", counts(D)),
    # Nothing but a total.
    Case("only-the-total", "a.xlsx", xlsx(_LETTERHEAD, TITLE, HEAD, row(BT, name="Tổng cộng")), "entries",
         counts(BT)),
    Case("whole-commune", "a.docx",
         word(HEAD, row(BT, name="Toàn xã"), titles=("UBND XÃ BÌNH THÀNH", TITLE[0])), "entries", counts(BT)),
    Case("only-a-districts-total", "a.xlsx", xlsx(TITLE, HEAD, sums("Tổng cộng", *ALL)), "unreadable",
         reason="không có dòng hoặc cột nào là số liệu của đơn vị"),
    Case("a-districts-total-below-a-communes-title", "a.xlsx",
         xlsx(_LETTERHEAD, TITLE, HEAD, row(BT, name="Toàn huyện")), "unreadable",
         reason="không có dòng hoặc cột nào là số liệu của đơn vị"),
]  # fmt: skip
