"""Whose the figures are by letter, note or signature, where the table names another unit; dates in cells of notes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.letters import below
from tests.reading.clothes.noted import noted
from tests.reading.clothes.tailor import (
    BT,
    HEAD,
    PDF_HEAD,
    TITLE,
    Rows,
    counts,
    pages,
    pdf,
    row,
    vertical,
    xlsx,
)
from tests.reading.writers import as_message

DOUBTED, OF_THE_DAY, MB = "figures-doubted", "increase-or-sum", "27928"
GIVEN = (
    "Số liệu của xã Mỹ Bình gửi nhờ",
    "Xã Mỹ Bình gửi nhờ số liệu",
    "Em gửi hộ xã Mỹ Bình",
    "Em gửi số liệu xã Mỹ Bình ạ",
    "Kính gửi anh, xã Mỹ Bình xin gửi báo cáo ngày 18/8",
    "Gửi nhờ mail xã Bình Thành, số liệu của xã Mỹ Bình",
    "Báo cáo của UBND xã Mỹ Bình",
    "Số liệu này là của xã Mỹ Bình",
    "So lieu cua xa My Binh gui nho",
    "Số liệu gồm cả xã Mỹ Bình",
    "Số liệu của TT. Đông Thành",
    "Xã Mỹ Bình mất mạng, gửi nhờ số liệu qua mail xã Bình Thành.",
    "TM. UBND XÃ MỸ BÌNH",
)
NOT_GIVEN = (
    "Kính gửi: UBND xã Mỹ Bình",
    "Nơi nhận: xã Mỹ Bình; Lưu VT",
    "Địa chỉ: ấp 2, xã Mỹ Bình, huyện Đức Huệ",
    "Xã Bình Thành gửi số liệu, đồng gửi xã Mỹ Bình tham khảo",
    "Biểu mẫu copy từ xã Mỹ Bình",
    "Không bao gồm số liệu của xã Mỹ Bình",
    "Số liệu của xã Bình Thành, không phải xã Mỹ Bình",
    "So với số liệu xã Mỹ Bình thì thấp hơn",
    "Em gửi báo cáo xã Bình Thành, số liệu xã Mỹ Bình em gửi sau",
    "Xã Mỹ Bình chưa gửi số liệu",
    "Đề nghị xã Mỹ Bình gửi số liệu",
    "Gửi cho xã Mỹ Bình một bản",
    "TM. UBND HUYỆN ĐỨC HUỆ",
)
SINCE = (
    "Tính từ 17/8",
    "Số liệu tính từ ngày 17/8",
    "từ ngày 17/8",
    "Từ 17/8 đến nay",
    "Số mới từ ngày 17/8",
)
NOT_SINCE = (
    "Tính từ ngày 10/8",
    "Phát động từ ngày 17/8",
    "Tăng 12 người từ ngày 17/8",
    "Lũy kế từ ngày 17/8",
)
YESTERDAY, TODAY, LAST_YEAR = date(2020, 8, 17), date(2020, 8, 18), date(2019, 4, 1)


def _letter(text: str, *books: Callable[[], bytes]) -> Callable[[], bytes]:
    books = books or (xlsx(TITLE, HEAD, row(BT)),)
    return lambda: as_message(
        "BC", "", text, [(f"bc{i}.xlsx", one()) for i, one in enumerate(books)]
    ).as_bytes()


def _list(note: Any, head: str = "Ghi chú", at: int = 2) -> Rows:
    """Return a form that runs down and has a note beside one of its figures."""
    above, lines = vertical(BT)[:3], vertical(BT)[4:]
    return [
        *above,
        ["Chỉ tiêu", "Số liệu", head],
        *([*one, note if i == at else ""] for i, one in enumerate(lines)),
    ]


CASES: list[Case] = [
    *(held(f"letter-gives-{i}", "a.eml", _letter(text), (DOUBTED, None)) for i, text in enumerate(GIVEN)),
    *(held(f"below-gives-{i}", "a.docx", below(text), (DOUBTED, None)) for i, text in enumerate(GIVEN)),
    *(held(f"note-gives-{i}", "a.xlsx", xlsx(*noted(text)), (DOUBTED, "G3")) for i, text in enumerate(GIVEN)),
    *(held(f"list-gives-{i}", "a.xlsx", xlsx(*_list(text)), (DOUBTED, "C7")) for i, text in enumerate(GIVEN)),
    *(Case(f"letter-gives-not-{i}", "a.eml", _letter(text), "entries", counts(BT))
      for i, text in enumerate(NOT_GIVEN)),
    *(Case(f"below-gives-not-{i}", "a.docx", below(text), "entries", counts(BT))
      for i, text in enumerate(NOT_GIVEN)),
    *(Case(f"note-gives-not-{i}", "a.xlsx", xlsx(*noted(text)), "entries", counts(BT))
      for i, text in enumerate(NOT_GIVEN)),
    held("another-signs", "a.pdf", pdf(PDF_HEAD, row(BT), ["TM. UBND XÃ MỸ BÌNH"]), (DOUBTED, None),
         says=("UBND Xã Mỹ Bình",)),
    Case("letter-of-two-files", "a.eml",
         _letter("Em gửi số liệu của xã Mỹ Bình", xlsx(TITLE, HEAD, row(BT)), xlsx(TITLE, HEAD, row(MB))),
         "entries", counts(BT, MB)),
    Case("letter-of-two-sheets", "a.eml",
         _letter("Em gửi số liệu của xã Mỹ Bình",
                 pages(("BT", [TITLE, HEAD, row(BT)]), ("MB", [TITLE, HEAD, row(MB)]))), "entries", counts(BT, MB)),
    Case("letter-of-two-lines", "a.eml",
         _letter("Em gửi số liệu của xã Mỹ Bình", xlsx(TITLE, HEAD, row(BT), row(MB))), "entries", counts(BT, MB)),
    *(held(f"note-since-{i}", "a.xlsx", xlsx(*noted(text)), (OF_THE_DAY, "G3")) for i, text in enumerate(SINCE)),
    *(held(f"below-since-{i}", "a.docx", below(text), (OF_THE_DAY, None)) for i, text in enumerate(SINCE)),
    *(held(f"list-since-{i}", "a.xlsx", xlsx(*_list(text)), (OF_THE_DAY, "C7")) for i, text in enumerate(SINCE)),
    *(Case(f"note-since-not-{i}", "a.xlsx", xlsx(*noted(text)), "entries", counts(BT))
      for i, text in enumerate(NOT_SINCE)),
    *(held(f"date-beside-{i}", "a.xlsx", xlsx(*_list(YESTERDAY, head)), (DOUBTED, "C7"))
      for i, head in enumerate(("Ghi chú", "Ngày", "Thời điểm", ""))),
    *(Case(f"date-beside-not-{i}", "a.xlsx", xlsx(*_list(day, at=0)), "entries", counts(BT))
      for i, day in enumerate((TODAY, LAST_YEAR))),
    held("date-in-a-note", "a.xlsx", xlsx(TITLE, [*HEAD, "Ghi chú"], [*row(BT), YESTERDAY]), (DOUBTED, "G3")),
    held("date-in-a-note-alone", "a.xlsx", xlsx([*HEAD, "Ghi chú"], [*row(BT), YESTERDAY]), (DOUBTED, "G2")),
    Case("date-in-a-note-today", "a.xlsx", xlsx(TITLE, [*HEAD, "Ghi chú"], [*row(BT), TODAY]), "entries", counts(BT)),
]  # fmt: skip
