"""Rows and columns that a workbook does not show: hidden, filtered out, of no height; and what stands beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableRowProperties
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import P

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import (
    BT,
    COUNTS,
    HEAD,
    TITLE,
    D,
    E,
    Rows,
    counts,
    each,
    row,
    sums,
    turned,
    vertical,
)
from tests.reading.writers import saved

HIDDEN = "hidden-figure"
_OLD = row(BT, installs=431)


def _xlsx(
    rows: Rows,
    lines: Sequence[int] = (),
    columns: str = "",
    after: Callable[[Any], None] | None = None,
) -> Callable[[], bytes]:
    """Return an xlsx with rows (from 1) and columns hidden, its sheet changed at the end."""

    def made() -> bytes:
        book = openpyxl.Workbook()
        for one in rows:
            book.active.append([None if value == "" else value for value in one])
        for line in lines:
            book.active.row_dimensions[line].hidden = True
        for letter in columns:
            book.active.column_dimensions[letter].hidden = True
        if after is not None:
            after(book.active)
        return saved(book)

    return made


def _xls(rows: Rows, lines: Sequence[int] = (), columns: Sequence[int] = ()) -> Callable[[], bytes]:
    """Return an xls with rows and columns (from 0) hidden."""

    def made() -> bytes:
        book = xlwt.Workbook(encoding="utf-8")
        sheet = book.add_sheet("BC")
        for r, one in enumerate(rows):
            for c, value in enumerate(one):
                sheet.write(r, c, value)
        for line in lines:
            sheet.row(line).hidden = True
        for column in columns:
            sheet.col(column).hidden = True
        return saved(book)

    return made


def _ods(
    rows: Rows, lines: Sequence[int] = (), columns: Sequence[int] = (), low: Sequence[int] = ()
) -> Callable[[], bytes]:
    """Return an ods with rows filtered out, columns hidden and rows (all from 0) of no height."""

    def made() -> bytes:
        book, table = OpenDocumentSpreadsheet(), Table(name="BC")
        style = Style(name="low", family="table-row")
        style.addElement(TableRowProperties(rowheight="0.0102in"))
        book.automaticstyles.addElement(style)
        for c in range(max(map(len, rows))):
            table.addElement(TableColumn(visibility="collapse" if c in columns else "visible"))
        for r, one in enumerate(rows):
            line = TableRow(visibility="filter" if r in lines else "visible")
            if r in low:
                line.setAttribute("stylename", style)
            for value in one:
                told = (
                    {"valuetype": "string"}
                    if isinstance(value, str)
                    else {"valuetype": "float", "value": value}
                )
                cell = TableCell(**told)
                cell.addElement(P(text=str(value)))
                line.addElement(cell)
            table.addElement(line)
        book.spreadsheet.addElement(table)
        return saved(book)

    return made


def _excel_2003(rows: Rows, lines: Sequence[int] = (), columns: Sequence[int] = ()) -> Callable[[], bytes]:
    """Return a workbook in the XML of Excel 2003 with rows and columns (from 0) hidden."""
    head = "".join(f'<Column ss:Index="{c + 1}" ss:Hidden="1"/>' for c in columns)
    body = "".join(
        f"<Row{' ss:Hidden=' + chr(34) + '1' + chr(34) if r in lines else ''}>"
        + "".join(f'<Cell><Data ss:Type="String">{value}</Data></Cell>' for value in one)
        + "</Row>"
        for r, one in enumerate(rows)
    )
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    xml = (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{name}" xmlns:ss="{name}">'
        f'<Worksheet ss:Name="BC"><Table>{head}{body}</Table></Worksheet></Workbook>'
    )
    return xml.encode


def _beside(one: list[Any], *more: Any, at: int = 3) -> list[Any]:
    return [*one[:at], *more, *one[at:]]


def _low(sheet: Any) -> None:
    sheet.row_dimensions[4].height = 0.75


def _narrow(sheet: Any) -> None:
    sheet.column_dimensions["D"].width = 0.1


_TWO = [TITLE, HEAD, *each(BT, E)]
_SUMMED = [TITLE, HEAD, *each(BT, E, D), sums("Tổng cộng", BT, E, D)]
_YESTERDAY = [TITLE, _beside(HEAD, HEAD[3]), _beside(row(BT), 431)]
_BY_DAY = [
    TITLE,
    [*HEAD[:3], "Số người đã cài đặt 17/8", "Số người đã cài đặt 18/8", *HEAD[4:]],
    _beside(row(BT), 431),
]
_NUMBERED = [TITLE, ["STT", *HEAD], [1, *row(BT)]]
_CODED = [TITLE, ["Mã", *HEAD], [BT, *row(BT)]]

CASES: list[Case] = [
    # A unit whose line nobody sees; the others count.
    *(
        held(f"hidden-line-{kind}", f"a.{kind}", content, (HIDDEN, "B4"), values=counts(BT),
             says=("6.105, 3.120, 488",))
        for kind, content in {
            "xlsx": _xlsx(_TWO, [4]), "xls": _xls(_TWO, [3]), "ods": _ods(_TWO, [3]), "xml": _excel_2003(_TWO, [3]),
        }.items()
    ),
    held("hidden-line-low", "a.xlsx", _xlsx(_TWO, after=_low), (HIDDEN, "B4"), values=counts(BT)),
    held("hidden-line-low-ods", "a.ods", _ods(_TWO, low=[3]), (HIDDEN, "B4"), values=counts(BT)),
    held("hidden-line-across", "a.xlsx", _xlsx([TITLE, *turned(HEAD, *each(BT, E))], columns="C"), (HIDDEN, "C3"),
         values=counts(BT)),
    held("hidden-line-in-total", "a.xlsx", _xlsx(_SUMMED, [4]), (HIDDEN, "B4"), values=counts(BT, D)),
    held("hidden-all-lines", "a.xlsx", _xlsx(_TWO[:3], [3]), (HIDDEN, "B3")),
    held("hidden-heading", "a.xlsx", _xlsx(_TWO[:3], [2]), (HIDDEN, "B3")),
    # A figure that only a hidden column, or line of a list, gives.
    *(
        held(f"hidden-column-{kind}", f"a.{kind}", content, (HIDDEN, "B3"), says=("5.519",))
        for kind, content in {
            "xlsx": _xlsx(_TWO[:3], columns="B"), "xls": _xls(_TWO[:3], columns=[1]),
            "ods": _ods(_TWO[:3], columns=[1]), "xml": _excel_2003(_TWO[:3], columns=[1]),
        }.items()
    ),
    held("hidden-line-of-list", "a.xlsx", _xlsx(vertical(BT), [7]), (HIDDEN, "B7"), says=(str(COUNTS[BT][2]),)),
    held("hidden-names", "a.xlsx", _xlsx(_TWO[:3], columns="A"), ("unit-missing", "B3")),
    held("hidden-day", "a.xlsx", _xlsx([["BÁO CÁO BLUEZONE"], ["Ngày 17/8/2020"], *_TWO[1:3]], [2]),
         ("wrong-day", "A2")),
    held("hidden-doubt", "a.xlsx", _xlsx([TITLE, [*HEAD, "Ghi chú"], [*row(BT), "số liệu chưa đủ"]], columns="G"),
         ("figures-doubted", "G3")),
    held("hidden-today", "a.xlsx", _xlsx(_BY_DAY, columns="E"), ("day-contradiction", "D2")),
    # Hidden beside figures that can be seen: nothing to ask about.
    *(
        Case(f"hidden-beside-{name}", file, content, "entries", counts(BT))
        for name, (file, content) in {
            "old-line": ("a.xlsx", _xlsx([TITLE, HEAD, _OLD, row(BT)], [3])),
            "old-line-xls": ("a.xls", _xls([TITLE, HEAD, _OLD, row(BT)], [2])),
            "old-column": ("a.xlsx", _xlsx(_YESTERDAY, columns="D")),
            "old-column-ods": ("a.ods", _ods(_YESTERDAY, columns=[3])),
            "old-column-narrow": ("a.xlsx", _xlsx(_YESTERDAY, after=_narrow)),
            "old-column-of-day": ("a.xlsx", _xlsx(_BY_DAY, columns="D")),
            "numbers": ("a.xlsx", _xlsx(_NUMBERED, columns="A")),
            "codes": ("a.xlsx", _xlsx(_CODED, columns="A")),
            "rates": ("a.xlsx", _xlsx([TITLE, [*HEAD, "Tỷ lệ", "x"], [*row(BT), 0.08, 12]], columns="GH")),
            "row-of-numbers": ("a.xlsx", _xlsx([*_TWO[:2], ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"], row(BT)], [3])),
            "blank-lines": ("a.xlsx", _xlsx([*_TWO[:3], ["Xã Mỹ Bình"], ["Xã Bình Hòa Nam", 0, 0, 0, 0, 0]], [4, 5])),
            "wrong-total": ("a.xlsx", _xlsx([*_TWO[:3], sums("Tổng cộng", E, D)], [4])),
            "title-over-it": (
                "a.xlsx", _xlsx(_NUMBERED, columns="A", after=lambda sheet: sheet.merge_cells("A1:G1")),
            ),
        }.items()
    ),
]  # fmt: skip
