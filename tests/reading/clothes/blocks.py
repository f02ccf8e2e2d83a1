"""Several units one below the other in a sheet, each below a title of its own, in tables without a column of units."""

from __future__ import annotations

from typing import Any

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import BT, HEAD, TITLE, counts, row, word, xls, xlsx

MB = "27928"
BOTH = [
    TITLE,
    ["UBND XÃ BÌNH THÀNH"],
    HEAD[1:],
    row(BT)[1:],
    [],
    ["UBND XÃ MỸ BÌNH"],
    HEAD[1:],
    row(MB)[1:],
]


def parted() -> list[list[Any]]:
    """Return one commune's people, and another's staff below its own name."""
    people = [["UBND XÃ BÌNH THÀNH"], HEAD[1:4], row(BT)[1:4]]
    return [TITLE, *people, [], ["UBND XÃ MỸ BÌNH"], HEAD[4:], row(MB)[4:]]


def down() -> list[list[Any]]:
    """Return a form that runs down, with another commune's name amid its indicators."""
    first = [[heading, value] for heading, value in zip(HEAD[1:4], row(BT)[1:4], strict=True)]
    second = [[heading, value] for heading, value in zip(HEAD[4:], row(MB)[4:], strict=True)]
    return [["UBND XÃ BÌNH THÀNH"], TITLE, ["Chỉ tiêu", "Số liệu"], *first, ["Xã Mỹ Bình", ""], *second]


CASES: list[Case] = [
    Case("blocks", "a.xlsx", xlsx(*BOTH), "entries", counts(BT, MB)),
    Case("blocks-xls", "a.xls", xls(*BOTH), "entries", counts(BT, MB)),
    Case(
        "block-of-the-second-indicators",
        "a.xlsx",
        xlsx(TITLE, ["UBND XÃ BÌNH THÀNH"], HEAD[1:4], row(BT)[1:4], [], HEAD[4:], row(BT)[4:]),
        "entries",
        counts(BT),
    ),
    held(
        "blocks-of-other-indicators",
        "a.xlsx",
        xlsx(*parted()),
        ("missing-figure", "A4"),
        ("missing-figure", "A8"),
    ),
    held("blocks-down", "a.xlsx", xlsx(*down()), ("ambiguous-unit", None)),
    held(
        "blocks-down-docx",
        "a.docx",
        word(*down()[2:], titles=("UBND XÃ BÌNH THÀNH", *TITLE)),
        ("ambiguous-unit", None),
    ),
]
