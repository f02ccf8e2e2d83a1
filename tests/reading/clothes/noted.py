"""Notes of few words beside the figures, and totals below a header that stands once more."""

from __future__ import annotations

from typing import Any

from tests.reading.clothes.case import Case, held, hp_held
from tests.reading.clothes.tailor import BT, COUNTS, HEAD, HP_HEAD, TITLE, counts, row, xlsx

DOUBTED = "figures-doubted"
DOUBTS = {
    "wrong": "Sai, đang sửa",
    "not-brought-up": "chưa cập nhật",
    "hamlets-lacking": "Chưa có 2 ấp",
    "more-to-come": "Sẽ bổ sung sau",
    "in-fact": "Thực tế 453",
    "another-too": "Gồm cả xã Mỹ Bình",
    "anothers": "Số liệu của xã Mỹ Bình",
    "another-added": "Đã cộng luôn xã Mỹ Bình",
}
CLEAR = {
    "brought-up": "Đã cập nhật",
    "own": "Số liệu xã Bình Thành",
    "beside-another": "Tăng nhanh hơn xã Mỹ Bình",
    "increase": "Tăng 12 người",
    "five-hamlets": "Thực tế có 5 ấp",
}


def noted(note: str) -> list[list[Any]]:
    return [TITLE, [*HEAD, "Ghi chú"], [*row(BT), note]]


ALL = tuple(COUNTS)
SUM = ["Tổng cộng", *map(sum, zip(*COUNTS.values(), strict=True))]
TWO_PAGES = [TITLE, HEAD, *map(row, ALL[:6]), [], HEAD, *map(row, ALL[6:]), SUM]
RATED = [*HEAD[:4], "Tỷ lệ/dân số", *HEAD[4:], "Tỷ lệ CBCCVC"]


def rated(first: str, second: str) -> list[list[Any]]:
    line = row(BT)
    return [TITLE, RATED, [*line[:4], first, *line[4:], second]]


CASES: list[Case] = [
    Case("shares-typed-as-fractions", "a.xlsx", xlsx(*rated("0,0803", "0.6947")), "entries", counts(BT)),
    Case(
        "share-typed-as-another-fraction",
        "a.xlsx",
        xlsx(*rated("0,0730", "69,47%")),
        "entries",
        counts(BT),
        (("declared-rate-differs", "E3"),),
        says=("ghi 7,3",),
    ),
    *(held(f"note-{name}", "a.xlsx", xlsx(*noted(note)), (DOUBTED, "G3")) for name, note in DOUBTS.items()),
    *(
        Case(f"note-{name}", "a.xlsx", xlsx(*noted(note)), "entries", counts(BT))
        for name, note in CLEAR.items()
    ),
    Case("header-again-behind-a-blank-line", "a.xlsx", xlsx(*TWO_PAGES), "entries", counts(*ALL)),
    hp_held(
        "a-place-that-people-are-called-by",
        "a.xlsx",
        xlsx(TITLE, HP_HEAD, [1, "Lê Lợi", 8123, 1502, ""]),
        ("ambiguous-unit", "B3"),
        says=("Ô B3 ghi “Lê Lợi”",),
    ),
]
