"""Titles, names of sheets and files, and subjects that say that the report is not to be used."""

from __future__ import annotations

from tests.reading.clothes.case import Case, held, hp_held
from tests.reading.clothes.letters import letter
from tests.reading.clothes.tailor import (
    BT,
    HEAD,
    HP_HEAD,
    PDF_HEAD,
    TITLE,
    carrying,
    counts,
    pages,
    pdf,
    row,
    word,
    xlsx,
)

DOUBTED = "figures-doubted"
_T = "BÁO CÁO KẾT QUẢ CÀI ĐẶT BLUEZONE"
_OF_DAY = f"{_T} ngày 18/8/2020"
TITLES = (f"{_OF_DAY} KHÔNG DÙNG", f"{_OF_DAY} - HỦY", f"{_OF_DAY} bản nháp", f"{_OF_DAY} đã hủy")
ABOVE = (f"{_T} KHÔNG DÙNG", f"KHÔNG DÙNG - {_T}", f"KHÔNG DÙNG: {_T}", f"[KHÔNG DÙNG] {_T}", f"{_T} – không dùng",
         f"{_T} *KHÔNG DÙNG*", f"{_T} đã hủy bỏ", f"[TEST] {_T}", f"BẢN NHÁP: {_T}", f"{_T} hết hiệu lực",
         "BC Bluezone bản sai", f"{_T} | không dùng nữa", "KHÔNG DÙNG", "Không sử dụng", "Không dùng bảng này",
         "Đừng dùng bảng này", "khong dung", "KHÔNG TÍNH")  # fmt: skip
SHEETS = ("KHÔNG DÙNG", "không sử dụng", "TEST", "Bản hủy")
FILES = ("KHÔNG DÙNG bc 18-8", "bc 18-8 KHÔNG DÙNG", "BC Bluezone 18-8 - không dùng", "BC_Bluezone_18-8_khong_dung",
         "[Hủy] bc 18-8")  # fmt: skip
SUBJECTS = ("Báo cáo Bluezone KHÔNG DÙNG", "[Hủy] Báo cáo Bluezone", "KHÔNG DÙNG: BC Bluezone")
CLEAR = (f"{_T} - xã Bình Thành", f"XÃ BÌNH THÀNH - {_T}", f"{_T} [xã Bình Thành]", f"Mẫu 1: {_T}", f"{_T} - lần 2",
         f"{_T} (không tính người dưới 6 tuổi)", f"{_T} VÀ THANH TOÁN KHÔNG DÙNG TIỀN MẶT",
         "Người dân không dùng điện thoại thông minh không tính",
         "Ghi chú: người không dùng smartphone đã trừ khỏi số điện thoại thông minh",
         "* Số người không sử dụng điện thoại thông minh không thống kê *")  # fmt: skip
LETTERS = ("Nhiều người dân có điện thoại nhưng không sử dụng.", "Ứng dụng cài rồi nhưng người dân không dùng.",
           "Bản gửi sáng nay không dùng, đây là bản đúng.",
           "Xã gửi lại báo cáo ngày 18/8, bản hôm qua không dùng.")  # fmt: skip
_REPORT = [TITLE, HEAD, row(BT)]

CASES: list[Case] = [
    *(held(f"void-title-{i}", "a.xlsx", xlsx([title], HEAD, row(BT)), (DOUBTED, "A1"))
      for i, title in enumerate(TITLES)),
    *(held(f"void-above-{i}", "a.xlsx", xlsx([title], *_REPORT), (DOUBTED, "A1")) for i, title in enumerate(ABOVE)),
    *(held(f"void-sheet-{i}", "a.xlsx", pages((name, _REPORT)), (DOUBTED, None)) for i, name in enumerate(SHEETS)),
    *(held(f"void-file-{i}", f"{name}.xlsx", xlsx(*_REPORT), (DOUBTED, None)) for i, name in enumerate(FILES)),
    *(held(f"void-subject-{i}", "a.eml", carrying("bc.xlsx", xlsx(*_REPORT), subject), (DOUBTED, None))
      for i, subject in enumerate(SUBJECTS)),
    held("void-in-word", "a.docx", word(HEAD, row(BT), titles=(*TITLE, "KHÔNG DÙNG")), (DOUBTED, None)),
    held("void-in-pdf", "a.pdf", pdf(PDF_HEAD, row(BT), titles=(TITLES[0],)), (DOUBTED, None)),
    hp_held("void", "a.xlsx", xlsx([ABOVE[0]], TITLE, HP_HEAD, [1, "Phường Đằng Giang", 8123, 1502, ""]),
            (DOUBTED, "A1")),
    *(Case(f"void-none-{i}", "a.xlsx", xlsx([title], *_REPORT), "entries", counts(BT))
      for i, title in enumerate(CLEAR)),
    *(Case(f"void-none-of-day-{i}", "a.xlsx", xlsx([f"{_OF_DAY} {words}"], HEAD, row(BT)), "entries", counts(BT))
      for i, words in enumerate(("của UBND xã", "(đã kiểm tra)", "tính đến 14 giờ", "đã ký duyệt"))),
    *(Case(f"void-letter-none-{i}", "a.eml", letter(text), "entries", counts(BT)) for i, text in enumerate(LETTERS)),
]  # fmt: skip
