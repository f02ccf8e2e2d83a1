"""Texts of two bytes a letter: separated texts, workbooks of 2003 and pages, with a byte-order mark and without."""

from __future__ import annotations

from collections.abc import Callable

from tests.reading.clothes.case import Case
from tests.reading.clothes.tailor import BT, HEAD, TITLE, Rows, counts, row
from tests.reading.writers import Page, as_html

ROWS: Rows = [TITLE, HEAD, row(BT)]
ORDERS = ("utf-16-le", "utf-16-be")


def separated(separator: str) -> str:
    """Return the report with a sign between its cells."""
    return "\r\n".join(separator.join(map(str, one)) for one in ROWS)


def workbook_of_2003() -> str:
    """Return the report in the XML of Excel 2003, which says that it is in UTF-16."""
    cells = [[f'<Cell><Data ss:Type="String">{value}</Data></Cell>' for value in one] for one in ROWS]
    rows = "".join(f"<Row>{''.join(one)}</Row>" for one in cells)
    return (
        '<?xml version="1.0" encoding="UTF-16"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="BC"><Table>{rows}</Table></Worksheet></Workbook>'
    )


def page() -> str:
    """Return the report as a page that a browser saved."""
    return as_html(Page(ROWS[1:]), TITLE)


def wide(text: Callable[[], str], order: str, mark: str) -> Callable[[], bytes]:
    """Return the bytes of a text in an order, a mark before it or none."""
    return lambda: (mark + text()).encode(order)


KINDS: dict[str, tuple[str, Callable[[], str]]] = {
    "semicolons": ("a.csv", lambda: separated(";")),
    "tabs": ("a.txt", lambda: separated("\t")),
    "tsv": ("a.tsv", lambda: separated("\t")),
    "2003": ("a.xml", workbook_of_2003),
    "page": ("a.xls", page),
}
CASES: list[Case] = [
    Case(f"{order}-{name}{mark and '-marked'}", file, wide(text, order, mark), "entries", counts(BT))
    for name, (file, text) in KINDS.items()
    for order in ORDERS
    for mark in ("", "\ufeff")
]
