"""Days in the margins of a page, two in one title, months gone by; tables below others with a day of their own."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import xlsxwriter
from openpyxl.comments import Comment

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import BT, HEAD, TITLE, D, E, counts, pages, row, word_tables, xlsx
from tests.reading.writers import Page, as_docx, as_html

WRONG, TWO = ("wrong-day", None), ("day-contradiction", None)
_BARE = ["BÁO CÁO KẾT QUẢ CÀI ĐẶT BLUEZONE"]
_OLD = row(E, installs=480)
OF_OTHER_DAYS = ("Bluezone 17-8", "BÁO CÁO BLUEZONE (17-8)", "Bluezone 17.8", "BÁO CÁO NGÀY 17", "As of August 17",
                 "17-Aug", "BÁO CÁO THÁNG 7/2020", "BÁO CÁO NGÀY HÔM QUA")  # fmt: skip
OF_NONE = ("Mục 17.8", "Tỷ lệ 17.8", "Cài mới trong ngày: 17", "Hạn ngày 21", "Ngày in: 17/8/2020", "17 máy")
OF_TWO = ("Số liệu ngày 17 và 18/8/2020", "Ngày 17-18/8/2020", "Ngày 17, 18/8")


def _word(header: str = "", footer: str = "", title: str = _BARE[0]) -> Callable[[], bytes]:
    """Return a docx with a text in its page header or footer."""

    def made() -> bytes:
        document = docx.Document(io.BytesIO(as_docx(Page([HEAD, row(BT)]), [title])))
        section = document.sections[0]
        section.header.paragraphs[0].text, section.footer.paragraphs[0].text = header, footer
        section.first_page_header.paragraphs[0].text = "Ngày 16/8/2020"  # shown on no page
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return made


def _book(change: Callable[[Any], object], title: list[str] = _BARE) -> Callable[[], bytes]:
    def made() -> bytes:
        book = openpyxl.Workbook()
        for one in (title, HEAD, row(BT)):
            book.active.append(one)
        change(book.active)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return made


def _boxed(text: str) -> Callable[[], bytes]:
    """Return an xlsx with a text box below its table."""

    def made() -> bytes:
        out = io.BytesIO()
        with xlsxwriter.Workbook(out) as book:
            sheet = book.add_worksheet("BC")
            for r, one in enumerate((_BARE, HEAD, row(BT))):
                sheet.write_row(r, 0, one)
            sheet.insert_textbox(6, 1, text)
        return out.getvalue()

    return made


def commented(text: str, author: str = "Admin", title: list[str] = _BARE) -> Callable[[], bytes]:
    """Return an xlsx with a comment in the cell of the installs."""
    return _book(lambda sheet: setattr(sheet["D3"], "comment", Comment(text, author)), title)


def _html(style: str, figure: object = 443, sheet: str = "") -> Callable[[], bytes]:
    """Return a page whose figure of installs (D2) stands in a cell of a style."""
    html = as_html(Page([HEAD, row(BT, installs="FIGURE")]), TITLE)
    cell = html.replace(">FIGURE<", f" {style}>{figure}<")
    return lambda: f"<style><!-- {sheet} --></style>{cell}".encode()


_LEFT_OUT = (("sheet-left-out", None),)

CASES: list[Case] = [
    *(held(f"title-of-{i}", "a.xlsx", xlsx([text], HEAD, row(BT)), WRONG) for i, text in enumerate(OF_OTHER_DAYS)),
    *(Case(f"title-of-none-{i}", "a.xlsx", xlsx([text], HEAD, row(BT)), "entries", counts(BT))
      for i, text in enumerate(OF_NONE)),
    *(held(f"title-of-two-{i}", "a.xlsx", xlsx([text], HEAD, row(BT)), TWO, WRONG) for i, text in enumerate(OF_TWO)),
    *(held(f"name-of-{i}", name, xlsx(_BARE, HEAD, row(BT)), WRONG)
      for i, name in enumerate(("BC ngay 17.xlsx", "BC 1708.xlsx"))),
    Case("name-with-another-number", "CV 1523.xlsx", xlsx(_BARE, HEAD, row(BT)), "entries", counts(BT)),
    # In the margins.
    held("page-header-of-yesterday", "a.docx", _word("Ngày 17/8/2020"), WRONG),
    held("page-footer-of-yesterday", "a.docx", _word(footer="Số liệu ngày 17/8/2020"), WRONG),
    Case("page-header-of-today", "a.docx", _word("Ngày 18/8/2020", "Trang 1/2"), "entries", counts(BT)),
    Case("page-header-older-than-title", "a.docx", _word("Ngày 17/8/2020", title=TITLE[0]), "entries", counts(BT)),
    Case("page-header-of-a-form", "a.docx", _word("Biểu mẫu ban hành ngày 10/8/2020"), "entries", counts(BT)),
    held("sheet-header-of-yesterday", "a.xlsx",
         _book(lambda sheet: setattr(sheet.oddHeader.center, "text", "Ngày 17/8/2020")), WRONG),
    held("text-box-of-yesterday", "a.xlsx", _boxed("Ngày 17/8/2020"), WRONG),
    held("text-box-against", "a.xlsx", _boxed("Số liệu chưa đầy đủ, sẽ bổ sung"), ("figures-doubted", None)),
    held("comment-against", "a.xlsx", commented("Số này ghi nhầm"), ("figures-doubted", None)),
    Case("comment-of-ours", "a.xlsx", commented("Ô D3 viết “ghi nhầm”. Số đúng là 453?", "Tổng hợp"), "entries",
         counts(BT)),
    Case("comment-of-days", "a.xlsx", commented("17/8: 431"), "entries", counts(BT)),
    # Tables below others.
    held("second-table-of-yesterday", "a.xlsx",
         xlsx(TITLE, HEAD, row(BT), [""], ["KẾT QUẢ NGÀY 17/8/2020"], HEAD, _OLD), ("day-contradiction", "A5"), WRONG,
         values=counts(BT)),
    held("second-table-of-yesterdays-staff", "a.xlsx",
         xlsx(["I. NGƯỜI DÂN (ngày 18/8/2020)"], HEAD[:4], row(BT)[:4], [""], ["II. CBCCVC (ngày 17/8/2020)"],
              [HEAD[0], *HEAD[4:]], [row(BT)[0], 95, 60]), TWO, WRONG, ("missing-figure", None)),
    held("second-table-of-no-day", "a.docx", word_tables(("NGÀY 17/8/2020", [HEAD, _OLD]), ("Bảng 2", [HEAD, row(BT)])),
         WRONG),
    held("second-sheet-of-no-day", "a.xlsx", pages(("A", [["NGÀY 17/8/2020"], HEAD, _OLD]), ("B", [HEAD, row(BT)])),
         WRONG),
    Case("second-table-of-yesterday-in-word", "a.docx",
         word_tables((TITLE[0], [HEAD, row(BT)]), ("KẾT QUẢ NGÀY 17/8/2020", [HEAD, _OLD])), "entries", counts(BT),
         _LEFT_OUT),
    Case("notes-between-tables", "a.xlsx",
         xlsx(TITLE, HEAD, row(BT), ["Tập huấn ngày 17/8/2020"], [""], ["Bảng 2"], HEAD, row(D)), "entries",
         counts(BT, D)),
    # Hidden by a page's styles.
    *(held(f"page-hides-{i}", "a.html", _html(f'style="{style}"'), ("marked-digits", "D2"))
      for i, style in enumerate(("visibility:hidden", "font-size:0", "font-size: 1px", "color:#FFF", "opacity:0"))),
    held("page-hides-by-class", "a.html", _html('class="x"', sheet=".x {visibility:hidden}"), ("marked-digits", "D2")),
    *(Case(f"page-leaves-out-{i}", "a.html", _html(f"{hidden}>431</td><td"), "entries", counts(BT))
      for i, hidden in enumerate(('style="display:none"', "hidden"))),
    Case("page-white-on-blue", "a.html", _html('style="color:white;background:#123b66"'), "entries", counts(BT)),
]  # fmt: skip
