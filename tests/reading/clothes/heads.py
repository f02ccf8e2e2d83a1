"""Headers of two and three rows: who is counted over what was done over how many, merged or with blank cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import BT, COUNTS, TITLE, counts
from tests.reading.writers import Page, as_csv, as_docx, as_html, as_message, as_ods, as_xls, as_xlsx

P, S, N, ST, SI = COUNTS[BT]
OF_P, OF_S, OF_ST = 8.03, 16.08, 69.47
Row = Sequence[Any]
LEFT, ABOVE = "<", "^"  # cells that belong to the one before them, to the one above them


def page(head: Sequence[Row], *lines: Row, is_merged: bool = True) -> Page:
    """Return a sheet with a title, a header whose cells span others, and lines."""
    spans: dict[tuple[int, int], list[tuple[int, int]]] = {}
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(head):
        for c, text in enumerate(row):
            at = owner[r, c - 1] if text == LEFT else owner[r - 1, c] if text == ABOVE else (r, c)
            owner[r, c] = at
            spans.setdefault(at, []).append((r + 1, c))
    merges = [(*cells[0], *cells[-1]) for cells in spans.values() if len(cells) > 1]
    texts = [["" if text in (LEFT, ABOVE) else text for text in row] for row in head]
    return Page([TITLE, *texts, *map(list, lines)], merges=merges if is_merged else [])


def in_text(sheet: Page) -> tuple[Page, list[str]]:
    """Return a sheet as a table below its title, as documents and messages hold it."""
    above = [(a - 1, b, c - 1, d) for a, b, c, d in sheet.merges]
    return Page(sheet.rows[1:], merges=above), [str(sheet.rows[0][0])]


def message(sheet: Page) -> bytes:
    return as_message("Báo cáo Bluezone ngày 18/8/2020", as_html(*in_text(sheet))).as_bytes()


MERGED: Mapping[str, Callable[[Page], bytes]] = {
    "xlsx": lambda sheet: as_xlsx([sheet]),
    "xls": lambda sheet: as_xls([sheet]),
    "docx": lambda sheet: as_docx(*in_text(sheet)),
    "eml": message,
}
BLANK: Mapping[str, Callable[[Page], bytes]] = {
    "xlsx": lambda sheet: as_xlsx([sheet]),
    "ods": lambda sheet: as_ods([sheet]),
    "csv": as_csv,
}


def made(name: str, head: Sequence[Row], *lines: Row, kinds: str = "xlsx", blank: str = "csv") -> list[Case]:
    """Return the cases of a table of one commune that is read as a whole, merged and with blank cells."""
    rows = [[1, "Xã Bình Thành", *line] if len(line) < len(head[0]) else line for line in lines]
    contents = {
        (kind, writer, is_merged)
        for kinds_of, writers, is_merged in ((kinds, MERGED, True), (blank, BLANK, False))
        for kind, writer in writers.items()
        if kind in kinds_of.split()
    }
    return [
        Case(
            f"head-{name}-{'merged' if is_merged else 'blank'}-{kind}",
            f"a.{kind}",
            lambda writer=writer, is_merged=is_merged: writer(page(head, *rows, is_merged=is_merged)),  # type: ignore[misc]
            "entries",
            counts(BT),
        )
        for kind, writer, is_merged in sorted(contents, key=lambda one: (one[0], one[2]))
    ]


def asked(name: str, head: Sequence[Row], line: Row, *codes: str) -> list[Case]:
    """Return the cases of a table that is held, merged and with blank cells."""
    rows = [[1, "Xã Bình Thành", *line]]
    return [
        held(
            f"head-{name}-{'merged' if is_merged else 'blank'}",
            "a.xlsx",
            lambda is_merged=is_merged: as_xlsx([page(head, *rows, is_merged=is_merged)]),  # type: ignore[misc]
            *((code, None) for code in codes),
        )
        for is_merged in (True, False)
    ]


def three(how_many: str, rate: str, people: str = "Người dân", staff: str = "CBCCVC, NLĐ") -> list[Row]:
    """Return a header of three rows: whose figures, what was done, how many."""
    return [
        ["TT", "Đơn vị", people, LEFT, LEFT, LEFT, staff, LEFT, LEFT],
        [ABOVE, ABOVE, "Dân số", "Số người dùng ĐTTM", "Đã cài đặt", LEFT, "Tổng số", "Đã cài đặt", LEFT],
        [ABOVE, ABOVE, ABOVE, ABOVE, how_many, rate, ABOVE, how_many, rate],
    ]


def over(group: str, *below: str) -> list[Row]:
    """Return a header of three rows: what was done, by whom, how many."""
    counted, rate = below
    return [
        ["TT", "Đơn vị", "Dân số", "Số người dùng ĐTTM", "Tổng số CBCCVC", group, LEFT, LEFT, LEFT],
        [*[ABOVE] * 5, "Người dân", LEFT, "CBCCVC, NLĐ", LEFT],
        [*[ABOVE] * 5, counted, rate, counted, rate],
    ]


def below_people(what: str) -> list[Row]:
    """Return a header of three rows: whose figures, of what, and once more that it was done."""
    return [
        [
            "TT",
            "Đơn vị",
            "Dân số",
            "Số người dùng ĐTTM",
            "Tổng số CBCCVC",
            "Người dân",
            LEFT,
            "CBCCVC, NLĐ",
            LEFT,
        ],
        [*[ABOVE] * 5, what, LEFT, what, LEFT],
        [*[ABOVE] * 5, *["Đã cài đặt", "Tỷ lệ"] * 2],
    ]


def grouped(people: str, staff: str) -> list[Row]:
    return [
        ["TT", "Đơn vị", "Số người dùng ĐTTM", people, LEFT, LEFT, staff, LEFT, LEFT],
        [ABOVE, ABOVE, ABOVE, *["Tổng số", "Đã cài đặt", "Tỷ lệ"] * 2],
    ]


def parted(*below: str) -> list[Row]:
    """Return a header whose installations are parted in two columns that are no count and its percent."""
    return [
        [
            "TT",
            "Đơn vị",
            "Dân số",
            "Số người dùng ĐTTM",
            "Đã cài đặt",
            LEFT,
            "TS CBCCVC",
            "CBCCVC đã cài đặt",
        ],
        [ABOVE, ABOVE, ABOVE, ABOVE, *below, ABOVE, ABOVE],
    ]


WHOLE = (P, S, N, OF_P, ST, SI, OF_ST)
STAFF_CADRES = "Cán bộ, công chức, viên chức, NLĐ"
LEADING = ["TT", "Đơn vị", "Dân số", "Số người dùng ĐTTM", "Đã cài đặt"]

CASES: list[Case] = [
    *made(
        "three",
        three("Số lượng", "Tỷ lệ", staff=STAFF_CADRES),
        WHOLE,
        kinds="xlsx xls docx eml",
        blank="xlsx ods csv",
    ),
    *made("three-people", three("Số người", "Tỷ lệ (%)"), WHOLE),
    *made("three-short", three("SL", "TL%"), WHOLE),
    *made("three-numbered", three("SL", "%"), list("123456789"), WHOLE, blank="xlsx csv"),
    *made("turned-round", over("Đã cài đặt", "Số lượng", "Tỷ lệ"), (P, S, ST, N, OF_P, SI, OF_ST)),
    *made("turned-round-people", over("Số người đã cài đặt", "SL", "%"), (P, S, ST, N, OF_P, SI, OF_ST)),
    *made(
        "turned-round-in-two",
        [
            ["TT", "Đơn vị", "Dân số", "Số người dùng ĐTTM", "Tổng số CBCCVC", "Đã cài đặt Bluezone", LEFT],
            [*[ABOVE] * 5, "Người dân", "CBCCVC, NLĐ"],
        ],
        (P, S, ST, N, SI),
    ),
    *made("results", over("Kết quả cài đặt", "Số lượng", "Tỷ lệ"), (P, S, ST, N, OF_P, SI, OF_ST)),
    # A title above all columns, or above those of figures, says nothing of whom each counts.
    *made(
        "title-of-all",
        [
            ["SỐ NGƯỜI ĐÃ CÀI ĐẶT BLUEZONE", *[LEFT] * 6],
            ["TT", "Đơn vị", "Dân số", "Có ĐTTM", "Người dân đã cài đặt", "CBCCVC", "CBCCVC đã cài đặt"],
        ],
        (P, S, N, ST, SI),
    ),
    *made(
        "title-of-figures",
        [
            ["TT", "Đơn vị", "Số người đã cài đặt Bluezone", *[LEFT] * 6],
            [ABOVE, ABOVE, "Người dân", LEFT, LEFT, LEFT, "CBCCVC, NLĐ", LEFT, LEFT],
            [ABOVE, ABOVE, "Số lượng", "Có ĐTTM", "Đã cài đặt", "Tỷ lệ", "Số lượng", "Đã cài đặt", "Tỷ lệ"],
        ],
        WHOLE,
    ),
    *made(
        "the-day-and-the-sum",
        [
            *three("", "")[:2],
            [ABOVE, ABOVE, ABOVE, ABOVE, "Trong ngày", "Lũy kế", ABOVE, "Trong ngày", "Lũy kế"],
        ],
        (P, S, 12, N, ST, 2, SI),
        blank="xlsx csv",
    ),
    *made(
        "people-of-the-place",
        grouped("Người dân trên địa bàn", "CBCC, người lao động"),
        (S, P, N, OF_P, ST, SI, OF_ST),
    ),
    *made(
        "people-and-staff-of-the-commune",
        grouped("Nhân dân toàn xã", "Cán bộ, công chức xã"),
        (S, P, N, OF_P, ST, SI, OF_ST),
    ),
    *made("number-of-people", grouped("Số người dân", "CBCCVC & NLĐ"), (S, P, N, OF_P, ST, SI, OF_ST)),
    *made(
        "telephones",
        [
            [
                "TT",
                "Đơn vị",
                "Dân số",
                "Người sử dụng điện thoại thông minh",
                LEFT,
                LEFT,
                "CBCCVC",
                LEFT,
                LEFT,
            ],
            [ABOVE, ABOVE, ABOVE, *["Tổng số", "Đã cài đặt", "Tỷ lệ"] * 2],
        ],
        (P, S, N, OF_S, ST, SI, OF_ST),
    ),
    *made(
        "short-words",
        [["TT", "Đơn vị", "DS", "ĐTTM", "SL cài", "TL/DS", "CBCCVC", "CBCCVC cài"]],
        (P, S, N, OF_P, ST, SI),
    ),
    *made(
        "again-behind-the-staff",
        [["TT", "Đơn vị", "DS", "ĐTTM", "SL cài", "TL", "CBCCVC", "SL cài", "TL"]],
        WHOLE,
    ),
    *asked(
        "again-behind-others",
        [["TT", "Đơn vị", "DS", "ĐTTM", "SL cài", "CBCCVC", "Lực lượng vũ trang", "SL cài"]],
        (P, S, N, ST, 50, SI),
        "column-twice",
        "heading-not-understood",
    ),
    # What nobody merged is parted by the row below all the same: its first column is not the whole.
    *asked("parted-by-system", parted("Android", "iOS"), (P, S, 300, 143, ST, SI), "heading-not-understood"),
    *asked("parted-by-sex", parted("Nam", "Nữ"), (P, S, 200, 243, ST, SI), "heading-not-understood"),
    *asked(
        "parted-by-time", parted("Tuần này", "Từ đầu đợt"), (P, S, 12, 443, ST, SI), "heading-not-understood"
    ),
    # What is of the day, of another day or not done is none of the people's sums, whatever stands between.
    *(
        case
        for i, group in enumerate(
            ("Trong ngày", "Chưa cài đặt", "Hôm qua", "Kỳ trước", "Còn lại", "Chỉ tiêu giao")
        )
        for case in (
            *asked(
                f"no-sums-{i}",
                over(group, "Đã cài đặt", "Tỷ lệ"),
                (P, S, ST, 12, "", 2, ""),
                "missing-figure",
            ),
            *asked(f"no-sums-below-{i}", below_people(group), (P, S, ST, 12, "", 2, ""), "missing-figure"),
        )
    ),
    # Such a group of its own beside the others, and a day between a group and its counts.
    *asked(
        "another-days-group",
        [
            ["TT", "Đơn vị", "Hôm qua", LEFT, "Người dân", LEFT, "CBCCVC, NLĐ", LEFT],
            [ABOVE, ABOVE, "Số người", "Đã cài", "Dân số", "Có ĐTTM", "Tổng số", "Đã cài đặt"],
        ],
        (41, 13, P, S, ST, SI),
        "missing-figure",
    ),
    *made(
        "a-day-between",
        [
            [
                "TT",
                "Đơn vị",
                "Dân số",
                "Có ĐTTM",
                "Người dân đã cài",
                "Tổng số CBCCVC",
                "CBCCVC",
                *[LEFT] * 3,
            ],
            [*[ABOVE] * 6, "Đã cài đặt", LEFT, "Ngày 17/8/2020", LEFT],
            [*[ABOVE] * 6, "Số lượng", "Tỷ lệ", "Số người", "Tỷ lệ"],
        ],
        (P, S, N, ST, SI, OF_ST, 5, ""),
    ),
    *asked(
        "staff-with-telephones",
        [
            [*LEADING, "CBCCVC, NLĐ", LEFT, LEFT],
            [*[ABOVE] * 5, "Tổng số", "Người có điện thoại thông minh", LEFT],
            [*[ABOVE] * 6, "Tổng số", "Đã cài đặt"],
        ],
        (P, S, N, ST, 90, 60),
        "heading-not-understood",
    ),
]
