"""The workbook, read back by another library than the one that wrote it."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from tests.report.building import MADE_AT, edition, sources_of
from tests.report.days import whole_day
from tonghop.report import RenderedReport, render


def opened(report: RenderedReport) -> Any:
    (attachment,) = report.attachments
    return openpyxl.load_workbook(io.BytesIO(attachment.content))


def table(sheet: Any) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """Return the summary's headings and, by the unit's name, its cells by heading."""
    top = next(row for row in range(1, 12) if sheet.cell(row, 2).value == "Đơn vị")
    titles = []
    for column in range(1, sheet.max_column + 1):
        titles.append(sheet.cell(top + 1, column).value or sheet.cell(top, column).value)
    rows = {}
    for row in range(top + 2, sheet.max_row + 1):
        if sheet.cell(row, len(titles)).value:
            rows[sheet.cell(row, 2).value] = {t: sheet.cell(row, c) for c, t in enumerate(titles, 1)}
    return titles, rows


def test_the_sheets_come_in_reading_order(whole: RenderedReport, troubled: RenderedReport) -> None:
    assert opened(whole).sheetnames == ["Tổng hợp", "Cần lưu ý", "Truy vết"]
    assert opened(troubled).sheetnames == ["Tổng hợp", "Thay đổi", "Cần lưu ý", "Truy vết"]


def test_figures_are_numbers_in_formats_that_follow_the_readers_region(whole: RenderedReport) -> None:
    root = table(opened(whole)["Tổng hợp"])[1]["Huyện Đức Huệ"]
    installs, share = root["Người dân đã cài đặt (lũy kế)"], root["Người dân đã cài đặt / dân số"]
    assert (installs.value, installs.number_format, installs.data_type) == (5658, "#,##0", "n")
    assert (share.value, share.number_format) == (5658 / 66219, "0.00%")
    assert (root["% CBCCVC, NLĐ (điểm %)"].value, root["% CBCCVC, NLĐ (điểm %)"].number_format) == (
        pytest.approx((840 - 825) / 1172 * 100, abs=1e-4),
        "+0.00;-0.00;0.00",
    )
    assert root["% người dùng ĐTTM (chỉ tiêu 60%)"].value == 14772


def test_the_sums_of_the_communes_are_the_districts(whole: RenderedReport) -> None:
    rows = table(opened(whole)["Tổng hợp"])[1]
    for title, total in (
        ("Dân số", 66219),
        ("Người dùng điện thoại thông minh", 34049),
        ("Tổng số CBCCVC, NLĐ", 1172),
    ):
        below = [cells[title].value or 0 for name, cells in rows.items() if name != "Huyện Đức Huệ"]
        assert (sum(below), rows["Huyện Đức Huệ"][title].value) == (total, total)


def test_a_figure_that_nobody_gave_is_blank_and_not_zero(troubled: RenderedReport) -> None:
    rows = table(opened(troubled)["Tổng hợp"])[1]
    assert rows["Xã Bình Hòa Hưng"]["Dân số"].value is None
    assert rows["Xã Bình Hòa Hưng"]["Tình trạng"].value == "✗ chưa báo cáo"
    assert rows["Trung tâm Y tế huyện"]["CBCCVC, NLĐ đã cài đặt (lũy kế)"].value == 0
    assert rows["Xã Mỹ Bình"]["Ghi chú"].value == "số liệu ngày 17/8"


def test_heading_and_unit_stay_on_screen_and_are_printed_on_every_page(city: RenderedReport) -> None:
    sheet = opened(city)["Tổng hợp"]
    assert sheet.freeze_panes == "C6"
    assert sheet.print_title_rows == "$4:$5"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert "&P/&N" in sheet.oddFooter.center.text


def test_communes_fold_under_their_district_and_districts_are_bold(city: RenderedReport) -> None:
    sheet = opened(city)["Tổng hợp"]
    rows = table(sheet)[1]
    district, commune = rows["Quận Hồng Bàng"]["Dân số"], rows["Phường Quán Toan"]["Dân số"]
    assert (district.font.bold, commune.font.bold) == (True, False)
    levels = [sheet.row_dimensions[cell.row].outlineLevel for cell in (district, commune)]
    assert levels == [1, 2]
    assert sheet.sheet_properties.outlinePr.summaryBelow is False
    assert len(rows) <= 1 + 15 + 217  # names repeat in two districts


def test_a_districts_subtotal_is_the_sum_of_the_rows_folded_under_it(city: RenderedReport) -> None:
    sheet = opened(city)["Tổng hợp"]
    titles, rows = table(sheet)
    column = titles.index("Dân số") + 1
    row = rows["Quận Hồng Bàng"]["Dân số"].row
    below = 0
    while sheet.row_dimensions[row + 1].outlineLevel == 2:
        row += 1
        below += sheet.cell(row, column).value or 0
    assert below == rows["Quận Hồng Bàng"]["Dân số"].value > 0


def test_a_code_keeps_its_zeros_because_it_is_text(city: RenderedReport) -> None:
    cell = table(opened(city)["Tổng hợp"])[1]["Huyện Bạch Long Vĩ"]["Mã"]
    assert (cell.value, cell.data_type) == ("318", "s")


def test_findings_stand_with_unit_day_and_message_first(troubled: RenderedReport) -> None:
    rows = list(opened(troubled)["Cần lưu ý"].values)
    assert rows[2] == ("Đơn vị", "Ngày", "Nội dung", "Mức", "Chỉ tiêu", "Tệp", "Trang tính", "Ô")
    assert rows[3][:2] == ("Xã Bình Hòa Nam", "18/8/2020")
    assert rows[3][3:] == (
        "Đang xác minh",
        "Người dân đã cài đặt (lũy kế)",
        "bao-cao.xlsx",
        "Số liệu",
        "D7",
    )


def test_without_findings_a_sentence_says_so_instead_of_an_empty_table(whole: RenderedReport) -> None:
    rows = [row for row in opened(whole)["Cần lưu ý"].values if any(row)]
    assert [row[0] for row in rows] == [
        "Nội dung cần lưu ý",
        "Không có nội dung cần lưu ý trong bản báo cáo này.",
    ]


def test_the_trace_names_file_sheet_cell_and_the_sending_unit_but_no_address(
    troubled: RenderedReport,
) -> None:
    sheet = opened(troubled)["Truy vết"]
    rows = list(sheet.values)
    assert rows[3][:9] == (
        "Thị trấn Đông Thành",
        "Dân số",
        8312,
        "8.312",
        "27898.xlsx",
        "Số liệu",
        "B7",
        "Thị trấn Đông Thành",
        datetime(2020, 8, 18, 9, 15),  # noqa: DTZ001 - a spreadsheet knows no zones: local time of the campaign
    )
    assert rows[3][9] == "000000000000"
    assert not any("@" in str(cell) for row in rows for cell in row)


def test_the_changes_of_an_edition_stand_as_numbers(troubled: RenderedReport) -> None:
    rows = list(opened(troubled)["Thay đổi"].values)
    assert rows[2] == ("Đơn vị", "Chỉ tiêu", "Bản 1", "Bản 2", "Chênh lệch", "Lý do thay đổi")
    assert ("Huyện Đức Huệ", "Người dân đã cài đặt (lũy kế)", 5658, 5345, -313, None) in rows
    assert ("Xã Bình Hòa Hưng", "Dân số", 4026, None, None, None) in rows


def test_the_workbook_tells_when_it_was_made_and_not_when_it_was_written() -> None:
    of, form, day = whole_day()
    report = render(edition(day), of, form, [], sources_of(day), [], MADE_AT)
    properties = opened(report).properties
    assert properties.created.isoformat() == "2020-08-18T07:41:00"
    assert report.attachments == render(edition(day), of, form, [], sources_of(day), [], MADE_AT).attachments
