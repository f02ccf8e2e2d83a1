"""Days as communes write them where no "ngày" and no year stands, and notes that name another day."""

from __future__ import annotations

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import BT, HEAD, TITLE, D, E, counts, row, word, xls, xlsx
from tests.reading.writers import as_message

OF_YESTERDAY = (
    "17/8",
    "(17/8)",
    "Thứ hai 17/8",
    "Chốt 16h, 17/08",
    "Số liệu 17/8",
    "BC 17/8",
    "Kỳ báo cáo: 17/8",
    "KẾT QUẢ CÀI ĐẶT BLUEZONE 17/8",
    "Hôm qua 17/8",
    "Số liệu hôm qua",
    "ngày 17, tháng 8, năm 2020",
    "ngày...17...tháng...8...năm 2020",
    "Ngày 17 th 8 năm 2020",
    "17-Aug-2020",
    "August 17, 2020",
    "20200817",
    "17⁄8⁄2020",
)
NO_DAYS = ("Trang 17/8", "Biểu số 17/8", "Đã có 8/8 xã gửi", "Đạt 7/9", "so với hôm qua 17/8", "Tổ 17/8")
NOTED = [*HEAD, "Ghi chú"]

CASES: list[Case] = [
    *(
        held(f"yesterday-as-{at}", "a.xlsx", xlsx([text], HEAD, row(BT)), ("wrong-day", None))
        for at, text in enumerate(OF_YESTERDAY)
    ),
    *(
        Case(f"no-day-{at}", "a.xlsx", xlsx([text], HEAD, row(BT)), "entries", counts(BT))
        for at, text in enumerate(NO_DAYS)
    ),
    held(
        "yesterday-cell-by-cell",
        "a.xls",
        xls(["Ngày:", 17, "Tháng:", 8, "Năm:", 2020], HEAD, row(BT)),
        ("wrong-day", None),
    ),
    Case(
        "today-cell-by-cell",
        "a.xlsx",
        xlsx(["Ngày", "18", "Tháng", "8", "Năm", "2020"], HEAD, row(BT)),
        "entries",
        counts(BT),
    ),
    held(
        "note-below-of-yesterday",
        "a.docx",
        word(TITLE, HEAD, row(BT), ["Ghi chú: số liệu lấy đến 17h ngày 17/8/2020"], titles=()),
        ("day-contradiction", None),
    ),
    held(
        "one-commune-of-yesterday",
        "a.xlsx",
        xlsx(TITLE, NOTED, [*row(D), ""], [*row(BT), "Số liệu ngày 17/8, xã chưa gửi"], [*row(E), ""]),
        ("day-contradiction", "G4"),
        ("wrong-day", None),
        values=counts(D, E),
    ),
    held(
        "note-yesterdays-figures",
        "a.xlsx",
        xlsx(TITLE, NOTED, [*row(BT), "chưa có số mới, lấy số hôm qua"]),
        ("day-contradiction", None),
        ("wrong-day", None),
    ),
    held(
        "letter-sends-yesterday",
        "a.eml",
        lambda: as_message(
            "BC Bluezone",
            text="Kính gửi Phòng, xã gửi số liệu ngày 17/8/2020 (gửi bù).",
            attachments=[("bc.xlsx", xlsx([], HEAD, row(BT))())],
        ).as_bytes(),
        ("wrong-day", None),
    ),
    Case(
        "letter-tells-yesterday-the-table-today",
        "a.eml",
        lambda: as_message(
            "BC Bluezone",
            text="Xã gửi số liệu ngày 17/8/2020 đã đính chính và số liệu hôm nay.",
            attachments=[("bc.xlsx", xlsx(TITLE, HEAD, row(BT))())],
        ).as_bytes(),
        "entries",
        counts(BT),
    ),
    Case(
        "notes-of-other-days",
        "a.xlsx",
        xlsx(
            TITLE,
            NOTED,
            [*row(D), "Tập huấn ngày 17/8"],
            [*row(BT), "Số liệu ngày 17/8: 431"],
            [*row(E), "tăng 3 so với số liệu ngày 17/8"],
        ),
        "entries",
        counts(D, BT, E),
    ),
]
