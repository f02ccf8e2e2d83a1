"""Faults in figures, headings and totals: each is named as what it is, at the cell where it is to be mended."""

from __future__ import annotations

import io

import openpyxl
import pytest
import xlsxwriter

from tests.reading.conftest import Read
from tests.reading.places import DAY
from tests.reading.writers import Error, Page, as_csv, as_ods, as_xls, as_xlsx
from tonghop.domain.findings import Finding, Severity
from tonghop.domain.reading import Reading, Role
from tonghop.words import message_of

TITLE = [f"BÁO CÁO ngày {DAY.day}/{DAY.month}/{DAY.year}"]
HEAD = ["STT", "Đơn vị", "Dân số", "Số người dùng điện thoại thông minh", "Số người đã cài đặt (lũy kế)"]
STAFF = ["Tổng số CBCCVC, NLĐ", "Số CBCCVC, NLĐ đã cài đặt"]
RATED = ["Đơn vị", "Dân số", "Số người đã cài đặt", "Tỷ lệ/dân số"]


def xlsx(*rows: list[object]) -> bytes:
    return as_xlsx([Page(list(rows))])


def of_code(reading: Reading, code: str) -> list[Finding]:
    return [finding for finding in reading.findings if finding.code == code]


def codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings}


def values(reading: Reading, unit: str) -> dict[str, float | None]:
    return {f.indicator: f.number for row in reading.rows if row.unit == unit for f in row.figures}


@pytest.mark.parametrize("typed", ["1.234", "1.234%", "8.031 %", 1.234, "12.345"])
def test_a_percent_that_can_be_two_is_held_with_the_question(read: Read, typed: object) -> None:
    reading = read("bc.xlsx", xlsx(TITLE, RATED, ["Xã Bình Thành", 5519, 443, typed]))
    (finding,) = reading.findings
    assert (finding.code, finding.severity, finding.unit, finding.cell) == (
        "ambiguous-percent",
        Severity.CRITICAL,
        "27916",
        "D3",
    )
    assert (finding.found or "").startswith(str(typed).partition("%")[0].strip())
    assert "hay" in message_of(finding)
    assert "?" in message_of(finding)


@pytest.mark.parametrize("typed", ["8.027", "8.027%", 8.027, "8,027%", "8,027"])
def test_a_percent_that_the_counts_bear_out_is_no_question(read: Read, typed: object) -> None:
    reading = read("bc.xlsx", xlsx(TITLE, RATED, ["Xã Bình Thành", 5519, 443, typed]))
    assert reading.findings == ()
    (rate,) = reading.rows[0].declared
    assert (round(rate.fraction, 6), rate.decimals) == (0.08027, 3)


def test_the_open_percent_of_a_total_row_holds_nothing(read: Read) -> None:
    reading = read(
        "bc.xlsx",
        xlsx(
            TITLE,
            RATED,
            ["Xã Bình Thành", 5519, 443, ""],
            ["Xã Mỹ Bình", 3014, 224, ""],
            ["Tổng cộng", 8533, 667, "1.234"],
        ),
    )
    assert [(f.code, f.holds, f.cell) for f in reading.findings] == [("unreadable-percent", False, "D5")]


# A number that its sender marks as estimated was not counted: it is held like any other figure that only the sender
# knows. Taking it with a remark would add guesses to sums; an officer may still accept it by a verdict.
@pytest.mark.parametrize(
    "typed",
    [
        "4.000 (ước)",
        "khoảng 4000",
        "Khoảng 4.000 người",
        "~4000",
        "≈ 4000",
        "ước đạt 4.000",
        "4000 (tạm tính)",
        "4000?",
        "trên 4000",
        ">4000",
        "gần 4.000 người",
        "hơn 4000",
        "4.000 (chưa chính thức)",
        "4000 ± 50",
        "±4000",
    ],
)
def test_an_estimate_is_held_and_quoted(read: Read, typed: str) -> None:
    reading = read("bc.xlsx", xlsx(TITLE, HEAD, [1, "Xã Bình Thành", typed, 2755, 443]))
    (finding,) = reading.findings
    assert values(reading, "27916")["population"] is None
    assert (finding.holds, finding.cell, finding.found) == (True, "C3", typed)
    assert finding.code == "estimated-figure"


# "5,00" and "7.00" alone: five and seven for who types decimals, but a nought may be missing ("5,000"). The number is
# taken, as it is the only one written, and a warning asks. It is certain, and nothing is asked, where the same cell
# or another count of the sheet shows that decimals of nought are its habit.
@pytest.mark.parametrize(("typed", "number"), [("5,00", 5), ("7.00", 7), ("443,0", 443), ("512.00", 512)])
def test_decimals_of_nought_behind_a_small_number_warn(read: Read, typed: str, number: int) -> None:
    reading = read("bc.xlsx", xlsx(TITLE, HEAD, [1, "Xã Bình Thành", 5519, 2755, typed]))
    (finding,) = reading.findings
    assert values(reading, "27916")["installs"] == number
    assert (finding.code, finding.holds, finding.cell) == ("zero-decimals", False, "E3")
    assert (finding.found, finding.expected) == (typed, str(number))


@pytest.mark.parametrize(
    "row",
    [["5.519,00", "2.755,00", "443,00"], ["5519.00", "2755.00", "443.00"], ["5,519.00", "2,755.00", "0.00"]],
)
def test_decimals_of_nought_are_certain_where_the_sheet_shows_them(read: Read, row: list[str]) -> None:
    page = Page([HEAD, ["1", "Xã Bình Thành", *row]])
    reading = read("bc.csv", as_csv(page))
    assert values(reading, "27916")["population"] == 5519
    assert reading.findings == ()


def test_nought_with_decimals_is_nought(read: Read) -> None:
    reading = read("bc.xlsx", xlsx(TITLE, HEAD, [1, "Xã Bình Thành", 5519, 2755, "0,00"]))
    assert values(reading, "27916")["installs"] == 0
    assert reading.findings == ()


@pytest.mark.parametrize(
    "shown", ["#REF!", "#DIV/0!", "#N/A", "#NAME?", "#VALUE!", "#NUM!", "#NULL!", "Err:502"]
)
def test_the_error_of_a_formula_is_named_in_text_tables(read: Read, shown: str) -> None:
    reading = read("bc.csv", as_csv(Page([HEAD, ["1", "Xã Bình Thành", shown, "2755", "443"]])))
    (finding,) = reading.findings
    assert (finding.code, finding.unit, finding.indicator, finding.cell, finding.found) == (
        "formula-error",
        "27916",
        "population",
        "C2",
        shown,
    )
    assert "lỗi công thức" in message_of(finding)


def test_the_error_of_a_formula_is_named_in_an_xlsx(read: Read) -> None:
    book = openpyxl.Workbook()
    for row in (HEAD, [1, "Xã Bình Thành", "#REF!", 2755, "#DIV/0!"]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    reading = read("bc.xlsx", out.getvalue())
    assert [(f.code, f.indicator, f.cell, f.found) for f in reading.findings] == [
        ("formula-error", "population", "C2", "#REF!"),
        ("formula-error", "installs", "E2", "#DIV/0!"),
    ]


def test_a_line_whose_every_figure_is_an_error_is_not_passed_over(read: Read) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, [1, "Xã Bình Thành"])
        for column in (2, 3, 4):
            sheet.write_formula(1, column, "=#REF!", None, "#REF!")
    reading = read("bc.xlsx", out.getvalue())
    assert [(f.code, f.cell) for f in reading.findings] == [("formula-error", f"{c}2") for c in "CDE"]


def test_the_error_of_a_formula_is_named_in_an_xls(read: Read) -> None:
    content = as_xls(
        [Page([["x"]], "Bìa"), Page([HEAD, [1, "Xã Bình Thành", Error("#REF!"), 2755, 443]], "Số liệu")]
    )
    reading = read("bc.xls", content)
    assert [(f.code, f.sheet, f.cell, f.found) for f in reading.findings] == [
        ("formula-error", "Số liệu", "C2", "#REF!")
    ]


def test_the_error_of_a_formula_is_named_in_an_ods(read: Read) -> None:
    reading = read("bc.ods", as_ods([Page([HEAD, [1, "Xã Bình Thành", Error("#DIV/0!"), 2755, 443]])]))
    assert [(f.code, f.cell, f.found) for f in reading.findings] == [("formula-error", "C2", "#DIV/0!")]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("đang cập nhật", "đang cập nhật"),
        ("chưa có số liệu", "chưa có số liệu"),
        ("hỏi anh Nam", "…"),
        ("Trần Thị B chưa gửi", "…"),
        ("liên hệ 0912345678", "…"),
        ("<b>đậm</b>", "<b>đậm</b>"),
        ("x" * 300, "x" * 39 + "…"),
        ("443 (hôm qua 440)", "443 (hôm qua 440)"),
    ],
)
def test_what_is_no_number_is_quoted_in_short_and_without_persons(read: Read, typed: str, found: str) -> None:
    reading = read("bc.xlsx", xlsx(TITLE, HEAD, [1, "Xã Bình Thành", typed, 2755, 443]))
    (finding,) = of_code(reading, "not-a-number")
    assert (finding.found, finding.cell) == (found, "C3")


def test_a_name_in_brackets_behind_a_figure_goes_nowhere(read: Read) -> None:
    reading = read("bc.xlsx", xlsx(TITLE, HEAD, [1, "Xã Bình Thành", "5.519 (Nguyễn Văn Anh)", 2755, 443]))
    assert "Nguyễn" not in repr(reading)


@pytest.mark.parametrize(
    ("heading", "lacking"), [("Xyz qwk", "installs"), ("Số lhc đtm", "installs"), ("BZ", "installs")]
)
def test_a_heading_misspelt_beyond_recognition_is_asked_for_at_its_cell(
    read: Read, heading: str, lacking: str
) -> None:
    head = [*HEAD[:4], heading, *STAFF]
    reading = read(
        "bc.xlsx",
        xlsx(
            TITLE,
            head,
            [1, "Xã Bình Thành", 5519, 2755, 443, 95, 66],
            [2, "Xã Mỹ Bình", 3014, 1502, 224, 93, 62],
        ),
    )
    found = of_code(reading, "heading-not-understood")
    assert [(f.unit, f.indicator, f.cell, f.found, f.holds) for f in found] == [
        (unit, lacking, "E2", heading, True) for unit in ("27916", "27928")
    ]
    message = message_of(found[0])
    assert f"Không hiểu tiêu đề «{heading}» (ô E2)" in message
    assert "cần cột" in message
    assert values(reading, "27916")["installs"] is None


def test_two_headings_misspelt_are_each_asked_for_at_their_cells(read: Read) -> None:
    head = ["STT", "Đơn vị", "Dxn zố", "Số người dùng điện thoại thông minh", "Qwrt", *STAFF]
    reading = read("bc.xlsx", xlsx(TITLE, head, [1, "Xã Bình Thành", 5519, 2755, 443, 95, 66]))
    found = of_code(reading, "heading-not-understood")
    assert [(f.indicator, f.cell) for f in found] == [("population", "C2"), ("installs", "E2")]


def test_a_misspelt_heading_that_the_other_table_makes_good_is_no_question(read: Read) -> None:
    people = [*HEAD, "Số hộ loa"]
    staff = ["STT", "Đơn vị", *STAFF]
    reading = read(
        "bc.xlsx",
        xlsx(
            TITLE, people, [1, "Xã Bình Thành", 5519, 2755, 443, 7], [""], staff, [1, "Xã Bình Thành", 95, 66]
        ),
    )
    assert codes(reading) == {"unknown-column"}


def test_the_misspelt_heading_of_a_telephone_column_is_no_lacking_indicator(read: Read) -> None:
    head = [*HEAD[:4], "Mbl", *STAFF]
    reading = read("bc.xlsx", xlsx(TITLE, head, [1, "Xã Bình Thành", 5519, 2755, 912345678, 95, 66]))
    assert "heading-not-understood" not in codes(reading)
    assert "912345678" not in repr(reading)


UNITS: list[list[object]] = [
    ["Thị trấn Đông Thành", 8312, 4891, 1021],
    ["Xã Mỹ Quý Đông", 6105, 3120, 488],
    ["Xã Mỹ Thạnh Bắc", 5240, 2601, 402],
    ["Xã Mỹ Quý Tây", 8877, 4518, 731],
    ["Xã Mỹ Bình", 3014, 1502, 224],
]


def total(label: str, *rows: list[object], off: int = 0) -> list[object]:
    sums = [sum(int(row[i]) for row in rows) for i in (1, 2, 3)]
    return [label, sums[0] + off, *sums[1:]]


def compared(reading: Reading) -> dict[str, float]:
    """Return by the cell of a total's label how far its population is from the sum of the rows it covers."""
    found = {}
    for row in reading.rows:
        if row.role is Role.TOTAL:
            of = {f.indicator: f.number or 0 for f in row.figures}
            parts = [{f.indicator: f.number or 0 for f in reading.rows[i].figures} for i in row.covers]
            found[row.cell] = of["population"] - sum(part["population"] for part in parts)
    return found


a, b, c, d, e = UNITS


@pytest.mark.parametrize(
    "rows",
    [
        [a, b, c, total("TỔNG", a, b, c), d, e],
        [a, b, total("Cộng", a, b), c, d, total("Cộng", c, d), e],
        [a, b, total("Tổng cộng", a, b, c, d, e), c, d, e],
        [total("Tổng số", *UNITS), *UNITS],
        [total("Cộng cụm 1", a, b), a, b, total("Cộng cụm 2", c, d, e), c, d, e],
        [a, b, total("Tổng huyện Đức Huệ", a, b), c, d, e],
        [a, b, total("Huyện Đức Huệ", a, b), c, d, e],
        [a, b, total("Toàn huyện", *UNITS), c, d, e],
        [a, b, total("Cộng", a, b), c, d, total("Cộng", c, d), e, total("TỔNG CỘNG", *UNITS)],
        [a, b, total("Cụm I", a, b), c, d, e],
        [total("Khối xã phía Bắc", a, b), a, b, total("Khối xã phía Nam", c, d, e), c, d, e],
        [a, total("Tổng", d, e), d, e],
    ],
)
def test_a_right_total_amid_the_table_is_compared_with_the_rows_it_sums(
    read: Read, rows: list[list[object]]
) -> None:
    reading = read("bc.xlsx", xlsx(TITLE, HEAD[1:], *rows))
    assert set(compared(reading).values()) == {0}
    assert [f for f in reading.findings if f.holds] == []
    assert len([row for row in reading.rows if row.role is Role.UNIT]) == sum(row in UNITS for row in rows)


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ([a, b, c, total("TỔNG", a, b, c, off=9), d, e], "A6"),
        ([a, b, total("Cộng", a, b, off=9), c, d, total("Cộng", c, d), e], "A5"),
        ([total("Tổng số", *UNITS, off=9), *UNITS], "A3"),
        ([a, b, total("Toàn huyện", *UNITS, off=9), c, d, e], "A5"),
    ],
)
def test_a_wrong_total_amid_the_table_differs_by_what_it_is_wrong(
    read: Read, rows: list[list[object]], cell: str
) -> None:
    assert compared(read("bc.xlsx", xlsx(TITLE, HEAD[1:], *rows)))[cell] == 9


def test_a_line_of_no_unit_that_is_no_sum_is_still_asked_for(read: Read) -> None:
    reading = read("bc.xlsx", xlsx(TITLE, HEAD[1:], a, b, total("Cụm I", a, b, off=1), c))
    assert [(f.code, f.cell) for f in reading.findings] == [("unknown-unit", "A5")]


def test_a_unit_that_stands_twice_says_where_the_other_is(read: Read) -> None:
    first, second = [*HEAD[1:]], ["Xã Bình Thành", 5519, 2755, 443]
    other = ["Xã Bình Thành", 5519, 2755, 444]
    pages = [Page([first, second], "Sáng"), Page([[""], first, other], "Chiều")]
    (finding,) = of_code(read("bc.xlsx", as_xlsx(pages)), "unit-twice")
    assert (finding.sheet, finding.cell, finding.expected) == ("Chiều", "A3", "ô A2, trang “Sáng”")
    assert "ô A3 và ô A2, trang “Sáng”" in message_of(finding)
