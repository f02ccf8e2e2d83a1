"""The draft as .docx, read back from its file beside the measures of Nghị định 30/2020/NĐ-CP."""

from __future__ import annotations

import importlib
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

import tonghop.report
import tonghop.words
from tests.report.building import FORM, MADE_AT, edition, totals
from tests.report.conftest import CLOSED_MAILBOX
from tests.report.days import duc_hue, duc_hue_leaves, hai_phong, troubled_day, whole_day
from tonghop.campaigns import load_campaign
from tonghop.report import render
from tonghop.report.document import docx_of, draft_of, pdf_of
from tonghop.report.document.parts import Draft, Look
from tonghop.report.view import Material

SHIPPED = Path(__file__).parents[2] / "campaigns"


def whole() -> Material:
    """Đức Huệ on 18/8/2020 with the shipped campaign's head, every unit on time."""
    _, form, day = whole_day()
    return Material(edition(day), load_campaign(SHIPPED, "duc-hue"), form, [], [], MADE_AT)


def second() -> Material:
    """Edition 2 of a day with missing, held, carried and late units and a closed mailbox."""
    _, form, day = troubled_day()
    before = whole_day()[2]
    of = load_campaign(SHIPPED, "duc-hue")
    return Material(edition(day, 2, before), of, form, [], [CLOSED_MAILBOX], MADE_AT, edition(before))


def city() -> Material:
    """Hải Phòng: 217 communes, 15 districts, the city."""
    _, form, day = hai_phong()
    return Material(edition(day), load_campaign(SHIPPED, "hai-phong"), form, [], [], MADE_AT)


def body_of(draft: Draft) -> str:
    return "\n".join(paragraph.text for paragraph in draft.body)


@pytest.fixture(scope="module")
def opened() -> Any:
    return docx.Document(io.BytesIO(docx_of(whole())))


def sizes(paragraph: Any) -> set[float]:
    return {run.font.size.pt for run in paragraph.runs}


def test_the_sheet_and_its_margins_are_the_decrees(opened: Any) -> None:
    portrait = opened.sections[0]
    assert (round(portrait.page_width.mm), round(portrait.page_height.mm)) == (210, 297)
    for section in opened.sections:
        assert 20 <= round(section.top_margin.mm, 1) <= 25
        assert 20 <= round(section.bottom_margin.mm, 1) <= 25
        assert 30 <= round(section.left_margin.mm, 1) <= 35
        assert 15 <= round(section.right_margin.mm, 1) <= 20
    assert [section.orientation for section in opened.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    assert round(opened.sections[1].page_width.mm) == 297


def test_every_letter_is_times_new_roman_and_black(opened: Any) -> None:
    xml = opened.element.xml + "".join(section.header._element.xml for section in opened.sections)
    assert set(re.findall(r'w:(?:ascii|hAnsi|cs|eastAsia)="([^"]+)"', xml)) == {"Times New Roman"}
    assert set(re.findall(r'<w:color w:val="([^"]+)"', xml)) <= {"000000"}
    normal = opened.styles["Normal"]
    assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(14))


def test_the_pages_number_stands_centred_in_the_top_margin_and_not_on_the_first_page(opened: Any) -> None:
    for section in opened.sections:
        number = section.header.paragraphs[0]
        assert section.different_first_page_header_footer
        assert section.first_page_header.paragraphs[0].text == ""
        assert " PAGE " in number._p.xml
        assert number.alignment == ALIGN.CENTER
        assert set(re.findall(r'<w:sz w:val="(\d+)"', number._p.xml)) == {"26"}
        assert section.header_distance < section.top_margin
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_the_head_has_both_columns_in_the_decrees_sizes(opened: Any) -> None:
    left, right = opened.tables[0].rows[0].cells
    said = [(p.text, sizes(p), p.runs[0].bold, p.runs[0].italic) for p in left.paragraphs if p.text]
    assert said == [
        ("UBND HUYỆN ĐỨC HUỆ", {12}, None, None),
        ("PHÒNG VĂN HÓA VÀ THÔNG TIN", {12}, True, None),
        ("Số:          /BC-VHTT", {13}, None, None),
        ("DỰ THẢO", {13}, True, None),
    ]
    said = [(p.text, sizes(p), p.runs[0].bold, p.runs[0].italic) for p in right.paragraphs if p.text]
    assert said == [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", {12}, True, None),
        ("Độc lập - Tự do - Hạnh phúc", {13}, True, None),
        ("Đức Huệ, ngày 18 tháng 8 năm 2020", {13}, None, True),
    ]


def test_the_rules_are_as_long_as_the_decree_says(opened: Any) -> None:
    left, right = opened.tables[0].rows[0].cells
    short, motto = (rule_length(cell, width) for cell, width in ((left, 72), (right, 93)))
    assert 55.5 <= motto <= 57  # "Độc lập - Tự do - Hạnh phúc", 13 bold
    assert 68 / 3 <= short <= 68 / 2  # a third to a half of "PHÒNG VĂN HÓA VÀ THÔNG TIN", 12 bold


def rule_length(cell: Any, width: float) -> float:
    """Return the length in mm of the rule in a cell of this width."""
    (rule,) = [p for p in cell.paragraphs if not p.text and p._p.find(f".//{qn('w:pBdr')}") is not None]
    return width - (rule.paragraph_format.left_indent + rule.paragraph_format.right_indent) / Mm(1)


def test_the_parts_come_in_the_decrees_order(opened: Any) -> None:
    texts = [p.text for p in opened.paragraphs if p.text]
    order = [
        "BÁO CÁO",
        "Kết quả triển khai cài đặt ứng dụng Bluezone ngày 18/8/2020",
        "Kính gửi: Sở Thông tin và Truyền thông tỉnh Long An",
        "1. Tình hình báo cáo của các đơn vị",
        "2. Kết quả chung và so sánh với lần báo cáo trước",
        "3. Mức độ đạt chỉ tiêu",
        "4. Các đơn vị có tỷ lệ cao",
        "5. Các đơn vị chưa đạt chỉ tiêu, chưa báo cáo, báo cáo trễ hạn",
        "6. Khó khăn, vướng mắc",
        "Phụ lục I",
        "KẾT QUẢ CỦA TỪNG ĐƠN VỊ NGÀY 18/8/2020",
        "(Kèm theo Báo cáo số          /BC-VHTT ngày 18 tháng 8 năm 2020 của Phòng Văn hóa và Thông tin)",
    ]
    places = [texts.index(text) for text in order]
    assert places == sorted(places)
    assert texts[places[9] - 1].endswith("trân trọng báo cáo./.")
    by_text = {p.text: p for p in opened.paragraphs}
    for text in (*order[:2], *order[9:11]):
        assert by_text[text].runs[0].bold
        assert by_text[text].alignment == ALIGN.CENTER
        assert sizes(by_text[text]) <= {13, 14}
    assert by_text[order[11]].runs[0].italic


def test_the_body_is_justified_indented_and_spaced(opened: Any) -> None:
    body = [p for p in opened.paragraphs if p.paragraph_format.first_line_indent]
    assert len(body) > 15
    for paragraph in body:
        form = paragraph.paragraph_format
        assert (sizes(paragraph), paragraph.alignment) == ({14}, ALIGN.JUSTIFY)
        assert form.first_line_indent == pytest.approx(Mm(12.7), abs=200)
        assert form.space_after >= Pt(6)
        assert 1 <= form.line_spacing <= 1.5


def test_the_end_leaves_number_name_and_signature_to_people(opened: Any) -> None:
    left, right = opened.tables[1].rows[0].cells
    assert [(p.text, sizes(p)) for p in left.paragraphs] == [
        ("Nơi nhận:", {12}),
        ("- Như trên;", {11}),
        ("- UBND huyện Đức Huệ;", {11}),
        ("- Lưu: VT, VHTT.", {11}),
    ]
    assert (left.paragraphs[0].runs[0].bold, left.paragraphs[0].runs[0].italic) == (True, True)
    assert [p.text for p in right.paragraphs] == ["TRƯỞNG PHÒNG", ""]
    assert (sizes(right.paragraphs[0]), right.paragraphs[0].runs[0].bold) == ({14}, True)
    assert not list(opened.inline_shapes)  # neither a signature nor a seal


def test_the_annexes_heading_rows_repeat_on_every_page(opened: Any) -> None:
    table = opened.tables[2]
    repeated = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
    assert repeated[:3] == [True] * 3
    assert not any(repeated[3:])
    assert [cell.text for cell in table.rows[3].cells][1:6] == [
        "TỔNG CỘNG",
        "15/15 đơn vị",
        "66.219",
        "34.049",
        "5.658",
    ]


@pytest.mark.parametrize(
    "said",
    [
        "8,54% (5.658/66.219 người dân); tăng 121 người (+0,18\u00a0điểm\u00a0%) so với ngày 17/8/2020",
        "71,67% (840/1.172 người)",
        "Có 15/15 đơn vị đã báo cáo, tất cả đúng hạn (11/11 xã, phường, thị trấn; 4/4 cơ quan, đơn vị).",
        "Chỉ tiêu tối thiểu 60% đến ngày 21/8/2020 (còn 3 ngày)",
        "hiện đạt 16,62%, còn thiếu 14.772 người; để đạt chỉ tiêu đúng thời hạn, ",
        "bình quân mỗi ngày cần tăng thêm 4.924 người.",
        "11/11 đơn vị có số liệu chưa đạt 60%, xếp từ thấp đến cao: xã Mỹ Bình 14,91% (còn thiếu 678 người);",
        "thị trấn Đông Thành 20,88% (còn thiếu 1.914 người).",
        "Phòng Lao động - Thương binh và Xã hội 72,00% (còn thiếu 7 người)",
        "số liệu tính đến 14 giờ 40 ngày 18/8/2020",
    ],
)
def test_duc_hues_draft_says_the_directives_figures(said: str) -> None:
    assert said in body_of(draft_of(whole()))


def test_every_unit_below_the_target_is_listed_and_none_is_criticised() -> None:
    text = body_of(draft_of(whole()))
    below = text.split("chưa đạt 60%")[1].split("\n")[0]
    assert below.count("còn thiếu") == 11
    for word in ("phê bình", "yếu kém", "nhắc nhở", "chậm trễ"):
        assert word not in text.casefold()


def test_a_later_draft_says_what_it_replaces_and_has_the_table_of_changes() -> None:
    draft = draft_of(second())
    assert draft.edition == "(Báo cáo lần 2, thay thế Báo cáo lần 1)"
    assert draft.body[0].text == (
        "Báo cáo này là Báo cáo lần 2, thay thế Báo cáo lần 1; có 15 số liệu thay đổi, nêu tại Phụ lục II. "
        "Báo cáo lần 1 lập lúc 14 giờ 41 ngày 18/8/2020."
    )
    changes = draft.annexes[-1]
    assert (changes.label, changes.title) == ("Phụ lục II", "SỐ LIỆU THAY ĐỔI SO VỚI BÁO CÁO LẦN 1")
    assert changes.rows[0].cells[0] == "1"
    assert ("Huyện Đức Huệ", "Người dân đã cài đặt (lũy kế)", "5.658", "5.345", "-313", "") in [
        row.cells[1:] for row in changes.rows
    ]


@pytest.mark.parametrize(
    "said",
    [
        "Còn 3 đơn vị chưa báo cáo hoặc có số liệu đang xác minh; kết quả chung dưới đây là số liệu tạm tính.",
        "Chưa báo cáo (2 đơn vị): xã Bình Hòa Hưng, xã Mỹ Bình (17/8).",
        "Báo cáo trễ hạn (1 đơn vị): xã Mỹ Quý Đông.",
        "Đang xác minh (1 đơn vị): xã Bình Hòa Nam (17/8). Kết quả chung tạm dùng số liệu của ngày ghi trong ngoặc.",
        "Chưa xem được 1 nguồn nhận báo cáo: Hộp thư mail.duchue.example.vn",
        "Chưa báo cáo (2 đơn vị), nêu tại mục 5.",
    ],
)
def test_difficulties_say_what_is_missing_held_carried_late_and_unreachable(said: str) -> None:
    assert said in body_of(draft_of(second()))
    assert "matkhau" not in body_of(draft_of(second()))


def test_a_city_has_an_annex_of_its_districts_and_one_with_their_sub_totals() -> None:
    districts, units = draft_of(city()).annexes
    assert (districts.label, units.label) == ("Phụ lục I", "Phụ lục II")
    assert len(districts.rows) == 1 + 15
    nodes = [row for row in units.rows if row.look is Look.NODE]
    assert (len(nodes), len(units.rows)) == (15, 1 + 15 + 217)
    island = next(row for row in nodes if row.cells[1] == "Huyện Bạch Long Vĩ")
    assert island.cells[2] == "trực tiếp báo cáo, đúng hạn"
    at = units.rows.index(next(row for row in nodes if row.cells[1] == "Quận Hồng Bàng"))
    below = []
    for row in units.rows[at + 1 :]:
        if row.look is not Look.UNIT:
            break
        below.append(int(row.cells[3].replace(".", "").replace("–", "0")))
    assert sum(below) == int(units.rows[at].cells[3].replace(".", "")) > 0
    assert "1/1 quận, huyện trực tiếp báo cáo" in body_of(draft_of(city()))


def test_names_too_many_for_a_list_are_looked_up_in_the_annex() -> None:
    of, form, _ = hai_phong()
    text = body_of(draft_of(Material(edition(totals(of, form, {})), of, form, [], [], MADE_AT)))
    assert "Chưa báo cáo (218 đơn vị): quận Hồng Bàng: 9;" in text
    assert "Tên từng đơn vị nêu tại Phụ lục II." in text
    assert "Excel" not in text


def test_the_date_has_a_leading_zero_only_where_the_decree_wants_one() -> None:
    at = MADE_AT.replace(year=2021, month=2, day=5)
    _, form, day = whole_day()
    of = load_campaign(SHIPPED, "duc-hue")
    assert (
        draft_of(Material(edition(day), of, form, [], [], at)).place_date
        == "Đức Huệ, ngày 05 tháng 02 năm 2021"
    )


def test_a_campaign_that_says_nothing_of_the_document_still_gets_one() -> None:
    of, form, day = whole_day()
    draft = draft_of(Material(edition(day), of, form, [], [], MADE_AT))
    assert draft.number == "Số:          /BC-…"
    assert (draft.addressees, draft.copies) == ((), ("- Như trên;", "- Lưu: VT."))
    assert docx_of(Material(edition(day), of, form, [], [], MADE_AT)).startswith(b"PK")


def test_a_day_without_any_figure_still_makes_both_documents() -> None:
    of = duc_hue()
    material = Material(edition(totals(of, FORM, {})), of, FORM, [], [], MADE_AT)
    assert "chưa có số liệu" in body_of(draft_of(material))
    assert docx_of(material).startswith(b"PK")
    assert pdf_of(material).startswith(b"%PDF")


def test_text_of_a_register_is_text_in_both_documents() -> None:
    leaves = duc_hue_leaves()
    of = duc_hue(title='Kết quả <b>&"x"</b> ]]> &amp;', report={"issuer": "Phòng <w:t/> & <para>"})
    material = Material(edition(totals(of, FORM, leaves)), of, FORM, [], [], MADE_AT)
    texts = [p.text for p in docx.Document(io.BytesIO(docx_of(material))).paragraphs]
    assert any('Kết quả <b>&"x"</b> ]]> &amp; ngày 18/8/2020' in text for text in texts)
    assert pdf_of(material).startswith(b"%PDF")


@pytest.mark.parametrize("make", [docx_of, pdf_of])
def test_the_same_edition_gives_the_same_file(make: Any) -> None:
    assert make(second()) == make(second())


def test_the_files_properties_are_the_editions() -> None:
    content = docx_of(whole())
    core = docx.Document(io.BytesIO(content)).core_properties
    assert core.created.isoformat()[:19] == "2020-08-18T07:41:00"
    assert core.title == "Kết quả triển khai cài đặt ứng dụng Bluezone ngày 18/8/2020"
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        assert {entry.date_time for entry in container.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_mail_carries_the_documents_the_campaign_asks_for() -> None:
    material = whole()
    report = render(material.edition, material.campaign, material.form, [], [], [], MADE_AT)
    assert [one.filename.rpartition(".")[2] for one in report.attachments] == ["xlsx", "docx", "pdf"]
    assert report.faults == ()
    assert "Dự thảo Báo cáo theo thể thức Nghị định 30/2020/NĐ-CP đính kèm" in " ".join(report.text.split())


def test_a_document_that_cannot_be_made_does_not_cost_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_material: Material) -> bytes:
        raise OSError("no font")

    monkeypatch.setattr(importlib.import_module("tonghop.report.render"), "pdf_of", breaks)
    material = whole()
    report = render(material.edition, material.campaign, material.form, [], [], [], MADE_AT)
    assert [one.filename.rpartition(".")[2] for one in report.attachments] == ["xlsx", "docx"]
    assert report.faults == ("pdf: OSError: no font; the report goes out without it",)
    assert "Dự thảo Báo cáo chưa lập được đầy đủ lần này" in " ".join(report.text.split())


def test_every_sentence_of_document_and_form_is_said_and_none_is_kept_in_vain() -> None:
    words = Path(tonghop.words.__file__).parent / "messages"
    folders = (Path(tonghop.report.__file__).parent / name for name in ("document", "blank_form"))
    code = "".join(path.read_text(encoding="utf-8") for folder in folders for path in folder.glob("*.py"))
    said = set(re.findall(r"[\"']((?:document|form)\.[a-z_]+)[\"']", code))
    kept = {
        key
        for name in ("document", "form")
        for key in yaml.safe_load((words / f"{name}.yaml").read_text(encoding="utf-8"))
        if key.startswith(f"{name}.")
    }
    # The annex's groups are said by their names.
    assert kept == said | {
        f"document.group_{name}" for name in ("counts", "rates", "people", "points", "gap")
    }
