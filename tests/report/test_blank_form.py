"""The workbook that communes fill in, filled in as a person would and read back by the product's own reader."""

from __future__ import annotations

import io
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from expectations import load_form
from tests.services.need import program
from tonghop.campaigns import Campaign, load_campaign
from tonghop.domain.forms import Form
from tonghop.domain.reading import Incoming, Outcome, Reading, Role
from tonghop.reading.reader import Reader
from tonghop.report.blank_form import BlankForm, blank_form, blank_forms

DAY = date(2020, 8, 18)
CAMPAIGNS = Path(__file__).parents[2] / "campaigns"
FIGURES = {
    "Dân số": 5000,
    "Người dùng điện thoại thông minh": 3000,
    "Người dân đã cài đặt (lũy kế)": 431,
    "Tổng số CBCCVC, NLĐ": 77,
    "CBCCVC, NLĐ đã cài đặt (lũy kế)": 51,
}
HEADINGS, FIRST = 8, 10


def campaign_and_form(name: str) -> tuple[Campaign, Form]:
    of = load_campaign(CAMPAIGNS, name)
    return of, load_form(of.file.form).only(of.file.indicators)


def made(campaign: str, unit: str) -> BlankForm:
    return blank_form(*campaign_and_form(campaign), unit, DAY)


def sheet_of(form: BlankForm) -> Any:
    return openpyxl.load_workbook(io.BytesIO(form.content))["Số liệu"]


def filled(form: BlankForm) -> bytes:
    """Return the workbook with the day and every unlocked cell of the table filled in."""
    book = openpyxl.load_workbook(io.BytesIO(form.content))
    sheet = book["Số liệu"]
    sheet["C5"] = DAY
    titles = [cell.value for cell in sheet[HEADINGS]]
    for place, row in enumerate(lines_of(sheet)):
        for cell, title in zip(row, titles, strict=True):
            if not cell.protection.locked and title in FIGURES:
                cell.value = FIGURES[title] + place
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def lines_of(sheet: Any) -> list[Any]:
    return [row for row in sheet.iter_rows(min_row=FIRST) if isinstance(row[0].value, int)]


def read(campaign: str, files: list[tuple[str, bytes]]) -> tuple[Reading, ...]:
    of, form = campaign_and_form(campaign)
    at = datetime(2020, 8, 18, 2, 0, tzinfo=UTC)
    incoming = [
        Incoming(str(i), name, content, at, DAY, None, None) for i, (name, content) in enumerate(files)
    ]
    with Reader(form) as reader:
        return reader.read(incoming, of.tree(DAY))


@pytest.mark.parametrize(
    ("campaign", "unit", "count"),
    [
        ("duc-hue", "27916", 1),  # a commune
        ("duc-hue", "801-VP", 1),  # an agency
        ("duc-hue", "801", 15),  # the parent with all its units
        ("hai-phong", "306", 8),
        ("hai-phong", "318", 1),  # a district that reports itself
        ("hai-phong", "31", 218),  # five commune names stand in two districts: the codes decide
        ("hai-phong", "11500", 1),
    ],
)
def test_a_filled_in_form_reads_back_without_a_finding(campaign: str, unit: str, count: int) -> None:
    form = made(campaign, unit)
    (reading,) = read(campaign, [(form.filename, filled(form))])
    assert (reading.outcome, reading.findings) == (Outcome.READ, ())
    rows = [row for row in reading.rows if row.role is Role.UNIT]
    asked = [row[1].value for row in lines_of(sheet_of(form))]
    assert [row.unit for row in rows] == asked
    assert len(rows) == count
    assert {row.stated_day for row in rows} == {DAY}
    for place, row in enumerate(rows):
        assert {figure.number for figure in row.figures if figure.number is not None} <= {
            value + place for value in FIGURES.values()
        }


@pytest.mark.parametrize("kind", ["xlsx:Calc MS Excel 2007 XML", "ods", "xls"])
def test_a_form_saved_by_an_office_program_reads_back_with_its_rates_and_total(
    tmp_path: Path, kind: str
) -> None:
    office = program("soffice")
    form = made("duc-hue", "801")
    source = tmp_path / form.filename
    source.write_bytes(filled(form))
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", kind,
         "--outdir", str(tmp_path / "saved"), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    (saved,) = (tmp_path / "saved").iterdir()
    (reading,) = read("duc-hue", [(saved.name, saved.read_bytes())])
    assert reading.findings == ()
    (total,) = [row for row in reading.rows if row.role is Role.TOTAL]
    values = {figure.indicator: figure.number for figure in total.figures}
    assert values["installs"] == sum(431 + i for i in range(11))
    assert {rate.rate for rate in total.declared} >= {"installs_per_population", "staff_installed"}


def test_only_what_is_asked_of_a_kind_stands_in_its_form() -> None:
    commune, agency, city = (
        [cell.value for cell in sheet_of(made(*of))[HEADINGS]]
        for of in (("duc-hue", "27916"), ("duc-hue", "801-VP"), ("hai-phong", "11296"))
    )
    assert [title for title in commune if title in FIGURES] == list(FIGURES)
    assert [title for title in agency if title in FIGURES] == list(FIGURES)[3:]
    assert [title for title in city if title in FIGURES] == ["Dân số", "Người dân đã cài đặt (lũy kế)"]
    parent = lines_of(sheet_of(made("duc-hue", "801")))
    office = next(row for row in parent if row[1].value == "801-VP")
    assert [cell.protection.locked for cell in office[3:8]] == [True, True, True, False, False]


def test_labels_are_locked_without_a_password_and_inputs_are_open() -> None:
    sheet = sheet_of(made("duc-hue", "27916"))
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert not sheet["C5"].protection.locked
    assert all(cell.protection.locked for cell in sheet[HEADINGS])
    (line,) = lines_of(sheet)
    assert [cell.protection.locked for cell in line] == [True] * 3 + [False] * 5 + [True] * 3 + [False]


def test_inputs_are_checked_with_vietnamese_sentences() -> None:
    sheet = sheet_of(made("duc-hue", "27916"))
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert (rules["C5"].type, rules["C5"].errorStyle or "stop") == ("date", "stop")
    population, installs = rules["D10"], rules["F10"]
    assert (population.type, population.formula1, population.formula2) == ("whole", "0", "100000000")
    assert installs.formula2 == "IF(COUNT(D10,E10)=0,100000000,MIN(D10,E10))"
    assert "không lớn hơn: Dân số, Người dùng điện thoại thông minh" in installs.error
    for rule in rules.values():
        assert len(rule.error) <= 255
        assert len(rule.prompt) <= 255
        assert len(rule.errorTitle) <= 32
        assert len(rule.promptTitle) <= 32


def test_the_form_says_whose_it_is_by_which_form_and_how_to_fill_it_in() -> None:
    book = openpyxl.load_workbook(io.BytesIO(made("duc-hue", "27916").content))
    names = {name: defined.attr_text for name, defined in book.defined_names.items()}
    assert names == {
        "tonghop_unit": "'Số liệu'!$C$4",
        "tonghop_day": "'Số liệu'!$C$5",
        "tonghop_form": '"bluezone_v1"',
        "tonghop_campaign": '"duc-hue"',
    }
    sheet = book["Số liệu"]
    assert (sheet["C3"].value, sheet["C4"].value) == ("Xã Bình Thành", "27916")
    assert sheet["C6"].value == "bluezone_v1 · duc-hue"
    guide = " ".join(str(cell.value) for row in book["Hướng dẫn"].iter_rows() for cell in row if cell.value)
    assert "trước 14 giờ 00 hằng ngày" in guide
    assert "lũy kế" in guide


def test_rates_and_totals_are_formulas_that_show_nothing_until_there_is_a_figure() -> None:
    form = made("duc-hue", "801")
    formulas = sheet_of(form)
    values = openpyxl.load_workbook(io.BytesIO(form.content), data_only=True)["Số liệu"]
    assert formulas["I10"].value == '=IF(AND(ISNUMBER(F10),ISNUMBER(D10),N(D10)>0),F10/D10,"")'
    assert formulas["F25"].value == '=IF(COUNT(F10:F24)=0,"",SUM(F10:F24))'
    assert {values["I10"].value, values["F25"].value} <= {"", None}


def test_a_blank_form_is_never_taken_for_zeros() -> None:
    form = made("duc-hue", "27916")
    (reading,) = read("duc-hue", [(form.filename, form.content)])
    assert all(figure.number is None for row in reading.rows for figure in row.figures)


def test_the_same_form_is_the_same_file_and_a_named_day_stands_in_it() -> None:
    assert made("duc-hue", "801") == made("duc-hue", "801")
    dated = blank_form(*campaign_and_form("duc-hue"), "27916", DAY, fill_in_day=True)
    assert sheet_of(dated)["C5"].value == datetime(2020, 8, 18)  # noqa: DTZ001 - a spreadsheet's day has no zone


def test_there_is_a_form_for_every_unit_that_owes_and_for_every_parent() -> None:
    forms = list(blank_forms(*campaign_and_form("duc-hue"), DAY))
    assert len(forms) == 1 + 15
    assert len({form.filename for form in forms}) == 16
    assert all(form.filename.isascii() for form in forms)
