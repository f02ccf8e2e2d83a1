"""Whole notes, brackets and headings of lists that give the figures to another day or to nobody; days of folders."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.noted import noted
from tests.reading.clothes.tailor import BT, HEAD, TITLE, Rows, carrying, counts, ods, row, vertical, xlsx
from tests.reading.writers import as_zip

DOUBTED, PROVISIONAL = "figures-doubted", "figures-provisional"
OF_A_DAY = ("17/8", "đến 17/8", "tính đến 16h 17/8", "chốt 17/8", "Báo cáo ngày 17/8", "Số liệu tối 17/8", "hôm qua",
            "2020-08-17")  # fmt: skip
DOUBTS = ("giữ nguyên", "như cũ", "?", "cần xác minh", "Không chính xác", "nhập tạm", "cho có", "3/5 ấp", "Chỉ có ấp 1",
          "ấp 3 chưa", "443 -> 453", "đính chính 453", "thực: 453", "lũy kế tuần", "chỉ tiêu giao", "ước đến 20/8",
          "số trạm y tế", "của dòng dưới", "copy hôm qua", "làm tròn")  # fmt: skip
NO_DOUBTS = ("18/8", "18/8/2020", "cập nhật 16h 18/8", "5/5 ấp", "Có 5 ấp", "Đã kiểm tra", "Chính xác", "Chưa đạt",
             "Vượt chỉ tiêu", "Đạt 8/11", "Dân số 1/4/2019", "Ấp 3 cao nhất", "Báo cáo lần 2")  # fmt: skip
ASIDES = (
    "(chưa đầy đủ)",
    "(số liệu cũ)",
    "(test)",
    "(hủy)",
    "(sai)",
    "- bản sai",
    "- bản cũ",
    "(hết hiệu lực)",
)
NO_ASIDES = ("(đã duyệt)", "(lần cuối)", "(sửa)", "(gửi lại)", "- đã sửa", "- xã Bình Thành")
OVER = ("Hôm qua", "Xã Mỹ Bình", "17/8", "Lũy kế đến 17/8", "Kế hoạch", "Chỉ tiêu giao", "Trong ngày", "Dự kiến",
        "Tháng 7", "Ấp 1", "Nữ", "Tỷ lệ", "Đoàn viên")  # fmt: skip
NOT_OVER = ("Số liệu", "Kết quả đạt được", "Xã Bình Thành", "", "18/8", "Lũy kế đến 18/8", "Hôm nay", "Toàn xã",
            "Số lượng (người)", "Tổng cộng", "(1)", "UBND xã")  # fmt: skip
TITLES = ("BÁO CÁO ĐOÀN VIÊN THANH NIÊN CÀI ĐẶT BLUEZONE 18/8", "THỐNG KÊ SỐ LIỆU CÔNG NHÂN CÀI BLUEZONE 18/8",
          "DANH SÁCH ĐĂNG KÝ CÀI ĐẶT ngày 18/8/2020", "KẾT QUẢ RÀ SOÁT NGƯỜI CHƯA CÀI ĐẶT, ngày 18/8/2020")  # fmt: skip
NO_TITLES = ("BÁO CÁO KẾT QUẢ VẬN ĐỘNG ĐOÀN VIÊN, HỘI VIÊN CÀI ĐẶT BLUEZONE 18/8",
             "KẾT QUẢ HỌC SINH VÀ NGƯỜI DÂN CÀI ĐẶT BLUEZONE 18/8")  # fmt: skip


def _list(head: str, note: Any = None) -> Rows:
    """Return a form that runs down, a heading over its figures, a note beside one of them."""
    above, lines = vertical(BT)[:3], vertical(BT)[4:]
    if note is None:
        return [*above, ["Chỉ tiêu", head], *lines]
    noted_lines = [[*one, note if i == 2 else ""] for i, one in enumerate(lines)]
    return [*above, ["Chỉ tiêu", "Số liệu", head], *noted_lines]


CASES: list[Case] = [
    *(held(f"whole-note-{i}", "a.xlsx", xlsx(*noted(text)), (DOUBTED, "G3"))
      for i, text in enumerate((*OF_A_DAY, *DOUBTS))),
    *(held(f"whole-note-of-a-list-{i}", "a.ods", ods(*_list("Ghi chú", text)), (DOUBTED, "C7"))
      for i, text in enumerate((*OF_A_DAY, *DOUBTS))),
    *(Case(f"whole-note-none-{i}", "a.xlsx", xlsx(*noted(text)), "entries", counts(BT))
      for i, text in enumerate(NO_DOUBTS)),
    *(Case(f"whole-note-of-a-list-none-{i}", "a.ods", ods(*_list("Ghi chú", text)), "entries", counts(BT))
      for i, text in enumerate(NO_DOUBTS)),
    *(Case(f"day-beside-a-list-{i}", "a.ods", ods(*_list(head, date(2020, 8, 18))), "entries", counts(BT))
      for i, head in enumerate(("Ngày", "Ghi chú"))),
    *(held(f"aside-in-a-title-{i}", "a.xlsx", xlsx([f"{TITLE[0]} {text}"], HEAD, row(BT)), (DOUBTED, None))
      for i, text in enumerate(ASIDES)),
    *(held(f"aside-in-a-name-{i}", f"BC 18-8 {text}.xlsx", xlsx(TITLE, HEAD, row(BT)), (DOUBTED, None))
      for i, text in enumerate(ASIDES)),
    *(held(f"aside-in-a-subject-{i}", "a.eml", carrying("bc.xlsx", xlsx(TITLE, HEAD, row(BT)), f"BC Bluezone {text}"),
           (DOUBTED, None)) for i, text in enumerate(ASIDES)),
    *(Case(f"aside-none-{i}", f"BC 18-8 {text}.xlsx", xlsx([f"{TITLE[0]} {text}"], HEAD, row(BT)), "entries",
           counts(BT)) for i, text in enumerate(NO_ASIDES)),
    Case("aside-of-a-commune", "a.xlsx", xlsx(["UBND XÃ BÌNH THÀNH (CŨ)"], TITLE, HEAD, row(BT)), "entries",
         counts(BT)),
    Case("aside-provisional", "a.xlsx", xlsx([f"{TITLE[0]} (tạm tính)"], HEAD, row(BT)), "entries", counts(BT),
         ((PROVISIONAL, None),)),
    *(held(f"over-a-list-{i}", "a.xlsx", xlsx(*_list(head)), (DOUBTED, "B4")) for i, head in enumerate(OVER)),
    *(Case(f"over-a-list-none-{i}", "a.xlsx", xlsx(*_list(head)), "entries", counts(BT))
      for i, head in enumerate(NOT_OVER)),
    *(held(f"title-of-others-{i}", "a.xlsx", xlsx([title], HEAD, row(BT)), ("title-says-otherwise", "A1"))
      for i, title in enumerate(TITLES)),
    *(Case(f"title-of-others-none-{i}", "a.xlsx", xlsx([title], HEAD, row(BT)), "entries", counts(BT))
      for i, title in enumerate(NO_TITLES)),
    held("folder-of-yesterday", "a.zip", lambda: as_zip([("17-8/bt.xlsx", xlsx(["BÁO CÁO"], HEAD, row(BT))())]),
         ("wrong-day", None)),
    Case("folder-of-yesterday-table-of-today", "a.zip",
         lambda: as_zip([("17-8/bt.xlsx", xlsx(TITLE, HEAD, row(BT))())]), "entries", counts(BT)),
]  # fmt: skip
