"""The day's increase beside the cumulative count, and counts of the day alone."""

from __future__ import annotations

from typing import Any

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import ALL, BT, COUNTS, HEAD, TITLE, counts, row, vertical, word, xlsx
from tests.reading.writers import Page, as_xlsx

DAY_OF, SUM = "Số người cài đặt ngày 18/8", "Số người đã cài đặt (lũy kế)"


def beside(
    *headings: str, unit: str = BT, values: tuple[Any, ...] = (12, 443)
) -> tuple[list[Any], list[Any]]:
    """Return a heading and a line with columns in place of the one of installs."""
    line = row(unit)
    return [*HEAD[:3], *headings, *HEAD[4:]], [*line[:3], *values, *line[4:]]


CASES: list[Case] = [
    Case("day-before-sum", "a.xlsx", xlsx(TITLE, *beside(DAY_OF, SUM)), "entries", counts(BT)),
    Case(
        "day-behind-sum",
        "a.xlsx",
        xlsx(TITLE, *beside(SUM, "Đã cài đặt ngày 18/8/2020", values=(443, 12))),
        "entries",
        counts(BT),
    ),
    Case("day-before-sum-docx", "a.docx", word(*beside(DAY_OF, SUM)), "entries", counts(BT)),
    Case(
        "day-before-sum-of-a-district",
        "a.xlsx",
        xlsx(
            TITLE,
            beside(DAY_OF, SUM)[0],
            *(beside(unit=u, values=(11 + i, COUNTS[u][2]))[1] for i, u in enumerate(ALL)),
        ),
        "entries",
        counts(*ALL),
    ),
    Case(
        "day-below-sum",
        "a.xlsx",
        xlsx(*vertical(BT)[:7], [DAY_OF, 12], *vertical(BT)[7:]),
        "entries",
        counts(BT),
    ),
    Case(
        "day-and-sum-below-one-heading",
        "a.xlsx",
        lambda: as_xlsx(
            [
                Page(
                    [
                        TITLE,
                        [*HEAD[:3], "Số người cài đặt", "", "Tổng số CBCCVC, NLĐ", "CBCCVC đã cài đặt", ""],
                        ["", "", "", *["Ngày 18/8", "Lũy kế"], "", *["Ngày 18/8", "Lũy kế"]],
                        [*row(BT)[:3], 12, 443, 95, 3, 66],
                    ],
                    merges=[(1, 3, 1, 4), (1, 6, 1, 7), *((1, c, 2, c) for c in (0, 1, 2, 5))],
                )
            ]
        ),
        "entries",
        counts(BT),
    ),
    Case(
        "days-and-then-the-sum",
        "a.xlsx",
        xlsx(TITLE, *beside("Số người cài đặt ngày 17/8", DAY_OF, "Lũy kế", values=(11, 12, 443))),
        "entries",
        counts(BT),
    ),
    held(
        "a-day-beside-what-may-be-the-sum",
        "a.xlsx",
        xlsx(TITLE, *beside("Số người đã cài đặt", "Đã cài đặt ngày 18/8", values=(443, 12))),
        ("column-twice", "D3"),
    ),
    held(
        "a-title-of-new-ones",
        "a.xlsx",
        xlsx(["SỐ LIỆU CÀI MỚI TRONG NGÀY 18/8/2020"], *beside("Số người đã cài đặt", values=(12,))),
        ("increase-or-sum", "A1"),
    ),
    held(
        "a-remark-in-the-line",
        "a.xlsx",
        xlsx(TITLE, [*HEAD, "Ghi chú"], [*row(BT, installs=12), "số trong ngày, chưa cộng lũy kế"]),
        ("increase-or-sum", "G3"),
    ),
    held(
        "a-note-below",
        "a.docx",
        word(HEAD, row(BT), titles=(*TITLE, "Ghi chú: số liệu là số cài mới trong ngày, không phải lũy kế")),
        ("increase-or-sum", None),
    ),
    Case(
        "remarks-that-say-how-much-more",
        "a.xlsx",
        xlsx(
            ["BÁO CÁO SỐ LIỆU CÀI ĐẶT BLUEZONE TRONG NGÀY 18/8/2020"],
            [*HEAD[:3], "Số người đã cài đặt", *HEAD[4:], "Ghi chú"],
            [*row(BT), "trong ngày cài mới 12 người"],
            ["Ghi chú: đã gồm số cài mới trong ngày"],
            ["Số cài thêm trong ngày: 12"],
        ),
        "entries",
        counts(BT),
    ),
    held(
        "the-day-alone",
        "a.xlsx",
        xlsx(TITLE, *beside(DAY_OF, values=(12,))),
        ("heading-not-understood", "D2"),
    ),
    held(
        "the-day-beside-the-sum-of-the-day-before",
        "a.xlsx",
        xlsx(TITLE, *beside("Số người đã cài đặt đến ngày 17/8", DAY_OF, values=(431, 12))),
        ("day-contradiction", "D2"),
    ),
    Case(
        "a-group-of-the-day-beside-the-sums",
        "a.xlsx",
        lambda: as_xlsx(
            [
                Page(
                    [
                        TITLE,
                        ["Đơn vị", "Người dân", "", "", "CBCCVC, NLĐ", "", "Kết quả trong ngày 18/8", ""],
                        [
                            "",
                            "Dân số",
                            "Số người dùng ĐTTM",
                            "Đã cài đặt",
                            "Tổng số",
                            "Đã cài đặt",
                            "Người dân đã cài đặt",
                            "CBCCVC đã cài đặt",
                        ],
                        [*row(BT), 12, 3],
                    ],
                    merges=[(1, 0, 2, 0), (1, 1, 1, 3), (1, 4, 1, 5), (1, 6, 1, 7)],
                )
            ]
        ),
        "entries",
        counts(BT),
        (("unknown-column", None),),
    ),
]
