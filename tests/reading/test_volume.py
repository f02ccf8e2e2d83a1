"""Submissions that would take minutes: refused for their volume with the reason, or read without looking again."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Sequence

import pytest

from tests.reading.places import duc_hue, form, incoming
from tests.reading.test_tables import BINH_THANH, HEAD, MY_BINH, TITLE, codes, xlsx
from tests.reading.writers import as_message, as_zip
from tonghop.domain.reading import Outcome, Reading
from tonghop.reading.assemble import read_submission
from tonghop.reading.headings import Lexicon
from tonghop.reading.interpret import Interpreter
from tonghop.reading.limits import Limits
from tonghop.words import message_of

# Each took more than this before, most of them minutes; now a second on a machine that has nothing else to do.
_SECONDS = 8.0


Read = Callable[[str, bytes], Reading]


def _csv(rows: Sequence[Sequence[object]]) -> bytes:
    return "\n".join(";".join(map(str, row)) for row in rows).encode()


def _docx(body: str) -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = f"<w:document {space}><w:body>{body}</w:body></w:document>"
    return as_zip([("[Content_Types].xml", b"<x/>"), ("word/document.xml", document.encode())])


@pytest.fixture(scope="module")
def read() -> Read:
    """Return a function that reads one file in this process, against the clock of its own work."""
    interpreter = Interpreter(form(), duc_hue(), Limits())

    def read_one(name: str, content: bytes) -> Reading:
        start = time.process_time()
        reading = read_submission(interpreter, incoming(name, content))
        assert time.process_time() - start < _SECONDS, name
        return reading

    return read_one


def _continued(cells: int) -> bytes:
    wide, begun = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
    rows = (
        "<w:tr>"
        + "".join(
            f"<w:tc><w:tcPr>{p}</w:tcPr><w:p/></w:tc>" for p in (wide, "<w:vMerge/>" if i % 2 else begun)
        )
        + "</w:tr>"
        for i in range(cells)
    )
    return _docx(f"<w:tbl>{''.join(rows)}</w:tbl>")


_MANY = 6_000
_NOTE = "toàn xã đã cài đặt và cập nhật số liệu theo hướng dẫn của huyện "
_REFUSED = {
    "totals.csv": (
        _csv([TITLE, HEAD] + [[i, "Tổng cộng" if i % 2 else "Xã Bình Thành", i, 1, 1] for i in range(_MANY)]),
        "too-many-rows",
    ),
    "districts.csv": (
        _csv([TITLE, HEAD, BINH_THANH] + [[i, "Huyện Đức Huệ", i, 1, 1] for i in range(_MANY)]),
        "too-many-rows",
    ),
    "lines.csv": (_csv([TITLE, HEAD] + [[i, f"Xã {i}", i, 1, 1] for i in range(13_000)]), "too-many-rows"),
    "side-by-side.csv": (
        _csv([TITLE, ["Đơn vị", "Dân số", "Số người đã cài đặt"] * 90, *[["Xã Mỹ Bình", 5, 3] * 90] * 200]),
        "too-many-rows",
    ),
    "rows.csv": (_csv([TITLE, HEAD, BINH_THANH] + [["x"] for _ in range(21_000)]), "too-many-rows"),
    "headings.csv": (_csv([["Đã cài", "", "Trong ngày"] * 90] * 3_000), "sheet-too-large"),
    "notes.csv": (
        _csv([TITLE, [*HEAD, "Ghi chú"]] + [[*MY_BINH, _NOTE * 20 + str(i)] for i in range(900)]),
        "file-too-large",
    ),
    "letter.eml": (as_message("BC", text=f"{_NOTE}\n" * 20_000).as_bytes(), "file-too-large"),
    "tags.html": (b"<html><p>" + b"<b>x" * 450_000, "file-too-large"),
    "styles-unended.html": (b"<html>" + b"<style " * 100_000, "damaged-file"),
    "ends-unended.html": (b"<html>" + b"</" * 300_000, "damaged-file"),
    "values-unended.html": (b"<html>" + b'<x a=">" ' * 40_000 + b'y="', "damaged-file"),
}


@pytest.mark.parametrize("name", _REFUSED)
def test_what_no_report_holds_is_refused_with_the_reason(read: Read, name: str) -> None:
    content, code = _REFUSED[name]
    reading = read(name, content)
    assert reading.outcome is Outcome.UNREADABLE
    assert reading.reason is not None
    assert reading.reason.code == code
    assert "{" not in message_of(reading.reason)


def test_a_file_of_great_volume_harms_no_other_and_holds_the_submission(read: Read) -> None:
    large = _csv([["x", "y"]] * 21_000)
    reading = read("bc.zip", as_zip([("a.csv", large), ("b.xlsx", xlsx(TITLE, HEAD, BINH_THANH))]))
    assert [row.unit for row in reading.rows] == ["27916"]
    (refused,) = reading.findings
    assert (refused.code, refused.document, refused.holds) == ("too-many-rows", "bc.zip/a.csv", True)


def test_a_letter_that_nearly_doubts_everywhere_is_read_at_once(read: Read) -> None:
    nearly = ("so lieu nham ap hom qua ghi 12 443 sua " * 100)[:3_900]
    letter = "\n\n".join(f"{nearly}{i}" for i in range(300))
    message = as_message("BC", text=letter, attachments=[("bc.xlsx", xlsx(TITLE, HEAD, BINH_THANH))])
    reading = read("bc.eml", message.as_bytes())
    assert [row.unit for row in reading.rows] == ["27916"]


def test_fifty_tables_among_many_texts_are_looked_through_once(read: Read) -> None:
    table = [["", *HEAD], ["", *BINH_THANH]]
    texts = [["chữ"] * 40 for _ in range(180)]
    rows = [row for _ in range(48) for row in (*table, *texts)]
    reading = read("bc.csv", _csv(rows))
    assert reading.outcome is Outcome.READ


def test_thousands_of_continued_cells_of_a_word_table_are_followed_at_once(read: Read) -> None:
    assert read("bc.docx", _continued(18_000)).outcome is Outcome.UNREADABLE


def test_a_table_with_totals_as_a_province_has_is_read(read: Read) -> None:
    rows = [
        [i, "Cộng huyện" if i % 20 == 0 else f"Xã Số {i}", 20 if i % 20 == 0 else 1, 1, 1]
        for i in range(1, 1_201)
    ]
    reading = read("bc.csv", _csv([TITLE, HEAD, *rows]))
    assert reading.outcome is Outcome.READ
    assert sum(bool(row.covers) for row in reading.rows) == 60


def test_blank_rows_and_cells_count_for_nothing(read: Read) -> None:
    reading = read("bc.csv", _csv([TITLE, HEAD, BINH_THANH, *[[""] * 9] * 60_000]))
    assert [row.unit for row in reading.rows] == ["27916"]
    assert not codes(reading)


def test_columns_hidden_over_and_over_are_followed_only_so_far(read: Read) -> None:
    cols = (f'<col min="2" max="16384" width="{n * 7919 % 999983}" hidden="1"/>' for n in range(60_000))
    told = f"<cols>{''.join(cols)}".encode()
    with zipfile.ZipFile(io.BytesIO(xlsx(TITLE, HEAD, BINH_THANH))) as book:
        parts = [(name, book.read(name)) for name in book.namelist()]
    changed = [(n, part.replace(b"<sheetData", told + b"</cols><sheetData")) for n, part in parts]
    assert "hidden-figure" in codes(read("bc.xlsx", as_zip(changed)))


def test_a_page_that_ends_in_the_middle_of_a_tag_is_read(read: Read) -> None:
    cells = "".join(
        "<tr>" + "".join(f"<td>{value}</td>" for value in row) + "</tr>" for row in (TITLE, HEAD, BINH_THANH)
    )
    reading = read("bc.html", f"<html><table>{cells}</table><p style='margin".encode())
    assert [row.unit for row in reading.rows] == ["27916"]


def test_after_thousands_of_strange_texts_a_heading_is_still_looked_up_once() -> None:
    lexicon = Lexicon(form())
    lexicon.count_known([f"chữ {i}" for i in range(25_000)])
    start = time.process_time()
    assert not lexicon.count_known(["Số ngườix đã cài đặy ứng dụnz"] * 300_000)
    assert time.process_time() - start < _SECONDS / 2
