"""A school's, a health station's or a hamlet's own report, in which the commune's name stands; titles of one day."""

from __future__ import annotations

from collections.abc import Callable

import docx

from tests.reading.clothes.case import Case, held, hp_held
from tests.reading.clothes.tailor import (
    BT,
    COUNTS,
    HEAD,
    HP_HEAD,
    TITLE,
    D,
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
from tests.reading.writers import saved

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


def _letter(
    left: str, title: str = TITLE[0], place: str = "Đức Huệ, ngày 18 tháng 8 năm 2020"
) -> Callable[[], bytes]:
    """Return an official Word letter: its letterhead is a table of two columns."""

    def made() -> bytes:
        document = docx.Document()
        head = document.add_table(rows=2, cols=2)
        head.cell(0, 0).text = left
        head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
        head.cell(1, 0).text, head.cell(1, 1).text = "Số:    /BC", place
        for text in ("BÁO CÁO", title, "Kính gửi: Phòng Văn hóa và Thông tin huyện Đức Huệ"):
            document.add_paragraph(text)
        table = document.add_table(rows=0, cols=2)
        for one in _list("")[2:]:
            for cell, value in zip(table.add_row().cells, one, strict=True):
                cell.text = str(value)
        return saved(document)

    return made


_OF_MEN = [TITLE, [HEAD[0], "Giới tính", *HEAD[1:]], [row(BT)[0], "Nam", 2700, 1400, 200, 50, 30]]
_OF_WOMEN = ["", "Nữ", 2819, 1355, 243, 45, 36]

CASES: list[Case] = [
    *(
        Case(f"letterhead-in-a-table-{i}", "a.docx", _letter(left), "entries", counts(BT))
        for i, left in enumerate(
            (
                "UBND HUYỆN ĐỨC HUỆ\nUBND XÃ BÌNH THÀNH",
                "ỦY BAN NHÂN DÂN\nXÃ BÌNH THÀNH",
                "UBND XÃ BÌNH THÀNH\nBAN CHỈ ĐẠO",
            )
        )
    ),
    Case("letterhead-signed-later", "a.docx",
         _letter("UBND XÃ BÌNH THÀNH", place="Bình Thành, ngày 19 tháng 8 năm 2020"), "entries", counts(BT)),
    *(
        held(f"letterhead-of-a-body-{i}", "a.docx", _letter(left), (UNKNOWN, None))
        for i, left in enumerate(
            ("UBND XÃ BÌNH THÀNH\nTRẠM Y TẾ", "PHÒNG GD&ĐT\nTRƯỜNG TIỂU HỌC BÌNH THÀNH", "CÔNG AN XÃ BÌNH THÀNH")
        )
    ),
    held("letterhead-of-yesterday", "a.docx",
         _letter("UBND XÃ BÌNH THÀNH", "BÁO CÁO BLUEZONE", "Bình Thành, ngày 17 tháng 8 năm 2020"),
         ("wrong-day", None)),
    held("word-letterhead-of-another-district", "a.docx", _letter("UBND HUYỆN MỘC HÓA\nUBND XÃ BÌNH THÀNH"),
         ("unit-contradiction", None)),
    *(held(f"part-below-a-unit-{i}", *_in(i, [*_OF_MEN, _OF_WOMEN]), ("unit-missing", None), ("nameless-line", None),
           ("personal-data", None),
           says=("đứng ngay dưới dòng Xã Bình Thành",)) for i in range(4)),
    held("part-below-a-unit-others-count", "a.xlsx",
         xlsx(*(one[:1] + one[2:] if len(one) > 1 else one for one in (*_OF_MEN, _OF_WOMEN)), row(D)),
         ("unit-missing", None), ("nameless-line", None), values=counts(D)),
    held("title-of-one-name-of-another", "BC xã Mỹ Bình 18-8.xlsx", xlsx(*_titled("UBND XÃ BÌNH THÀNH")),
         ("ambiguous-unit", None)),
    held("day-until-yesterday", "a.xlsx", xlsx(["BÁO CÁO BLUEZONE đến 17h00 hôm qua"], HEAD, row(BT)),
         ("wrong-day", "A1")),
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
