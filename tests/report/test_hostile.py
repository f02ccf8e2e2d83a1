"""Names, labels, files and findings of hostile content reach no output unescaped."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from tests.report.building import MADE_AT, edition, finding, sources_of
from tests.report.days import whole_day
from tests.report.test_html import Lint
from tonghop.domain.findings import Severity
from tonghop.domain.sources import Unreachable
from tonghop.report import RenderedReport, render, render_plain
from tonghop.report.safe_text import clean, source_name, without_credentials
from tonghop.report.workbook.cells import guarded

SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
FORMULA = "=cmd|' /C calc'!A0"


@pytest.fixture(scope="module")
def hostile() -> RenderedReport:
    of, form, day = whole_day()
    names = [
        SCRIPT,
        FORMULA,
        "+84",
        "@SUM(A1)",
        "-2+3",
        "\t=1+1",
        "{{ 7*7 }}{% raw %}",
        "$\\frac{1}{0}$",
        "\ud800x",
    ]
    lines = [replace(line, name=name) for line, name in zip(day.lines[1:], names, strict=False)]
    marked = replace(day, lines=(day.root, *lines, *day.lines[1 + len(lines) :]))
    before = replace(day, lines=(replace(day.root, figures={}), *day.lines[1:]))
    findings = [
        finding(FORMULA, Severity.CRITICAL, name=f"{SCRIPT}.xlsx", unit="27898", sheet=FORMULA, cell="A1"),
        finding(SCRIPT, Severity.WARNING, name="+gói.zip", unit="27901", sheet=SCRIPT, cell=FORMULA),
    ]
    sources = [
        replace(one, name=FORMULA, document=SCRIPT, sheet="@x", raw="-1+1", sender="la@evil.example")
        for one in sources_of(marked)
    ]
    broken = [Unreachable(f"smb://ai:matkhau@{SCRIPT}/x", FORMULA, SCRIPT)]
    second = edition(marked, 2, before)
    return render(second, of, form, findings, sources, broken, MADE_AT, first=edition(before))


def test_a_script_in_any_text_is_shown_and_never_run(hostile: RenderedReport) -> None:
    lint = Lint(hostile.html)
    assert lint.all("script") == []
    assert {image["src"] for image in lint.all("img")} == {f"cid:{image.cid}" for image in hostile.images}
    assert not any(name.startswith("on") for _, attributes in lint.elements for name in attributes)
    assert "<script>alert(1)</script>" in lint.text


def test_a_templates_signs_in_a_name_are_letters(hostile: RenderedReport) -> None:
    assert "{{ 7*7 }}{% raw %}" in Lint(hostile.html).text
    assert hostile.faults == ()


def test_no_cell_is_a_formula_or_begins_like_one(hostile: RenderedReport) -> None:
    content = hostile.attachments[0].content
    book = openpyxl.load_workbook(io.BytesIO(content))
    texts = [
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]
    assert f"'{FORMULA}" in texts
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        assert not any(b"<f>" in parts.read(name) or b"hyperlink" in parts.read(name) for name in sheets)


def test_an_unknown_senders_address_and_a_password_stay_out(hostile: RenderedReport) -> None:
    with zipfile.ZipFile(io.BytesIO(hostile.attachments[0].content)) as parts:
        packed = b"".join(parts.read(name) for name in parts.namelist()).decode()
    everything = hostile.html + hostile.text + packed
    assert "la@evil.example" not in everything
    assert "matkhau" not in everything
    assert "Địa chỉ ngoài danh mục" in packed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Xã\u202egpj.exe", "Xãgpj.exe"),
        ("một\r\nBcc: ai@example", "một Bcc: ai@example"),
        ("Ho\u0300a", "Hòa"),
        ("a\x00b\x1bc\ufffe", "abc"),
        ("x" * 300, "x" * 239 + "…"),
    ],
)
def test_invisible_letters_are_taken_out(text: str, said: str) -> None:
    assert clean(text) == said


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", " =1", "\u200b=1", "＝1"])
def test_what_may_become_a_formula_gets_an_apostrophe(text: str) -> None:
    assert guarded(text).startswith("'")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("imaps://baocao:p@ss@mail.example.vn/INBOX", "Hộp thư mail.example.vn"),
        ("smb://may/chung/BaoCao", "Thư mục may/chung/BaoCao"),
        ("file:///srv/baocao/duc-hue", "Thư mục /srv/baocao/duc-hue"),
        ("Hộp thư huyện", "Hộp thư huyện"),
    ],
)
def test_a_source_is_named_as_people_know_it(source: str, said: str) -> None:
    assert source_name(source) == said


def test_a_sentence_loses_the_password_in_its_address() -> None:
    assert without_credentials("không mở được imap://a:b@c/d") == "không mở được imap://c/d"


def test_the_fallback_is_as_harmless() -> None:
    of, form, day = whole_day()
    broken = [Unreachable("imaps://ai:matkhau@mail.example.vn", "x", "y")]
    text = render_plain(edition(day), of, form, [], [], broken, MADE_AT).text
    assert "matkhau" not in text
    assert "Hộp thư mail.example.vn" in text
