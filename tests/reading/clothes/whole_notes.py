"""Notes of few words: figures like another commune's, of a later day, elsewhere; when they were brought up to date."""

from __future__ import annotations

from datetime import date, datetime, time

from tests.reading.clothes.case import Case, held, hp, hp_held
from tests.reading.clothes.letters import letter
from tests.reading.clothes.noted import noted
from tests.reading.clothes.tailor import (
    BT,
    HEAD,
    HP_HEAD,
    TITLE,
    D,
    Rows,
    counts,
    mail,
    ods,
    of_hp,
    row,
    vertical,
    word,
    xlsx,
)

DOUBTED = "figures-doubted"
LIKE = ("giống Mỹ Bình", "Giống xã Mỹ Bình", "như Mỹ Bình", "số liệu của Mỹ Bình", "Số liệu Mỹ Bình", "của Mỹ Bình",
        "Gồm cả Mỹ Bình", "cộng luôn Mỹ Bình", "copy Mỹ Bình", "lấy theo Mỹ Bình", "trùng với Mỹ Bình",
        "y như Đông Thành", "giong My Binh", "số của Bình Hòa Nam")  # fmt: skip
LIKE_NONE = ("Số liệu Bình Thành", "của xã", "tăng như Mỹ Bình", "Cách làm giống Mỹ Bình", "như kế hoạch đề ra",
             "theo chỉ đạo huyện", "Giáp Mỹ Bình", "So với Mỹ Bình cao hơn", "Số liệu Bình Thành đã duyệt",
             "Cùng Mỹ Bình tuyên truyền", "Số liệu chính thức", "Tính chung cả xã", "Số liệu Mỹ Bình gửi sau",
             "gồm cả người dân tạm trú")  # fmt: skip
LATER = ("đến ngày 20/8", "đến 20/8/2020", "tính đến 21/8", "chốt 19/8", "17/8/2020 16:30",
         "17/8 16h")  # fmt: skip
LATER_NONE = ("Phấn đấu đến 21/8 đạt 60%", "Hạn 20/8", "21/8", "Hoàn thành trước 20/8", "đến ngày 18/8", "18/8 14h30",
              "Tập huấn ngày 20/8", "cập nhật 14:30 18/8/2020", "Điều tra 1/4/2019")  # fmt: skip
SEE = ("xem file kèm", "Xem file đính kèm", "xem tệp kèm theo", "(xem sheet 2)", "Số liệu xem phụ lục",
       "xem bảng dưới", "xem bên dưới", "theo file đính kèm", "Số liệu ở file kèm theo", "như bảng dưới",
       "xem báo cáo kèm theo")  # fmt: skip
SEE_NONE = ("Có danh sách kèm theo", "Xem danh sách kèm theo", "Chi tiết xem file kèm", "Chi tiết theo phụ lục",
            "Theo báo cáo của công an", "Theo biểu mẫu", "Theo công văn 1523", "xem hướng dẫn",
            "Có biên bản kèm theo", "Theo dõi hàng ngày", "Bảng kê khai đầy đủ")  # fmt: skip
UPDATED = (
    "Cập nhật",
    "Ngày cập nhật",
    "Thời gian cập nhật",
    "Cập nhật lần cuối",
    "Ngày lấy số liệu",
    "Cap nhat",
)
YESTERDAY = ("17/8/2020", date(2020, 8, 17), datetime.combine(date(2020, 8, 17), time(16, 30)), "16h30 17/8")
TODAY = (
    "18/8/2020",
    date(2020, 8, 18),
    datetime.combine(date(2020, 8, 18), time(14)),
    "14h",
    "x",
    "Đã cập nhật",
)
OTHERS = ("giống Lê Lợi", "của Minh Tân", "như phường Lê Lợi", "xem file kèm", "đến 20/8")


def _list(note: str) -> Rows:
    """Return a form that runs down, with a note beside one of its figures."""
    rows = vertical(BT)
    lines = [[*line, note if i == 2 else ""] for i, line in enumerate(rows[4:])]
    return [*rows[:3], ["Chỉ tiêu", "Số liệu", "Ghi chú"], *lines]


def _of_hp(note: str) -> Rows:
    return [TITLE, [*HP_HEAD, "Ghi chú"], [1, "Phường Đằng Giang", 8123, 1502, "", note]]


def _dated(note: str, day: str) -> Rows:
    return [["BÁO CÁO"], ["Ngày", *HEAD, "Ghi chú"], [day, *row(BT), note]]


_DOUBTS, _NONE = (*LIKE, *LATER, *SEE), (*LIKE_NONE, *LATER_NONE, *SEE_NONE)
CASES: list[Case] = [
    *(held(f"note-doubts-{i}", "a.xlsx", xlsx(*noted(text)), (DOUBTED, "G3")) for i, text in enumerate(_DOUBTS)),
    *(held(f"note-of-a-list-doubts-{i}", "a.ods", ods(*_list(text)), (DOUBTED, "C7"))
      for i, text in enumerate((*LATER, *SEE))),
    *(Case(f"note-doubts-none-{i}", "a.xlsx", xlsx(*noted(text)), "entries", counts(BT))
      for i, text in enumerate(_NONE)),
    *(Case(f"note-of-a-list-doubts-none-{i}", "a.ods", ods(*_list(text)), "entries", counts(BT))
      for i, text in enumerate(_NONE)),
    *(hp_held(f"note-doubts-{i}", "a.xlsx", xlsx(*_of_hp(text)), (DOUBTED, "F3")) for i, text in enumerate(OTHERS)),
    hp("note-of-its-district", "a.xlsx", xlsx(*_of_hp("giống Ngô Quyền")), "entries",
       values=of_hp(u11359=(8123, 1502))),
    *(held(f"like-another-below-{i}", "a.xlsx", xlsx(TITLE, HEAD, row(BT), [text]), (DOUBTED, "A4"))
      for i, text in enumerate(("Số liệu của Mỹ Bình", "Gồm cả Mỹ Bình"))),
    held("like-another-in-a-letter", "a.eml", letter("Số liệu của Mỹ Bình."), (DOUBTED, None)),
    held("like-another-in-word", "a.docx", word(*noted(LIKE[0])[1:]), (DOUBTED, None)),
    *(held(f"brought-up-{i}-{k}", "a.xlsx", xlsx(TITLE, [*HEAD, head], [*row(BT), day]), (DOUBTED, "G3"))
      for i, head in enumerate(UPDATED) for k, day in enumerate(YESTERDAY)),
    *(Case(f"brought-up-today-{i}-{k}", "a.xlsx", xlsx(TITLE, [*HEAD, head], [*row(BT), day]), "entries", counts(BT))
      for i, head in enumerate(UPDATED) for k, day in enumerate(TODAY)),
    held("brought-up-one-of-two", "a.xlsx",
         xlsx(TITLE, [*HEAD, "Cập nhật"], [*row(BT), "17/8"], [*row(D), "18/8"]), (DOUBTED, "G3"), values=counts(D)),
    held("brought-up-in-a-body", "a.eml", mail([*HEAD, "Cập nhật"], [*row(BT), "17/8/2020"]),
         ("wrong-day", None), ("day-differs", None)),
    held("brought-up-in-a-list", "a.xlsx",
         xlsx(*vertical(BT)[:3], ["Cập nhật:", date(2020, 8, 17)], *vertical(BT)[3:]), (DOUBTED, "B4")),
    held("brought-up-below", "a.xlsx", xlsx(TITLE, HEAD, row(BT), ["Cập nhật:", date(2020, 8, 17)]),
         ("day-contradiction", None), ("wrong-day", None)),
    Case("brought-up-below-today", "a.xlsx", xlsx(TITLE, HEAD, row(BT), ["Cập nhật:", date(2020, 8, 18)]), "entries",
         counts(BT)),
    *(held(f"note-beside-a-day-{i}", "a.xlsx", xlsx(*_dated(text, "18/8/2020")), (DOUBTED, "H3"))
      for i, text in enumerate(("như cũ", "giống Mỹ Bình"))),
    *(Case(f"note-beside-a-day-none-{i}", "a.xlsx", xlsx(*_dated(text, "18/8/2020")), "entries", counts(BT))
      for i, text in enumerate(("18/8", "đã kiểm tra"))),
]  # fmt: skip
