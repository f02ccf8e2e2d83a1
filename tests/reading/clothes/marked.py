"""Digits that a cell shows struck out, raised, hidden or otherwise than it holds them; one cell for several lines."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import docx
import openpyxl
import xlwt
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.text.run import Run
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableCellProperties, TextProperties
from odf.table import Table, TableCell, TableRow
from odf.text import P, Span
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import BT, HEAD, TITLE, E, counts, each, row, turned
from tests.reading.writers import Page, as_docx, as_html, as_message, as_xls, as_xlsx, saved

MARKED, MERGED, UNCLEAR, NOT = "marked-digits", "merged-figure", "ambiguous-number", "not-a-number"
_RAISED, _STRUCK, _PLAIN = InlineFont(vertAlign="superscript"), InlineFont(strike=True), InlineFont()


def _rich(*parts: tuple[str, InlineFont]) -> CellRichText:
    return CellRichText(*(TextBlock(font, text) for text, font in parts))


def _book(after: Callable[[Any], None] | None = None, **changed: Any) -> Callable[[], bytes]:
    """Return an xlsx of one commune in line 3, its sheet changed at the end."""

    def made() -> bytes:
        book = openpyxl.Workbook()
        for one in (TITLE, HEAD, row(BT, **changed)):
            book.active.append(one)
        if after is not None:
            after(book.active)
        return saved(book)

    return made


def _shared(**changed: Any) -> Callable[[], bytes]:
    """Return the same with its texts in one part, as Excel saves them: written by a library that does so."""

    def made() -> bytes:
        import xlsxwriter

        out = io.BytesIO()
        with xlsxwriter.Workbook(out) as book:
            sheet, plain = book.add_worksheet("BC"), book.add_format()
            raised, struck = book.add_format({"font_script": 1}), book.add_format({"font_strikeout": True})
            for r, one in enumerate((TITLE, HEAD, row(BT, **changed))):
                for c, value in enumerate(one):
                    if isinstance(value, tuple):
                        first, second, look = value
                        fonts = (plain, raised) if look == "raised" else (struck, plain)
                        sheet.write_rich_string(r, c, fonts[0], first, fonts[1], second)
                    else:
                        sheet.write(r, c, value)
        return out.getvalue()

    return made


def _formatted(cell: str, code: str, **changed: Any) -> Callable[[], bytes]:
    return _book(lambda sheet: setattr(sheet[cell], "number_format", code), **changed)


def _word(*runs: tuple[str, Callable[[Run], None]]) -> Callable[[], bytes]:
    """Return a docx whose figure of installs (D2) is made of runs."""

    def made() -> bytes:
        document = docx.Document(io.BytesIO(as_docx(Page([HEAD, row(BT, installs="")]), TITLE)))
        paragraph = document.tables[0].cell(1, 3).paragraphs[0]
        for text, look in runs:
            look(paragraph.add_run(text))
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return made


def _white(ground: str = "", below: str = "tcPr", style: str = "") -> Callable[[], bytes]:
    """Return a docx whose figure of installs (D2) is written in white, on a ground of some colour or none.

    ``below``: where the ground is told, of the run, its paragraph, its cell or the table.
    """

    def made() -> bytes:
        document = docx.Document(io.BytesIO(as_docx(Page([HEAD, row(BT, installs="")]), TITLE)))
        table = document.tables[0]
        if style:
            table.style = style
        cell = table.cell(1, 3)
        run = cell.paragraphs[0].add_run("443")
        run.font.color.rgb = RGBColor(255, 255, 255)
        told = {
            "rPr": run._r.get_or_add_rPr, "pPr": cell.paragraphs[0]._p.get_or_add_pPr,
            "tcPr": cell._tc.get_or_add_tcPr, "tblPr": lambda: table._tbl.tblPr,
        }[below]()  # fmt: skip
        if ground:
            shading = OxmlElement("w:shd")
            shading.set(qn("w:val"), "clear")
            shading.set(qn("w:color"), "auto")
            shading.set(qn("w:fill"), ground)
            told.append(shading)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return made


def _looking(*names: str) -> Callable[[Run], None]:
    return lambda run: [setattr(run.font, name, True) for name in names] and None


def _mail(figure: str) -> Callable[[], bytes]:
    """Return a message whose table says ``figure`` for the installs (D2), tags and all."""
    html = as_html(Page([HEAD, row(BT, installs="FIGURE")]), TITLE)
    return lambda: as_message("Báo cáo Bluezone ngày 18/8/2020", html.replace("FIGURE", figure)).as_bytes()


def _in_white(cell: str, ground: str = "") -> Callable[[Any], None]:
    """Return what writes a cell in white, on a ground of some colour or none."""

    def done(sheet: Any) -> None:
        sheet[cell].font = Font(color="FFFFFFFF")
        if ground:
            sheet[cell].fill = PatternFill("solid", fgColor=ground)

    return done


def _ods(
    pieces: Sequence[tuple[str, str]],
    is_struck: bool = False,
    whole_look: Mapping[str, str] | None = None,
    ground: str = "#ffffff",
) -> Callable[[], bytes]:
    """Return an ods whose figure of installs (D3) is made of pieces of a style, its cell of a look as a whole."""

    def made() -> bytes:
        book = OpenDocumentSpreadsheet()
        looks = {
            "raised": {"textposition": "super 58%"},
            "struck": {"textlinethroughstyle": "solid", "textlinethroughtype": "single"},
            "plain": {"textlinethroughstyle": "none"},
        }
        for name, look in looks.items():
            style = Style(name=name, family="text")
            style.addElement(TextProperties(attributes=look))
            book.automaticstyles.addElement(style)
        whole = Style(name="whole", family="table-cell")
        whole.addElement(TableCellProperties(backgroundcolor=ground))
        whole.addElement(TextProperties(attributes=whole_look or looks["struck"]))
        book.automaticstyles.addElement(whole)
        table = Table(name="BC")
        for one in (TITLE, HEAD, row(BT, installs=None)):
            line = TableRow()
            for value in one:
                cell = TableCell(
                    valuetype="string",
                    stylename="whole" if (is_struck or whole_look) and value is None else None,
                )
                text = P(text=None if value is None else str(value))
                for said, look in pieces if value is None else ():
                    text.addElement(Span(stylename=look, text=said))
                cell.addElement(text)
                line.addElement(cell)
            table.addElement(line)
        book.spreadsheet.addElement(table)
        return saved(book)

    return made


def _xls(
    figure: object, code: str = "General", is_struck: bool = False, filler: int = 0, look: str = ""
) -> Callable[[], bytes]:
    """Return an xls whose installs (D3) are of a format, struck out, or pieces with a font each.

    ``filler``: how many other texts stand in front, so that the shared ones run over several records.
    """

    def made() -> bytes:
        book = xlwt.Workbook(encoding="utf-8")
        sheet, beside = book.add_sheet("BC"), book.add_sheet("Khác")
        for i in range(filler):
            beside.write(i, 0, f"Ghi chú thứ {i} của xã về việc cài đặt ứng dụng")
        for r, one in enumerate((TITLE, HEAD, row(BT, installs=None))):
            for c, value in enumerate(one):
                if value is not None:
                    sheet.write(r, c, value)
        if isinstance(figure, list):
            sheet.write_rich_text(2, 3, [(text, xlwt.easyfont(font)) for text, font in figure])
        else:
            font = "font: struck_out true" if is_struck else look
            sheet.write(2, 3, figure, xlwt.easyxf(font, num_format_str=code))
        return saved(book)

    return made


_EXCEL_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:'
    'spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="BC"><Table>{}</Table>'
    "</Worksheet></Workbook>"
)


def _excel_2003(figure: str) -> Callable[[], bytes]:
    """Return a workbook in the XML of Excel 2003 whose figure of installs (D3) holds tags."""
    lines = (TITLE, HEAD, row(BT, installs=None))
    html = 'xmlns="http://www.w3.org/TR/REC-html40"'
    cells = [
        "".join(
            f'<Cell><ss:Data ss:Type="String" {html}>{figure if value is None else value}</ss:Data></Cell>'
            for value in one
        )
        for one in lines
    ]
    return lambda: _EXCEL_2003.format("".join(f"<Row>{line}</Row>" for line in cells)).encode()


_ON_BLUE = "font: colour white; pattern: pattern solid, fore_colour dark_blue"
_TWO = [HEAD, row(E, installs=931), row(BT, installs="")]
_MERGE = [(1, 3, 2, 3)]

CASES: list[Case] = [
    # Footnotes that joined the number, old figures struck out before the new one.
    held("marked-raised", "a.xlsx", _book(installs=_rich(("44", _PLAIN), ("3", _RAISED))), (MARKED, "D3")),
    held("marked-struck", "a.xlsx", _book(population=_rich(("55", _STRUCK), ("5519", _PLAIN))), (MARKED, "B3")),
    held("marked-shared-raised", "a.xlsx", _shared(installs=("443", "1", "raised")), (MARKED, "D3")),
    held("marked-shared-struck", "a.xlsx", _shared(staff_installs=("6", "6", "struck")), (MARKED, "F3")),
    held(
        "marked-whole-cell",
        "a.xlsx",
        _book(lambda sheet: setattr(sheet["D3"], "font", Font(strike=True))),
        (MARKED, "D3"),
    ),
    Case(
        "marked-title-only",
        "a.xlsx",
        _book(lambda sheet: setattr(sheet["A1"], "font", Font(strike=True, vertAlign="superscript"))),
        "entries",
        counts(BT),
    ),
    held("marked-white", "a.xlsx", _book(_in_white("D3")), (MARKED, "D3")),
    held("marked-white-on-white", "a.xlsx", _book(_in_white("D3", ground="FFFFFF")), (MARKED, "D3")),
    Case("marked-white-on-blue", "a.xlsx", _book(_in_white("D3", ground="1F4E79")), "entries", counts(BT)),
    Case("marked-white-title", "a.xlsx", _book(_in_white("A1")), "entries", counts(BT)),
    held("marked-white-xls", "a.xls", _xls(443, look="font: colour white"), (MARKED, "D3")),
    Case("marked-white-on-blue-xls", "a.xls", _xls(443, look=_ON_BLUE), "entries", counts(BT)),
    held("marked-white-ods", "a.ods", _ods((("443", "plain"),), whole_look={"color": "#FFFFFF"}), (MARKED, "D3")),
    Case("marked-white-on-blue-ods", "a.ods", _ods((("443", "plain"),), whole_look={"color": "#FFFFFF"},
         ground="#1f4e79"), "entries", counts(BT)),
    Case("marked-nothing", "a.xlsx", _book(installs=_rich(("44", _PLAIN), ("3", _PLAIN))), "entries", counts(BT)),
    held("marked-docx-raised", "a.docx", _word(("443", _looking()), ("1", _looking("superscript"))), (MARKED, "D2")),
    held("marked-docx-struck", "a.docx", _word(("43", _looking("strike")), ("443", _looking())), (MARKED, "D2")),
    held("marked-docx-whole", "a.docx", _word(("443", _looking("double_strike"))), (MARKED, "D2")),
    Case("marked-docx-hidden", "a.docx", _word(("4", _looking("hidden")), ("443", _looking())), "entries", counts(BT)),
    held("marked-docx-white", "a.docx", _white(), (MARKED, "D2")),
    held("marked-docx-white-on-white", "a.docx", _white("FFFFFF"), (MARKED, "D2")),
    held("marked-docx-white-on-auto", "a.docx", _white("auto", "rPr"), (MARKED, "D2")),
    held("marked-docx-white-in-grid", "a.docx", _white(style="Table Grid"), (MARKED, "D2")),
    Case("marked-docx-white-on-blue-run", "a.docx", _white("1F4E79", "rPr"), "entries", counts(BT)),
    Case("marked-docx-white-on-blue-paragraph", "a.docx", _white("1F4E79", "pPr"), "entries", counts(BT)),
    Case("marked-docx-white-on-blue-cell", "a.docx", _white("1F4E79"), "entries", counts(BT)),
    Case("marked-docx-white-on-blue-table", "a.docx", _white("1F4E79", "tblPr"), "entries", counts(BT)),
    Case("marked-docx-white-in-style", "a.docx", _white(style="Medium Shading 2 Accent 1"), "entries", counts(BT)),
    Case("marked-docx-bold", "a.docx", _word(("4", _looking("bold")), ("43", _looking())), "entries", counts(BT)),
    held("marked-mail-raised", "a.eml", _mail("443<sup>1</sup>"), (MARKED, "D2")),
    held("marked-mail-struck", "a.eml", _mail("<p><s>43</s><b>443</b></p>"), (MARKED, "D2")),
    held("marked-mail-deleted", "a.eml", _mail("<del>43</del><ins>443</ins>"), (MARKED, "D2")),
    held(
        "marked-mail-style",
        "a.eml",
        _mail('<span style="text-decoration: line-through"><span>43</span></span>443'),
        (MARKED, "D2"),
    ),
    Case("marked-mail-bold", "a.eml", _mail("<b>4</b><span>43</span>"), "entries", counts(BT)),
    held("marked-ods-raised", "a.ods", _ods((("443", "plain"), ("1", "raised"))), (MARKED, "D3")),
    held("marked-ods-struck", "a.ods", _ods((("43", "struck"), ("443", "plain"))), (MARKED, "D3")),
    held("marked-ods-whole", "a.ods", _ods((("443", "plain"),), is_struck=True), (MARKED, "D3")),
    Case("marked-ods-nothing", "a.ods", _ods((("4", "plain"), ("43", "plain"))), "entries", counts(BT)),
    held("marked-xls-raised", "a.xls", _xls([("443", ""), ("1", "escapement superscript")]), (MARKED, "D3")),
    held("marked-xls-struck", "a.xls", _xls([("43", "struck_out true"), ("443", "")]), (MARKED, "D3")),
    held(
        "marked-xls-far",
        "a.xls",
        _xls([("44", "bold true"), ("3", "escapement superscript, bold true")], filler=900),
        (MARKED, "D3"),
    ),
    held("marked-xls-whole", "a.xls", _xls(443, is_struck=True), (MARKED, "D3")),
    Case("marked-xls-bold", "a.xls", _xls([("4", "bold true"), ("43", "")], filler=900), "entries", counts(BT)),
    held("shown-xls-hundreds", "a.xls", _xls(4, '0"00"'), (UNCLEAR, "D3")),
    Case("shown-xls-as-it-is", "a.xls", _xls(443, '#,##0" người"'), "entries", counts(BT)),
    held("marked-2003-raised", "a.xml", _excel_2003("443<Sup>1</Sup>"), (MARKED, "D3")),
    held("marked-2003-struck", "a.xml", _excel_2003("<S>43</S><B>443</B>"), (MARKED, "D3")),
    Case("marked-2003-bold", "a.xml", _excel_2003("<B>443</B>"), "entries", counts(BT)),
    # Formats that show another number.
    held("shown-thousands", "a.xlsx", _formatted("B3", "#,##0,", population=5_519_000), (UNCLEAR, "B3")),
    held("shown-hundreds", "a.xlsx", _formatted("D3", '0"00"', installs=4), (UNCLEAR, "D3")),
    held("shown-percent", "a.xlsx", _formatted("D3", "0%", installs=4), (NOT, "D3")),
    held("shown-percent-literal", "a.xlsx", _formatted("D3", '0"%"', installs=8), (NOT, "D3")),
    held("shown-plus", "a.xlsx", _formatted("D3", "+#,##0;-#,##0", installs=12), (UNCLEAR, "D3")),
    held("shown-thousand-word", "a.xlsx", _formatted("B3", '0" nghìn"'), (NOT, "B3")),
    held("shown-nothing", "a.xlsx", _formatted("D3", ";;;"), (MARKED, "D3")),
    *(
        Case(f"shown-as-it-is-{name}", "a.xlsx", _formatted("B3", code), "entries", counts(BT))
        for name, code in {
            "people": '#,##0" người"',
            "accounting": '_-* #,##0\\ _₫_-;\\-* #,##0\\ _₫_-;_-* "-"\\ _₫_-;_-@_-',
            "spaced": "#\\ ##0",
            "red": "#,##0_);[Red]\\(#,##0\\)",
            "power": "0.00E+00",
        }.items()
    ),
    # One merged cell for two communes: whose figure is it?
    held("merged-xlsx", "a.xlsx", lambda: as_xlsx([Page([TITLE, *_TWO], merges=[(2, 3, 3, 3)])]),
         (MERGED, "D3"), ("missing-figure", "D4")),
    held("merged-xls", "a.xls", lambda: as_xls([Page([TITLE, *_TWO], merges=[(2, 3, 3, 3)])]),
         (MERGED, "D3"), ("missing-figure", "D4")),
    held("merged-docx", "a.docx", lambda: as_docx(Page(_TWO, merges=_MERGE), TITLE),
         (MERGED, "D2"), ("missing-figure", "D3")),
    held("merged-mail", "a.eml", lambda: as_message("Báo cáo", as_html(Page(_TWO, merges=_MERGE), TITLE)).as_bytes(),
         (MERGED, "D2"), ("missing-figure", "D3")),
    held("merged-across", "a.xlsx",
         lambda: as_xlsx([Page([TITLE, *turned(*_TWO)], merges=[(4, 1, 4, 2)])]),
         (MERGED, "B5"), ("missing-figure", "C5")),
    Case("merged-with-a-blank-line", "a.xlsx",
         lambda: as_xlsx([Page([TITLE, HEAD, row(BT), [""] * 6, *each(E)], merges=[(2, c, 3, c) for c in range(6)])]),
         "entries", counts(BT, E)),
]  # fmt: skip
