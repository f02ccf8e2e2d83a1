"""Numbers, percents, units, days and personal data in cells."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import openpyxl
import pytest
import xlsxwriter

from tests.reading.conftest import Read
from tests.reading.places import hai_phong
from tests.reading.spellings import as_wrong_page, in_tcvn3, in_vni
from tests.reading.test_tables import BINH_THANH, HEAD, MY_BINH, TITLE, codes, figures, xlsx
from tests.reading.writers import Page, as_csv, as_xls, as_xlsx
from tonghop.domain.findings import Severity
from tonghop.domain.reading import Outcome, Reading
from tonghop.reading.numbers import Habit, is_number, read_count
from tonghop.reading.persons import has_number, without_numbers

STAFF_HEAD = ["Đơn vị", "Dân số", "Số người đã cài đặt", "Tỷ lệ/dân số"]


def population(read: Read, value: object, **beside: object) -> Reading:
    return read("bc.xlsx", xlsx(TITLE, HEAD, [1, "Xã Bình Thành", value, 2755, 443], *beside.values()))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (5519, 5519),
        (5519.0, 5519),
        ("5.519", 5519),
        ("5 519", 5519),
        ("5\u00a0519", 5519),
        ("5519 người", 5519),
        ("5.519 nhân khẩu", 5519),
        ("1.005.519", 1_005_519),
        ("5.519,0", 5519),
        ("05", 5),
        ("0", 0),
        ("-3", -3),
        (-3, -3),
        ("５５１９", 5519),
        ("0 (không phát sinh)", 0),
    ],
)
def test_a_count_is_read_as_typed(read: Read, typed: object, number: float) -> None:
    reading = population(read, typed)
    assert figures(reading, "27916")["population"] == number
    assert reading.findings == ()


@pytest.mark.parametrize("blank", ["", "-", "–", "…", " ", "..."])
def test_a_blank_cell_is_missing_not_zero_and_no_doubt(read: Read, blank: str) -> None:
    reading = population(read, blank)
    assert figures(reading, "27916")["population"] is None
    assert reading.findings == ()


@pytest.mark.parametrize(
    ("typed", "code", "found", "expected"),
    [
        (5.519, "ambiguous-number", "5,519", "5.519"),
        (5.5, "ambiguous-number", "5,5", "5.500"),
        ("5,519", "ambiguous-number", "5,519", "5.519"),
        (5519.25, "fraction-of-people", "5519,25", None),
        ("5.51", "fraction-of-people", "5,51", None),
        ("chưa rõ", "not-a-number", "chưa rõ", None),
        ("443/5519", "not-a-number", "443/5519", None),
        ("khoảng 5500", "estimated-figure", "khoảng 5500", None),
        ("0912345678", "not-a-number", "…", None),
        ("5519 hộ", "not-a-number", "5519 hộ", None),
        (True, "not-a-number", "TRUE", None),
    ],
)
def test_what_only_the_sender_can_know_is_asked(
    read: Read, typed: object, code: str, found: str | None, expected: str | None
) -> None:
    reading = population(read, typed)
    assert figures(reading, "27916")["population"] is None
    (finding,) = (f for f in reading.findings if f.code == code)
    assert (finding.unit, finding.indicator, finding.cell) == ("27916", "population", "C3")
    assert (finding.found, finding.expected, finding.holds) == (found, expected, True)


def test_a_comma_between_thousands_is_read_where_the_sheet_writes_no_other_way(read: Read) -> None:
    rows = [
        ["Đơn vị", "Dân số", "Số người đã cài đặt", "Tỷ lệ/dân số"],
        ["Xã Mỹ Bình", "3,014", "224", "7.43%"],
    ]
    assert figures(read("bc.xlsx", xlsx(*rows)), "27928")["population"] == 3014


@pytest.mark.parametrize(
    "text",
    ["5519", "05", "0912345678", "1234567890123", "５１９", "5.519", "~400", "-3", "Không phát sinh", "Chưa phát sinh",
     "K\u0309hông phát sinh", "ko phát sinh.", "Xã Bình Thành", "x", "Đức Huệ", "Cộng", "khoảng 400", "đ5", "I. 5"],
)  # fmt: skip
def test_a_text_is_a_number_exactly_where_a_count_is_taken_from_it(text: str) -> None:
    assert is_number(text, Habit()) == (read_count(text, Habit()).number is not None)


def _book(*rows: list[object]) -> bytes:
    """Return a workbook whose formulas nobody has computed."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_formula_without_its_value_is_missing_and_named(read: Read) -> None:
    reading = read("bc.xlsx", _book(HEAD, [1, "Xã Bình Thành", "=5000+519", 2755, "=400+43"]))
    assert [(f.code, f.indicator, f.cell) for f in reading.findings] == [
        ("formula-without-value", "population", "C2"),
        ("formula-without-value", "installs", "E2"),
    ]


def test_a_line_of_nothing_but_formulas_without_values_is_named_beside_lines_with_figures(read: Read) -> None:
    lines = ([1, "Xã Bình Thành", 5519, 2755, 443], [2, "Xã Mỹ Bình", "=1+1", None, "=2+2"], ["", "Ghi chú"])
    reading = read("bc.xlsx", _book(HEAD, *lines))
    assert [(f.code, f.unit, f.cell) for f in reading.findings] == [
        ("formula-without-value", "27928", "C3"),
        ("formula-without-value", "27928", "E3"),
    ]


def test_a_nought_that_a_writer_put_in_place_of_a_value_is_missing(read: Read) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, [1, "Xã Bình Thành", 5519, 2755])
        sheet.write_formula("E2", "=400+43")
    reading = read("bc.xlsx", out.getvalue())
    assert figures(reading, "27916")["installs"] is None
    assert codes(reading) == {"formula-without-value"}


def test_a_formula_with_its_value_is_a_number(read: Read) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, [1, "Xã Bình Thành", 5519, 2755])
        sheet.write_formula("E2", "=400+43", None, 443)
    assert figures(read("bc.xlsx", out.getvalue()), "27916")["installs"] == 443


@pytest.mark.parametrize(
    ("typed", "fraction", "decimals"),
    [
        ("8,03%", 0.0803, 2),
        ("8.03 %", 0.0803, 2),
        ("8,0", 0.08, 1),
        (8.03, 0.0803, 2),
        (0.0803, 0.0803, 2),
        ("8%", 0.08, 0),
        ("108%", 1.08, 0),
    ],
)
def test_a_declared_percent_is_read_as_printed(
    read: Read, typed: object, fraction: float, decimals: int
) -> None:
    reading = read("bc.xlsx", xlsx(TITLE, STAFF_HEAD, ["Xã Bình Thành", 5519, 443, typed]))
    (rate,) = reading.rows[0].declared
    assert (rate.rate, round(rate.fraction, 6), rate.decimals, rate.cell) == (
        "installs_per_population",
        fraction,
        decimals,
        "D3",
    )


def test_a_percent_format_tells_a_fraction_and_its_decimals(read: Read) -> None:
    book = openpyxl.Workbook()
    book.active.append(STAFF_HEAD)
    book.active.append(["Xã Bình Thành", 5519, 443, 0.0830])
    book.active["D2"].number_format = "0.0%"
    out = io.BytesIO()
    book.save(out)
    (rate,) = read("bc.xlsx", out.getvalue()).rows[0].declared
    assert (rate.fraction, rate.decimals) == (0.083, 1)


@pytest.mark.parametrize("typed", ["đạt", "443/5519"])
def test_an_unreadable_percent_only_warns(read: Read, typed: str) -> None:
    reading = read("bc.xlsx", xlsx(TITLE, STAFF_HEAD, ["Xã Bình Thành", 5519, 443, typed]))
    assert [(f.code, f.severity, f.cell) for f in reading.findings] == [
        ("unreadable-percent", Severity.WARNING, "D3")
    ]


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("xã Bình Thành", "27916"),
        ("X. Bình Hoà Nam", "27925"),
        ("TT.Đông Thành", "27898"),
        ("Thị Trấn Đông Thành", "27898"),
        ("Mỹ Quí Tây", "27907"),
        ("xã Mỹ Qúy Đông", "27901"),
        ("XA BINH THANH", "27916"),
        ("Ðông Thành", "27898"),
        ("27916", "27916"),
        (27916, "27916"),
        ("27916 - Bình Thành", "27916"),
        ("UBND xã Mỹ Bình", "27928"),
        ("3. Mỹ Bình", "27928"),
        ("Bình Thnàh", "27916"),
        ("Phòng VH&TT", "DH-VHTT"),
        ("Phòng GD-ĐT", "DH-GDDT"),
        ("P. GD&ĐT huyện", "DH-GDDT"),
        ("P.VH-TT", "DH-VHTT"),
        ("Phòng Giáo dục & ĐT", "DH-GDDT"),
    ],
)
def test_a_unit_is_known_by_what_people_call_it(read: Read, typed: object, unit: str) -> None:
    reading = read("bc.xlsx", xlsx(HEAD, [1, typed, 10, 8, 4]))
    assert [row.unit for row in reading.rows] == [unit]
    assert reading.findings == ()


@pytest.mark.parametrize(
    "typed",
    [
        "Xã Tân Phú",
        "Xã Bình Thạnh",
        "Mỹ Thạnh",
        "Phường Mỹ Bình",
        "Xã Bình Hòa",
        "Công an xã Bình Thành",
        "VP UBND xã Bình Thành",
        "P. Tư pháp",
        "TT Văn hóa",
    ],
)
def test_a_unit_that_is_not_there_is_asked_for_at_its_cell(read: Read, typed: str) -> None:
    reading = read("bc.xlsx", xlsx(HEAD, [1, typed, 10, 8, 4]))
    assert [row.unit for row in reading.rows] == [None]
    assert [(f.code, f.cell, f.found, f.holds) for f in reading.findings] == [
        ("unknown-unit", "B2", typed, True)
    ]


def test_a_name_that_fits_two_units_is_asked_naming_both(read: Read) -> None:
    reading = read("hp.xlsx", xlsx(HEAD, [1, "Xã Minh Tân", 10, 8, 4]), tree=hai_phong())
    (finding,) = reading.findings
    assert (finding.code, finding.expected) == ("ambiguous-unit", "Xã Minh Tân (11500), Xã Minh Tân (11725)")


def test_the_senders_branch_decides_a_name_that_stands_twice(read: Read) -> None:
    for branch, unit in (("311", "11500"), ("315", "11725"), ("11725", "11725")):
        reading = read("hp.xlsx", xlsx(HEAD, [1, "Xã Minh Tân", 10, 8, 4]), tree=hai_phong(), branch=branch)
        assert [row.unit for row in reading.rows] == [unit]


def test_a_folder_named_by_a_code_tells_the_unit(read: Read) -> None:
    content = xlsx(TITLE, ["Dân số", "Số người đã cài đặt"], [3014, 224])
    for name in ("27928/bc.xlsx", "27928 - Mỹ Bình/bc.xlsx", "Xã Mỹ Bình/bc.xlsx", "BC_My_Binh_18-8.xlsx"):
        assert [row.unit for row in read(name, content).rows] == ["27928"]


def test_the_code_of_an_agency_tells_it_though_it_is_none_of_the_states(read: Read) -> None:
    head = ["Mã", *HEAD[1:]]
    for label, unit in (("DH-VHTT", "DH-VHTT"), (" DH-GDDT ", "DH-GDDT"), ("DH-GDĐT", None)):
        reading = read("bc.xlsx", xlsx(TITLE, head, ["", label, 40, 30, 20]))
        assert [row.unit for row in reading.rows] == [unit]


def test_figures_that_name_no_unit_are_asked_for(read: Read) -> None:
    reading = read(
        "bc.xlsx",
        xlsx(["UBND HUYỆN ĐỨC HUỆ"], TITLE, ["Dân số", "Số người đã cài đặt"], [3014, 224]),
        branch="801",
    )
    assert [row.unit for row in reading.rows] == [None]
    assert codes(reading) == {"unit-missing"}


def test_a_title_that_names_another_unit_than_the_row_is_asked(read: Read) -> None:
    reading = read("bc.xlsx", xlsx(["UBND XÃ MỸ BÌNH"], TITLE, HEAD, BINH_THANH))
    (finding,) = reading.findings
    assert (finding.code, finding.unit, finding.cell) == ("unit-contradiction", "27916", "B4")


def test_a_unit_twice_with_different_figures_is_held_and_with_the_same_is_one(read: Read) -> None:
    reading = read("bc.xlsx", xlsx(TITLE, HEAD, BINH_THANH, [2, "Bình Thành", 5519, 2755, 444]))
    assert [(f.code, f.unit, f.cell, f.expected) for f in reading.findings] == [
        ("unit-twice", "27916", "B4", "B3")
    ]
    reading = read("bc.xlsx", xlsx(TITLE, HEAD, BINH_THANH, [2, "Bình Thành", 5519, 2755, 443]))
    assert len(reading.rows) == 1


SECRETS = [
    "Trần Thị B",
    "Nguyễn Văn Anh",
    "0912345678",
    "0912 345 678",
    "080301004567",
    "301234567",
    "070012345678",
    "an@example.vn",
]


@pytest.mark.parametrize(
    ("heading", "content"),
    [
        ("Họ và tên", "Trần Thị B"),
        ("Người báo cáo", "Nguyễn Văn Anh"),
        ("SĐT", "0912345678"),
        ("Số CCCD", "080301004567"),
        ("Liên hệ", "0912 345 678"),
        ("STK", "070012345678"),
        ("Cột lạ", "0912345678"),
        ("Cột lạ", "Nguyễn Văn Anh"),
        ("Cột lạ", 912345678),
        ("Ghi chú", "Liên hệ Trần Thị B 0912 345 678"),
        ("Cột lạ", "301234567"),
        ("Cột lạ", 80301004567),
        ("Ghi chú", "an@example.vn"),
    ],
)
def test_personal_data_is_flagged_by_place_and_its_content_goes_nowhere(
    read: Read, heading: str, content: object
) -> None:
    reading = read("bc.xlsx", xlsx(TITLE, [*HEAD, heading], [*BINH_THANH, content]))
    assert figures(reading, "27916")["population"] == 5519
    flagged = [f for f in reading.findings if f.code == "personal-data"]
    assert [(f.severity, f.sheet, (f.cell or "")[0]) for f in flagged] == [(Severity.WARNING, "BC", "F")]
    said = json.dumps(repr(reading), ensure_ascii=False)
    assert not [secret for secret in [*SECRETS, "912345678", "80301004567"] if secret in said]


@pytest.mark.parametrize(
    "number",
    [
        "(0276) 3888999",
        "(0912) 345 678",
        "(+84)912345678",
        "０９１２３４５６７８",
        "0912\u200b345\u200b678",
        "chị Hoa ０９１２ 345 678",
    ],
)
def test_a_telephone_is_seen_however_it_was_typed_or_copied(number: str) -> None:
    assert has_number(number)
    assert not any(digits in without_numbers(number) for digits in ("345", "888", "３４５"))


@pytest.mark.parametrize(
    "text", ["(1) 5519 (2) 2755", "5.519 (0,08) 443", "(012) 5519", "giảm (05) 443 người"]
)
def test_a_number_in_brackets_is_no_telephone(text: str) -> None:
    assert not has_number(text)


@pytest.mark.parametrize("shortest", ["012345678", "123456789", "a@b.c", "hỏi a@b.c"])
def test_the_shortest_number_and_address_of_a_person_are_seen(shortest: str) -> None:
    assert has_number(shortest)
    assert not has_number(shortest[1:].replace("@", ""))


def test_a_persons_name_in_the_units_column_is_not_repeated(read: Read) -> None:
    reading = read("bc.xlsx", xlsx(HEAD, [1, "Nguyễn Văn Anh", 10, 8, 4], [2, "0912345678", 10, 8, 4]))
    assert "Nguyễn" not in repr(reading)
    assert "0912345678" not in repr(reading)


def test_markup_and_control_characters_in_labels_are_bounded(read: Read) -> None:
    label = '<script>alert(1)</script>\u202e=HYPERLINK("x")\x07' + "x" * 500
    reading = read("bc.csv", as_csv(Page([["Đơn vị", "Dân số", "Số người đã cài đặt"], [label, 1, 1]])))
    (finding,) = (f for f in reading.findings if f.code == "unknown-unit")
    assert len(finding.found or "") <= 60
    assert len(reading.rows[0].label) <= 60
    assert not {"\u202e", "\x07"} & set(reading.rows[0].label + (finding.found or ""))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_is_read_in_any_usual_encoding_and_separation(
    read: Read, encoding: str, separator: str
) -> None:
    page = Page(
        [
            ["STT", "Đơn vị", "Dân số", "Số người đã cài đặt", "Tỷ lệ/dân số"],
            ["1", "Xã Mỹ Bình", "3.014", "224", "7,43%"],
        ]
    )
    reading = read("bc.csv", as_csv(page, separator, encoding))
    assert figures(reading, "27928") == {"population": 3014, "installs": 224}


def test_a_lone_odd_cell_does_not_turn_a_sheet_into_an_old_font(read: Read) -> None:
    reading = read(
        "bc.xlsx", xlsx(TITLE, [*HEAD, "Ghi chú"], [*BINH_THANH, "5µm ±3°"], [*MY_BINH, "Xã Mỹ Bình ÷ khác"])
    )
    assert [row.unit for row in reading.rows] == ["27916", "27928"]


def test_no_table_says_so_and_a_form_without_units_too(read: Read) -> None:
    reading = read("bc.xlsx", as_xlsx([Page([["Kế hoạch tuần"], ["Thứ hai", "họp"]])]))
    assert (reading.outcome, reading.reason and reading.reason.code) == (Outcome.UNREADABLE, "no-table")
    reading = read("bc.xlsx", xlsx(TITLE, HEAD))
    assert (reading.outcome, reading.reason and reading.reason.code) == (Outcome.UNREADABLE, "no-figures")


def test_an_old_font_is_read_though_its_soft_hyphens_were_lost(read: Read) -> None:
    head = ["STT", "Đơn vị", "Dân số", "Số người dùng điện thoại thông minh", "Số người đã cài đặt (lũy kế)"]
    for unit, name in (("27922", "Xã Bình Hòa Hưng"), ("27907", "X. Mỹ Quý Tây")):
        rows = [["báo cáo kết quả cài đặt ngày 18/8/2020"], head, [1, name, 5519, 2755, 443]]
        old = [[in_tcvn3(v).replace("\u00ad", "") if isinstance(v, str) else v for v in row] for row in rows]
        reading = read("bc.xls", as_xls([Page(old)]))
        assert figures(reading, unit) == {"population": 5519, "smartphone_users": 2755, "installs": 443}


@pytest.mark.parametrize("font", [in_tcvn3, in_vni, as_wrong_page])
def test_text_of_old_fonts_and_wrong_pages_is_read(read: Read, font: Callable[[str], str]) -> None:
    rows = [
        ["BÁO CÁO KẾT QUẢ CÀI ĐẶT ỨNG DỤNG"],
        ["Tính đến ngày 18/8/2020"],
        HEAD,
        [1, "XÃ MỸ QUÝ TÂY", 8877, 4518, 731],
    ]
    old = [[font(v) if isinstance(v, str) else v for v in row] for row in rows]
    assert figures(read("bc.xlsx", as_xlsx([Page(old)])), "27907")["installs"] == 731
