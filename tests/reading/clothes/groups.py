"""Columns below groups and sections: the people's, the staff's, or somebody else's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import BT, COUNTS, HEAD, TITLE, counts, row, vertical, word, xlsx
from tests.reading.writers import Page, as_xlsx

NOT_UNDERSTOOD = "heading-not-understood"
P, S, N, ST, SI = COUNTS[BT]
Group = tuple[str, Sequence[tuple[str, Any]]]
PEOPLE: Group = ("Người dân", [("Dân số", P), ("Số người dùng ĐTTM", S), ("Đã cài đặt", N)])
PEOPLE_LACKING: Group = ("Người dân", [("Dân số", P), ("Số người dùng ĐTTM", S)])
STAFF: Group = ("CBCCVC, NLĐ", [("Tổng số", ST), ("Đã cài đặt", SI)])
STAFF_LACKING: Group = ("CBCCVC, NLĐ", [("Tổng số", ST)])


def of(name: str) -> Group:
    return name, [("Tổng số", 80), ("Đã cài đặt", 30)]


def across(*groups: Group) -> Callable[[], bytes]:
    """Return a table of one commune with its columns below merged groups."""
    top, below, line, merges = ["Đơn vị"], [""], ["Xã Bình Thành"], [(1, 0, 2, 0)]
    for name, columns in groups:
        if len(columns) > 1:
            merges.append((1, len(top), 1, len(top) + len(columns) - 1))
        top += [name, *[""] * (len(columns) - 1)]
        below += [heading for heading, _ in columns]
        line += [value for _, value in columns]
    return lambda: as_xlsx([Page([TITLE, top, below, line], merges=merges)])


def down(*sections: Group, marks: Sequence[str] = ("I", "II", "III")) -> Callable[[], bytes]:
    """Return a form of one commune with its indicators below each other in marked sections."""
    rows: list[list[Any]] = [["UBND XÃ BÌNH THÀNH"], TITLE, ["TT", "Nội dung", "ĐVT", "Số lượng"]]
    for mark, (name, lines) in zip(marks, sections, strict=False):
        rows.append([mark, name, "", ""])
        rows += [[i, heading, "người", value] for i, (heading, value) in enumerate(lines, 1)]
    return xlsx(*rows)


def numbered(name: str, *lines: tuple[str, int]) -> Callable[[], bytes]:
    """Return a form whose third line has lines of its own below it, without numbers."""
    return xlsx(
        ["UBND XÃ BÌNH THÀNH"],
        TITLE,
        ["TT", "Nội dung", "ĐVT", "Số lượng"],
        [1, "Dân số", "người", P],
        [2, "Số người dùng ĐTTM", "người", S],
        [3, name, "", ""],
        *(["", heading, "người", value] for heading, value in lines),
        [4, "Tổng số CBCCVC, NLĐ", "người", ST],
    )


BOTH = (("Người dân đã cài đặt", N), ("CBCCVC, NLĐ đã cài đặt", SI))
FEW = (("Người dân đã cài đặt", 12), ("CBCCVC, NLĐ đã cài đặt", 3))

CASES: list[Case] = [
    held(
        "installs-of-a-group-nobody-knows",
        "a.xlsx",
        across(PEOPLE_LACKING, of("Lực lượng vũ trang"), STAFF),
        (NOT_UNDERSTOOD, "D2"),
    ),
    held(
        "staff-installs-of-a-group-nobody-knows",
        "a.xlsx",
        across(PEOPLE, STAFF_LACKING, of("Tiểu thương chợ")),
        (NOT_UNDERSTOOD, "F2"),
    ),
    Case(
        "a-group-nobody-knows-beside-all-that-is-asked",
        "a.xlsx",
        across(PEOPLE, of("Lực lượng vũ trang"), STAFF),
        "entries",
        counts(BT),
        (("unknown-column", None),),
    ),
    held(
        "a-section-nobody-knows",
        "a.xlsx",
        down(PEOPLE, STAFF_LACKING, of("Dân quân tự vệ")),
        (NOT_UNDERSTOOD, "B10"),
    ),
    held(
        "a-section-of-pupils",
        "a.xlsx",
        down(PEOPLE, STAFF_LACKING, of("Học sinh")),
        ("missing-figure", "D3"),
    ),
    held(
        "a-section-nobody-knows-between",
        "a.xlsx",
        down(PEOPLE_LACKING, of("Công an, quân sự"), STAFF),
        (NOT_UNDERSTOOD, "B7"),
    ),
    held(
        "a-line-of-people-and-staff-together",
        "a.xlsx",
        xlsx(
            ["UBND XÃ BÌNH THÀNH"],
            TITLE,
            ["TT", "Nội dung", "Số lượng"],
            ["I", "Người dân", ""],
            [1, "Dân số", P],
            [2, "Số người dùng ĐTTM", S],
            ["II", "CBCCVC, NLĐ", ""],
            [1, "Tổng số", ST],
            [2, "Đã cài đặt", SI],
            ["III", "Tổng số đã cài đặt", N + SI],
        ),
        (NOT_UNDERSTOOD, "B10"),
    ),
    held(
        "a-group-of-people-and-staff-together",
        "a.xlsx",
        across(PEOPLE_LACKING, STAFF, ("Tổng cộng", [("Đã cài đặt", N + SI)])),
        (NOT_UNDERSTOOD, "F2"),
    ),
    held(
        "a-group-of-another-application",
        "a.xlsx",
        across(PEOPLE_LACKING, STAFF, ("Ứng dụng NCOVI", [("Người dân đã cài đặt", 900)])),
        (NOT_UNDERSTOOD, "F2"),
    ),
    held(
        "a-group-of-the-week",
        "a.xlsx",
        across(PEOPLE_LACKING, STAFF, ("Tuần này", [("Người dân đã cài đặt", 120)])),
        (NOT_UNDERSTOOD, "F2"),
    ),
    held(
        "a-section-without-any-mark",
        "a.docx",
        word(
            ["Nội dung", "Số lượng"],
            ["Dân số", P],
            ["Số người dùng ĐTTM", S],
            ["Dân quân tự vệ", ""],
            ["Tổng số", 80],
            ["Đã cài đặt", 30],
            ["CBCCVC, NLĐ", ""],
            ["Tổng số", ST],
            ["Đã cài đặt", SI],
            titles=("UBND xã Bình Thành", *TITLE),
        ),
        (NOT_UNDERSTOOD, "A4"),
    ),
    held(
        "a-group-of-another-year",
        "a.xlsx",
        across(PEOPLE_LACKING, STAFF, ("Số liệu năm 2019", [("Người dân đã cài đặt", 5)])),
        (NOT_UNDERSTOOD, "F2"),
    ),
    Case(
        "sums-to-date-in-many-words",
        "a.xlsx",
        xlsx(
            TITLE,
            [
                *("Đơn vị", "Dân số xã", HEAD[2], "Số người cài Bluezone lũy kế đến nay", HEAD[4]),
                "Lũy kế CBCCVC, NLĐ đã cài đặt đến ngày 18/8",
            ],
            row(BT),
        ),
        "entries",
        counts(BT),
    ),
    Case(
        "sums-to-the-time-of-the-report",
        "a.xlsx",
        xlsx(
            TITLE,
            [
                *(*HEAD[:3], "Tổng số người dân đã cài đặt đến thời điểm báo cáo", HEAD[4]),
                "Tổng số CBCCVC, NLĐ đã cài đặt đến thời điểm báo cáo",
            ],
            row(BT),
        ),
        "entries",
        counts(BT),
    ),
    held(
        "a-numbered-section-of-the-day",
        "a.xlsx",
        numbered("Kết quả trong ngày", *FEW),
        (NOT_UNDERSTOOD, "B6"),
    ),
    held("a-numbered-section-of-before", "a.xlsx", numbered("Kỳ trước", *FEW), ("missing-figure", "D3")),
    held(
        "a-numbered-section-of-yesterday",
        "a.xlsx",
        numbered("Số liệu ngày 17/8", *BOTH),
        ("day-contradiction", "B7"),
    ),
    Case(
        "a-numbered-section-of-results",
        "a.xlsx",
        numbered("Kết quả cài đặt ứng dụng Bluezone", *BOTH),
        "entries",
        counts(BT),
    ),
    Case(
        "a-group-that-says-nothing-of-whom",
        "a.xlsx",
        across(
            ("Tình hình chung xã Bình Thành", [("Dân số", P), ("Số người dùng ĐTTM", S)]),
            ("Kết quả cài đặt đến 14h ngày 18/8", [("Người dân đã cài", N), ("CBCCVC đã cài", SI)]),
            STAFF_LACKING,
        ),
        "entries",
        counts(BT),
    ),
    held(
        "staff-in-parts",
        "a.xlsx",
        xlsx(
            TITLE,
            [
                *HEAD[:4],
                *("Cán bộ, công chức", "Cán bộ, công chức đã cài đặt", "Viên chức", "Viên chức đã cài đặt"),
            ],
            [*row(BT)[:4], 22, 20, 73, 46],
        ),
        (NOT_UNDERSTOOD, "E2"),
    ),
    held(
        "staff-without-its-labourers-below-each-other",
        "a.xlsx",
        xlsx(*vertical(BT)[:7], ["CBCCVC", 80], ["NLĐ hợp đồng", 15], vertical(BT)[8]),
        (NOT_UNDERSTOOD, "A8"),
    ),
    Case(
        "staff-and-of-these-its-parts",
        "a.xlsx",
        xlsx(*vertical(BT)[:8], ["- Cán bộ", 10], ["- Công chức", 20], ["- Viên chức", 65], vertical(BT)[8]),
        "entries",
        counts(BT),
        (("unknown-column", None),),
    ),
    held(
        "measured-in-percents-and-households",
        "a.xlsx",
        xlsx(
            ["UBND XÃ BÌNH THÀNH"],
            TITLE,
            ["TT", "Nội dung", "ĐVT", "Số lượng"],
            [1, "Dân số", "hộ", 1519],
            [2, "Số người dùng ĐTTM", "Người", S],
            [3, "Số người đã cài đặt", "%", 8],
            [4, "Tổng số CBCCVC, NLĐ", "CB", ST],
            [5, "Số CBCCVC, NLĐ đã cài đặt", "nt", SI],
        ),
        ("not-a-number", "D4"),
        ("not-a-number", "D6"),
    ),
    held(
        "measured-in-percents-docx",
        "a.docx",
        word(
            ["Chỉ tiêu", "Đơn vị", "Kết quả"],
            ["Dân số", "người", P],
            ["Số người dùng ĐTTM", "người", S],
            ["Số người đã cài đặt", "tỷ lệ %", 8],
            ["Tổng số CBCCVC, NLĐ", "", ST],
            ["Số CBCCVC, NLĐ đã cài đặt", "người", SI],
            titles=("UBND xã Bình Thành", *TITLE),
        ),
        ("not-a-number", "C4"),
    ),
    held(
        "telephones-of-the-staff",
        "a.xlsx",
        across(
            ("Người dân", [("Tổng số", P), ("Đã cài đặt", N)]),
            ("CBCCVC, NLĐ", [("Tổng số", ST), ("Có ĐTTM", 90), ("Đã cài đặt", SI)]),
        ),
        (NOT_UNDERSTOOD, "E3"),
    ),
    Case(
        "telephones-of-the-people-and-of-the-staff",
        "a.xlsx",
        across(
            ("Người dân", [("Tổng số", P), ("Có ĐTTM", S), ("Đã cài đặt", N)]),
            ("CBCCVC, NLĐ", [("Tổng số", ST), ("Có ĐTTM", 90), ("Đã cài đặt", SI)]),
        ),
        "entries",
        counts(BT),
        (("unknown-column", None),),
    ),
]
