"""What goes out when something of the rendering is broken."""

from __future__ import annotations

import sys

import pytest

from tests.report.building import FORM, MADE_AT, edition, totals
from tests.report.days import duc_hue, troubled_day, whole_day
from tonghop.domain.forms import Form, Indicator, Rate
from tonghop.report import render, render_plain


def test_the_plain_report_has_the_subject_the_first_line_and_every_figure() -> None:
    of, form, day = troubled_day()
    report = render_plain(edition(day), of, form, [], [], [], MADE_AT)
    assert report.subject.endswith("ngày 18/8/2020 – 12/15 đơn vị")
    assert report.text.startswith("Tính đến 14 giờ 40 ngày 18/8/2020: 12/15 đơn vị đã báo cáo")
    assert "Chưa báo cáo (2 đơn vị): Xã Bình Hòa Hưng, Xã Mỹ Bình." in report.text
    assert "- Người dân đã cài đặt / dân số: 5.345/62.193 = 8,59%" in report.text
    assert "  Thị trấn Đông Thành (đúng hạn): Dân số 8.312; " in report.text
    assert (report.html, report.images, report.attachments) == ("", (), ())


def test_the_plain_report_needs_no_library_of_the_full_one(monkeypatch: pytest.MonkeyPatch) -> None:
    of, form, day = whole_day()
    for name in ("jinja2", "matplotlib", "xlsxwriter", "PIL"):
        monkeypatch.setitem(sys.modules, name, None)  # an import of it fails from here on
    assert "71,67%" in render_plain(edition(day), of, form, [], [], [], MADE_AT).text


@pytest.mark.parametrize(
    ("library", "wanting"),
    [("matplotlib", "Biểu đồ chưa lập được"), ("xlsxwriter", "Tệp Excel chưa lập được")],
)
def test_a_part_that_cannot_be_made_costs_only_itself(
    monkeypatch: pytest.MonkeyPatch, library: str, wanting: str
) -> None:
    of, form, day = whole_day()
    monkeypatch.setitem(sys.modules, library, None)
    report = render(edition(day), of, form, [], [], [], MADE_AT)
    assert len(report.faults) == 1
    assert "the report goes out without it" in report.faults[0]
    assert wanting in report.html
    assert wanting in report.text
    assert "16,62%" in report.html
    assert len(report.images) + len(report.attachments) == 1


def test_a_form_whose_names_nobody_has_written_is_reported_by_its_codes() -> None:
    of, _, day = whole_day()
    strange = Form(
        "vaccine_v1",
        (Indicator("installs"), Indicator("population")),
        (Rate("new_rate", "installs", "population"),),
        (),
    )
    plain = render_plain(edition(day), of, strange, [], [], [], MADE_AT).text
    assert "Thị trấn Đông Thành (đúng hạn): Đã cài (lũy kế) 1.021" in plain
    assert "New_rate" in render(edition(day), of, strange, [], [], [], MADE_AT).html


def test_a_day_on_which_nobody_reported_is_still_a_report() -> None:
    of = duc_hue(missing="leave_out")
    report = render(edition(totals(of, FORM, {})), of, FORM, [], [], [], MADE_AT)
    assert report.subject.endswith("0/15 đơn vị")
    assert report.text.startswith("Tính đến 14 giờ 40 ngày 18/8/2020: 0/15 đơn vị đã báo cáo.")
    assert report.faults == ()
    assert report.images[0].alt.endswith("chưa có số liệu.")
