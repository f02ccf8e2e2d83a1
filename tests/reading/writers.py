"""Files as communes make them: the same cells written as xlsx, xls, ods, csv, docx, HTML, messages, archives."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from dataclasses import dataclass, field
from email.message import EmailMessage
from html import escape
from typing import Any

import docx
import openpyxl
import py7zr
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdfTable
from odf.table import TableCell, TableRow
from odf.text import P

# Where LibreOffice says that a formula came to an error.
_CALC_EXTENSION = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"


@dataclass
class Page:
    """A sheet to write: rows of cells, merges (first row, first column, last row, last column), a name."""

    rows: list[list[object]]
    name: str = "BC"
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False


@dataclass(frozen=True)
class Error:
    """The error of a formula in a cell: ``#REF!``."""

    shown: str


def as_xlsx(pages: list[Page]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for page in pages:
        sheet = book.create_sheet(page.name)
        for row in page.rows:
            sheet.append([None if value == "" else value for value in row])
        for r0, c0, r1, c1 in page.merges:
            sheet.merge_cells(start_row=r0 + 1, start_column=c0 + 1, end_row=r1 + 1, end_column=c1 + 1)
        sheet.sheet_state = "hidden" if page.hidden else "visible"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_xls(pages: list[Page]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    for page in pages:
        sheet = book.add_sheet(page.name)
        covered = {
            (r, c) for r0, c0, r1, c1 in page.merges for r in range(r0, r1 + 1) for c in range(c0, c1 + 1)
        }
        for r, row in enumerate(page.rows):
            for c, value in enumerate(row):
                if isinstance(value, Error):
                    sheet.row(r).set_cell_error(c, value.shown)
                elif value != "" and (r, c) not in covered:
                    sheet.write(r, c, value)
        for r0, c0, r1, c1 in page.merges:
            sheet.write_merge(r0, r1, c0, c1, page.rows[r0][c0])
        sheet.visibility = 1 if page.hidden else 0
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_ods(pages: list[Page]) -> bytes:
    book = OpenDocumentSpreadsheet()
    for page in pages:
        table = OdfTable(name=page.name)
        for row in page.rows:
            line = TableRow()
            for value in row:
                if isinstance(value, int | float):
                    cell = TableCell(valuetype="float", value=str(value))
                elif isinstance(value, Error):
                    cell = TableCell(valuetype="string", stringvalue="", formula="of:=1/0")
                    cell.setAttrNS(_CALC_EXTENSION, "value-type", "error")
                else:
                    cell = TableCell(valuetype="string") if value != "" else TableCell()
                if value != "":
                    cell.addElement(P(text=value.shown if isinstance(value, Error) else str(value)))
                line.addElement(cell)
            table.addElement(line)
        book.spreadsheet.addElement(table)
    return saved(book)


def saved(book: Any) -> bytes:
    """Return the bytes of a workbook or document whose program's library saves it into a file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(page: Page, separator: str = ";", encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(page.rows)
    text = out.getvalue()
    if encoding == "cp1258":
        return to_1258(text)
    return (
        text.encode(encoding, errors="replace")
        if encoding != "latin-1"
        else text.encode("latin-1", "replace")
    )


def to_1258(text: str) -> bytes:
    """Return text in windows-1258, whose tones stand behind their letters."""
    out = bytearray()
    for char in unicodedata.normalize("NFC", text):
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            decomposed = unicodedata.normalize("NFD", char)
            tone = next((c for c in decomposed if c in "\u0300\u0301\u0303\u0309\u0323"), "")
            base = unicodedata.normalize("NFC", decomposed.replace(tone, "", 1) if tone else decomposed)
            out += (base + tone).encode("cp1258", "replace")
    return bytes(out)


def as_docx(page: Page, titles: list[str]) -> bytes:
    document = docx.Document()
    for title in titles:
        document.add_paragraph(title)
    width = max(len(row) for row in page.rows)
    table = document.add_table(rows=0, cols=width)
    for row in page.rows:
        cells = table.add_row().cells
        for c, value in enumerate(row):
            cells[c].text = str(value)
    for r0, c0, r1, c1 in page.merges:
        text = str(page.rows[r0][c0])
        table.cell(r0, c0).merge(table.cell(r1, c1)).text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_html(page: Page, titles: list[str]) -> str:
    spans = {(r0, c0): (r1 - r0 + 1, c1 - c0 + 1) for r0, c0, r1, c1 in page.merges}
    covered = {
        (r, c) for r0, c0, r1, c1 in page.merges for r in range(r0, r1 + 1) for c in range(c0, c1 + 1)
    } - set(spans)
    out = ["<html><body>", *(f"<p>{escape(title)}</p>" for title in titles), "<table border=1>"]
    for r, row in enumerate(page.rows):
        out.append("<tr>")
        for c, value in enumerate(row):
            if (r, c) in covered:
                continue
            down, across = spans.get((r, c), (1, 1))
            out.append(f"<td rowspan={down} colspan={across}>{escape(str(value))}</td>")
        out.append("</tr>")
    return "".join([*out, "</table><p>Trân trọng ./.</p></body></html>"])


def as_message(
    subject: str,
    html: str = "",
    text: str = "Kính gửi Phòng VHTT, xã gửi báo cáo ngày.",
    attachments: list[tuple[str, bytes]] | None = None,
    sender: str = "xa@example.vn",
    headers: dict[str, str] | None = None,
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "baocao@example.vn", subject
    message["Date"], message["Message-ID"] = "Tue, 18 Aug 2020 09:00:00 +0700", "<1@example.vn>"
    for name, value in (headers or {}).items():
        message[name] = value
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, content in attachments or []:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message


def forwarded(subject: str, inner: EmailMessage) -> EmailMessage:
    message = as_message(subject, text="Chuyển tiếp.")
    message.add_attachment(inner)
    return message


def as_zip(files: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def as_7z(files: list[tuple[str, bytes]], password: str | None = None) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password) as archive:
        for name, content in files:
            archive.writestr(content, name)
    return out.getvalue()
