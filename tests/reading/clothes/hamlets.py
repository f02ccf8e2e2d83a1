"""A commune's figures hamlet by hamlet: the line that is their sum is its own, and no hamlet's line ever is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import BT, COUNTS, HEAD, TITLE, counts, csv, ods, turned, word, xls, xlsx

WHO = ["UBND XÃ BÌNH THÀNH"]
FIVE = ("Ấp 1", "Ấp 2", "Ấp 3", "Ấp 4", "Ấp 5")


def shares(names: Sequence[Any], blank: Sequence[int] = ()) -> list[list[Any]]:
    """Return lines that the commune's figures are parted in; ``blank``: counts that stand in none of them."""
    lines: list[list[Any]] = []
    left = list(COUNTS[BT])
    for i, name in enumerate(names):
        own = [n // 4 if i + 1 < len(names) else n for n in left]
        left = [a - b for a, b in zip(left, own, strict=True)]
        lines.append([name, *("" if c in blank else n for c, n in enumerate(own))])
    return lines


def rows(
    heading: str,
    names: Sequence[Any],
    total: str,
    *,
    blank: Sequence[int] = (),
    off: int = 0,
    is_first: bool = False,
) -> list[list[Any]]:
    """Return a table of hamlets with its total, which may be ``off`` in its installations."""
    p, s, n, *staff = COUNTS[BT]
    whole = [[total, p, s, n + off, *staff]] if total else []
    lines = shares(names, blank)
    return [WHO, TITLE, [heading, *HEAD[1:]], *(whole + lines if is_first else lines + whole)]


def read(name: str, *table: list[Any]) -> Case:
    return Case(f"hamlets-{name}", "a.xlsx", xlsx(*table), "entries", counts(BT))


def beside(*lines: tuple[str, str, Sequence[int]]) -> list[list[Any]]:
    """Return a table whose hamlets stand beside their commune."""
    return [
        TITLE,
        ["Xã", "Ấp", *HEAD[1:]],
        *([commune, hamlet, *numbers] for commune, hamlet, numbers in lines),
    ]


REST = tuple(a - b for a, b in zip(COUNTS[BT], (10, 5, 3, 5, 2), strict=True))
A_PART = (10, 5, 3, 5, 2)

CASES: list[Case] = [
    read("five", *rows("Đơn vị", FIVE, "Tổng cộng")),
    read("in-their-own-column", *rows("Ấp", FIVE, "TỔNG CỘNG")),
    read("by-name", *rows("Tên thôn", ("Thôn Đông", "Thôn Đoài", "Thôn Trung"), "Cộng")),
    read("by-bare-name", *rows("Ấp", ("Chánh", "Bình Hòa Bắc", "Mỹ Bình"), "Tổng cộng")),
    read("by-number", *rows("Tổ dân phố", (1, 2, 3), "Tổng cộng")),
    read("with-the-office", *rows("Đơn vị", ("Ấp 1", "Ấp 2", "Cơ quan UBND xã"), "Toàn xã")),
    read("total-first", *rows("Ấp", FIVE, "Toàn xã", is_first=True)),
    read("below-their-commune", *rows("Đơn vị", FIVE, "Xã Bình Thành", is_first=True)),
    read("staff-of-the-commune-alone", *rows("Khu phố", ("KP 1", "KP 2"), "Tổng cộng", blank=(3, 4))),
    read(
        "beside-their-commune",
        *beside(
            ("Xã Bình Thành", "Ấp 1", REST),
            ("Xã Bình Thành", "Ấp 2", A_PART),
            ("Tổng cộng", "", COUNTS[BT]),
        ),
    ),
    Case(
        "hamlets-total-names-it",
        "a.xlsx",
        xlsx(*rows("Ấp", FIVE, "Tổng cộng xã Bình Thành")[1:]),
        "entries",
        counts(BT),
    ),
    Case("hamlets-csv", "a.csv", csv(*rows("Ấp", FIVE, "Tổng cộng")), "entries", counts(BT)),
    Case("hamlets-xls", "a.xls", xls(*rows("Ấp", FIVE, "Tổng cộng")), "entries", counts(BT)),
    Case("hamlets-ods", "a.ods", ods(*rows("Ấp", FIVE, "Tổng cộng")), "entries", counts(BT)),
    Case(
        "hamlets-across",
        "a.xlsx",
        xlsx(WHO, TITLE, *turned(*rows("Chỉ tiêu", FIVE, "Tổng cộng")[2:])),
        "entries",
        counts(BT),
    ),
    Case(
        "hamlets-docx",
        "a.docx",
        word(*rows("Ấp", FIVE, "Tổng cộng")[2:], titles=(WHO[0], TITLE[0])),
        "entries",
        counts(BT),
    ),
    # No sum, another sum, a sum of nobody knows whom.
    held("hamlets-without-total", "a.xlsx", xlsx(*rows("Ấp", FIVE, "")), ("unknown-unit", "A4")),
    held(
        "hamlets-off-by-one",
        "a.xlsx",
        xlsx(*rows("Ấp", FIVE, "Tổng cộng", off=1)),
        ("unknown-unit", "A4"),
        ("total-differs", "D9"),
    ),
    held(
        "hamlets-of-their-commune-off-by-one",
        "a.xlsx",
        xlsx(*rows("Ấp", FIVE, "Xã Bình Thành", off=1)),
        ("unknown-unit", "A4"),
    ),
    held("hamlets-of-a-district", "a.xlsx", xlsx(*rows("Ấp", FIVE, "Toàn huyện")), ("unknown-unit", "A4")),
    held("hamlets-of-nobody", "a.xlsx", xlsx(*rows("Ấp", FIVE, "Tổng cộng")[1:]), ("unit-missing", "A8")),
    held(
        "a-hamlet-beside-its-commune",
        "a.xlsx",
        xlsx(*beside(("Xã Bình Thành", "Ấp 1", COUNTS[BT]))),
        ("unknown-unit", "B3"),
    ),
    held(
        "hamlets-of-two-communes",
        "a.xlsx",
        xlsx(
            *beside(("Xã Bình Thành", "1", REST), ("Xã Mỹ Bình", "2", A_PART), ("Tổng cộng", "", COUNTS[BT]))
        ),
        ("unknown-unit", "B3"),
        ("unknown-unit", "B4"),
    ),
]
