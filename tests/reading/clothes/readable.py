"""What a person reads without asking: today beside yesterday, names without marks, titles that stand again."""

from __future__ import annotations

from collections.abc import Callable

from tests.reading.clothes.case import Case, held, hp
from tests.reading.clothes.tailor import (
    BT,
    COUNTS,
    HEAD,
    HP_HEAD,
    STT_HEAD,
    TITLE,
    Rows,
    counts,
    ods,
    of_hp,
    row,
    xls,
    xlsx,
)
from tests.reading.writers import Page, as_xlsx

ALL = tuple(COUNTS)
SUM = ["", "TỔNG CỘNG", *map(sum, zip(*COUNTS.values(), strict=True))]
AGAIN = (TITLE[0], f"{TITLE[0]} (tiếp theo)", "Biểu tổng hợp (tiếp)", "Trang 2", "Trang 2/3")
WITHOUT_MARKS = ("Quan Toan", "QUAN TOAN", "Phuong Quan Toan", "P. Quan Toan", "1. Quan Toan")


def _two_days(above: str, first: str, second: str) -> Callable[[], bytes]:
    """Return an xlsx with two days' counts below one heading."""
    rows: Rows = [
        TITLE,
        [*HEAD[:3], above, "", *HEAD[4:]],
        ["", "", "", first, second, "", ""],
        [*row(BT)[:3], 431, *row(BT)[3:]],
    ]
    return lambda: as_xlsx([Page(rows, merges=[(1, 3, 1, 4), *((1, c, 2, c) for c in (0, 1, 2, 5, 6))])])


def _lines(units: tuple[str, ...], before: int = 0) -> Rows:
    return [[i, *row(unit)] for i, unit in enumerate(units, before + 1)]


def _again(title: str, *total: object) -> Rows:
    """Return a list whose title and header stand once more amid its lines."""
    last = list(total) or SUM
    return [TITLE, STT_HEAD, *_lines(ALL[:6]), [title], STT_HEAD, *_lines(ALL[6:], 6), last]


CASES: list[Case] = [
    *(
        Case(f"today-beside-yesterday-{i}", "a.xlsx", _two_days(*heads), "entries", counts(BT))
        for i, heads in enumerate(
            (
                ("Số người đã cài đặt (lũy kế)", "Hôm qua", "Hôm nay"),
                ("Số người cài đặt cộng dồn", "Ngày hôm qua", "Ngày hôm nay"),
                ("Số người đã cài đặt", "Lũy kế hôm qua", "Lũy kế hôm nay"),
            )
        )
    ),
    held("today-may-be-the-day's", "a.xlsx", _two_days("Số người đã cài đặt", "Hôm qua", "Hôm nay"),
         ("heading-not-understood", "E3"), says=("«Hôm nay»",)),
    *(
        Case(f"title-again-{i}", name, make(*_again(title)), "entries", counts(*ALL))
        for i, title in enumerate(AGAIN)
        for name, make in ((("a.xls", xls), ("a.ods", ods), ("a.xlsx", xlsx))[i % 3],)
    ),
    Case("title-again-total-wrong", "a.xls", xls(*_again(AGAIN[1], *SUM[:4], 5685, *SUM[5:])), "entries", counts(*ALL),
         (("total-differs", "E16"),)),
    Case("title-of-its-own", "a.xls", xls(*_again("II. CÁC XÃ PHÍA NAM", "", "Cộng", *map(
        sum, zip(*(COUNTS[unit] for unit in ALL[6:]), strict=True)))), "entries", counts(*ALL)),
    *(
        hp(f"without-marks-{i}", "a.xlsx", xlsx(TITLE, HP_HEAD, [1, name, 9876, 1234, ""]), "entries",
           values=of_hp(u11296=(9876, 1234)))
        for i, name in enumerate(WITHOUT_MARKS)
    ),
    *(
        Case(f"written-out-{i}", "a.xlsx", xlsx(TITLE, HEAD, row(BT, **{code: text})), "entries", counts(BT))
        for i, (code, text) in enumerate(
            (
                ("population", "5.519 (năm nghìn năm trăm mười chín)"),
                ("population", "5,519 (Năm ngàn năm trăm mười chín người)"),
                ("installs", "443 (bằng chữ: bốn trăm bốn mươi ba)"),
                ("staff", "95 người (chín mươi lăm)"),
                ("staff_installs", "66 (sau muoi sau)"),
            )
        )
    ),
    *(
        Case(f"as-text-{i}", "a.xlsx", xlsx(TITLE, HEAD, row(BT, population=text)), "entries", counts(BT))
        for i, text in enumerate(('"5519"', "“5.519”", ": 5519", "“5519 người”"))
    ),
    *(
        held(f"not-as-text-{i}", "a.xlsx", xlsx(TITLE, HEAD, row(BT, population=text)), (code, "B3"))
        for i, (text, code) in enumerate(
            (('"', "not-a-number"), ("'5519", "not-a-number"), ("5'30", "not-a-number"), ("-----", "missing-figure"))
        )
    ),
    Case("ruled-lines", "a.xlsx", xlsx(TITLE, HEAD, ["-----"] * 6, row(BT), ["…………"] * 6), "entries", counts(BT)),
    *(
        held(f"written-out-otherwise-{i}", "a.xlsx", xlsx(TITLE, HEAD, row(BT, installs=text)), (code, "D3"))
        for i, (text, code) in enumerate(
            (
                ("443 (bốn trăm năm mươi ba)", "not-a-number"),
                ("5 (nam)", "not-a-number"),
                ("3 (bà)", "not-a-number"),
                ("443 (hai ấp)", "not-a-number"),
            )
        )
    ),
    *(
        Case(f"named-{i}", "a.xlsx", xlsx(TITLE, HEAD, row(BT, name=name)), "entries", counts(BT))
        for i, name in enumerate(
            ("Bình Thành (xã)", "Bình Thành (Xã)", "Địa phương: xã Bình Thành", "Đơn vị báo cáo: Xã Bình Thành")
        )
    ),
    *(
        Case(
            f"headed-{i}",
            "a.xlsx",
            xlsx(TITLE, [*HEAD[:at], heading, *HEAD[at + 1 :]], row(BT)),
            "entries",
            counts(BT),
        )
        for i, (at, heading) in enumerate(
            (
                (1, "Dân số (khẩu)"),
                (2, "Số người SD ĐTTM"),
                (3, "Cài đặt (lũy kế)"),
                (3, "Tổng số cài đặt đến nay"),
            )
        )
    ),
]  # fmt: skip
