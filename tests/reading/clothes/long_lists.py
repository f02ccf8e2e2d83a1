"""One line for each unit and indicator ("Đơn vị | Chỉ tiêu | Số liệu"): read as the table of units that it is."""

from __future__ import annotations

from collections.abc import Callable

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import (
    ALL,
    BT,
    HEAD,
    NAMES,
    TITLE,
    E,
    Rows,
    counts,
    csv,
    ods,
    row,
    sums,
    word,
    xls,
    xlsx,
)
from tests.reading.writers import Page, as_xlsx

TOP = ["Đơn vị", "Chỉ tiêu", "Số liệu"]
ASKED = HEAD[1:]


def lines(*units: str) -> Rows:
    """Return the lines of units, each unit's indicators below each other."""
    return [
        [NAMES[unit], name, value] for unit in units for name, value in zip(ASKED, row(unit)[1:], strict=True)
    ]


BOTH = lines(BT, E)
ONCE = [[name if i % 5 == 0 else "", *rest] for i, (name, *rest) in enumerate(BOTH)]
BY_INDICATOR = sorted(BOTH, key=lambda line: ASKED.index(line[1]))
TOTAL = [["TỔNG CỘNG", name, value] for name, value in zip(ASKED, sums("", BT, E)[1:], strict=True)]


def merged() -> bytes:
    """Return a list in which each unit's name is merged over its lines."""
    return as_xlsx([Page([TITLE, TOP, *ONCE], merges=[(2, 0, 6, 0), (7, 0, 11, 0)])])


def read(case: str, content: Callable[[], bytes], *units: str, file: str = "a.xlsx") -> Case:
    """Return the case of a list that is read."""
    return Case(f"long-{case}", file, content, "entries", counts(*(units or (BT, E))))


CASES: list[Case] = [
    read("by-unit", xlsx(TITLE, TOP, *BOTH)),
    read("xls", xls(TITLE, TOP, *BOTH), file="a.xls"),
    read("ods", ods(TITLE, TOP, *BOTH), file="a.ods"),
    read("csv", csv(TOP, *BOTH), file="a.csv"),
    read("docx", word(TOP, *BOTH), file="a.docx"),
    read("of-one-unit", xlsx(TITLE, ["Tên đơn vị", "Nội dung", "Giá trị"], *lines(BT)), BT),
    read("of-all-units", xlsx(TITLE, TOP, *lines(*ALL)), *ALL),
    read("unit-once", xlsx(TITLE, TOP, *ONCE)),
    read("unit-merged", merged),
    read("by-indicator", xlsx(TITLE, TOP, *BY_INDICATOR)),
    read("indicator-first", xlsx(TITLE, ["Chỉ tiêu", *TOP[::2]], *([b, a, c] for a, b, c in BY_INDICATOR))),
    read("numbered", xlsx(TITLE, ["STT", *TOP], *([i, *line] for i, line in enumerate(BOTH, 1)))),
    read("with-empty-notes", xlsx(TITLE, [*TOP, "Ghi chú"], *([*line, ""] for line in BOTH))),
    read("with-a-total", xlsx(TITLE, TOP, *BOTH, *TOTAL)),
    read("signed", xlsx(TITLE, TOP, *BOTH, [], ["Người lập biểu", "Thủ trưởng", ""])),
    held("long-a-figure-is-none", "a.xlsx", xlsx(TITLE, TOP, *BOTH[:-1], [*BOTH[-1][:2], "66x"]),
         ("not-a-number", "C12"), says=("Ô C12 ghi “66x”",)),
    held("long-a-line-lacks", "a.xlsx", xlsx(TITLE, TOP, *BOTH[:-1]), ("missing-figure", "A8")),
    held("long-a-figure-lacks", "a.xlsx", xlsx(TITLE, TOP, *BOTH[:7], [*BOTH[7][:2], ""], *BOTH[8:]),
         ("missing-figure", "C10")),
    held("long-an-indicator-twice", "a.xlsx", xlsx(TITLE, TOP, *BOTH, [NAMES[BT], ASKED[2], 453]),
         ("unit-twice", "A13"), ("missing-figure", "A13")),
    held("long-unknown-unit", "a.xlsx", xlsx(TITLE, TOP, *(["Xã Không Có", *line[1:]] for line in lines(BT))),
         ("unknown-unit", "A3")),
    held("long-with-a-note-of-a-line", "a.xlsx",
         xlsx(TITLE, [*TOP, "Ghi chú"], *([*line, "sai" if i == 2 else ""] for i, line in enumerate(BOTH))),
         ("not-a-number", "C3"), ("unit-missing", None),
         says=("Ô C3 cùng cột đơn vị bên cạnh ghi “5519 Xã Bình Thành”",)),
    Case(
        "long-unit-of-measure",
        "a.xlsx",
        xlsx(
            ["UBND XÃ BÌNH THÀNH"],
            TITLE,
            ["Chỉ tiêu", "Đơn vị", "Số lượng"],
            *([name, "người", value] for _, name, value in lines(BT)),
        ),
        "entries",
        counts(BT),
    ),
]  # fmt: skip
