"""What xls and ods say beside their cells: comments, text boxes, page headers and footers."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from typing import Any

import xlwt
from odf.draw import Frame, TextBox
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Footer, Header, MasterPage, PageLayout, Style
from odf.table import Table, TableCell, TableRow
from odf.text import P, PageNumber, SheetName
from xlwt.CompoundDoc import XlsDoc

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import BT, HEAD, TITLE, Rows, counts, row
from tests.reading.writers import saved

DOUBTED, PROVISIONAL = "figures-doubted", "figures-provisional"
_ROWS, _UNDATED = [TITLE, HEAD, row(BT)], [["BÁO CÁO BLUEZONE"], HEAD, row(BT)]


def _xls(
    rows: Rows, note: str = "", header: str = "&P", footer: str = "&F", name: str = "BC"
) -> Callable[[], bytes]:
    """Return an xls with a page header, a footer (both ASCII) and a comment, whose records xlwt cannot write."""

    def made() -> bytes:
        book = xlwt.Workbook(encoding="utf-8")
        sheet = book.add_sheet(name)
        sheet.header_str, sheet.footer_str = header.encode(), footer.encode()
        for r, one in enumerate(rows):
            for c, value in enumerate(one):
                sheet.write(r, c, value)
        stream = book.get_biff_data()
        if note:
            text = b"\x01" + note.encode("utf-16-le")
            box = (
                struct.pack("<HH10xHH4x", 0x01B6, 18, len(note), 16)
                + struct.pack("<HH", 0x3C, len(text))
                + text
            )
            stream = stream[:-4] + box + struct.pack("<HH16x", 0x3C, 16) + stream[-4:]
        out = io.BytesIO()
        XlsDoc().save(out, stream)
        return out.getvalue()

    return made


def _ods(
    rows: Rows, note: str = "", boxed: str = "", header: str = "", footer: str = "", name: str = "BC"
) -> Callable[[], bytes]:
    """Return an ods with a comment, a text box, a page header and footer around the fields that programs write."""

    def made() -> bytes:
        book = OpenDocumentSpreadsheet()
        book.automaticstyles.addElement(PageLayout(name="pm"))
        page = MasterPage(name="page", pagelayoutname="pm")
        for kind, text, field in (
            (Header, header, SheetName(text="???")),
            (Footer, footer, PageNumber(text="1")),
        ):
            part, paragraph = kind(), P(text=text)
            paragraph.addElement(field)
            part.addElement(paragraph)
            page.addElement(part)
        book.masterstyles.addElement(page)
        book.automaticstyles.addElement(Style(name="ta1", family="table", masterpagename="page"))
        table = Table(name=name, stylename="ta1")
        for one in rows:
            line = TableRow()
            for value in one:
                cell = _cell(value)
                if value == rows[-1][3]:
                    _tell(cell, note, boxed)
                line.addElement(cell)
            table.addElement(line)
        book.spreadsheet.addElement(table)
        return saved(book)

    return made


def _cell(value: Any) -> TableCell:
    told = {"valuetype": "string"} if isinstance(value, str) else {"valuetype": "float", "value": value}
    cell = TableCell(**told)
    cell.addElement(P(text=str(value)))
    return cell


def _tell(cell: TableCell, note: str, boxed: str) -> None:
    """Put a comment and a text box into a cell."""
    if note:
        comment = Annotation()
        comment.addElement(P(text=note))
        cell.addElement(comment)
    if boxed:
        frame, box = Frame(width="3cm", height="1cm"), TextBox()
        box.addElement(P(text=boxed))
        frame.addElement(box)
        cell.addElement(frame)


_BOTH = {"xls": _xls, "ods": _ods}
_HEADERS = {"xls": "&CSo lieu tam tinh", "ods": "Số liệu tạm tính"}
_FOOTERS = {"xls": "&LSo lieu ngay 17/8/2020&RTrang &P", "ods": "Số liệu ngày 17/8/2020"}

CASES: list[Case] = [
    *(
        case
        for kind, book in _BOTH.items()
        for case in (
            held(f"note-doubts-{kind}", f"a.{kind}", book(_ROWS, "số liệu chưa đủ, còn ấp 3"), (DOUBTED, None)),
            held(f"note-tells-{kind}", f"a.{kind}", book(_ROWS, "đã cài 453 người"), (DOUBTED, None)),
            held(f"note-of-a-day-{kind}", f"a.{kind}", book(_UNDATED, "số liệu ngày 17/8"), ("wrong-day", None)),
            held(f"footer-of-a-day-{kind}", f"a.{kind}", book(_UNDATED, footer=_FOOTERS[kind]),
                 ("wrong-day", None)),
            Case(f"header-provisional-{kind}", f"a.{kind}", book(_ROWS, header=_HEADERS[kind]), "entries",
                 counts(BT), ((PROVISIONAL, None),)),
            Case(f"note-harmless-{kind}", f"a.{kind}", book(_ROWS, "Đã kiểm tra"), "entries", counts(BT)),
            Case(f"note-of-ours-{kind}", f"a.{kind}", book(_ROWS, "số liệu chưa đủ", name="Cần sửa"), "entries",
                 counts(BT)),
        )
    ),
    held("text-box-doubts-ods", "a.ods", _ods(_ROWS, boxed="Số liệu chưa chính xác"), (DOUBTED, None)),
]  # fmt: skip
