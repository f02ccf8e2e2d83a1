"""Forms of other districts' offices: words in brackets, units of measure, days."""

from __future__ import annotations

from tests.reading.clothes.case import Case
from tests.reading.clothes.tailor import (
    BT,
    HEAD,
    TITLE,
    E,
    counts,
    row,
    word,
    xls,
    xlsx,
)

WHO, NOT_UNDERSTOOD = "UBND XÃ BÌNH THÀNH", "heading-not-understood"


def renamed(case: str, heading: str, at: str, **changed: object) -> Case:
    """A form whose heading of one count makes another count of it: nothing may be taken for that count."""
    head = [heading if "ABCDEF"[i] == at else text for i, text in enumerate(HEAD)]
    return Case(
        f"heading-{case}",
        "a.xlsx",
        xlsx(TITLE, head, row(BT, **changed)),
        "held",
        flags=((NOT_UNDERSTOOD, f"{at}2"),),
    )


CASES: list[Case] = [
    # Brackets that make another count.
    renamed("percent-in-brackets", "Số người đã cài đặt (%)", "D", installs=8),
    renamed("thousands-in-brackets", "Dân số (nghìn người)", "B", population=12),
    renamed("thousands-in-figures", "Dân số (1.000 người)", "B", population=12),
    renamed("new-ones-only", "Số người đã cài đặt (mới)", "D", installs=3),
    renamed("planned", "Số người đã cài đặt (kế hoạch)", "D", installs=1653),
    renamed("households", "Dân số (hộ)", "B", population=5000),
    renamed("of-the-day-before", "Số người đã cài đặt (hôm qua)", "D", installs=440),
    renamed("one-kind-of-telephone", "Số người đã cài đặt (Android)", "D", installs=300),
    renamed("of-an-age", "Dân số (từ 18 tuổi)", "B", population=4000),
    renamed("of-staff", "Số người đã cài đặt (CBCCVC)", "D", installs=66),
    Case(
        "increase-of-a-dated-day",
        "a.xlsx",
        xlsx(TITLE, [*HEAD[:3], "Số người cài đặt (trong ngày 18/8)", *HEAD[4:]], row(BT, installs=3)),
        "held",
        flags=(("missing-figure", None),),
    ),
    Case(
        "brackets-that-change-nothing",
        "a.xlsx",
        xlsx(
            TITLE,
            [
                "Đơn vị (xã, thị trấn)",
                "Dân số¹ (số liệu năm 2019)",
                "Số người dùng ĐTTM (*)",
                "Số người đã cài đặt (tính đến 14 giờ 00)",
                "Tổng số CBCCVC, NLĐ (5)",
                "Số CBCCVC, NLĐ đã cài đặt (người)",
                "Tỷ lệ (7=6/5*100)",
            ],
            [*row(BT), "69,47"],
        ),
        "entries",
        counts(BT),
    ),
    # Counted by the thousand.
    Case(
        "thousands-told-above",
        "a.xlsx",
        xlsx(TITLE, ["ĐVT: 1.000 người"], HEAD, row(BT, population=12, smartphone_users=6, installs=1)),
        "held",
        flags=(("ambiguous-number", "B4"), ("ambiguous-number", "D4")),
    ),
    Case(
        "thousands-told-under-the-letterhead-of-a-wide-sheet",
        "a.xlsx",
        xlsx(
            *[[f"Mục {n}", *[""] * 44, "x"] for n in range(1, 11)],
            TITLE,
            ["ĐVT: 1.000 người"],
            HEAD,
            row(BT, population=12, smartphone_users=6, installs=1),
        ),
        "held",
        flags=(("ambiguous-number", "B14"), ("ambiguous-number", "D14")),
    ),
    Case(
        "thousands-told-in-a-line",
        "a.xls",
        xls(
            [WHO],
            TITLE,
            ["Chỉ tiêu", "ĐVT", "Số liệu"],
            ["Dân số", "nghìn người", 6],
            *([name, "người", n] for name, n in zip(HEAD[2:], row(BT)[2:], strict=True)),
        ),
        "held",
        flags=(("ambiguous-number", "C4"),),
    ),
    Case("people-told-above", "a.xlsx", xlsx(TITLE, ["ĐVT: Người"], HEAD, row(BT)), "entries", counts(BT)),
    Case(
        "a-count-of-a-thousand",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT, installs="1.000 người")),
        "entries",
        {BT: {**counts(BT)[BT], "installs": 1000}},
    ),
    # Days.
    Case(
        "day-in-a-title-that-reads-like-a-heading",
        "a.xlsx",
        xlsx(
            [WHO],
            ["Bình Thành, ngày 18 tháng 8 năm 2020"],
            ["Số liệu tính đến 17h00 ngày 17/8/2020"],
            HEAD[1:],
            row(BT)[1:],
        ),
        "held",
        flags=(("wrong-day", None),),
    ),
    Case(
        "two-titles-two-days",
        "a.xlsx",
        xlsx(TITLE, ["Số liệu tính đến 17 giờ ngày 17/8/2020"], HEAD, row(BT), row(E)),
        "held",
        flags=(("day-contradiction", "A2"),),
    ),
    Case(
        "column-up-to-another-day",
        "a.xlsx",
        xlsx(TITLE, [*HEAD[:3], "Số người đã cài đặt đến ngày 17/8", *HEAD[4:]], row(BT)),
        "held",
        flags=(("day-contradiction", "D2"),),
    ),
    Case(
        "column-up-to-the-day",
        "a.xlsx",
        xlsx(
            [WHO],
            ["Dân số (1/4/2019)", HEAD[2], "Số người đã cài đặt đến 14h00 ngày 18/8/2020", *HEAD[4:]],
            row(BT)[1:],
        ),
        "entries",
        counts(BT),
    ),
    Case(
        "from-one-clock-to-the-next",
        "a.xlsx",
        xlsx(["BÁO CÁO (từ 14h00 ngày 17/8/2020 đến 14h00 ngày 18/8/2020)"], HEAD, row(BT)),
        "entries",
        counts(BT),
    ),
    Case(
        "two-days-in-a-letter",
        "a.docx",
        word(HEAD, row(BT), titles=("Báo cáo ngày 17/8/2020", "Báo cáo ngày 18/8/2020")),
        "held",
        flags=(("day-contradiction-in-text", None), ("wrong-day", None)),
    ),
]
