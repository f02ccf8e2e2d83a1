"""The pages of both documents as they are printed: the PDF's, and the .docx's as LibreOffice lays them out."""

from __future__ import annotations

import io
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from tests.report.test_document import city, second, whole
from tests.services.need import program, typeface
from tonghop.report.document import docx_of, pdf_of

MM = 72 / 25.4


def pages_of(content: bytes) -> list[Any]:
    return list(pdfplumber.open(io.BytesIO(content)).pages)


def text_of(pages: list[Any]) -> str:
    return " ".join(" ".join((page.extract_text() or "").split()) for page in pages)


@pytest.fixture(scope="module")
def pdf() -> list[Any]:
    return pages_of(pdf_of(whole()))


def test_the_pdfs_text_can_be_taken_out_with_every_vietnamese_letter(pdf: list[Any]) -> None:
    text = text_of(pdf)
    assert unicodedata.is_normalized("NFC", text)
    for said in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "DỰ THẢO",
        "8,54% (5.658/66.219 người dân)",
        "còn thiếu 14.772 người",
        "Phụ lục I",
        "Phòng Lao động - Thương binh và Xã hội",
        "TRƯỞNG PHÒNG",
    ):
        assert said in text
    assert "■" not in text


def test_the_pdf_embeds_the_letters_it_uses_and_keeps_the_margins(pdf: list[Any]) -> None:
    for page in pdf:
        assert {char["fontname"].split("+")[0] != char["fontname"] for char in page.chars} == {True}
        assert {char["fontname"].split("+")[1].split("-")[0] for char in page.chars} == {"Tinos"}
        body = [char for char in page.chars if char["top"] > 20 * MM and char["text"].strip()]
        assert min(char["x0"] for char in body) >= 30 * MM - 1
        assert max(char["x1"] for char in body) <= page.width - 15 * MM + 1
        assert max(char["bottom"] for char in body) <= page.height - 20 * MM + 1
    assert {(round(page.width / MM), round(page.height / MM)) for page in pdf} == {(210, 297), (297, 210)}


def test_the_pdfs_pages_are_numbered_from_the_second_on_and_anew_in_each_annex() -> None:
    numbers = []
    for page in pages_of(pdf_of(city())):
        above = page.crop((0, 0, page.width, 20 * MM)).extract_text().strip()
        numbers.append((page.width > page.height, above))
    portrait = [number for turned, number in numbers if not turned]
    assert portrait == ["", *(str(i) for i in range(2, len(portrait) + 1))]
    turned = [number for is_turned, number in numbers if is_turned]
    assert turned[0] == turned[1] == ""  # Phụ lục I has one page, Phụ lục II begins anew
    assert turned[2:] == [str(i) for i in range(2, len(turned))]


def test_the_pdfs_annex_repeats_its_headings_on_every_page() -> None:
    turned = [page for page in pages_of(pdf_of(city())) if page.width > page.height]
    assert len(turned) > 5
    assert all(
        "Tình trạng báo cáo" in page.extract_text() and "(9)" in page.extract_text() for page in turned
    )


def test_the_pdf_tells_when_its_edition_was_made() -> None:
    document = pdfplumber.open(io.BytesIO(pdf_of(whole())))
    assert document.metadata["CreationDate"].startswith("D:20200818074100")
    assert document.metadata["Title"] == "Kết quả triển khai cài đặt ứng dụng Bluezone ngày 18/8/2020"


def test_an_office_program_lays_the_docx_out_as_the_pdf_does(tmp_path: Path) -> None:
    office = program("soffice")
    typeface()
    source = tmp_path / "draft.docx"
    source.write_bytes(docx_of(second()))
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    laid_out = tmp_path / "draft.pdf"
    if not laid_out.exists():
        pytest.skip("left out: LibreOffice has no Writer (libreoffice-writer)")
    pages = pages_of(laid_out.read_bytes())
    own = pages_of(pdf_of(second()))
    assert abs(len(pages) - len(own)) <= 1
    assert [page.width > page.height for page in pages][-2:] == [True, True]
    text = text_of(pages)
    for said in ("Báo cáo lần 2, thay thế Báo cáo lần 1", "DỰ THẢO", "Phụ lục II", "Nơi nhận:"):
        assert said in text
    # The first page has no number; the second's stands alone in the top margin, in its middle.
    assert pages[0].crop((0, 0, pages[0].width, 18 * MM)).extract_text().strip() == ""
    (number,) = pages[1].crop((0, 0, pages[1].width, 18 * MM)).extract_words()
    middle = (30 * MM + pages[1].width - 15 * MM) / 2
    assert number["text"] == "2"
    assert abs((number["x0"] + number["x1"]) / 2 - middle) < 2
