"""Another commune's place beside the day, a district's population, recipients below a table; installed with success."""

from __future__ import annotations

from typing import Any

from tests.reading.clothes.case import Case, held, hp, hp_held
from tests.reading.clothes.tailor import (
    BT,
    HEAD,
    HP_HEAD,
    TITLE,
    D,
    Rows,
    counts,
    ods,
    of_hp,
    row,
    sums,
    vertical,
    word,
    xls,
    xlsx,
)

DOUBTED, ELSEWHERE = "figures-doubted", ("unit-contradiction", None)
_DAY = ", ngày 18 tháng 8 năm 2020"
_HP = [1, "Phường Đằng Giang", 8123, 1502, ""]
_OF_HP = of_hp(u11359=(8123, 1502))
PLACES = ("Mỹ Bình", "Xã Mỹ Bình", "Đông Thành", "My Binh", "Bình Hòa Nam")
OWN_PLACES = (
    "Bình Thành",
    "Xã Bình Thành",
    "Đức Huệ",
    "Huyện Đức Huệ",
    "Long An",
    "Tân An",
    "........",
    "Binh Thanh",
)
HP_PLACES, HP_OWN_PLACES = ("Lê Lợi", "An Hoà", "Minh Tân"), ("Đằng Giang", "Ngô Quyền", "Hải Phòng")
OF_DISTRICT = ("Dân số toàn huyện", "DÂN SỐ TOÀN HUYỆN (người)", "Tong dan so toan huyen")
OF_COMMUNE = ("Dân số toàn xã", "Tổng dân số trên địa bàn", "Dân số toàn phường")
WITH_SUCCESS = ("Số người cài đặt thành công", "Số người đã cài đặt thành công (lũy kế)", "Đã cài đặt thành công",
                "Số người đã cài thành công Bluezone", "Số người cài đặt ứng dụng thành công",
                "Người dân đã cài đặt thành công", "Số lượng đã cài đặt thành công",
                "So nguoi cai dat thanh cong")  # fmt: skip
WITHOUT = tuple((head, "heading-not-understood") for head in (
    "Số người cài đặt không thành công", "Số người chưa cài đặt thành công",
    "Số người cài đặt thành công trong ngày"))  # fmt: skip
RECIPIENTS: tuple[Rows, ...] = (
    [["Nơi nhận:"], ["- UBND huyện;"], ["- Xã Mỹ Bình;"], ["- Lưu: VT."]],
    [["Nơi nhận:"], ["- UBND xã Mỹ Bình;"]],
    [["Noi nhan"], ["- Thị trấn Đông Thành"]],
    [["Nơi nhận: - Như trên;"], ["Xã Mỹ Bình"]],
    [["Nơi nhận:", "", "", "KT. CHỦ TỊCH"], ["- Xã Mỹ Bình", "", "", "PHÓ CHỦ TỊCH"]],
)


def _signed(place: str) -> list[Any]:
    return ["UBND XÃ BÌNH THÀNH", "", "", f"{place}{_DAY}"]


def _head(column: int, text: str) -> list[Any]:
    return [*HEAD[:column], text, *HEAD[column + 1 :]]


CASES: list[Case] = [
    *(held(f"signed-elsewhere-{i}", "a.xlsx", xlsx(_signed(place), TITLE, HEAD, row(BT)), ELSEWHERE)
      for i, place in enumerate(PLACES)),
    *(held(f"signed-elsewhere-below-{i}", "a.xlsx", xlsx(TITLE, HEAD, row(BT), ["", "", "", f"{place}{_DAY}"]),
           ELSEWHERE) for i, place in enumerate(PLACES)),
    held("signed-elsewhere-in-word", "a.docx", word(HEAD, row(BT), titles=(f"Mỹ Bình{_DAY}", *TITLE)), ELSEWHERE,
         says=("dòng địa danh, ngày tháng ghi “Mỹ Bình”",)),
    held("signed-elsewhere-list", "a.ods", ods([f"Mỹ Bình{_DAY}"], *vertical(BT)), ELSEWHERE),
    *(Case(f"signed-at-home-{i}", "a.xlsx", xlsx(_signed(place), TITLE, HEAD, row(BT)), "entries", counts(BT))
      for i, place in enumerate(OWN_PLACES)),
    *(Case(f"signed-at-home-below-{i}", "a.xlsx", xlsx(TITLE, HEAD, row(BT), ["", "", "", f"{place}{_DAY}"]),
           "entries", counts(BT)) for i, place in enumerate(OWN_PLACES)),
    Case("signed-list-of-two", "a.xlsx", xlsx(TITLE, HEAD, row(BT), row(D), ["", "", "", f"Mỹ Bình{_DAY}"]),
         "entries", counts(BT, D)),
    *(hp_held(f"signed-elsewhere-{i}", "a.xlsx", xlsx([f"{place}{_DAY}"], TITLE, HP_HEAD, _HP), ELSEWHERE)
      for i, place in enumerate(HP_PLACES)),
    *(hp(f"signed-at-home-{i}", "a.xlsx", xlsx([f"{place}{_DAY}"], TITLE, HP_HEAD, _HP), "entries", values=_OF_HP)
      for i, place in enumerate(HP_OWN_PLACES)),
    *(held(f"of-the-district-{i}", "a.xlsx", xlsx(TITLE, _head(1, head), row(BT)), (DOUBTED, "B2"))
      for i, head in enumerate(OF_DISTRICT)),
    held("of-the-district-in-word", "a.docx", word(_head(1, OF_DISTRICT[0]), row(BT)), (DOUBTED, None)),
    held("of-the-district-list", "a.xlsx",
         xlsx(*[[one[0].replace("Dân số", "Dân số toàn huyện"), *one[1:]] for one in vertical(BT)]),
         (DOUBTED, "A5")),
    hp_held("of-the-district", "a.xlsx", xlsx(TITLE, [*HP_HEAD[:2], OF_DISTRICT[0], *HP_HEAD[3:]], _HP),
            (DOUBTED, "C2")),
    hp("of-a-district-that-reports", "a.xlsx",
       xlsx(TITLE, [*HP_HEAD[:2], OF_DISTRICT[0], *HP_HEAD[3:]], [1, "Huyện Bạch Long Vĩ", 623, 102, ""]), "entries",
       values=of_hp(u318=(623, 102))),
    *(Case(f"of-the-commune-{i}", "a.xlsx", xlsx(TITLE, _head(1, head), row(BT)), "entries", counts(BT))
      for i, head in enumerate(OF_COMMUNE)),
    *(Case(f"with-success-{i}", "a.xlsx", xlsx(TITLE, _head(3, head), row(BT)), "entries", counts(BT))
      for i, head in enumerate(WITH_SUCCESS)),
    Case("with-success-staff", "a.xlsx", xlsx(TITLE, _head(5, "Số CBCCVC, NLĐ đã cài đặt thành công"), row(BT)),
         "entries", counts(BT)),
    *(held(f"without-success-{i}", "a.xlsx", xlsx(TITLE, _head(3, head), row(BT)), (code, None))
      for i, (head, code) in enumerate(WITHOUT)),
    *(Case(f"recipients-{i}", "a.xlsx", xlsx(TITLE, HEAD, row(BT), [], *below), "entries", counts(BT))
      for i, below in enumerate(RECIPIENTS)),
    *(Case(f"recipients-right-below-{i}", "a.ods", ods(TITLE, HEAD, row(BT), *below), "entries", counts(BT))
      for i, below in enumerate(RECIPIENTS)),
    *(Case(f"recipients-below-a-sum-{i}", "a.xls",
           xls(TITLE, HEAD, row(BT), row(D), sums("Tổng", BT, D), [], *below), "entries", counts(BT, D))
      for i, below in enumerate(RECIPIENTS)),
    Case("signed-by-an-agency", "a.xlsx",
         xlsx([f"Đông Thành{_DAY}"], TITLE, ["Đơn vị", *HEAD[4:]], ["Phòng Giáo dục và Đào tạo", 12, 11]), "entries",
         {"801-GDDT": {"staff": 12, "staff_installs": 11}}),
    held("no-recipient", "a.xlsx", xlsx(TITLE, HEAD, row(BT), ["Xã Mỹ Bình"]), ("missing-figure", None),
         values=counts(BT)),
]  # fmt: skip
