"""Tables as communes lay them out: headers, totals, vertical forms, sheets, days."""

from __future__ import annotations

from datetime import date

from tests.reading.conftest import Read
from tests.reading.places import duc_hue, form, hai_phong, incoming
from tests.reading.writers import Page, as_csv, as_docx, as_xls, as_xlsx
from tonghop.domain.reading import Outcome, Reading, Role
from tonghop.reading.assemble import read_submission
from tonghop.reading.interpret import Interpreter
from tonghop.reading.limits import Limits

HEAD = ["STT", "Đơn vị", "Dân số", "Số người dùng điện thoại thông minh", "Số người đã cài đặt"]
TITLE = ["Tính đến ngày 18/8/2020"]
BINH_THANH = [1, "Xã Bình Thành", 5519, 2755, 443]
MY_BINH = [2, "Xã Mỹ Bình", 3014, 1502, 224]


def figures(reading: Reading, unit: str) -> dict[str, float | None]:
    return {f.indicator: f.number for row in reading.rows if row.unit == unit for f in row.figures}


def codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings}


def xlsx(*rows: list[object], name: str = "BC") -> bytes:
    return as_xlsx([Page(list(rows), name)])


def test_every_figure_knows_its_sheet_and_cell(read: Read) -> None:
    reading = read("bc.xlsx", xlsx(TITLE, [], HEAD, BINH_THANH))
    places = {f.indicator: (f.sheet, f.cell) for f in reading.rows[0].figures}
    assert places == {"population": ("BC", "C4"), "smartphone_users": ("BC", "D4"), "installs": ("BC", "E4")}
    assert (reading.rows[0].cell, reading.rows[0].day_cell) == ("B4", "A1")


def test_a_row_of_column_numbers_is_no_unit(read: Read) -> None:
    for numbers in ([1, 2, 3, 4, 5], ["(1)", "(2)", "(3)", "(4)", "(5)=(4)/(3)"], ["A", "B", 1, 2, 3]):
        reading = read("bc.xlsx", xlsx(TITLE, HEAD, numbers, BINH_THANH))
        assert [row.unit for row in reading.rows] == ["27916"]
        assert reading.findings == ()


def test_a_three_row_header_tells_cumulative_from_daily(read: Read) -> None:
    rows = [
        ["STT", "Đơn vị", "Người dân", "", "", "CBCCVC, NLĐ", "", ""],
        ["", "", "Dân số", "Đã cài đặt", "", "Tổng số", "Đã cài đặt", ""],
        ["", "", "", "Trong ngày", "Lũy kế", "", "Trong ngày", "Lũy kế"],
        [1, "Xã Bình Thành", 5519, 12, 443, 95, 3, 66],
    ]
    merges = [
        (0, 2, 0, 4),
        (0, 5, 0, 7),
        (1, 3, 1, 4),
        (1, 6, 1, 7),
        (0, 0, 2, 0),
        (0, 1, 2, 1),
        (1, 2, 2, 2),
        (1, 5, 2, 5),
    ]
    reading = read("bc.xls", as_xls([Page(rows, "BC", merges)]))
    assert figures(reading, "27916") == {
        "population": 5519,
        "installs": 443,
        "staff": 95,
        "staff_installs": 66,
    }


def test_a_heading_alone_in_its_row_is_the_upper_part_of_a_header(read: Read) -> None:
    reading = read("bc.xlsx", xlsx(TITLE, ["Đơn vị"], ["", "Dân số"], ["Xã Bình Thành", 5519]))
    assert figures(reading, "27916") == {"population": 5519}


def test_lines_that_name_unit_and_day_above_a_table_are_no_header(read: Read) -> None:
    above = [["Đơn vị báo cáo:", "Xã Bình Thành"], ["Mã đơn vị:", "27916"], ["Ngày số liệu:", "18/8/2020"]]
    reading = read("bc.xlsx", xlsx(*above, HEAD, BINH_THANH))
    assert figures(reading, "27916") == {"population": 5519, "smartphone_users": 2755, "installs": 443}
    assert (reading.rows[0].stated_day, reading.rows[0].day_cell) == (date(2020, 8, 18), "B3")


def test_a_total_row_covers_the_rows_above_and_is_no_unit(read: Read) -> None:
    reading = read("bc.xlsx", xlsx(TITLE, HEAD, BINH_THANH, MY_BINH, ["Tổng cộng", "", 8533, 4257, 667]))
    assert [row.role for row in reading.rows] == [Role.UNIT, Role.UNIT, Role.TOTAL]
    assert reading.rows[2].covers == (0, 1)


def test_a_total_row_may_stand_on_top(read: Read) -> None:
    reading = read("bc.xlsx", xlsx(TITLE, HEAD, ["", "TOÀN HUYỆN", 8533, 4257, 667], BINH_THANH, MY_BINH))
    assert (reading.rows[0].role, reading.rows[0].covers) == (Role.TOTAL, (1, 2))


def test_districts_in_a_citys_table_are_totals_over_their_communes(read: Read) -> None:
    rows = [
        TITLE, HEAD,
        ["I", "Huyện Thuỷ Nguyên", 30, 20, 10], [1, "Xã Minh Tân", 10, 8, 4], [2, "Xã Hoà Bình", 20, 12, 6],
        ["II", "Huyện Kiến Thuỵ", 7, 5, 3], [1, "Xã Minh Tân", 7, 5, 3],
        ["III", "Huyện Bạch Long Vĩ", 9, 6, 3],
        ["", "Tổng cộng", 46, 31, 16],
    ]  # fmt: skip
    reading = read("hp.xlsx", xlsx(*rows), tree=hai_phong())
    assert [(row.role, row.unit, row.covers) for row in reading.rows] == [
        (Role.TOTAL, "311", (1, 2)), (Role.UNIT, "11500", ()), (Role.UNIT, "11530", ()),
        (Role.TOTAL, "315", (4,)), (Role.UNIT, "11725", ()),
        (Role.UNIT, "318", ()),
        (Role.TOTAL, None, (1, 2, 4, 5)),
    ]  # fmt: skip
    assert reading.findings == ()


def test_a_district_alone_is_its_own_report(read: Read) -> None:
    reading = read(
        "hp.xlsx",
        xlsx(TITLE, HEAD, [1, "Huyện An Dương", 30, 20, 10], [2, "Quận Ngô Quyền", 3, 2, 1]),
        tree=hai_phong(),
    )
    assert [(row.role, row.unit) for row in reading.rows] == [(Role.UNIT, "312"), (Role.UNIT, "304")]


def test_districts_in_a_column_of_their_own_narrow_the_communes(read: Read) -> None:
    rows = [TITLE, ["TT", "Quận/huyện", "Xã/phường", "Dân số", "Số người đã cài đặt"],
            [1, "Huyện Vĩnh Bảo", "Hoà Bình", 10, 4], [2, "Huyện Thuỷ Nguyên", "Hoà Bình", 20, 6]]  # fmt: skip
    reading = read("hp.xlsx", xlsx(*rows), tree=hai_phong())
    assert [row.unit for row in reading.rows] == ["11836", "11530"]


def test_a_vertical_form_takes_its_unit_from_the_title_and_its_own_column(read: Read) -> None:
    rows = [["UBND XÃ MỸ QUÝ ĐÔNG"], ["Ngày 18 tháng 8 năm 2020"], [], ["Chỉ tiêu", "ĐVT", "Hôm trước", "Số liệu"],
            ["1. Dân số", "người", 6000, 6105], ["2. Đã cài đặt Bluezone", "người", 480, 488]]  # fmt: skip
    reading = read("bc.xlsx", xlsx(*rows))
    assert figures(reading, "27901") == {"population": 6105, "installs": 488}
    assert reading.rows[0].stated_day == date(2020, 8, 18)


def test_sections_of_a_vertical_form_tell_people_from_staff(read: Read) -> None:
    rows = [["Đơn vị:", "Xã Mỹ Bình"], ["TT", "Nội dung", "Kết quả"], ["I", "Người dân", ""], [1, "Tổng số", 3014],
            [2, "Đã cài đặt", 224], ["II", "CBCCVC, NLĐ", ""], [1, "Tổng số", 93], [2, "Đã cài đặt", 62]]  # fmt: skip
    reading = read("bc.xlsx", xlsx(*rows))
    assert figures(reading, "27928") == {
        "population": 3014,
        "installs": 224,
        "staff": 93,
        "staff_installs": 62,
    }


def test_units_may_stand_across(read: Read) -> None:
    rows = [
        TITLE,
        ["Chỉ tiêu", "Xã Bình Thành", "Xã Mỹ Bình", "Cộng"],
        ["Dân số", 5519, 3014, 8533],
        ["Số người đã cài đặt", 443, 224, 667],
    ]
    reading = read("bc.xlsx", xlsx(*rows))
    assert [(row.role, row.unit, row.covers) for row in reading.rows] == [
        (Role.UNIT, "27916", ()), (Role.UNIT, "27928", ()), (Role.TOTAL, None, (0, 1)),
    ]  # fmt: skip
    assert figures(reading, "27928") == {"population": 3014, "installs": 224}


def test_of_several_sheets_the_days_own_counts(read: Read) -> None:
    pages = [
        Page([[f"Ngày {day}/8/2020"], HEAD, [1, "Xã Bình Thành", 5519, 2755, installs]], f"{day}-8")
        for day, installs in ((16, 400), (18, 443), (17, 420))
    ]
    reading = read("bc.xlsx", as_xlsx(pages))
    assert figures(reading, "27916")["installs"] == 443
    assert [f.found for f in reading.findings if f.code == "sheet-left-out"] == ["16-8", "17-8"]


def test_a_hidden_sheet_never_counts(read: Read) -> None:
    old = Page([HEAD, [1, "Xã Bình Thành", 1, 1, 1]], "cũ", hidden=True)
    reading = read("bc.xlsx", as_xlsx([old, Page([TITLE, HEAD, BINH_THANH])]))
    assert figures(reading, "27916")["population"] == 5519
    assert codes(reading) == {"hidden-sheet-left-out"}


def test_people_and_staff_on_two_sheets_are_one_entry(read: Read) -> None:
    staff = Page(
        [["TT", "Đơn vị", "Tổng số CBCCVC", "Số CBCCVC đã cài đặt"], [1, "Xã Bình Thành", 95, 66]], "CBCC"
    )
    reading = read("bc.xlsx", as_xlsx([Page([TITLE, HEAD, BINH_THANH]), staff]))
    assert len(reading.rows) == 1
    assert figures(reading, "27916")["staff_installs"] == 66


def test_a_column_of_days_leaves_only_the_expected_day(read: Read) -> None:
    rows = [
        ["Ngày", "Đơn vị", "Dân số", "Số người đã cài đặt"],
        ["17/8/2020", "Xã Mỹ Bình", 3014, 200],
        ["18/8/2020", "Xã Mỹ Bình", 3014, 224],
    ]
    reading = read("bc.xlsx", xlsx(*rows))
    assert figures(reading, "27928")["installs"] == 224
    assert reading.rows[0].stated_day == date(2020, 8, 18)


def test_columns_of_two_days_are_told_apart_by_their_dates(read: Read) -> None:
    head = [
        "TT",
        "Đơn vị",
        "Dân số",
        "Số người đã cài đặt đến ngày 17/8",
        "Số người đã cài đặt đến ngày 18/8",
    ]
    reading = read("bc.xlsx", xlsx(head, [1, "Xã Mỹ Bình", 3014, 200, 224]))
    assert figures(reading, "27928")["installs"] == 224


def test_remembered_headings_are_settled_anew_for_another_day() -> None:
    interpreter = Interpreter(form(), duc_hue(), Limits())
    head = ["Đơn vị", "Dân số", "Số người đã cài đặt đến ngày 17/8", "Số người đã cài đặt đến ngày 18/8"]
    sent = incoming("bc.xlsx", xlsx(head, ["Xã Mỹ Bình", 3014, 200, 224]))
    days = [date(2020, 8, day) for day in (18, 17, 18)]
    readings = [read_submission(interpreter, sent._replace(expected_day=day)) for day in days]
    assert [figures(reading, "27928")["installs"] for reading in readings] == [224, 200, 224]
    assert [reading.rows[0].stated_day for reading in readings] == days


def test_a_number_is_a_day_only_where_the_label_beside_it_says_so_in_every_sheet_anew() -> None:
    interpreter = Interpreter(form(), duc_hue(), Limits())
    day = date(2020, 8, 18)
    serial = (day - date(1899, 12, 30)).days
    for label, stated in (("Ngày số liệu:", day), ("Số công văn:", None), ("Ngày số liệu:", day)):
        sent = incoming("bc.xlsx", xlsx([label, serial], HEAD, BINH_THANH))
        assert read_submission(interpreter, sent).rows[0].stated_day == stated


def test_two_columns_of_one_meaning_that_differ_are_held(read: Read) -> None:
    head = ["TT", "Đơn vị", "Dân số", "Số người đã cài đặt", "Số người đã cài đặt"]
    reading = read("bc.xlsx", xlsx(head, [1, "Xã Mỹ Bình", 3014, 200, 224]))
    assert figures(reading, "27928")["installs"] is None
    assert codes(reading) == {"column-twice"}


def test_signatures_and_notes_below_are_no_rows(read: Read) -> None:
    after = [[], ["", "", "", "Bình Thành, ngày 19 tháng 8 năm 2020"], ["Người lập biểu", "", "", "TM. UBND XÃ"],
             ["Nguyễn Văn An", "", "", "CHỦ TỊCH"], ["Ghi chú: số liệu tạm tính"]]  # fmt: skip
    reading = read("bc.xlsx", xlsx(TITLE, HEAD, BINH_THANH, *after))
    assert [row.unit for row in reading.rows] == ["27916"]
    assert reading.rows[0].stated_day == date(2020, 8, 18)
    assert codes(reading) == {"figures-provisional"}


def test_a_day_in_a_cell_outranks_title_and_names_and_a_contradiction_is_asked(read: Read) -> None:
    reading = read(
        "bc 18-8.xlsx", xlsx(["Ngày báo cáo:", "17/8/2020"], ["Tính đến ngày 18/8/2020"], HEAD, BINH_THANH)
    )
    assert reading.rows[0].stated_day == date(2020, 8, 17)
    contradiction = next(f for f in reading.findings if f.code == "day-contradiction")
    assert (contradiction.cell, contradiction.found, contradiction.holds) == ("A2", "18/8/2020", True)


def test_a_stale_file_name_is_only_told(read: Read) -> None:
    reading = read("bc 17.8.2020.xlsx", xlsx(TITLE, HEAD, BINH_THANH))
    assert reading.rows[0].stated_day == date(2020, 8, 18)
    assert [(f.code, f.holds) for f in reading.findings] == [("day-differs", False)]


def test_days_of_other_papers_are_not_the_day_of_the_figures(read: Read) -> None:
    titles = [
        ["(Kèm theo Công văn số 2577/UBND-VHTT ngày 10/8/2020 của UBND huyện)"],
        ["So với ngày 17/8/2020"],
        ["Từ ngày 10/8/2020 đến ngày 18/8/2020"],
    ]
    reading = read("bc.xlsx", xlsx(*titles, HEAD, BINH_THANH))
    assert reading.rows[0].stated_day == date(2020, 8, 18)
    assert reading.findings == ()


def test_an_unknown_column_is_left_alone(read: Read) -> None:
    reading = read("bc.xlsx", xlsx(TITLE, [*HEAD, "Số loa phường"], [*BINH_THANH, 7]))
    assert figures(reading, "27916") == {"population": 5519, "smartphone_users": 2755, "installs": 443}
    assert [(f.code, f.cell, f.found, f.holds) for f in reading.findings] == [
        ("unknown-column", "F2", "Số loa phường", False)
    ]


def test_unit_and_day_may_be_lines_of_a_vertical_form(read: Read) -> None:
    rows = [
        ["Nội dung", "Kết quả"],
        ["Đơn vị", "Xã Mỹ Bình"],
        ["Ngày", "18/8/2020"],
        ["Dân số", 3014],
        ["Đã cài đặt", 224],
    ]
    reading = read("bc.xlsx", xlsx(*rows))
    assert figures(reading, "27928") == {"population": 3014, "installs": 224}
    assert reading.rows[0].stated_day == date(2020, 8, 18)


def test_a_csv_line_longer_than_its_header_is_held(read: Read) -> None:
    content = "STT,Đơn vị,Dân số,Số người đã cài đặt\r\n1,Xã Bình Thành,5,519,443\r\n2,Xã Mỹ Bình,3014,224\r\n".encode()
    reading = read("bc.csv", content)
    assert figures(reading, "27916") == {"population": None, "installs": None}
    assert figures(reading, "27928") == {"population": 3014, "installs": 224}
    assert codes(reading) == {"misaligned-row"}


def test_an_empty_form_is_read_as_missing_not_as_zero(read: Read) -> None:
    reading = read("bc.xlsx", xlsx(TITLE, HEAD, [1, "Xã Bình Thành", "", "", ""]))
    assert reading.outcome is Outcome.READ
    assert set(figures(reading, "27916").values()) == {None}


def test_a_word_table_with_merged_cells_is_read(read: Read) -> None:
    rows = [
        ["STT", "Đơn vị", "Người dân", "", "CBCCVC", ""],
        ["", "", "Dân số", "Đã cài đặt", "Tổng số", "Đã cài đặt"],
        ["1", "Xã Bình Thành", "5.519", "443", "95", "66"],
    ]
    page = Page(rows, merges=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)])
    reading = read("bc.docx", as_docx(page, ["UBND XÃ BÌNH THÀNH", "ngày 18 tháng 8 năm 2020"]))
    assert figures(reading, "27916") == {
        "population": 5519,
        "installs": 443,
        "staff": 95,
        "staff_installs": 66,
    }
    assert reading.rows[0].stated_day == date(2020, 8, 18)


def test_a_form_narrowed_to_a_campaign_takes_no_other_indicator(read: Read) -> None:
    reading = read(
        "bc.csv", as_csv(Page([["Đơn vị", "Dân số", "Số hộ", "Xếp hạng"], ["Xã Mỹ Bình", 3014, 800, 3]]))
    )
    assert figures(reading, "27928") == {"population": 3014}


def test_a_table_of_which_no_column_means_anything_is_no_fault_of_the_reader(read: Read) -> None:
    reading = read(
        "bc.xlsx",
        xlsx(["Người dân", "Người dân", 90], ["CBCCVC, NLĐ", "CBCCVC, NLĐ", "90", 80], ["", "", 90]),
    )
    assert (reading.outcome, reading.rows) == (Outcome.UNREADABLE, ())
    assert reading.reason is not None
    assert reading.reason.code == "no-figures"
