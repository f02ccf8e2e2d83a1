"""Tables beside each other: a long list set in two or three columns, and what only looks like one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.heads import ABOVE, LEFT, page
from tests.reading.clothes.tailor import ALL, COUNTS, NAMES, TITLE, counts, csv, ods, sums, word, xls, xlsx
from tests.reading.writers import as_xlsx

HEAD = ["TT", "Đơn vị", "Dân số", "Số người dùng ĐTTM", "Đã cài đặt", "Tổng số CBCCVC", "Đã cài đặt"]
FIRST, SECOND = ALL[:6], ALL[6:]
NOTHING = [""] * len(HEAD)


def line(units: Sequence[str], i: int, less: int = 0) -> list[Any]:
    """Return a line of one of the tables: a unit's, or a blank one below the last."""
    if i >= len(units):
        return NOTHING
    return [i + 1, NAMES[units[i]], *(count - less for count in COUNTS[units[i]])]


def beside(*lists: Sequence[str], gap: int = 0, less: int = 0) -> list[list[Any]]:
    """Return tables beside each other, a column or none between; ``less``: by how much the last one counts less."""
    between = [""] * gap
    rows = [[cell for _ in lists for cell in (*HEAD, *between)]]
    for i in range(max(map(len, lists))):
        parts = [line(units, i, less * (at + 1 == len(lists))) for at, units in enumerate(lists)]
        rows.append([cell for part in parts for cell in (*part, *between)])
    return [TITLE, *rows]


def total(*units: str) -> list[Any]:
    return ["", *sums("Tổng cộng", *units)]


def read(name: str, *rows: list[Any]) -> Case:
    return Case(f"beside-{name}", "a.xlsx", xlsx(*rows), "entries", counts(*ALL))


GROUPED = [
    [*["TT", "Đơn vị", "Người dân", LEFT, LEFT, "CBCCVC", LEFT] * 2],
    [*[ABOVE, ABOVE, "Dân số", "Có ĐTTM", "Đã cài", "Tổng số", "Đã cài"] * 2],
]
FIVES = [[*line(ALL[:5], i), *line(ALL[5:10], i)] for i in range(5)]

CASES: list[Case] = [
    read("two", *beside(FIRST, SECOND)),
    read("two-with-a-gap", *beside(FIRST, SECOND, gap=1)),
    read("three", *beside(ALL[:4], ALL[4:8], ALL[8:])),
    read("total-on-the-right", *beside(FIRST, SECOND), [*NOTHING, *total(*ALL)]),
    read("total-on-the-left", *beside(FIRST, SECOND), total(*ALL)),
    read("totals-of-both", *beside(FIRST, SECOND), [*total(*FIRST), *total(*SECOND)]),
    read(
        "signed-below",
        *beside(FIRST, SECOND),
        [],
        ["", "NGƯỜI LẬP", *[""] * 8, "Đức Huệ, ngày 18 tháng 8 năm 2020"],
    ),
    Case("beside-csv", "a.csv", csv(*beside(FIRST, SECOND)), "entries", counts(*ALL)),
    Case("beside-commas", "a.csv", csv(*beside(FIRST, SECOND), separator=","), "entries", counts(*ALL)),
    Case("beside-xls", "a.xls", xls(*beside(FIRST, SECOND)), "entries", counts(*ALL)),
    Case("beside-ods", "a.ods", ods(*beside(FIRST, SECOND)), "entries", counts(*ALL)),
    Case("beside-docx", "a.docx", word(*beside(FIRST, SECOND)[1:]), "entries", counts(*ALL)),
    *(
        Case(
            f"beside-in-groups-{'merged' if is_merged else 'blank'}",
            "a.xlsx",
            lambda is_merged=is_merged: as_xlsx([page(GROUPED, *FIVES, is_merged=is_merged)]),  # type: ignore[misc]
            "entries",
            counts(*ALL[:10]),
        )
        for is_merged in (True, False)
    ),
    Case(
        "beside-a-total-that-is-wrong",
        "a.xlsx",
        xlsx(*beside(FIRST, SECOND), [*NOTHING, "", *sums("Tổng cộng", *ALL, off={"installs": 1})]),
        "entries",
        counts(*ALL),
        (("total-differs", "L9"),),
    ),
    # Two days, or the day and the sum, are no long list.
    held(
        "beside-the-same-communes",
        "a.xlsx",
        xlsx(*beside(FIRST, FIRST, less=3)),
        *(("unit-twice", f"I{r}") for r in range(3, 9)),
    ),
    held(
        "beside-another-day",
        "a.xlsx",
        xlsx(TITLE, ["Ngày 17/8/2020", *NOTHING[1:], "Ngày 18/8/2020"], *beside(FIRST[:5], SECOND)[1:]),
        ("day-contradiction", None),
    ),
    held(
        "beside-the-sum",
        "a.xlsx",
        xlsx(TITLE, ["Trong ngày", *NOTHING[1:], "Lũy kế"], *beside(FIRST[:5], SECOND)[1:]),
        ("column-twice", None),
        ("ambiguous-unit", None),
    ),
]
