"""What cases are made of: submissions by rows and containers, and their figures."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import docx
import matplotlib as mpl
import openpyxl
import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile
from PIL import Image
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.reading.clothes.case import Values
from tests.reading.writers import (
    Page,
    as_csv,
    as_docx,
    as_html,
    as_message,
    as_ods,
    as_xls,
    as_xlsx,
    saved,
)

Rows = list[list[Any]]
CODES = ("population", "smartphone_users", "installs", "staff", "staff_installs")
COUNTS = {
    "27898": (8312, 4891, 1021, 214, 181),
    "27901": (6105, 3120, 488, 92, 63),
    "27904": (5240, 2601, 402, 88, 61),
    "27907": (8877, 4518, 731, 121, 80),
    "27910": (4391, 2204, 349, 84, 57),
    "27913": (6702, 3377, 560, 97, 70),
    "27916": (5519, 2755, 443, 95, 66),
    "27919": (6918, 3490, 577, 101, 74),
    "27922": (4026, 1987, 297, 83, 55),
    "27925": (7115, 3604, 566, 104, 71),
    "27928": (3014, 1502, 224, 93, 62),
}
NAMES = {
    "27898": "Thị trấn Đông Thành",
    "27901": "Xã Mỹ Quý Đông",
    "27904": "Xã Mỹ Thạnh Bắc",
    "27907": "Xã Mỹ Quý Tây",
    "27910": "Xã Mỹ Thạnh Tây",
    "27913": "Xã Mỹ Thạnh Đông",
    "27916": "Xã Bình Thành",
    "27919": "Xã Bình Hòa Bắc",
    "27922": "Xã Bình Hòa Hưng",
    "27925": "Xã Bình Hòa Nam",
    "27928": "Xã Mỹ Bình",
}
HEAD = [
    "Đơn vị",
    "Dân số",
    "Số người dùng điện thoại thông minh",
    "Số người đã cài đặt (lũy kế)",
    "Tổng số CBCCVC, NLĐ",
    "Số CBCCVC, NLĐ đã cài đặt",
]
TITLE = ["BÁO CÁO KẾT QUẢ CÀI ĐẶT ỨNG DỤNG BLUEZONE ngày 18/8/2020"]


def counts(*units: str) -> Values:
    return {unit: dict(zip(CODES, COUNTS[unit], strict=True)) for unit in units}


def row(unit: str, **changed: Any) -> list[Any]:
    values = dict(zip(CODES, COUNTS[unit], strict=True)) | changed
    return [changed.get("name", NAMES[unit]), *(values[code] for code in CODES)]


def xlsx(*rows: list[Any]) -> Callable[[], bytes]:
    return lambda: as_xlsx([Page(list(rows))])


def xls(*rows: list[Any]) -> Callable[[], bytes]:
    return lambda: as_xls([Page(list(rows))])


def ods(*rows: list[Any]) -> Callable[[], bytes]:
    return lambda: as_ods([Page(list(rows))])


def csv(*rows: list[Any], separator: str = ";", encoding: str = "utf-8-sig") -> Callable[[], bytes]:
    return lambda: as_csv(Page(list(rows)), separator, encoding)


def word(*rows: list[Any], titles: tuple[str, ...] = tuple(TITLE)) -> Callable[[], bytes]:
    return lambda: as_docx(Page(list(rows)), list(titles))


def word_tables(*blocks: tuple[str, Rows], above: tuple[str, ...] = ()) -> Callable[[], bytes]:
    """Return a docx with paragraphs above, then a paragraph and a table for each block."""

    def made() -> bytes:
        document = docx.Document()
        for text in above:
            document.add_paragraph(text)
        for title, rows in blocks:
            document.add_paragraph(title)
            table = document.add_table(rows=0, cols=len(rows[0]))
            for one in rows:
                for cell, value in zip(table.add_row().cells, one, strict=True):
                    cell.text = str(value)
        return saved(document)

    return made


def mail(*rows: list[Any], subject: str = "Báo cáo Bluezone ngày 18/8/2020") -> Callable[[], bytes]:
    return lambda: as_message(subject, as_html(Page(list(rows)), ["Kính gửi Phòng VHTT"])).as_bytes()


def carrying(name: str, content: Callable[[], bytes], subject: str = "Báo cáo") -> Callable[[], bytes]:
    return lambda: as_message(subject, attachments=[(name, content())]).as_bytes()


def in_font(font: Callable[[str], str], *rows: list[Any]) -> Rows:
    return [[font(v) if isinstance(v, str) else v for v in one] for one in rows]


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def turned(*rows: list[Any]) -> Rows:
    width = max(len(one) for one in rows)
    return [[one[i] if i < len(one) else "" for one in rows] for i in range(width)]


def formulas(*rows: list[Any]) -> Callable[[], bytes]:
    """Return an xlsx whose texts that begin with = are formulas without values."""

    def made() -> bytes:
        book = openpyxl.Workbook()
        for one in rows:
            book.active.append(one)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return made


def formulas_as_nought(*rows: list[Any]) -> Callable[[], bytes]:
    """Return an xlsx as a library writes it that computes nothing and puts 0 in place of values."""

    def made() -> bytes:
        out = io.BytesIO()
        with xlsxwriter.Workbook(out) as book:
            sheet = book.add_worksheet("BC")
            for r, one in enumerate(rows):
                sheet.write_row(r, 0, one)
        return out.getvalue()

    return made


def pages(*sheets: tuple[str, Rows], hidden: tuple[str, ...] = ()) -> Callable[[], bytes]:
    return lambda: as_xlsx([Page(rows, name, hidden=name in hidden) for name, rows in sheets])


def vertical(unit: str, **changed: Any) -> Rows:
    values = dict(zip(CODES, COUNTS[unit], strict=True)) | changed
    names = ["Dân số", "Số người dùng điện thoại thông minh", "Số người đã cài đặt (lũy kế)", *HEAD[4:]]
    return [
        ["BÁO CÁO NHANH"],
        ["Đơn vị báo cáo:", NAMES[unit]],
        ["Ngày báo cáo:", "18/8/2020"],
        ["Chỉ tiêu", "Số liệu"],
        *([name, values[code]] for name, code in zip(names, CODES, strict=True)),
    ]


def pdf(
    *rows: list[Any], titles: tuple[str, ...] = tuple(TITLE), at: tuple[int, ...] = (), step: int = 22
) -> Callable[[], bytes]:
    """Return a PDF whose table has no ruled lines: texts set in columns that begin ``at`` (points from the left).

    A text of several lines is set line below line; ``step`` is the distance of rows.
    """

    def made() -> bytes:
        font = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
        pdfmetrics.registerFont(TTFont("Sans", str(font)))
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=landscape(A4))
        canvas.setFont("Sans", 10)
        top = 540
        for title in titles:
            canvas.drawString(180, top, title)
            top -= 30
        for one in rows:
            deepest = 0
            for x, value in zip(at or (60, 220, 300, 430, 560, 680), one, strict=False):
                for i, text in enumerate(str(value).split("\n")):
                    canvas.drawString(x, top - 12 * i, text)
                    deepest = max(deepest, i)
            top -= step + 12 * deepest
        canvas.save()
        return out.getvalue()

    return made


def locked(content: bytes) -> bytes:
    """Return a workbook locked by a password, as Excel locks it."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt("bimat", out)
    return out.getvalue()


def locked_pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt="bimat")
    canvas.drawString(100, 700, "5519")
    canvas.save()
    return out.getvalue()


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((300, 200), 90).save(out, kind)  # as large as a photograph, no logo
    return out.getvalue()


def scan() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for _ in range(2):
        canvas.drawImage(ImageReader(Image.new("RGB", (600, 800), "white")), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


PDF_HEAD = [
    "Đơn vị",
    "Dân số",
    "Số người dùng\nđiện thoại\nthông minh",
    "Số người\nđã cài đặt\n(lũy kế)",
    "Tổng số\nCBCCVC, NLĐ",
    "Số CBCCVC, NLĐ\nđã cài đặt",
]

D, E, BT, BHN = "27898", "27901", "27916", "27925"
STT_HEAD = ["STT", *HEAD]
RATED = ["Đơn vị", "Dân số", "Số người dùng ĐTTM", "Số người đã cài đặt", "Tỷ lệ/dân số", *HEAD[4:]]


def rated(unit: str, percent: Any, **changed: Any) -> list[Any]:
    whole = row(unit, **changed)
    return [*whole[:4], percent, *whole[4:]]


def sums(label: str, *units: str, off: Mapping[str, int] | None = None) -> list[Any]:
    of = {code: sum(COUNTS[unit][i] for unit in units) for i, code in enumerate(CODES)}
    return [label, *(of[code] + (off or {}).get(code, 0) for code in CODES)]


def each(*units: str) -> Rows:
    return [row(unit) for unit in units]


ALL = tuple(COUNTS)
HP_HEAD = ["STT", "Xã, phường, thị trấn", "Dân số", "Số người đã cài đặt Bluezone (lũy kế)", "Tỷ lệ %"]


def of_hp(**by_code: tuple[int, int]) -> Values:
    return {
        code.lstrip("u"): {"population": people, "installs": installed}
        for code, (people, installed) in by_code.items()
    }
