"""Faults that communes send, each in several clothes: other cells, words, orders, containers, units, campaigns.

A case says what a careful person would answer: the outcome, the figures that count, and what is flagged where.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

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

from tests.reading.spellings import as_wrong_page, in_tcvn3, in_vni
from tests.reading.writers import (
    Error,
    Page,
    as_7z,
    as_csv,
    as_docx,
    as_html,
    as_message,
    as_ods,
    as_xls,
    as_xlsx,
    as_zip,
    forwarded,
)

Values = Mapping[str, Mapping[str, int]]
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


@dataclass(frozen=True)
class Case:
    """A submission and its right answer. ``flags``: code and cell of findings that must be there."""

    id: str
    file: str
    content: Callable[[], bytes]
    status: str
    values: Values = field(default_factory=dict)
    flags: tuple[tuple[str, str | None], ...] = ()
    campaign: str = "duc-hue"
    secret: tuple[str, ...] = ()
    reason: str = ""

    def wrong(self, told: Mapping[str, Any]) -> list[str]:
        """Return what is wrong in the document that `tonghop check` gives of the file."""
        findings = told["findings"]
        wrong = [] if told["status"] == self.status else [f"status {told['status']}, not {self.status}"]
        if self.reason and self.reason not in (told["reason"] or ""):
            wrong.append(f"reason {told['reason']!r} does not say {self.reason!r}")
        if self.status == "entries" or self.values:
            counted = {e["unit"]: e for e in told["entries"] if e["state"] == "accepted"}
            read = {u: {c: v["value"] for c, v in e["values"].items()} for u, e in counted.items()}
            if read != self.values:
                wrong.append(f"values {read}, not {self.values}")
            wrong += [f"day {e['day']}" for e in counted.values() if e["day"] != "2020-08-18"]
        places = {(f["code"], f["cell"]) for f in findings}
        wrong += [f"no {flag}" for flag in self.flags if flag not in places and (flag[0], None) != flag]
        wrong += [
            f"no {code}" for code, cell in self.flags if cell is None and code not in {p[0] for p in places}
        ]
        known = {code for code, _ in self.flags}
        wrong += [
            f"not asked for: {f['code']} {f['cell']} {f['message']}"
            for f in findings
            if f["code"] not in known and f["severity"] != "info" and self.status != "unreadable"
        ]
        wrong += [f"says {text}" for text in self.secret if text in repr(told)]
        return wrong


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


def _locked_pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt="bimat")
    canvas.drawString(100, 700, "5519")
    canvas.save()
    return out.getvalue()


def _picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((300, 200), 90).save(out, kind)  # as large as a photograph, no logo
    return out.getvalue()


def _scan() -> bytes:
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


def hp(case: str, file: str, content: Callable[[], bytes], status: str, **more: Any) -> Case:
    return Case(f"hp-{case}", file, content, status, campaign="hai-phong", **more)


def of_hp(**by_code: tuple[int, int]) -> Values:
    return {
        code.lstrip("u"): {"population": people, "installs": installed}
        for code, (people, installed) in by_code.items()
    }


CASES: list[Case] = [
    # Clean ones in other clothes.
    Case(
        "clean-columns-reversed",
        "a.xlsx",
        xlsx(TITLE, list(reversed(HEAD)), list(reversed(row(BT)))),
        "entries",
        counts(BT),
    ),
    Case(
        "clean-far-right-and-down",
        "a.xlsx",
        xlsx([""], [""], ["", "", "", *TITLE], [""], ["", "", "", *HEAD], ["", "", "", *row(BHN)]),
        "entries",
        counts(BHN),
    ),
    Case("clean-ods", "a.ods", ods(TITLE, HEAD, row(E)), "entries", counts(E)),
    Case("clean-xls", "a.xls", xls(TITLE, HEAD, row(E)), "entries", counts(E)),
    Case(
        "clean-capitals",
        "BC.XLSX",
        xlsx([TITLE[0].upper()], [h.upper() for h in HEAD], row(D, name="TT. ĐÔNG THÀNH")),
        "entries",
        counts(D),
    ),
    Case(
        "clean-no-accents",
        "bc.xlsx",
        xlsx(
            ["Bao cao ngay 18/8/2020"],
            [
                "Don vi",
                "Dan so",
                "So nguoi dung dien thoai thong minh",
                "So nguoi da cai dat (luy ke)",
                "Tong so CBCCVC, NLD",
                "So CBCCVC, NLD da cai dat",
            ],
            row(BT, name="Xa Binh Thanh"),
        ),
        "entries",
        counts(BT),
    ),
    Case(
        "two-sheets-one-of-yesterday",
        "a.xlsx",
        pages(
            ("17.8", [["Ngày 17/8/2020"], HEAD, row(BT, installs=440)]),
            ("18.8", [["Ngày 18/8/2020"], HEAD, row(BT)]),
        ),
        "entries",
        counts(BT),
    ),
    Case(
        "hidden-old-sheet",
        "a.xlsx",
        pages(
            ("cũ", [["Ngày 17/8/2020"], HEAD, row(BT, installs=440)]),
            ("Sheet1", [["Ngày 18/8/2020"], HEAD, row(BT)]),
            hidden=("cũ",),
        ),
        "entries",
        counts(BT),
    ),
    Case(
        "people-and-staff-on-two-sheets",
        "a.xlsx",
        pages(
            ("Dân", [TITLE, HEAD[:4], row(BT)[:4]]),
            ("CB", [TITLE, ["Đơn vị", *HEAD[4:]], [NAMES[BT], *row(BT)[4:]]]),
        ),
        "entries",
        counts(BT),
    ),
    # 02: a district's table with headers of two rows.
    Case(
        "groups-staff-first",
        "a.xlsx",
        lambda: as_xlsx(
            [
                Page(
                    [
                        ["BIỂU TỔNG HỢP NGÀY 18/8/2020"],
                        ["TT", "Tên đơn vị", "CBCCVC, NLĐ", "", "Người dân", "", ""],
                        [
                            "",
                            "",
                            "Tổng số",
                            "Đã cài đặt",
                            "Dân số",
                            "Số người dùng ĐTTM",
                            "Đã cài đặt (lũy kế)",
                        ],
                        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
                        *(
                            [i, NAMES[u], COUNTS[u][3], COUNTS[u][4], *COUNTS[u][:3]]
                            for i, u in enumerate(ALL, 1)
                        ),
                        ["", "TỔNG CỘNG", *(sum(c[i] for c in COUNTS.values()) for i in (3, 4, 0, 1, 2))],
                        ["", "", "Người lập biểu", "", "", "Trưởng phòng"],
                    ],
                    merges=[(1, 2, 1, 3), (1, 4, 1, 6)],
                )
            ]
        ),
        "entries",
        counts(*ALL),
    ),
    Case("district-ods", "a.ods", ods(TITLE, HEAD, *each(*ALL), sums("Cộng", *ALL)), "entries", counts(*ALL)),
    Case(
        "district-docx", "a.docx", word(HEAD, *each(*ALL), sums("TỔNG CỘNG", *ALL)), "entries", counts(*ALL)
    ),
    Case(
        "district-total-on-top",
        "a.xlsx",
        xlsx(TITLE, HEAD, sums("Huyện Đức Huệ", *ALL), *each(*ALL)),
        "entries",
        counts(*ALL),
    ),
    Case(
        "district-total-amid",
        "a.xlsx",
        xlsx(TITLE, HEAD, *each(*ALL[:5]), sums("Cộng", *ALL[:5]), *each(*ALL[5:])),
        "entries",
        counts(*ALL),
    ),
    Case(
        "district-grand-total-amid",
        "a.xls",
        xls(TITLE, HEAD, *each(*ALL[:5]), sums("TỔNG HUYỆN", *ALL), *each(*ALL[5:])),
        "entries",
        counts(*ALL),
    ),
    Case(
        "district-turned", "a.xlsx", xlsx(TITLE, *turned(HEAD, *each(D, E, BT))), "entries", counts(D, E, BT)
    ),
    # 03: vertical forms.
    Case("vertical-xls", "a.xls", xls(*vertical(E)), "entries", counts(E)),
    Case(
        "vertical-docx",
        "a.docx",
        word(*vertical(BHN)[3:], titles=("UBND XÃ BÌNH HÒA NAM", "Báo cáo ngày 18/8/2020")),
        "entries",
        counts(BHN),
    ),
    Case("vertical-mail", "a.eml", mail(*vertical(BHN)), "entries", counts(BHN)),
    Case(
        "vertical-blank", "a.xlsx", xlsx(*vertical(E, installs="")), "held", flags=(("missing-figure", "B7"),)
    ),
    # 04: csv.
    Case(
        "csv-comma-quoted",
        "a.csv",
        csv(TITLE, HEAD, [NAMES[BT], "5.519", "2.755", "443", "95", "66"], separator=","),
        "entries",
        counts(BT),
    ),
    Case(
        "csv-tab-utf16",
        "a.csv",
        csv(TITLE, HEAD, row(BT), separator="\t", encoding="utf-16"),
        "entries",
        counts(BT),
    ),
    Case("csv-1258", "a.csv", csv(TITLE, HEAD, row(BT), encoding="cp1258"), "entries", counts(BT)),
    Case(
        "csv-decimals",
        "a.csv",
        csv(TITLE, HEAD, [NAMES[BT], "5.519,00", "2.755,00", "443,00", "95,00", "66,00"]),
        "entries",
        counts(BT),
    ),
    Case(
        "csv-unquoted-comma",
        "a.csv",
        lambda: "Đơn vị,Dân số,Số người đã cài đặt\nXã Mỹ Bình,3,014,224\n".encode(),
        "held",
        flags=(("misaligned-row", "B2"), ("missing-figure", None)),
    ),
    # 05, 06: old fonts and decomposed text.
    Case("vni-xls", "a.xls", xls(*in_font(in_vni, TITLE, HEAD, row("27907"))), "entries", counts("27907")),
    Case(
        "tcvn3-ods", "a.ods", ods(*in_font(in_tcvn3, TITLE, HEAD, row("27913"))), "entries", counts("27913")
    ),
    Case(
        "wrong-page-csv",
        "a.csv",
        csv(*in_font(as_wrong_page, TITLE, HEAD, row("27913"))),
        "entries",
        counts("27913"),
    ),
    Case("nfd-csv", "a.csv", csv(*in_font(nfd, TITLE, HEAD, row("27925"))), "entries", counts("27925")),
    Case(
        "nfd-docx",
        "a.docx",
        word(*in_font(nfd, HEAD, row("27925", name="Xã Bình Hoà Nam"))),
        "entries",
        counts("27925"),
    ),
    # 08, 09: messages and archives.
    Case(
        "mail-day-in-subject-only",
        "a.eml",
        mail(HEAD, row(BT), subject="BC Bluezone xã Bình Thành 18-8"),
        "entries",
        counts(BT),
    ),
    Case(
        "mail-7z",
        "a.eml",
        carrying("báo cáo.7z", lambda: as_7z([("Xã Mỹ Bình.xlsx", xlsx(TITLE, HEAD, row("27928"))())])),
        "entries",
        counts("27928"),
    ),
    Case(
        "mail-in-mail",
        "a.eml",
        lambda: forwarded(
            "Fwd: báo cáo", as_message("bc", attachments=[("bc.xls", xls(TITLE, HEAD, row(E))())])
        ).as_bytes(),
        "entries",
        counts(E),
    ),
    Case(
        "zip-of-two",
        "a.zip",
        lambda: as_zip(
            [
                ("Đông Thành.xlsx", xlsx(TITLE, HEAD, row(D))()),
                ("Mỹ Quý Đông.ods", ods(TITLE, HEAD, row(E))()),
            ]
        ),
        "entries",
        counts(D, E),
    ),
    Case(
        "zip-twice-the-same-unit",
        "a.zip",
        lambda: as_zip(
            [("a.xlsx", xlsx(TITLE, HEAD, row(D))()), ("b.xlsx", xlsx(TITLE, HEAD, row(D, installs=1020))())]
        ),
        "held",
        flags=(("unit-twice", "A3"),),
    ),
    # 10: numbers as text.
    Case(
        "text-with-spaces",
        "a.xlsx",
        xlsx(TITLE, HEAD, [NAMES[BT], "5 519", "2\u00a0755 người", " 443 ", "95 ng", "'66"]),
        "held",
        flags=(("not-a-number", "F3"),),
    ),
    Case(
        "text-with-people",
        "a.xls",
        xls(TITLE, HEAD, [NAMES[BT], "5.519 người", "2.755", "443 người", "95", "66 (người)"]),
        "entries",
        counts(BT),
    ),
    Case(
        "text-full-width",
        "a.xlsx",
        xlsx(TITLE, HEAD, [NAMES[BT], "５５１９", "2755", "443", "95", "66"]),
        "entries",
        counts(BT),
    ),
    # 11: a fraction that stands for thousands.
    Case(
        "float-ods",
        "a.ods",
        ods(TITLE, HEAD, row(BT, population=5.519)),
        "held",
        flags=(("ambiguous-number", "B3"),),
    ),
    Case(
        "float-xls",
        "a.xls",
        xls(TITLE, HEAD, row(BT, installs=1.02)),
        "held",
        flags=(("ambiguous-number", "D3"),),
    ),
    Case(
        "float-one-of-many",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(D), row(E, smartphone_users=3.12)),
        "held",
        values=counts(D),
        flags=(("ambiguous-number", "C4"),),
    ),
    Case(
        "comma-thousands",
        "a.csv",
        csv(TITLE, HEAD, row(BT, population="5,519"), separator=";"),
        "held",
        flags=(("ambiguous-number", "B3"),),
    ),
    Case(
        "fraction-text",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT, population="5519,5")),
        "held",
        flags=(("fraction-of-people", "B3"),),
    ),
    Case(
        "estimate-bracket",
        "a.docx",
        word(HEAD, row(BT, population="5.500 (ước)")),
        "held",
        flags=(("estimated-figure", "B2"),),
    ),
    Case(
        "estimate-word",
        "a.ods",
        ods(TITLE, HEAD, row(BT, installs="khoảng 440")),
        "held",
        flags=(("estimated-figure", "D3"),),
    ),
    # 12: more of a part than of the whole.
    Case(
        "staff-above",
        "a.ods",
        ods(TITLE, HEAD, row(BT, staff_installs=96)),
        "held",
        flags=(("staff-installs-above-staff", "F3"),),
    ),
    Case(
        "installs-above-people-csv",
        "a.csv",
        csv(TITLE, HEAD, row(BT, installs="6.000")),
        "held",
        flags=(("installs-above-smartphones", "D3"), ("installs-above-population", "D3")),
    ),
    Case(
        "installs-above-one-of-many",
        "a.docx",
        word(HEAD, row(D), row(E, installs=4880)),
        "held",
        values=counts(D),
        flags=(("installs-above-smartphones", "D3"),),
    ),
    Case(
        "negative",
        "a.xls",
        xls(TITLE, HEAD, row(BT, installs=-5)),
        "held",
        flags=(("negative-figure", "D3"),),
    ),
    # 13: declared percents.
    Case(
        "percent-of-yesterday",
        "a.ods",
        ods(TITLE, RATED, rated(BT, "7,9%")),
        "entries",
        counts(BT),
        (("declared-rate-differs", "E3"),),
    ),
    Case("percent-as-number", "a.xls", xls(TITLE, RATED, rated(BT, 0.0803)), "entries", counts(BT)),
    Case(
        "percent-of-100",
        "a.csv",
        csv(TITLE, RATED, rated(BT, "80,3")),
        "entries",
        counts(BT),
        (("declared-rate-differs", "E3"),),
    ),
    Case(
        "percent-ambiguous",
        "a.xlsx",
        xlsx(TITLE, RATED, rated(BT, "1.234")),
        "held",
        flags=(("ambiguous-percent", "E3"),),
    ),
    Case(
        "percent-ambiguous-number",
        "a.ods",
        ods(TITLE, RATED, rated(BT, 1.234)),
        "held",
        flags=(("ambiguous-percent", "E3"),),
    ),
    Case(
        "percent-of-one-of-many",
        "a.docx",
        word(RATED, rated(D, "12,28%"), rated(E, "7,8%")),
        "entries",
        counts(D, E),
        (("declared-rate-differs", "E3"),),
    ),
    Case(
        "percent-words",
        "a.xlsx",
        xlsx(TITLE, RATED, rated(BT, "đạt")),
        "entries",
        counts(BT),
        (("unreadable-percent", "E3"),),
    ),
    # 14: wrong totals.
    Case(
        "total-wrong-on-top",
        "a.xls",
        xls(TITLE, HEAD, sums("Tổng số", *ALL, off={"population": 100}), *each(*ALL)),
        "entries",
        counts(*ALL),
        (("total-differs", "B3"),),
    ),
    Case(
        "total-wrong-amid",
        "a.xlsx",
        xlsx(TITLE, HEAD, *each(D, E, BT), sums("Cộng", D, E, BT, off={"staff": 1}), *each("27928", "27925")),
        "entries",
        counts(D, E, BT, "27928", "27925"),
        (("total-differs", "E6"),),
    ),
    Case(
        "total-of-district-wrong-docx",
        "a.docx",
        word(HEAD, *each(*ALL), sums("Huyện Đức Huệ", *ALL, off={"installs": 27})),
        "entries",
        counts(*ALL),
        (("total-differs", "D13"),),
    ),
    Case(
        "group-total-wrong",
        "a.ods",
        ods(
            TITLE,
            HEAD,
            *each(D, E),
            sums("Cộng cụm 1", D, E),
            *each(BT, BHN),
            sums("Cộng cụm 2", BT, BHN, off={"installs": -9}),
            sums("TỔNG CỘNG", D, E, BT, BHN),
        ),
        "entries",
        counts(D, E, BT, BHN),
        (("total-differs", "D8"),),
    ),
    Case(
        "total-as-error",
        "a.xlsx",
        xlsx(TITLE, HEAD, *each(D, E), ["Tổng", "#REF!", "#REF!", "#REF!", "#REF!", "#REF!"]),
        "entries",
        counts(D, E),
    ),
    # 15: another day.
    Case(
        "yesterday-in-cell",
        "a.ods",
        ods(["Ngày báo cáo:", "17/8/2020"], HEAD, row(BT)),
        "held",
        flags=(("wrong-day", None),),
    ),
    Case("yesterday-in-name", "bc 17-8-2020.xlsx", xlsx(HEAD, row(BT)), "held", flags=(("wrong-day", None),)),
    Case(
        "yesterday-in-docx",
        "a.docx",
        word(HEAD, row(BT), titles=("Số liệu tính đến 14 giờ 00 ngày 17 tháng 8 năm 2020",)),
        "held",
        flags=(("wrong-day", None),),
    ),
    Case(
        "two-days",
        "a.xlsx",
        xlsx(["Báo cáo ngày 18/8/2020"], ["Ngày chốt:", "17/8/2020"], HEAD, row(BT)),
        "held",
        flags=(("day-contradiction", None), ("wrong-day", None)),
    ),
    Case(
        "today-in-title-name-of-yesterday",
        "bc 17-8.xlsx",
        xlsx(TITLE, HEAD, row(BT)),
        "entries",
        counts(BT),
        (("day-differs", None),),
    ),
    Case(
        "last-year",
        "a.xlsx",
        xlsx(["Báo cáo ngày 18/8/2019"], HEAD, row(BT)),
        "held",
        flags=(("wrong-day", None),),
    ),
    # 16: units that are not there, or two.
    Case(
        "unknown-unit-csv",
        "a.csv",
        csv(TITLE, HEAD, row(BT, name="Xã Đức Lập Hạ")),
        "held",
        flags=(("unknown-unit", "A3"),),
    ),
    Case(
        "unknown-unit-amid",
        "a.ods",
        ods(TITLE, HEAD, row(D), row(E, name="Thị trấn Đức Hòa"), row(BT)),
        "held",
        values=counts(D, BT),
        flags=(("unknown-unit", "A4"),),
    ),
    Case(
        "unknown-code",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT, name="27999")),
        "held",
        flags=(("unknown-unit", "A3"),),
    ),
    Case(
        "unit-of-two-kinds",
        "a.docx",
        word(HEAD, row(BT, name="Phường Bình Thành")),
        "held",
        flags=(("unknown-unit", "A2"),),
    ),
    Case(
        "no-unit-at-all",
        "a.xlsx",
        xlsx(TITLE, HEAD[1:], row(BT)[1:]),
        "held",
        flags=(("unit-missing", None),),
    ),
    Case(
        "unit-contradicts-title",
        "a.xls",
        xls(["ỦY BAN NHÂN DÂN XÃ MỸ BÌNH"], TITLE, HEAD, row(BT)),
        "held",
        flags=(("unit-contradiction", "A4"),),
    ),
    Case(
        "short-mythanh",
        "a.xlsx",
        xlsx(TITLE, HEAD, row("27910", name="Mỹ Thạnh")),
        "held",
        flags=(("unknown-unit", "A3"),),
    ),
    # 17, 18: damaged and locked.
    Case("cut-off-xlsx", "a.xlsx", lambda: xlsx(TITLE, HEAD, row(BT))()[:2000], "unreadable", reason="hỏng"),
    Case(
        "cut-off-zip-in-mail",
        "a.eml",
        carrying("a.zip", lambda: as_zip([("a.xlsx", xlsx(TITLE, HEAD, row(BT))())])[:1500]),
        "unreadable",
        reason="hỏng",
    ),
    Case("empty-file", "a.xls", lambda: b"", "unreadable", reason="rỗng"),
    Case("noise-named-ods", "a.ods", lambda: bytes(range(256)) * 20, "unreadable"),
    Case(
        "locked-7z",
        "a.7z",
        lambda: as_7z([("a.xlsx", xlsx(TITLE, HEAD, row(BT))())], "bimat"),
        "unreadable",
        reason="mật khẩu",
    ),
    # 19: personal data.
    Case(
        "persons-first",
        "a.xlsx",
        xlsx(TITLE, ["Họ và tên cán bộ", "SĐT", *HEAD], ["Lê Văn Tám", "0987.654.321", *row(BT)]),
        "entries",
        counts(BT),
        (("personal-data", None),),
        secret=("Lê Văn Tám", "0987.654.321", "654.321"),
    ),
    Case(
        "persons-in-docx",
        "a.docx",
        word([*HEAD, "Đầu mối"], [*row(BT), "Phạm Thị Hoa - 0912 345 678"]),
        "entries",
        counts(BT),
        (("personal-data", None),),
        secret=("Phạm Thị Hoa", "0912 345 678", "345 678"),
    ),
    Case(
        "persons-below",
        "a.ods",
        ods(TITLE, HEAD, row(BT), [""], ["Người lập: Nguyễn Thị Lan", "ĐT: 0912345678"]),
        "entries",
        counts(BT),
        (("personal-data", None),),
        secret=("Nguyễn Thị Lan", "0912345678"),
    ),
    Case(
        "person-in-figure",
        "a.xls",
        xls(TITLE, HEAD, row(BT, installs="hỏi chị Lan 0912345678")),
        "held",
        flags=(("not-a-number", "D3"), ("personal-data", None)),
        secret=("0912345678", "chị Lan"),
    ),
    Case(
        "identity-in-note-csv",
        "a.csv",
        csv(TITLE, [*HEAD, "Ghi chú"], [*row(BT), "CCCD 080301004567"]),
        "entries",
        counts(BT),
        (("personal-data", None),),
        secret=("080301004567",),
    ),
    Case(
        "list-of-persons-on-second-sheet",
        "a.xlsx",
        pages(
            ("BC", [TITLE, HEAD, row(BT)]),
            (
                "DS",
                [
                    ["STT", "Họ tên", "Số điện thoại"],
                    [1, "Trần Văn Bảy", "0903111222"],
                    [2, "Võ Thị Sáu", "0903111223"],
                ],
            ),
        ),
        "entries",
        counts(BT),
        (("personal-data", None),),
        secret=("Trần Văn Bảy", "0903111222", "Võ Thị Sáu"),
    ),
    # 20: formulas.
    Case(
        "formula-staff",
        "a.xlsx",
        formulas(TITLE, HEAD, row(BT, staff="=90+5", staff_installs="=60+6")),
        "held",
        flags=(("formula-without-value", "E3"), ("formula-without-value", "F3")),
    ),
    Case(
        "formula-as-nought",
        "a.xlsx",
        formulas_as_nought(TITLE, HEAD, row(BT, installs="=SUM(400,43)")),
        "held",
        flags=(("formula-without-value", "D3"),),
    ),
    Case(
        "error-xls",
        "a.xls",
        xls(TITLE, HEAD, row(BT, population=Error("#REF!"))),
        "held",
        flags=(("formula-error", "B3"),),
    ),
    Case(
        "error-ods",
        "a.ods",
        ods(TITLE, HEAD, row(BT, population=Error("#NAME?"))),
        "held",
        flags=(("formula-error", "B3"),),
    ),
    Case(
        "error-docx",
        "a.docx",
        word(HEAD, row(BT, installs="#DIV/0!")),
        "held",
        flags=(("formula-error", "D2"),),
    ),
    Case(
        "total-formula-without-value",
        "a.xlsx",
        formulas(TITLE, HEAD, row(D), row(E), ["Tổng", *(f"=SUM({c}3:{c}4)" for c in "BCDEF")]),
        "entries",
        counts(D, E),
    ),
    # 21: blank is missing.
    Case(
        "blank-staff-ods",
        "a.ods",
        ods(TITLE, HEAD, row(BT, staff_installs="")),
        "held",
        flags=(("missing-figure", "F3"),),
    ),
    Case(
        "blank-dash-docx",
        "a.docx",
        word(HEAD, row(BT, installs="-")),
        "held",
        flags=(("missing-figure", "D2"),),
    ),
    Case(
        "blank-column-missing",
        "a.csv",
        csv(TITLE, HEAD[:5], row(BT)[:5]),
        "held",
        flags=(("missing-figure", None),),
    ),
    Case(
        "blank-one-of-many",
        "a.xls",
        xls(TITLE, HEAD, row(D), row(E, installs="")),
        "held",
        values=counts(D),
        flags=(("missing-figure", "D4"),),
    ),
    Case(
        "blank-not-available",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT, installs="chưa có")),
        "held",
        flags=(("not-a-number", "D3"),),
    ),
    Case(
        "heading-beyond-recognition",
        "a.xlsx",
        xlsx(TITLE, [*HEAD[:3], "Sl bz lk", *HEAD[4:]], row(BT)),
        "held",
        flags=(("heading-not-understood", "D2"),),
    ),
    Case(
        "heading-beyond-recognition-docx",
        "a.docx",
        word(["Đơn vị", "Tsd", *HEAD[2:]], row(D), row(E)),
        "held",
        flags=(("heading-not-understood", "B1"),),
    ),
    Case(
        "nothing-filled",
        "a.xlsx",
        xlsx(TITLE, HEAD, [NAMES[BT], "", "", "", "", ""]),
        "held",
        flags=(("missing-figure", "B3"), ("missing-figure", "F3")),
    ),
    # 22: a stated nought.
    Case(
        "nought-ods",
        "a.ods",
        ods(TITLE, [*HEAD, "Ghi chú"], [*row(BT, installs=0, staff_installs=0), "không phát sinh"]),
        "entries",
        {BT: dict(zip(CODES, (5519, 2755, 0, 95, 0), strict=True))},
    ),
    Case(
        "nought-text",
        "a.csv",
        csv(TITLE, HEAD, row(BT, installs="0", staff_installs="00")),
        "entries",
        {BT: dict(zip(CODES, (5519, 2755, 0, 95, 0), strict=True))},
    ),
    Case(
        "nought-in-words",
        "a.docx",
        word(HEAD, row(BT, installs="không phát sinh")),
        "entries",
        {BT: dict(zip(CODES, (5519, 2755, 0, 95, 66), strict=True))},
        (("zero-in-words", "D2"),),
    ),
    Case(
        "nothing-arisen-of-the-day",
        "a.ods",
        ods(TITLE, HEAD, row(BT, installs="không phát sinh mới")),
        "held",
        flags=(("not-a-number", "D3"),),
    ),
    # 23: text PDFs without ruled lines.
    Case("pdf-one-row", "a.pdf", pdf(PDF_HEAD, row(BT)), "entries", counts(BT)),
    Case(
        "pdf-many-rows",
        "a.pdf",
        pdf(
            PDF_HEAD,
            *each(*ALL),
            sums("TỔNG CỘNG", *ALL),
            [""],
            ["Người lập biểu", "", "", "", "Trưởng phòng"],
        ),
        "entries",
        counts(*ALL),
    ),
    Case(
        "pdf-vertical",
        "a.pdf",
        pdf(
            ["Chỉ tiêu", "Số liệu"],
            *vertical(E)[4:],
            titles=("UBND XÃ MỸ QUÝ ĐÔNG", "Báo cáo ngày 18/8/2020"),
            at=(60, 400),
        ),
        "entries",
        counts(E),
    ),
    Case(
        "pdf-blank-cell",
        "a.pdf",
        pdf(PDF_HEAD, row(D), row(E, installs="")),
        "held",
        values=counts(D),
        flags=(("missing-figure", None),),
    ),
    Case(
        "pdf-columns-touch",
        "a.pdf",
        pdf(PDF_HEAD, row(D), row(E), at=(60, 160, 190, 216, 240, 262)),
        "unreadable",
        reason="cột",
    ),
    Case(
        "pdf-name-broken-in-two",
        "a.pdf",
        pdf(PDF_HEAD, row(D), row("27919", name="Xã Bình Hòa\nBắc"), row(E)),
        "unreadable",
        reason="cột",
    ),
    Case(
        "pdf-column-that-no-row-fills",
        "a.pdf",
        pdf(PDF_HEAD, row(D, installs=""), row(E, installs="")),
        "unreadable",
        reason="cột",
    ),
    Case("pdf-no-heading", "a.pdf", pdf(row(D), row(E), titles=("Số liệu",)), "unreadable"),
    Case(
        "pdf-heading-over-two-columns",
        "a.pdf",
        pdf(
            ["Đơn vị", "Người dân (dân số, số người đã cài đặt)", "", "CBCCVC, NLĐ"],
            row(D)[:4],
            at=(60, 220, 300, 560),
        ),
        "unreadable",
        reason="cột",
    ),
    # 25: sentences.
    Case(
        "sentence-docx",
        "a.docx",
        word([""], titles=("Xã Bình Thành báo cáo ngày 18/8/2020: dân số 5.519 người, đã cài 443 người.",)),
        "unreadable",
    ),
    Case(
        "sentence-mail-html",
        "a.eml",
        lambda: as_message(
            "Báo cáo",
            html="<p>Xã Bình Thành: 443/5519 người đã cài, đạt 8,03%.</p>",
            text="Xã Bình Thành: 443/5519 người đã cài, đạt 8,03%.",
        ).as_bytes(),
        "unreadable",
        reason="câu",
    ),
    Case(
        "sentence-cells",
        "a.xlsx",
        xlsx(["Xã Bình Thành ngày 18/8/2020 có 5.519 dân, 443 người đã cài"]),
        "unreadable",
    ),
    # Agencies report their staff only.
    Case(
        "agency",
        "a.xlsx",
        xlsx(TITLE, ["Đơn vị", *HEAD[4:]], ["Trung tâm Y tế huyện", 120, 118]),
        "entries",
        {"801-YTE": {"staff": 120, "staff_installs": 118}},
    ),
    Case(
        "agency-blank",
        "a.ods",
        ods(TITLE, ["Đơn vị", *HEAD[4:]], ["Phòng GD&ĐT", 35, ""]),
        "held",
        flags=(("missing-figure", "C3"),),
    ),
    Case(
        "agency-in-the-communes-form",
        "a.docx",
        word(HEAD, ["Trung tâm Y tế", "", "", "", 120, 118]),
        "entries",
        {"801-YTE": {"staff": 120, "staff_installs": 118}},
    ),
    Case(
        "agencies-by-other-names",
        "a.xlsx",
        xlsx(
            TITLE,
            ["Cơ quan, đơn vị", *HEAD[4:]],
            ["Phòng LĐTBXH", 20, 19],
            ["Phòng Giáo dục & Đào tạo huyện Đức Huệ", 35, 30],
            ["TRUNG TÂM Y TẾ HUYỆN", 120, 118],
            ["Văn phòng HĐND & UBND", 40, 40],
        ),
        "entries",
        {
            "801-LDTBXH": {"staff": 20, "staff_installs": 19},
            "801-GDDT": {"staff": 35, "staff_installs": 30},
            "801-YTE": {"staff": 120, "staff_installs": 118},
            "801-VP": {"staff": 40, "staff_installs": 40},
        },
    ),
    # Once more, in clothes that lie farther off.
    Case(
        "percent-of-staff-ambiguous",
        "a.ods",
        ods(TITLE, [*HEAD, "Tỷ lệ CBCCVC"], [*row(BT), "6.947"]),
        "held",
        flags=(("ambiguous-percent", "G3"),),
    ),
    Case(
        "percent-ambiguous-in-vertical-form",
        "a.xlsx",
        xlsx(*vertical(E), ["Tỷ lệ người dân đã cài đặt", "1.234%"]),
        "held",
        flags=(("ambiguous-percent", "B10"),),
    ),
    Case(
        "percent-ambiguous-in-mail",
        "a.eml",
        mail(RATED, rated(BT, "80.267%")),
        "held",
        flags=(("ambiguous-percent", "E2"),),
    ),
    Case(
        "percent-in-the-count",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT, installs="8,03%")),
        "held",
        flags=(("not-a-number", "D3"),),
    ),
    Case(
        "letters-for-digits",
        "a.xls",
        xls(TITLE, HEAD, row(BT, population="55l9", installs="44O")),
        "held",
        flags=(("not-a-number", "B3"), ("not-a-number", "D3")),
    ),
    Case(
        "grouping-out-of-order",
        "a.csv",
        csv(TITLE, HEAD, row(BT, population="55.19")),
        "held",
        flags=(("fraction-of-people", "B3"),),
    ),
    Case(
        "two-signs",
        "a.ods",
        ods(TITLE, HEAD, row(BT, population="5.519.00")),
        "held",
        flags=(("not-a-number", "B3"),),
    ),
    Case(
        "two-figures-in-a-cell",
        "a.docx",
        word(HEAD, row(BT, installs="443/5519")),
        "held",
        flags=(("not-a-number", "D2"),),
    ),
    Case(
        "brackets",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT, installs="(443)")),
        "held",
        flags=(("not-a-number", "D3"),),
    ),
    Case(
        "minus-of-another-font",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT, installs="−5")),
        "held",
        flags=(("negative-figure", "D3"),),
    ),
    Case(
        "estimate-sign-csv",
        "a.csv",
        csv(TITLE, HEAD, row(BT, population="~5.500")),
        "held",
        flags=(("estimated-figure", "B3"),),
    ),
    Case(
        "decimals-of-nought-xls",
        "a.xls",
        xls(TITLE, HEAD, row(BT, staff="95,00")),
        "entries",
        counts(BT),
        (("zero-decimals", "E3"),),
    ),
    Case(
        "error-in-mail",
        "a.eml",
        mail(HEAD, row(BT, installs="#N/A")),
        "held",
        flags=(("formula-error", "D2"),),
    ),
    Case("error-in-percent", "a.xlsx", xlsx(TITLE, RATED, rated(BT, "#DIV/0!")), "entries", counts(BT)),
    Case(
        "date-cell-of-yesterday",
        "a.xlsx",
        xlsx(["Ngày báo cáo", datetime(2020, 8, 17)], HEAD, row(BT)),
        "held",
        flags=(("wrong-day", None),),
    ),
    Case(
        "date-column",
        "a.xlsx",
        xlsx(TITLE[:0] or [""], ["Ngày", *HEAD], [datetime(2020, 8, 18), *row(BT)]),
        "entries",
        counts(BT),
    ),
    Case(
        "date-column-of-yesterday",
        "a.ods",
        ods(["Ngày", *HEAD], ["17/8/2020", *row(BT)]),
        "held",
        flags=(("wrong-day", None),),
    ),
    Case(
        "days-below-each-other",
        "a.xlsx",
        xlsx(["Ngày", *HEAD], ["17/8/2020", *row(BT, installs=440)], ["18/8/2020", *row(BT)]),
        "entries",
        counts(BT),
    ),
    Case(
        "unit-with-its-district",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT, name="Xã Bình Thành, huyện Đức Huệ")),
        "entries",
        counts(BT),
    ),
    Case(
        "unit-with-its-district-in-brackets",
        "a.csv",
        csv(TITLE, HEAD, row(BT, name="UBND xã Bình Thành (Đức Huệ)")),
        "entries",
        counts(BT),
    ),
    Case(
        "unit-of-another-district-in-brackets",
        "a.docx",
        word(HEAD, row(BT, name="Xã Bình Thành (Bến Lức)")),
        "held",
        flags=(("unknown-unit", "A2"),),
    ),
    Case(
        "unit-with-a-remark",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT, name="Xã Bình Thành (đã ký)")),
        "entries",
        counts(BT),
    ),
    Case(
        "unit-of-another-district-told",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT, name="Xã Bình Thành, huyện Bến Lức")),
        "held",
        flags=(("unknown-unit", "A3"),),
    ),
    Case(
        "code-and-another-name",
        "a.ods",
        ods(TITLE, ["Mã ĐVHC", *HEAD], ["27928", *row(BT)]),
        "held",
        flags=(("ambiguous-unit", None),),
    ),
    Case(
        "code-with-a-lost-nought",
        "a.xlsx",
        xlsx(TITLE, ["Mã xã", *HEAD], [27916, *row(BT)]),
        "entries",
        counts(BT),
    ),
    Case("xlsx-named-xls", "a.xls", xlsx(TITLE, HEAD, row(BT)), "entries", counts(BT)),
    Case(
        "html-named-xls",
        "a.xls",
        lambda: as_html(Page([HEAD, row(BT)]), ["Báo cáo ngày 18/8/2020"]).encode(),
        "entries",
        counts(BT),
    ),
    Case("csv-named-xls", "a.xls", csv(TITLE, HEAD, row(BT), separator="\t"), "entries", counts(BT)),
    Case(
        "csv-with-sep-line",
        "a.csv",
        lambda: ("sep=,\n" + as_csv(Page([HEAD, [str(v) for v in row(BT)]]), ",", "utf-8").decode()).encode(),
        "entries",
        counts(BT),
    ),
    Case(
        "csv-tcvn3",
        "a.csv",
        lambda: as_csv(Page(in_font(in_tcvn3, TITLE, HEAD, row(BT))), ";", "latin-1"),
        "entries",
        counts(BT),
    ),
    Case(
        "merged-total-label",
        "a.xlsx",
        lambda: as_xlsx(
            [
                Page(
                    [
                        TITLE,
                        STT_HEAD,
                        *([i, *row(u)] for i, u in enumerate((D, E), 1)),
                        ["TỔNG CỘNG", "", *sums("", D, E)[1:]],
                    ],
                    merges=[(4, 0, 4, 1)],
                )
            ]
        ),
        "entries",
        counts(D, E),
    ),
    Case(
        "merged-total-wrong",
        "a.xlsx",
        lambda: as_xlsx(
            [
                Page(
                    [
                        TITLE,
                        STT_HEAD,
                        *([i, *row(u)] for i, u in enumerate((D, E), 1)),
                        ["TỔNG CỘNG", "", *sums("", D, E, off={"staff_installs": 5})[1:]],
                    ],
                    merges=[(4, 0, 4, 1)],
                )
            ]
        ),
        "entries",
        counts(D, E),
        (("total-differs", "G5"),),
    ),
    Case(
        "total-under-a-blank-figure",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(D), row(E, installs=""), sums("Tổng", D, E)),
        "held",
        values=counts(D),
        flags=(("missing-figure", "D4"),),
    ),
    Case("locked-pdf", "a.pdf", lambda: _locked_pdf(), "unreadable", reason="mật khẩu"),
    Case(
        "locked-xlsx-named-csv",
        "a.csv",
        lambda: locked(xlsx(TITLE, HEAD, row(BT))()),
        "unreadable",
        reason="mật khẩu",
    ),
    Case(
        "locked-in-zip",
        "a.zip",
        lambda: as_zip([("a.xlsx", locked(xlsx(TITLE, HEAD, row(BT))()))]),
        "unreadable",
        reason="mật khẩu",
    ),
    Case("photograph", "a.jpg", lambda: _picture("JPEG"), "unreadable", reason="ảnh"),
    Case(
        "photograph-in-mail", "a.eml", carrying("bc.png", lambda: _picture("PNG")), "unreadable", reason="ảnh"
    ),
    Case("scan-of-two-pages", "a.pdf", lambda: _scan(), "unreadable", reason="quét"),
    Case("rar", "a.rar", lambda: b"Rar!\x1a\x07\x00" + bytes(200), "unreadable", reason="RAR"),
    Case(
        "unknown-unit-in-title-only",
        "a.docx",
        word(HEAD[1:], row(BT)[1:], titles=("UBND XÃ TÂN PHÚ", "Báo cáo ngày 18/8/2020")),
        "held",
        flags=(("unit-missing", None),),
    ),
    Case(
        "note-says-nothing-arisen-but-blank",
        "a.xlsx",
        xlsx(TITLE, [*HEAD, "Ghi chú"], [*row(BT, installs="", staff_installs=""), "Không phát sinh"]),
        "held",
        flags=(("missing-figure", "D3"), ("missing-figure", "F3")),
    ),
    Case(
        "person-in-the-unit-column",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT, name="Nguyễn Thị Lan")),
        "held",
        flags=(("unknown-unit", "A3"),),
        secret=("Nguyễn Thị Lan",),
    ),
    Case(
        "identity-as-a-number",
        "a.xlsx",
        xlsx(TITLE, [*HEAD, "Cột 7"], [*row(BT), 80301004567]),
        "entries",
        counts(BT),
        (("personal-data", None),),
        secret=("80301004567",),
    ),
    Case(
        "telephone-in-title",
        "a.ods",
        ods(["Người gửi: Lê Thị Mai - 0912.345.678"], TITLE, HEAD, row(BT)),
        "entries",
        counts(BT),
        (("personal-data", None),),
        secret=("Lê Thị Mai", "0912.345.678"),
    ),
    Case(
        "personal-heading-in-mail",
        "a.eml",
        mail([*HEAD, "Email", "Ngày sinh"], [*row(BT), "lan@xa.vn", "1/2/1980"]),
        "entries",
        counts(BT),
        (("personal-data", None),),
        secret=("lan@xa.vn", "1/2/1980"),
    ),
    # Hải Phòng.
    hp(
        "clean",
        "a.xlsx",
        xlsx(TITLE, HP_HEAD, [1, "Phường Hùng Vương", "12.345", "1.234", "10,00%"]),
        "entries",
        values=of_hp(u11299=(12345, 1234)),
    ),
    hp(
        "two-of-one-name",
        "a.ods",
        ods(TITLE, HP_HEAD, [1, "Xã Minh Tân", 9000, 900, ""]),
        "held",
        flags=(("ambiguous-unit", "B3"),),
    ),
    hp(
        "two-of-one-name-district-title",
        "a.xls",
        xls(
            ["UBND HUYỆN THUỶ NGUYÊN"],
            TITLE,
            HP_HEAD,
            [1, "Xã Minh Tân", 9000, 900, ""],
            [2, "Thị trấn Minh Đức", 8000, 800, ""],
        ),
        "entries",
        values=of_hp(u11500=(9000, 900), u11473=(8000, 800)),
    ),
    hp(
        "by-type",
        "a.docx",
        word(
            HP_HEAD, ["1", "Phường Lê Lợi", "9.000", "900", "10%"], ["2", "Xã Lê Lợi", "8.000", "800", "10%"]
        ),
        "entries",
        values=of_hp(u11356=(9000, 900), u11611=(8000, 800)),
    ),
    hp(
        "district-leaf",
        "a.csv",
        csv(TITLE, HP_HEAD, ["1", "Huyện Bạch Long Vĩ", "907", "400", "44,1%"]),
        "entries",
        values=of_hp(u318=(907, 400)),
    ),
    hp(
        "percent-ambiguous",
        "a.xlsx",
        xlsx(TITLE, HP_HEAD, [1, "Phường Hùng Vương", 12345, 1000, "1.234"]),
        "held",
        flags=(("ambiguous-percent", "E3"),),
    ),
    hp(
        "installs-above",
        "a.ods",
        ods(TITLE, HP_HEAD, [1, "P. Hùng Vương", 1234, 12345, ""]),
        "held",
        flags=(("installs-above-population", "D3"),),
    ),
    hp(
        "float",
        "a.xls",
        xls(TITLE, HP_HEAD, [1, "P. Hùng Vương", 12.345, 123, ""]),
        "held",
        flags=(("ambiguous-number", "C3"),),
    ),
    hp(
        "yesterday",
        "a.docx",
        word(HP_HEAD, ["1", "P. Hùng Vương", "9.000", "900", ""], titles=("Ngày 17/8/2020",)),
        "held",
        flags=(("wrong-day", None),),
    ),
    hp(
        "total-amid",
        "a.xlsx",
        xlsx(
            TITLE,
            HP_HEAD,
            ["I", "Quận Hồng Bàng", 3000, 300, "10%"],
            [1, "Phường Quán Toan", 1000, 100, "10%"],
            [2, "Phường Hùng Vương", 2000, 200, "10%"],
            ["II", "Huyện An Dương", 8000, 800, "10%"],
            [1, "Xã Lê Lợi", 8000, 800, "10%"],
        ),
        "entries",
        values=of_hp(u11296=(1000, 100), u11299=(2000, 200), u11611=(8000, 800)),
    ),
    hp(
        "total-wrong",
        "a.csv",
        csv(
            TITLE,
            HP_HEAD,
            ["I", "Quận Hồng Bàng", "3.100", "300", ""],
            ["1", "Phường Quán Toan", "1.000", "100", ""],
            ["2", "Phường Hùng Vương", "2.000", "200", ""],
        ),
        "entries",
        values=of_hp(u11296=(1000, 100), u11299=(2000, 200)),
        flags=(("total-differs", "C3"),),
    ),
    hp(
        "heading-beyond-recognition",
        "a.ods",
        ods(TITLE, ["STT", "Xã, phường", "Dân số", "Bzn"], [1, "P. Hùng Vương", 9000, 900]),
        "held",
        flags=(("heading-not-understood", "D2"),),
    ),
    hp(
        "unknown-unit",
        "a.xlsx",
        xlsx(TITLE, HP_HEAD, [1, "Xã Bình Thành", 9000, 900, ""]),
        "held",
        flags=(("unknown-unit", "B3"),),
    ),
    hp(
        "staff-columns-of-another-form",
        "a.xlsx",
        xlsx(TITLE, [*HP_HEAD, *HEAD[4:]], [1, "P. Hùng Vương", 9000, 900, "10%", 30, 20]),
        "entries",
        values=of_hp(u11299=(9000, 900)),
    ),
    hp(
        "two-of-one-name-with-district",
        "a.csv",
        csv(
            TITLE,
            HP_HEAD,
            ["1", "Xã Minh Tân, huyện Kiến Thụy", "9.000", "900", ""],
            ["2", "Xã Minh Tân (Thủy Nguyên)", "8.000", "800", ""],
        ),
        "entries",
        values=of_hp(u11725=(9000, 900), u11500=(8000, 800)),
    ),
    hp(
        "unit-of-a-district-that-has-none-of-the-name",
        "a.ods",
        ods(TITLE, HP_HEAD, [1, "Xã Minh Tân (An Dương)", 9000, 900, ""]),
        "held",
        flags=(("unknown-unit", "B3"),),
    ),
    hp(
        "two-of-one-name-district-column",
        "a.xlsx",
        xlsx(
            TITLE,
            ["Huyện", "Xã", "Dân số", "Số người đã cài đặt"],
            ["Kiến Thuỵ", "Minh Tân", 9000, 900],
            ["Thuỷ Nguyên", "Minh Tân", 8000, 800],
        ),
        "entries",
        values=of_hp(u11725=(9000, 900), u11500=(8000, 800)),
    ),
    hp(
        "estimate",
        "a.xlsx",
        xlsx(TITLE, HP_HEAD, [1, "P. Hùng Vương", "khoảng 9.000", 900, ""]),
        "held",
        flags=(("estimated-figure", "C3"),),
    ),
    hp(
        "error",
        "a.xls",
        xls(TITLE, HP_HEAD, [1, "P. Hùng Vương", Error("#REF!"), 900, ""]),
        "held",
        flags=(("formula-error", "C3"),),
    ),
    hp(
        "blank",
        "a.docx",
        word(HP_HEAD, ["1", "P. Hùng Vương", "9.000", "", ""]),
        "held",
        flags=(("missing-figure", "D2"),),
    ),
    hp(
        "pdf",
        "a.pdf",
        pdf(
            ["STT", "Xã, phường", "Dân số", "Số người đã cài đặt"],
            ["1", "Phường Quán Toan", "1.000", "100"],
            ["2", "Phường Hùng Vương", "2.000", "200"],
            ["", "Quận Hồng Bàng", "3.000", "300"],
            at=(60, 120, 400, 560),
        ),
        "entries",
        values=of_hp(u11296=(1000, 100), u11299=(2000, 200)),
    ),
    hp(
        "persons",
        "a.ods",
        ods(TITLE, [*HP_HEAD, "Họ tên người nhập"], [1, "P. Hùng Vương", 9000, 900, "10%", "Vũ Văn Tình"]),
        "entries",
        values=of_hp(u11299=(9000, 900)),
        flags=(("personal-data", None),),
        secret=("Vũ Văn Tình",),
    ),
]
