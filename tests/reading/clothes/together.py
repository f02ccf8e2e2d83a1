"""Another programme counted with the form's own; titles of what nobody counted that name their day as 18/8."""

from __future__ import annotations

from tests.reading.clothes.case import Case, held, hp_held
from tests.reading.clothes.letters import below, letter
from tests.reading.clothes.noted import noted
from tests.reading.clothes.tailor import BT, HEAD, TITLE, carrying, counts, pages, row, word, xlsx

DOUBTED, OTHERWISE = "figures-doubted", ("title-says-otherwise", None)
_DAY = "ngày 18/8/2020"
_OF_BLUEZONE = [*HEAD[:3], "Số người đã cài đặt Bluezone (lũy kế)", *HEAD[4:]]
COUNTED = ("BÁO CÁO KẾT QUẢ CÀI ĐẶT BLUEZONE (GỒM CẢ NCOVI)", "BÁO CÁO BLUEZONE (tính chung VssID)",
           "BÁO CÁO BLUEZONE, kể cả người cài NCOVI")  # fmt: skip
JOINED = ("BÁO CÁO CÀI ĐẶT BLUEZONE VÀ NCOVI", "KẾT QUẢ CÀI ĐẶT BLUEZONE, NCOVI", "BÁO CÁO CÀI ĐẶT NCOVI, BLUEZONE",
          "BÁO CÁO CÀI BLUEZONE + NCOVI", "BÁO CÁO CÀI ĐẶT BLUEZONE/NCOVI", "BAO CAO CAI DAT BLUEZONE VA NCOVI",
          "KẾT QUẢ CÀI ĐẶT ỨNG DỤNG BLUEZONE VÀ ỨNG DỤNG NCOVI", "KẾT QUẢ CÀI BLUEZONE VÀ CÁC APP KHÁC")  # fmt: skip
APART = ("BÁO CÁO CÀI ĐẶT BLUEZONE PHÒNG, CHỐNG DỊCH nCoV", "KẾT QUẢ CÀI ĐẶT BLUEZONE - PHÒNG CHỐNG nCoV",
         "BÁO CÁO BLUEZONE (không gồm NCOVI)", "BÁO CÁO CÀI ĐẶT BLUEZONE gửi qua Zalo",
         "BÁO CÁO CÀI ĐẶT BLUEZONE (chưa tính VssID)")  # fmt: skip
NOTES = ("gồm cả NCOVI", "Đã tính cả NCOVI", "kể cả số người cài NCOVI", "Bao gồm cả VssID", "gồm cả ứng dụng khác",
         "cộng luôn Zalo", "tính cả phần mềm NCOVI")  # fmt: skip
NO_NOTES = ("không gồm NCOVI", "chưa tính NCOVI", "Đã trừ NCOVI", "phòng chống dịch nCoV", "Báo qua Zalo",
            "NCOVI báo cáo riêng", "tuyên truyền qua Zalo, loa", "gỡ ứng dụng khác để cài")  # fmt: skip
UNREAL = ("NGƯỜI CHƯA CÀI ĐẶT 18/8", "DANH SÁCH NGƯỜI CHƯA CÀI ĐẶT 18-8", "NGƯỜI CHƯA CÀI ĐẶT 18.8.2020",
          "SỐ NGƯỜI CHƯA CÀI ĐẶT BLUEZONE 18/8/2020", "SỐ LIỆU ƯỚC TÍNH 18/8", "KẾ HOẠCH 18/8", "DỰ KIẾN 18/8",
          "SỐ LIỆU THAM KHẢO 18/8/2020", "nguoi chua cai dat 18/8")  # fmt: skip
REAL = ("Số người chưa cài đặt: 2312", "Dự kiến 21/8 đạt 60%", "Kế hoạch 45/KH-UBND ngày 12/8/2020", "Ví dụ: 5658",
        "KẾT QUẢ THỰC HIỆN KẾ HOẠCH 18/8")  # fmt: skip
_REPORT = [TITLE, HEAD, row(BT)]
_HP = (
    ["STT", "Xã, phường, thị trấn", "Dân số", "Số người đã cài đặt", "Tỷ lệ %"],
    [1, "Phường Đằng Giang", 8123, 1502, ""],
)

CASES: list[Case] = [
    *(held(f"together-title-{i}", "a.xlsx", xlsx([f"{title} {_DAY}"], HEAD, row(BT)), OTHERWISE)
      for i, title in enumerate((*COUNTED, *JOINED))),
    *(held(f"together-though-{i}", "a.xlsx", xlsx([f"{title} {_DAY}"], _OF_BLUEZONE, row(BT)), OTHERWISE)
      for i, title in enumerate(COUNTED)),
    *(Case(f"together-by-title-{i}", "a.xlsx", xlsx([f"{title} {_DAY}"], _OF_BLUEZONE, row(BT)), "entries", counts(BT))
      for i, title in enumerate(JOINED)),
    *(Case(f"together-apart-{i}", "a.xlsx", xlsx([f"{title} {_DAY}"], HEAD, row(BT)), "entries", counts(BT))
      for i, title in enumerate(APART)),
    *(held(f"together-note-{i}", "a.xlsx", xlsx(*noted(text)), (DOUBTED, "G3")) for i, text in enumerate(NOTES)),
    *(held(f"together-below-{i}", "a.docx", below(f"Ghi chú: {text}"), (DOUBTED, None))
      for i, text in enumerate(NOTES)),
    *(held(f"together-letter-{i}", "a.eml", letter(f"Số liệu {text}."), (DOUBTED, None))
      for i, text in enumerate(NOTES)),
    *(Case(f"together-note-none-{i}", "a.xlsx", xlsx(*noted(text)), "entries", counts(BT))
      for i, text in enumerate(NO_NOTES)),
    *(Case(f"together-letter-none-{i}", "a.eml", letter(f"Số liệu {text}."), "entries", counts(BT))
      for i, text in enumerate(NO_NOTES)),
    Case("together-two-columns", "a.xlsx",
         xlsx([f"{JOINED[0]} {_DAY}"], [*_OF_BLUEZONE, "Số người đã cài NCOVI"], [*row(BT), 120]), "entries",
         counts(BT)),
    Case("together-by-subject", "a.eml", carrying("bc.xlsx", xlsx(*_REPORT), "Báo cáo Bluezone và NCOVI"), "entries",
         counts(BT)),
    Case("together-two-reports", "a.eml", letter("Xã gửi báo cáo Bluezone và báo cáo NCOVI."), "entries", counts(BT)),
    hp_held("together", "a.xlsx", xlsx([f"{JOINED[0]} {_DAY}"], *_HP), OTHERWISE),
    *(held(f"unreal-of-a-day-{i}", "a.xlsx", xlsx([title], HEAD, row(BT)), OTHERWISE)
      for i, title in enumerate(UNREAL)),
    *(held(f"unreal-of-a-day-in-word-{i}", "a.docx", word(HEAD, row(BT), titles=(title,)), OTHERWISE)
      for i, title in enumerate(UNREAL)),
    held("unreal-of-a-day-by-sheet", "a.xlsx", pages(("Người chưa cài đặt 18-8", _REPORT)), OTHERWISE),
    hp_held("unreal-of-a-day", "a.xlsx", xlsx([UNREAL[0]], *_HP), OTHERWISE),
    *(Case(f"real-of-a-day-{i}", "a.xlsx", xlsx([title], *_REPORT), "entries", counts(BT))
      for i, title in enumerate(REAL)),
]  # fmt: skip
