"""A school's, a health station's or a hamlet's own report, in which the commune's name stands; titles of one day."""

from __future__ import annotations

from collections.abc import Callable

from tests.reading.clothes.case import Case, held, hp_held
from tests.reading.clothes.tailor import (
    BT,
    COUNTS,
    HEAD,
    HP_HEAD,
    TITLE,
    Rows,
    carrying,
    counts,
    csv,
    mail,
    ods,
    pdf,
    row,
    vertical,
    word,
    xls,
    xlsx,
)

UNKNOWN, OF_THE_DAY = "unknown-unit", "increase-or-sum"
BODIES = (
    "Trường Tiểu học Bình Thành",
    "Trạm Y tế xã Bình Thành",
    "Công an xã Bình Thành",
    "Hội LHPN xã Bình Thành",
    "Đảng ủy xã Bình Thành",
    "Ban CHQS xã Bình Thành",
    "Ấp 2, xã Bình Thành",
    "Ấp Bình Hữu - Xã Bình Thành",
    "UBMTTQ xã Bình Thành",
    "Khối trường học xã Bình Thành",
    "HTX Bình Thành",
)
OFFICES = (
    "UBND xã Bình Thành",
    "Ban Chỉ đạo phòng, chống dịch xã Bình Thành",
    "HĐND - UBND - UBMTTQ xã Bình Thành",
    "Văn phòng UBND xã Bình Thành",
    "Xã Bình Thành",
)
OF_ONE_DAY = (
    "KẾT QUẢ CÀI ĐẶT BLUEZONE TRONG NGÀY 18/8/2020",
    "SỐ CÀI ĐẶT MỚI NGÀY 18/8/2020",
    "BÁO CÁO SỐ LƯỢNG TĂNG THÊM NGÀY 18/8/2020",
    "KẾT QUẢ CÀI ĐẶT TỪ NGÀY 17/8 ĐẾN NGÀY 18/8/2020",
    "Bluezone từ 16h ngày 17 đến 16h ngày 18/8",
)
OF_ALL = (
    "BÁO CÁO HÀNG NGÀY BLUEZONE (ngày 18/8/2020)",
    "KẾT QUẢ CÀI ĐẶT LŨY KẾ TỪ NGÀY 17/8/2020 ĐẾN NGÀY 18/8/2020",
    "KẾT QUẢ CÀI ĐẶT TỪ NGÀY 10/8 ĐẾN NGÀY 18/8/2020",
    "KẾT QUẢ TRIỂN KHAI TRONG NGÀY 18/8/2020",
)
_NAMES = ["Dân số", "Số người dùng điện thoại thông minh", "Số người đã cài đặt", *HEAD[4:]]


def _list(unit: str, *above: str) -> Rows:
    """Return a form that runs down and names its sender above."""
    lines = [list(one) for one in zip(_NAMES, COUNTS[BT], strict=True)]
    return [*([text] for text in above), TITLE, ["Đơn vị: " + unit], ["Nội dung", "Số liệu"], *lines]


def _titled(*above: str) -> Rows:
    return [*([text] for text in above), TITLE, *_list("")[2:]]


def _in(i: int, rows: Rows) -> tuple[str, Callable[[], bytes]]:
    made = (("a.xls", xls), ("a.ods", ods), ("a.csv", csv), ("a.xlsx", xlsx))
    name, content = made[i % len(made)]
    return name, content(*rows)


def _open(title: str) -> Rows:
    """Return a table whose headings do not say that it counts to date."""
    heads = [*HEAD[:3], "Số người đã cài đặt", *HEAD[4:]]
    return [[title], heads, row(BT)]


CASES: list[Case] = [
    *(
        held(f"body-in-a-list-{i}", *_in(i, _list(name)), (UNKNOWN, None), says=("không có trong danh sách",))
        for i, name in enumerate(BODIES)
    ),
    *(held(f"body-in-a-title-{i}", *_in(i, _titled(name.upper())), (UNKNOWN, None)) for i, name in enumerate(BODIES)),
    *(held(f"body-in-a-row-{i}", *_in(i, [TITLE, HEAD, row(BT, name=name)]), (UNKNOWN, None))
      for i, name in enumerate(BODIES)),
    *(Case(f"body-none-in-a-list-{i}", *_in(i, _list(name)), "entries", counts(BT)) for i, name in enumerate(OFFICES)),
    *(Case(f"body-none-in-a-title-{i}", *_in(i, _titled(name.upper())), "entries", counts(BT))
      for i, name in enumerate(OFFICES)),
    held("body-below-its-commune", "a.xlsx", xlsx(*_titled("UBND XÃ BÌNH THÀNH", "TRẠM Y TẾ")), (UNKNOWN, None)),
    held("body-in-word", "a.docx",
         word(*_list("")[2:], titles=("TRẠM Y TẾ XÃ BÌNH THÀNH", *TITLE)), (UNKNOWN, None)),
    held("body-by-its-file", "Tram Y te xa Binh Thanh.xlsx", xlsx(*_titled()), (UNKNOWN, None)),
    held("body-by-its-subject", "a.eml",
         carrying("bc.xlsx", xlsx(*_titled()), "Công an xã Bình Thành báo cáo Bluezone 18/8"), (UNKNOWN, None)),
    held("body-in-a-mail", "a.eml", mail(*_list("Trường THCS Bình Thành")), (UNKNOWN, None)),
    Case("body-above-its-communes-line", "a.xlsx", xlsx(["TRẠM Y TẾ XÃ BÌNH THÀNH"], TITLE, HEAD, row(BT)), "entries",
         counts(BT)),
    Case("body-of-the-tree", "a.xlsx",
         xlsx(["TRUNG TÂM Y TẾ HUYỆN ĐỨC HUỆ"], TITLE, ["Nội dung", "Số liệu"], [HEAD[4], 70], [HEAD[5], 60]),
         "entries", {"801-YTE": {"staff": 70, "staff_installs": 60}}),
    held("body-is-no-measure", "a.pdf", pdf(*vertical(BT)[3:], titles=("Đơn vị: Trạm Y tế", *TITLE), at=(60, 400)),
         (UNKNOWN, None)),
    hp_held("body-of-a-ward", "a.xlsx",
            xlsx(["TỔ DÂN PHỐ SỐ 5 - PHƯỜNG QUÁN TOAN"], TITLE, ["Nội dung", "Số liệu"], [HP_HEAD[2], 9876],
                 [HP_HEAD[3], 1234]), (UNKNOWN, None)),
    *(held(f"of-one-day-{i}", *_in(i, _open(title)), (OF_THE_DAY, "A1")) for i, title in enumerate(OF_ONE_DAY)),
    *(Case(f"of-one-day-not-{i}", *_in(i, _open(title)), "entries", counts(BT)) for i, title in enumerate(OF_ALL)),
]  # fmt: skip
