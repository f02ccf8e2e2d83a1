"""Days beside that of the figures: signed before, annex of a report, the days to come in a form for a month."""

from __future__ import annotations

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import BT, HEAD, TITLE, Rows, counts, row, word, xls, xlsx

_ANNEX = ["KẾT QUẢ CÀI ĐẶT BLUEZONE"]
_MONTH = ["Ngày", *HEAD[1:]]


def _days(*days: str) -> Rows:
    return [
        ["TỔNG HỢP BLUEZONE XÃ BÌNH THÀNH"],
        _MONTH,
        *([day, *row(BT, installs=443 - 11 * at)[1:]] for at, day in enumerate(days)),
    ]


CASES: list[Case] = [
    Case(
        "signed-the-day-before",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT), [], ["", "", "", "Bình Thành, ngày 17 tháng 8 năm 2020"]),
        "entries",
        counts(BT),
        flags=(("day-differs", "D5"),),
        says=("Báo cáo ký ngày 17/8/2020, trước ngày của số liệu là 18/8/2020",),
    ),
    Case(
        "signed-the-day-before-on-top",
        "a.docx",
        word(HEAD, row(BT), titles=("Bình Thành, ngày 17 tháng 8 năm 2020", *TITLE)),
        "entries",
        counts(BT),
        flags=(("day-differs", None),),
    ),
    Case(
        "signed-the-same-day",
        "a.xls",
        xls(TITLE, HEAD, row(BT), [], ["", "", "", "Bình Thành, ngày 18 tháng 8 năm 2020"]),
        "entries",
        counts(BT),
    ),
    *(
        held(
            f"annex-of-yesterdays-report-{at}",
            "a.xlsx",
            xlsx(_ANNEX, [text], HEAD, row(BT)),
            ("wrong-day", "A2"),
        )
        for at, text in enumerate(
            (
                "(Kèm theo Báo cáo số 117/BC-UBND ngày 17/8/2020 của UBND xã)",
                "(kèm theo BC số     /BC-UBND ngày 17 tháng 8 năm 2020)",
            )
        )
    ),
    Case(
        "annex-of-yesterdays-report-and-todays-title",
        "a.xlsx",
        xlsx(TITLE, ["(Kèm theo Báo cáo số 117/BC-UBND ngày 17/8/2020)"], HEAD, row(BT)),
        "entries",
        counts(BT),
        flags=(("day-differs", "A2"),),
    ),
    *(
        Case(f"annex-{at}", "a.xlsx", xlsx(_ANNEX, [text], HEAD, row(BT)), "entries", counts(BT))
        for at, text in enumerate(
            (
                "(Kèm theo Báo cáo số 118/BC-UBND ngày 18/8/2020 của UBND xã)",
                "(Kèm theo Công văn số 4937/UBND-VHXH ngày 17/8/2020 của UBND tỉnh)",
                "(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 05/8/2020)",
            )
        )
    ),
    Case(
        "month-with-days-to-come",
        "a.xlsx",
        xlsx(*_days("18/8/2020", "17/8/2020"), ["19/8/2020"], ["20/8/2020"]),
        "entries",
        counts(BT),
    ),
    Case(
        "month-with-days-to-come-short",
        "a.xls",
        xls(*_days("18/8", "17/8"), ["19/8"], ["20/8"], ["21/8"]),
        "entries",
        counts(BT),
    ),
    held(
        "month-signed-below-the-day-before",
        "a.xlsx",
        xlsx(*_days("18/8/2020", "17/8/2020"), [], ["Bình Thành, ngày 17 tháng 8 năm 2020"]),
        ("day-contradiction", "A3"),
    ),
]
