"""Submissions of another district, city or mailbox, where a commune has the same name."""

from __future__ import annotations

from tests.reading.clothes.case import Case, held, hp, hp_held
from tests.reading.clothes.tailor import (
    BT,
    HEAD,
    HP_HEAD,
    TITLE,
    E,
    carrying,
    counts,
    csv,
    mail,
    ods,
    of_hp,
    row,
    vertical,
    word,
    xls,
    xlsx,
)

_REPORT = [TITLE, HEAD, row(BT)]
_OTHER = ("unit-contradiction", None)
_HP_ROW = [1, "Phường Máy Chai", 9000, 1200, "13,33%"]
_HP_READ = of_hp(u11329=(9000, 1200))


def _below(name: str, title: str) -> Case:
    return Case(f"title-of-its-own-{name}", "a.xlsx", xlsx([title], *_REPORT), "entries", counts(BT))


CASES: list[Case] = [
    held("letterhead-of-another-district", "a.xls", xls(["UBND HUYỆN ĐỨC HÒA"], *_REPORT),
         ("unit-contradiction", "A4")),
    held("letterhead-without-marks", "a.csv", csv(["UBND HUYEN THANH HOA"], HEAD, row(BT)), _OTHER),
    held("letterhead-of-two", "a.docx",
         word(HEAD, row(BT), titles=("ỦY BAN NHÂN DÂN HUYỆN BẾN LỨC", "UBND XÃ BÌNH THÀNH")), _OTHER),
    held("title-of-another-district", "a.ods",
         ods(["Kết quả cài đặt Bluezone xã Bình Thành, huyện Đức Hòa ngày 18/8/2020"], HEAD, row(BT)), _OTHER),
    held("city-in-title", "a.xlsx", xlsx(["Trên địa bàn thành phố Tân An"], *_REPORT), _OTHER),
    held("letterhead-of-another-province", "a.xlsx", xlsx(["TỈNH TÂY NINH"], ["UBND XÃ BÌNH THÀNH"], *_REPORT), _OTHER),
    held("province-in-title", "a.docx",
         word(HEAD, row(BT), titles=("Kết quả xã Bình Thành, tỉnh Đồng Tháp ngày 18/8/2020",)), _OTHER),
    held("district-beside-its-label", "a.xlsx", xlsx(["Huyện:", "Mộc Hóa"], *vertical(BT)), ("unknown-unit", "B1")),
    held("district-in-its-column", "a.xlsx",
         xlsx(TITLE, ["Huyện", *HEAD], ["Đức Hòa", *row(BT)], ["Đức Huệ", *row(E)]),
         ("unknown-unit", "A3"), values=counts(E)),
    hp_held("letterhead-of-a-sister", "a.xlsx", xlsx(["UBND QUẬN LÊ CHÂN"], TITLE, HP_HEAD, _HP_ROW), _OTHER),
    hp_held("letterhead-of-a-province", "a.xlsx", xlsx(["TỈNH HẢI DƯƠNG"], TITLE, HP_HEAD, _HP_ROW), _OTHER),
    hp("letterhead-of-its-own", "a.xlsx",
       xlsx(["UBND THÀNH PHỐ HẢI PHÒNG"], ["UBND QUẬN NGÔ QUYỀN"], TITLE, HP_HEAD, _HP_ROW), "entries",
       values=_HP_READ),
    _below("letterhead", "UBND HUYỆN ĐỨC HUỆ"),
    _below("slip", "UBND HUYỆN ĐỨC HUÊ"),
    _below("province", "XÃ BÌNH THÀNH - HUYỆN ĐỨC HUỆ - TỈNH LONG AN"),
    _below("own-province", "ỦY BAN NHÂN DÂN TỈNH LONG AN"),
    _below("office", "UBND HUYỆN PHÒNG VĂN HÓA VÀ THÔNG TIN"),
    _below("party", "HUYỆN ỦY ĐỨC HUỆ"),
    _below("basis", "Thực hiện Công văn số 4937 của UBND thành phố Tân An"),
    Case("subject-of-another", "a.eml", mail(HEAD, row(BT), subject="Bluezone xã Mỹ Bình ngày 18/8/2020"), "entries",
         counts(BT), (("unit-differs", None),)),
    Case("subject-of-another-with-file", "a.eml",
         carrying("bc.xlsx", xlsx(*_REPORT), subject="Báo cáo xã Mỹ Bình"), "entries", counts(BT),
         (("unit-differs", None),)),
]  # fmt: skip
