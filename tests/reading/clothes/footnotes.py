"""Figures with the mark of a note behind them: read where the footnote tells nothing of whom, asked about else."""

from __future__ import annotations

from collections.abc import Callable

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import (
    BT,
    HEAD,
    TITLE,
    counts,
    csv,
    ods,
    row,
    vertical,
    word_tables,
    xls,
    xlsx,
)
from tests.reading.writers import as_message

NO = "not-a-number"
# What else is asked about where a footnote says so.
_TOLD_TOO = {
    "17": "day-contradiction",
    "09": "personal-data",
}


def marked(mark: str, *notes: str) -> Callable[[], bytes]:
    """Return a workbook with 443 and a mark, and notes below it."""
    return xlsx(TITLE, HEAD, row(BT, installs=f"443{mark}"), [], *([note] for note in notes))


def read(case: str, content: Callable[[], bytes], file: str = "a.xlsx") -> Case:
    """Return the case of a footnote that changes nothing."""
    return Case(f"footnote-{case}", file, content, "entries", counts(BT))


def asked(
    case: str, mark: str, *notes: str, says: str = "chú thích ở ô A5", code: str = "marked-by-footnote"
) -> Case:
    """Return the case of a footnote that may change the figure: held with its place."""
    told_too = tuple((other, None) for word, other in _TOLD_TOO.items() if any(word in one for one in notes))
    return held(f"footnote-{case}", "a.xlsx", marked(mark, *notes), (code, "D3"), *told_too, says=(says,))


def in_word(mark: str, note: str) -> Callable[[], bytes]:
    """Return a Word letter with the footnote as a paragraph below its table."""
    return word_tables((TITLE[0], [HEAD, row(BT, installs=f"443{mark}")]), (note, [["", ""]]))


def in_mail(note: str) -> Callable[[], bytes]:
    """Return a mail with a table in its text, the footnote below it."""
    lines = [
        "Kính gửi Phòng VHTT",
        *("\t".join(map(str, one)) for one in (HEAD, row(BT, installs="443*"))),
        note,
    ]
    return lambda: as_message("BC Bluezone ngày 18/8/2020", text="\n".join(lines)).as_bytes()


CASES: list[Case] = [
    read("of-the-source", marked("*", "* Số liệu từ phần mềm")),
    read("in-brackets", marked(" (*)", "(*) Nguồn: phần mềm Bluezone")),
    read("raised", marked("¹", "¹ Nguồn: hệ thống")),
    read("two-stars-up-to-when", marked("**", "Ghi chú: (**) Lũy kế đến 14h00 ngày 18/8/2020")),
    read("numbered", marked(" (1)", "(1) Theo báo cáo của Công an xã")),
    read("two-in-a-cell", marked("*", "Ghi chú: * Số liệu từ phần mềm\n** Nguồn: Chi cục Thống kê")),
    read("vertical", xlsx(*vertical(BT, installs="443*"), [], ["(*) Số liệu chính thức"])),
    read("csv", csv(TITLE, HEAD, row(BT, installs="443*"), ["* Số liệu theo hệ thống"]), "a.csv"),
    read("xls", xls(TITLE, HEAD, row(BT, population="5.519*"), [], ["* Nguồn: Chi cục Thống kê"]), "a.xls"),
    read("ods", ods(TITLE, HEAD, row(BT, population="5.519 (*)"), [], ["(*) Theo Công an xã"]), "a.ods"),
    read("below-a-word-table", in_word("*", "* Số liệu đã được rà soát"), "a.docx"),
    read("in-a-mail", in_mail("* Số liệu theo phần mềm"), "a.eml"),
    held(
        "footnote-below-a-word-table-of-others",
        "a.docx",
        in_word("*", "* Tính cả học sinh THPT"),
        ("marked-by-footnote", "D2"),
        says=("chú thích dưới bảng viết “Tính cả học sinh THPT”",),
    ),
    asked("of-a-hamlet-that-lacks", "*", "* Chưa bao gồm ấp 3"),
    asked("of-others", "*", "* Tính cả học sinh THPT"),
    asked("of-hamlets", "*", "* Số liệu ấp 1, 2"),
    asked("of-the-day-only", "*", "* Số cài trong ngày"),
    asked("of-another-unit", "*", "* Số liệu của Thị trấn Đông Thành"),
    asked("of-yesterday", "*", "* Số liệu đến ngày 17/8/2020"),
    asked("of-a-telephone", "*", "* Theo báo cáo của 0912345678"),
    asked("of-two-one-doubts", "*", "* Số liệu theo hệ thống", "* Chưa có ấp 3", says="chú thích ở ô A6"),
    asked("none-there", "*", "", says="không phải là một số người", code=NO),
    asked("another-mark", "*", "** Số liệu từ phần mềm", says="không phải là một số người", code=NO),
    asked("nothing-but-a-number", "*", "* 453", says="không phải là một số người", code=NO),
]
