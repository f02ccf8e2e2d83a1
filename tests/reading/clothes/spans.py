"""A unit named once over several lines or columns of its own: days, sexes, what was planned and what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import BT, COUNTS, HEAD, TITLE, Rows, counts
from tests.reading.writers import Page, as_ods, as_xls, as_xlsx

MB = "27928"
OLDER = {BT: (5519, 2755, 400, 95, 60), MB: (3014, 1502, 200, 93, 60)}
NAME = {BT: "Xã Bình Thành", MB: "Xã Mỹ Bình"}
BOTH = counts(BT, MB)
Write = Callable[[Sequence[Page]], bytes]


def down(
    heading: str,
    first: str,
    second: str,
    *,
    older_first: bool = True,
    is_merged: bool = True,
    write: Write = as_xlsx,
) -> Callable[[], bytes]:
    """Return a table of two communes, each with two lines and its name in the first."""
    rows: Rows = [TITLE, ["TT", HEAD[0], heading, *HEAD[1:]]]
    merges = []
    for i, unit in enumerate((BT, MB), 1):
        lines = (OLDER[unit], COUNTS[unit]) if older_first else (COUNTS[unit], OLDER[unit])
        if is_merged:
            merges += [(len(rows), 0, len(rows) + 1, 0), (len(rows), 1, len(rows) + 1, 1)]
        rows += [[i, NAME[unit], first, *lines[0]], ["", "", second, *lines[1]]]
    return lambda: write([Page(rows, merges=merges)])


def across(first: str, second: str, *, is_merged: bool = True, corner: str = "") -> Callable[[], bytes]:
    """Return a table whose indicators stand below each other, each commune's name over two columns."""
    top: list[Any] = ["Chỉ tiêu"]
    merges = []
    for unit in (BT, MB):
        if is_merged:
            merges.append((1, len(top), 1, len(top) + 1))
        top += [NAME[unit], "" if is_merged else NAME[unit]]
    rows: Rows = [TITLE, top, [corner, first, second, first, second]]
    for i, heading in enumerate(HEAD[1:]):
        rows.append([heading, *(figures[unit][i] for unit in (BT, MB) for figures in (OLDER, COUNTS))])
    return lambda: as_xlsx([Page(rows, merges=merges)])


TWICE = ("unit-twice", None)
CASES = [
    Case("spanned-days", "a.xlsx", down("Ngày", "17/8/2020", "18/8/2020"), "entries", BOTH),
    Case("spanned-days-headless", "a.xlsx", down("", "17/8", "18/8"), "entries", BOTH),
    Case("spanned-days-newer-first", "a.xlsx", down("", "18/8", "17/8", older_first=False), "entries", BOTH),
    Case(
        "spanned-days-unmerged",
        "a.xlsx",
        down("Kỳ", "17/8/2020", "18/8/2020", is_merged=False),
        "entries",
        BOTH,
    ),
    Case("spanned-days-xls", "a.xls", down("", "17/8", "18/8", write=as_xls), "entries", BOTH),
    Case("spanned-days-ods", "a.ods", down("", "17/8", "18/8", write=as_ods), "entries", BOTH),
    Case("spanned-plan", "a.xlsx", down("", "Kế hoạch", "Thực hiện"), "entries", BOTH),
    Case("spanned-day-and-sum", "a.xlsx", down("", "Trong ngày", "Lũy kế"), "entries", BOTH),
    held("spanned-sexes", "a.xlsx", down("", "Nam", "Nữ"), TWICE),
    held("spanned-sexes-unmerged", "a.xlsx", down("Đối tượng", "Nam", "Nữ", is_merged=False), TWICE),
    held("spanned-yesterday", "a.xlsx", down("Nội dung", "Hôm qua", "Hôm nay"), TWICE),
    held("spanned-hours", "a.xlsx", down("Thời điểm", "Sáng", "Chiều"), TWICE),
    Case("spanned-columns-days", "a.xlsx", across("17/8", "18/8"), "entries", BOTH),
    Case("spanned-columns-days-named", "a.xlsx", across("17/8", "18/8", corner="Ngày"), "entries", BOTH),
    Case("spanned-columns-days-repeated", "a.xlsx", across("17/8", "18/8", is_merged=False), "entries", BOTH),
    Case("spanned-columns-plan", "a.xlsx", across("Kế hoạch", "Thực hiện"), "entries", BOTH),
    Case("spanned-columns-sum", "a.xlsx", across("Trong ngày", "Lũy kế"), "entries", BOTH),
    held("spanned-columns-sexes", "a.xlsx", across("Nam", "Nữ"), TWICE),
    held("spanned-columns-hamlets", "a.xlsx", across("Ấp 1", "Ấp 2"), TWICE),
    held("spanned-columns-yesterday", "a.xlsx", across("Hôm qua", "Hôm nay"), TWICE),
]
