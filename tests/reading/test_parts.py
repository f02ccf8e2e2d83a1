"""The parts of a workbook: what the guards look at and what the values are read from are the same, part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped] # the library ships no types

from tests.reading.conftest import Read
from tests.reading.writers import saved
from tonghop.domain.reading import Reading
from tonghop.reading.containers.model import Budget, Refused
from tonghop.reading.containers.plain_copy import plain_copy
from tonghop.reading.containers.workbook import read_spreadsheet
from tonghop.reading.containers.zips import Zip
from tonghop.reading.limits import Limits

SHEET = "xl/worksheets/sheet1.xml"


def book(*, installed: int = 4321, hidden: bool = False) -> bytes:
    made = Workbook()
    sheet = made.active
    for row in (
        ["BÁO CÁO KẾT QUẢ CÀI ĐẶT BLUEZONE NGÀY 18/8/2020"],
        ["Đơn vị", "Dân số", "Số người đã cài đặt"],
        ["Xã Bình Thành", 5600, installed],
    ):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = hidden
    return saved(made)


def rewritten(
    content: bytes, named: Callable[[str], str] = str, *more: tuple[str, bytes], instead: bytes = b""
) -> bytes:
    """Return a workbook with its parts under other names, some more, and another first sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = old.read(info)
            new.writestr(named(info.filename), instead if instead and info.filename == SHEET else part)
        for name, part in more:
            new.writestr(name, part)
    return out.getvalue()


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def figures(reading: Reading) -> list[float | None]:
    return [figure.number for row in reading.rows for figure in row.figures]


SPELLINGS: dict[str, Callable[[str], str]] = {
    "as programs write them": str,
    "capitals": str.upper,
    "a capital sheet": lambda name: name.upper() if name == SHEET else name,
    "a capital folder": lambda name: name.replace("xl/", "Xl/"),
    "strokes of Windows": lambda name: name.replace("/", "\\"),
    "a stroke in front": lambda name: f"/{name}",
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_names_of_parts_say_the_same_however_they_are_written(read: Read, spelling: str) -> None:
    shown = read("a.xlsx", rewritten(book(), SPELLINGS[spelling]))
    assert (figures(shown), shown.findings) == ([5600, 4321], ())
    unseen = read("a.xlsx", rewritten(book(hidden=True), SPELLINGS[spelling]))
    assert {one.code for one in unseen.findings} == {"hidden-figure"}


@pytest.mark.parametrize(
    "second", [SHEET, "xl/worksheets/Sheet1.xml", "XL\\worksheets\\sheet1.xml", f"/{SHEET}"]
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_not_chosen_between(read: Read, second: str) -> None:
    reading = read("a.xlsx", rewritten(book(hidden=True), str, (second, part(book(installed=999), SHEET))))
    assert reading.reason is not None
    assert (reading.rows, reading.reason.code) == ((), "damaged-file")


def test_a_definition_in_a_part_with_a_capital_ending_is_refused(read: Read) -> None:
    evil = b'<!DOCTYPE a [<!ENTITY e "boom">]><a>&e;</a>'
    reading = read("a.xlsx", rewritten(book(), str, ("xl/STYLES2.XML", evil)))
    assert reading.reason is not None
    assert reading.reason.code == "dangerous-container"


@pytest.mark.parametrize("folder", ["xl/tables/", "xl/worksheets/more/", "xl/"])
def test_a_sheet_in_another_folder_reaches_no_farther_than_the_limit(read: Read, folder: str) -> None:
    far = part(book(), SHEET).replace(b'<c r="C3"', b'<c r="XFD1048576"')

    def moved(name: str) -> str:
        return f"{folder}s.xml" if name == SHEET else name

    relations = "xl/_rels/workbook.xml.rels"
    content = rewritten(book(), moved, instead=far)
    told = part(content, relations).replace(b"/xl/worksheets/sheet1.xml", f"/{folder}s.xml".encode())
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info, told if info.filename == relations else old.read(info))
    reading = read("a.xlsx", out.getvalue())
    assert reading.reason is not None
    assert reading.reason.code == "sheet-too-large"


def test_what_a_comment_says_of_sheets_leads_to_no_other_part(read: Read) -> None:
    """A sheet named in a comment is none: the hidden row of the real one is seen."""
    content = book(hidden=True)
    told = part(content, "xl/workbook.xml")
    decoy = told.replace(b"<sheets>", b'<!-- <sheet name="Sheet" r:id="rId9"/> --><sheets>')
    assert decoy != told
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info, decoy if info.filename == "xl/workbook.xml" else old.read(info))
    assert {one.code for one in read("a.xlsx", out.getvalue()).findings} == {"hidden-figure"}


def test_the_copy_holds_what_the_zip_does_and_is_a_zip_for_every_program() -> None:
    content = rewritten(book(), str, ("xl/long.xml", b"<a>" + b"x" * 600_000 + b"</a>"))
    limits = Limits()
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        expected = {info.filename: whole.read(info) for info in whole.infolist()}
    with zipfile.ZipFile(io.BytesIO(plain_copy(Zip(content, Budget(limits)).parts()))) as copy:
        assert copy.testzip() is None
        assert {info.filename: copy.read(info) for info in copy.infolist()} == expected
        assert copy.getinfo("xl/long.xml").compress_size < 10_000
    assert plain_copy(()) == b"PK\x05\x06" + b"\0" * 18


def test_a_part_whose_checksum_is_another_is_damaged() -> None:
    content = bytearray(book())
    at = content.find(b"PK\x01\x02")
    while not content.startswith(SHEET.encode(), at + 46):
        at = content.find(b"PK\x01\x02", at + 4)
    content[at + 16] ^= 1
    budget = Budget(Limits())
    with pytest.raises(Refused, match="damaged-file"):
        read_spreadsheet("a.xlsx", Zip(bytes(content), budget), budget)
