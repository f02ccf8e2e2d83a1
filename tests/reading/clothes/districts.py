"""Communes below the name of a district: in a column, a line or a letterhead of its own, for one or several of them."""

from __future__ import annotations

from typing import Any

from tests.reading.clothes.case import Case, hp, hp_held
from tests.reading.clothes.tailor import TITLE
from tests.reading.writers import Page, as_xls, as_xlsx

DONE = ["Dân số", "Số người đã cài đặt"]
P = {"11500": (8123, 1502), "11527": (7000, 900), "11890": (6000, 800), "11872": (5000, 700)}
ROWS = [("Minh Tân", "11500"), ("Hoà Bình", "11527"), ("Hoà Bình", "11890"), ("Vinh Quang", "11872")]
RIGHT = {unit: {"population": of[0], "installs": of[1]} for unit, of in P.items()}
AMBIGUOUS = "ambiguous-unit"


def by_column(*, is_merged: bool, behind: bool = False, sums: bool = False) -> list[Any]:
    """Return two districts with two communes each, the district's name before the first (``behind``: of every) one."""
    head = ["Xã/phường", "Quận/huyện"] if behind else ["Quận/huyện", "Xã/phường"]
    rows: list[list[Any]] = [TITLE, [*head, *DONE]]
    merges: list[tuple[int, int, int, int]] = []
    for district, of in (("Thủy Nguyên", ROWS[:2]), ("Vĩnh Bảo", ROWS[2:])):
        first = len(rows)
        for i, (name, unit) in enumerate(of):
            place = district if behind or i == 0 else ""
            rows.append([name, place, *P[unit]] if behind else [place, name, *P[unit]])
        if sums:
            rows.append(["", "Cộng", *(sum(P[unit][i] for _, unit in of) for i in (0, 1))])
        if is_merged:
            merges.append((first, 0, len(rows) - 1, 0))
    return [Page(rows, merges=merges)]


def across() -> list[Any]:
    rows: list[list[Any]] = [
        TITLE,
        ["Chỉ tiêu", "Huyện Thủy Nguyên", "", "Huyện Vĩnh Bảo", ""],
        ["", *(name for name, _ in ROWS)],
        *([heading, *(P[unit][i] for _, unit in ROWS)] for i, heading in enumerate(DONE)),
    ]
    return [Page(rows, merges=[(1, 1, 1, 2), (1, 3, 1, 4)])]


def below(*lines: list[Any]) -> list[Any]:
    return [Page([TITLE, ["TT", "Đơn vị", *DONE], *lines])]


def titled(*titles: str) -> list[Any]:
    return [
        Page([*([text] for text in titles), TITLE, ["Chỉ tiêu", "Số liệu"], [DONE[0], 8123], [DONE[1], 1502]])
    ]


def one(unit: str) -> dict[str, dict[str, int]]:
    return {unit: {"population": 8123, "installs": 1502}}


CASES: list[Case] = [
    hp("districts-merged", "a.xlsx", lambda: as_xlsx(by_column(is_merged=True)), "entries", values=RIGHT),
    hp("districts-merged-xls", "a.xls", lambda: as_xls(by_column(is_merged=True)), "entries", values=RIGHT),
    hp("districts-blank", "a.xlsx", lambda: as_xlsx(by_column(is_merged=False)), "entries", values=RIGHT),
    hp(
        "districts-sums",
        "a.xlsx",
        lambda: as_xlsx(by_column(is_merged=True, sums=True)),
        "entries",
        values=RIGHT,
    ),
    hp(
        "districts-behind",
        "a.xlsx",
        lambda: as_xlsx(by_column(is_merged=False, behind=True)),
        "entries",
        values=RIGHT,
    ),
    hp("districts-across", "a.xlsx", lambda: as_xlsx(across()), "entries", values=RIGHT),
    hp_held(
        "below-another-district-one-of-two-names",
        "a.xlsx",
        lambda: as_xlsx(
            below(
                ["I", "Huyện Thủy Nguyên", "", ""],
                [1, "Hoà Bình", 7000, 900],
                ["II", "Huyện Vĩnh Bảo", "", ""],
                [1, "Minh Tân", 6000, 800],
            )
        ),
        (AMBIGUOUS, "B6"),
        values={"11527": RIGHT["11527"]},
    ),
    hp_held(
        "below-another-district",
        "a.xlsx",
        lambda: as_xlsx(
            below(["I", "Quận Lê Chân", "", ""], [1, "Cát Dài", 8123, 1502], [2, "Lạch Tray", 6000, 800])
        ),
        (AMBIGUOUS, "B5"),
        values=one("11368"),
    ),
    hp(
        "district-without-communes-behind-another",
        "a.xlsx",
        lambda: as_xlsx(
            below(
                ["I", "Quận Lê Chân", "", ""],
                [1, "Cát Dài", 8123, 1502],
                ["II", "Huyện đảo Bạch Long Vĩ", 908, 300],
            )
        ),
        "entries",
        values=one("11368") | {"318": {"population": 908, "installs": 300}},
    ),
    hp_held(
        "column-of-another-district",
        "a.xlsx",
        lambda: as_xlsx(
            [
                Page(
                    [
                        TITLE,
                        ["Huyện", "Xã", *DONE],
                        ["Vĩnh Bảo", "Minh Tân", 6000, 800],
                        ["Thủy Nguyên", "Hoà Bình", 7000, 900],
                    ]
                )
            ]
        ),
        (AMBIGUOUS, "B3"),
        values={"11527": RIGHT["11527"]},
    ),
    hp(
        "letterhead-of-district-and-commune",
        "a.xlsx",
        lambda: as_xlsx(titled("UBND HUYỆN AN LÃO", "UBND XÃ QUỐC TUẤN")),
        "entries",
        values=one("11650"),
    ),
    hp(
        "letterhead-of-district-and-commune-in-one-cell",
        "a.xlsx",
        lambda: as_xlsx(titled("UBND HUYỆN AN LÃO\nUBND XÃ QUỐC TUẤN")),
        "entries",
        values=one("11650"),
    ),
    hp_held(
        "letterhead-of-another-district",
        "a.xlsx",
        lambda: as_xlsx(titled("UBND HUYỆN VĨNH BẢO", "UBND XÃ QUỐC TUẤN")),
        (AMBIGUOUS, None),
    ),
    hp(
        "letterhead-of-the-island",
        "a.xlsx",
        lambda: as_xlsx(titled("UBND HUYỆN ĐẢO BẠCH LONG VĨ")),
        "entries",
        values=one("318"),
    ),
]
