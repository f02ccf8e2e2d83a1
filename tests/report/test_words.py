"""What the subject and the first lines say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.report.building import BEFORE, FORM, MADE_AT, edition, totals
from tests.report.days import duc_hue, duc_hue_leaves, hai_phong, troubled_day, whole_day
from tonghop.domain.editions import Cause, CauseKind, Change
from tonghop.domain.totals import LineFigure, UnitState
from tonghop.report import RenderedReport, render


def test_the_subject_says_place_title_day_and_how_many_reported(whole: RenderedReport) -> None:
    assert whole.subject == (
        "[Đức Huệ] Báo cáo kết quả triển khai cài đặt ứng dụng Bluezone ngày 18/8/2020 – 15/15 đơn vị"
    )


def test_a_later_edition_says_first_of_all_what_it_replaces(troubled: RenderedReport) -> None:
    assert troubled.subject.startswith("[Đức Huệ] Bản 2, thay thế bản 1: Báo cáo kết quả")
    assert troubled.subject.endswith("12/15 đơn vị")
    first = "Bản 2, thay thế bản 1. Tính đến 14 giờ 40 ngày 18/8/2020: 12/15 đơn vị"
    assert troubled.text.splitlines()[0].startswith(first)
    assert "Có 15 số liệu thay đổi so với bản 1;" in flat(troubled.text)
    assert "Bản 1 lập lúc 14 giờ 41 ngày 18/8/2020." in flat(troubled.text)


def test_the_first_line_says_as_of_when_and_how_many_were_on_time(
    whole: RenderedReport, troubled: RenderedReport
) -> None:
    assert whole.text.startswith(
        "Tính đến 14 giờ 40 ngày 18/8/2020: 15/15 đơn vị đã báo cáo, tất cả đúng hạn."
    )
    assert "12/15 đơn vị đã báo cáo, trong đó 11 đúng hạn, 1 trễ hạn." in flat(troubled.text)


@pytest.mark.parametrize(
    "said",
    [
        "8,54% (5.658/66.219 người dân); tăng 121 người (+0,18 điểm %) so với ngày 17/8/2020.",
        "71,67% (840/1.172 người); tăng 15 người (+1,28 điểm %) so với ngày 17/8/2020.",
        "16,62% (5.658/34.049 người dùng); tăng 121 người (+0,36 điểm %) so với ngày 17/8/2020.",
        "Chỉ tiêu tối thiểu 60% đến ngày 21/8/2020 (còn 3 ngày): còn thiếu 14.772 người.",
        "Chỉ tiêu 100%: còn thiếu 332 người.",
        "Đã cài đặt / người dùng điện thoại thông minh: 11/11 đơn vị chưa đạt 60%.",
        "CBCCVC, NLĐ đã cài đặt / tổng số CBCCVC, NLĐ: 14/15 đơn vị chưa đạt 100%.",
    ],
)
def test_the_directives_figures_stand_in_the_text(whole: RenderedReport, said: str) -> None:
    assert said in flat(whole.text)


@pytest.mark.parametrize(
    "said",
    [
        "✗ Chưa báo cáo (2 đơn vị): Xã Bình Hòa Hưng, Xã Mỹ Bình (17/8).",
        "? Đang xác minh (1 đơn vị): Xã Bình Hòa Nam (17/8).",
        "◆ Báo cáo trễ hạn (1 đơn vị): Xã Mỹ Quý Đông.",
        "○ Không phát sinh (1 đơn vị): Trung tâm Y tế huyện.",
        "! Chưa xem được 1 nguồn nhận báo cáo: Hộp thư mail.duchue.example.vn: máy chủ thư từ chối",
        "? đang xác minh; số liệu ngày 17/8",
        "đơn vị không ghi ngày thì chưa được cộng vào",
    ],
)
def test_what_is_wanting_is_named_with_its_reason(troubled: RenderedReport, said: str) -> None:
    assert said in flat(troubled.text)


def test_the_changes_of_a_later_edition_stand_with_old_and_new(troubled: RenderedReport) -> None:
    lines = [" ".join(line.split()) for line in troubled.text.splitlines()]
    assert lines[lines.index("Huyện Đức Huệ") + 3] == "Người dân đã cài đặt (lũy kế) 5.658 5.345"
    assert "Dân số 4.026 chưa có" in lines


def test_a_change_tells_who_made_it_when_and_why() -> None:
    of, form, day = whole_day()
    at = datetime(2020, 8, 18, 9, 5, tzinfo=UTC)
    causes = (
        Cause(CauseKind.CORRECTED, at, "Trần Thị Lan", "xã đọc lại qua điện thoại <b>"),
        Cause(CauseKind.SENT, at),
        Cause(CauseKind.BELOW),
    )
    changes = tuple(
        Change(line.unit, line.name, "installs", 1, 2, cause)
        for line, cause in zip(day.lines[1:], causes, strict=False)
    )
    second = replace(edition(day), number=2, changes=changes)
    report = render(second, of, form, [], [], [], MADE_AT)
    for said in (flat(report.text), flat(report.html)):
        assert "Trần Thị Lan đính chính lúc 16 giờ 05 ngày 18/8/2020: xã đọc lại qua điện thoại" in said
        assert "đơn vị gửi lúc 16 giờ 05 ngày 18/8/2020" in said
    assert "điện thoại <b>" not in report.html


def test_of_one_unit_is_said_that_it_is_one() -> None:
    of, form, day = whole_day()

    def said(first: int, last: int, state: UnitState) -> str:
        lines = [
            replace(line, state=state) if first <= place < last else line
            for place, line in enumerate(day.lines)
        ]
        return flat(render(edition(replace(day, lines=tuple(lines))), of, form, [], [], [], MADE_AT).text)

    assert "Số liệu của đơn vị này chưa được cộng vào" in said(1, 2, UnitState.MISSING)
    assert "Số liệu của các đơn vị này chưa được cộng vào" in said(1, 3, UnitState.MISSING)
    root = replace(day.root, expected=15, reported=1, on_time=1)
    text = render(edition(replace(day, lines=(root, *day.lines[1:]))), of, form, [], [], [], MADE_AT).text
    assert "1/15 đơn vị đã báo cáo, đúng hạn." in flat(text)


def test_where_nothing_is_known_nobody_is_said_to_reach_the_target() -> None:
    of = duc_hue(targets=[{"rate": "installs_per_population", "at_least": 0.625}])
    text = flat(render(edition(totals(of, FORM, {})), of, FORM, [], [], [], MADE_AT).text)
    assert "dân số: chưa đủ số liệu để đánh giá theo chỉ tiêu 62,5%." in text
    assert "đều đạt" not in text


def test_units_without_any_rate_stand_in_their_table_without_a_rank() -> None:
    of = duc_hue(indicators=["population", "installs"], targets=[])
    form = FORM.only(of.file.indicators)
    text = render(edition(totals(of, form, duc_hue_leaves())), of, form, [], [], [], MADE_AT).text
    below = text[text.index("KẾT QUẢ CỦA CÁC CƠ QUAN, ĐƠN VỊ") :].splitlines()
    assert below[1] == "Đơn vị"


def test_a_password_of_a_source_is_nowhere(troubled: RenderedReport) -> None:
    assert "matkhau" not in troubled.text + troubled.html
    assert "TONGHOP_MAILBOX_PASSWORD" not in troubled.text + troubled.html


def test_many_missing_units_are_named_by_district_and_very_many_only_counted() -> None:
    of, form, day = hai_phong()

    def silent(every: int) -> str:
        lines = [
            replace(line, state=UnitState.MISSING) if line.is_leaf and place % every == 0 else line
            for place, line in enumerate(day.lines)
        ]
        return flat(render(edition(replace(day, lines=tuple(lines))), of, form, [], [], [], MADE_AT).text)

    by_district = silent(8)
    assert "Quận Hồng Bàng (2): Phường Trại Chuối, Phường Hoàng Văn Thụ." in by_district
    counted = silent(1)
    assert "Chưa báo cáo (218 đơn vị): Quận Hồng Bàng: 9; Quận Ngô Quyền: 12;" in counted
    assert "Tên từng đơn vị có trong tệp Excel đính kèm." in counted


def test_a_stated_total_that_stands_in_is_marked() -> None:
    of, form, day = whole_day()
    root = replace(day.root, figures={"installs": LineFigure("installs", 5658, stated=True)})
    text = flat(
        render(edition(replace(day, lines=(root, *day.lines[1:]))), of, form, [], [], [], MADE_AT).text
    )
    assert "Σ Dùng số tổng do cấp trên trực tiếp báo cáo (1 đơn vị): Huyện Đức Huệ." in text
    assert "✓ 15/15 đơn vị; số tổng do đơn vị báo cáo" in text


def test_a_target_that_is_reached_or_over_is_said_so() -> None:
    of = duc_hue(targets=[{"rate": "installs_per_population", "at_least": 0.085, "by": BEFORE.isoformat()}])
    text = flat(render(edition(totals(of, FORM, duc_hue_leaves())), of, FORM, [], [], [], MADE_AT).text)
    assert "Chỉ tiêu tối thiểu 8,5% đến ngày 17/8/2020 (đã quá hạn): đã đạt." in text


def test_the_same_edition_gives_the_same_bytes() -> None:
    of, form, day = troubled_day()
    assert render(edition(day), of, form, [], [], [], MADE_AT) == render(
        edition(day), of, form, [], [], [], MADE_AT
    )


def flat(text: str) -> str:
    """Return the text without its folds, as a reader reads it."""
    return " ".join(text.split())
