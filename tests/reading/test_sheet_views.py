"""The sheet beside a finding: cut out in the child, bounded, clean, and without personal data."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.reading import hostile, writers
from tests.reading.conftest import Read
from tests.reading.places import DAY, form
from tests.reading.writers import Page
from tonghop.domain.sheets import SheetCell, SheetJob, SheetView
from tonghop.reading.limits import Limits
from tonghop.reading.viewer import SheetViewer

HEAD: list[list[object]] = [
    ["BÁO CÁO NGÀY 18/8/2020", "", "", "", ""],
    ["TT", "Đơn vị", "Dân số", "Số người đã cài đặt", "Ghi chú"],
]
ROWS: list[list[object]] = [
    *HEAD,
    [1, "Xã Mỹ Bình", 3014, 224, ""],
    [2, "Xã Bình Thành", 5200, 4.391, "Nguyễn Văn Tám báo"],
]


@pytest.fixture(scope="module")
def viewer() -> Iterator[SheetViewer]:
    with SheetViewer(Limits(seconds=20)) as started:
        yield started


def _view(
    viewer: SheetViewer,
    name: str,
    content: bytes,
    cell: str = "D4",
    *,
    document: str | None = None,
    sheet: str | None = "BC",
) -> SheetView | None:
    where = name if document is None else document
    job = SheetJob(name, name, content, where, sheet, (cell,) if cell else (), form(), DAY)
    return viewer.view(f"{name}/{hash(content)}", where, sheet, job.cells, lambda: job)


def _marked(view: SheetView | None) -> list[SheetCell]:
    assert view is not None
    return [cell for row in view.rows for cell in row.cells if cell.is_marked]


def _texts(view: SheetView | None) -> str:
    assert view is not None
    return " | ".join(cell.text for row in view.rows for cell in row.cells) + " ".join(view.above)


_PLAIN: list[list[object]] = [
    ["TT", "Đơn vị", "Dân số", "Số người đã cài đặt"],
    [1, "Xã Mỹ Bình", 3014, 224],
    [2, "Xã Bình Thành", 5200, 317],
]
_PAGE = Page(_PLAIN)
_TITLES = ["BÁO CÁO", "Ngày 18/8/2020"]
_BOOK = writers.as_xlsx([_PAGE])
_HTML = writers.as_html(_PAGE, _TITLES)
_MESSAGE = writers.as_message("Báo cáo", attachments=[("bc.xlsx", _BOOK)])
CONTAINERS: dict[str, bytes] = {
    "bc.xlsx": _BOOK,
    "bc.xls": writers.as_xls([_PAGE]),
    "bc.ods": writers.as_ods([_PAGE]),
    "bc.csv": writers.as_csv(_PAGE),
    "bc.docx": writers.as_docx(_PAGE, _TITLES),
    "bc.html": _HTML.encode(),
    "bc.zip": writers.as_zip([("trong/bc.xlsx", _BOOK)]),
    "bc.7z": writers.as_7z([("bc.xlsx", _BOOK)]),
    "thu.eml": _MESSAGE.as_bytes(),
    "bang-trong-thu.eml": writers.as_message("Báo cáo", html=_HTML).as_bytes(),
    "chuyen-tiep.eml": writers.forwarded("Fwd: Báo cáo", _MESSAGE).as_bytes(),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_each_figure_that_is_read_is_shown_in_the_cell_it_was_read_from(
    viewer: SheetViewer, read: Read, name: str
) -> None:
    rows = read(name, CONTAINERS[name]).rows
    figures = [(row.document, figure) for row in rows for figure in row.figures]
    assert len(figures) == 4
    for document, figure in figures:
        view = _view(viewer, name, CONTAINERS[name], figure.cell, document=document, sheet=figure.sheet)
        (cell,) = _marked(view)
        assert cell.text == f"{figure.number:.0f}"


def test_a_number_is_shown_as_its_program_shows_it(viewer: SheetViewer) -> None:
    view = _view(viewer, "bc.xlsx", writers.as_xlsx([Page(ROWS)]))
    (cell,) = _marked(view)
    assert (cell.name, cell.text, cell.is_number) == ("D4", "4,391", True)
    assert view is not None
    assert view.columns == ("A", "B", "C", "D", "E")
    assert [row.number for row in view.rows] == [1, 2, 3, 4]


def test_a_note_that_names_a_person_is_masked_and_a_unit_is_not(viewer: SheetViewer) -> None:
    rows = [
        *HEAD,
        [1, "Xã Hà Long", 3014, 224, "Nguyễn Văn Tám"],
        [2, "Cao Lãnh", 1, 2, "đã gọi 0912 345 678"],
        [3, "Cô Tô", 1, "đ/c Nhung", "hỏi chị Hồng"],
    ]
    view = _view(viewer, "a.xlsx", writers.as_xlsx([Page(rows)]), "D3")
    assert "Nhung" not in _texts(view)
    assert "Hồng" not in _texts(view)
    assert "Cô Tô" in _texts(view)
    assert "Tám" not in _texts(view)
    assert "345" not in _texts(view)
    assert "Xã Hà Long" in _texts(view)
    assert "Cao Lãnh" in _texts(view)


def test_a_column_of_names_or_telephones_is_masked_whatever_stands_in_it(viewer: SheetViewer) -> None:
    rows: list[list[object]] = [
        ["TT", "Đơn vị", "Họ và tên", "Số điện thoại", "Dân số", "Số người đã cài đặt"],
        [1, "Xã Mỹ Bình", "tám", 912345678, 3014, 224],
        [2, "Xã Bình Thành", "Bảy Rô", "0912.345.678", 5200, 301],
    ]
    view = _view(viewer, "b.xlsx", writers.as_xlsx([Page(rows)]), "F3")
    assert view is not None
    masked = [cell.name for row in view.rows for cell in row.cells if cell.is_masked]
    assert masked == ["C2", "D2", "C3", "D3"]
    assert "tám" not in _texts(view)


def test_a_signature_below_the_table_loses_its_name_and_keeps_its_office(viewer: SheetViewer) -> None:
    rows: list[list[object]] = [
        *ROWS,
        [],
        ["", "", "", "Người lập biểu: Trần Thị Bích Thủy"],
        ["", "", "", "Lê Văn Tám"],
    ]
    view = _view(viewer, "c.xlsx", writers.as_xlsx([Page(rows)]), "C3")
    assert "Người lập biểu: …" in _texts(view)
    assert "Tám" not in _texts(view)


def test_of_a_long_sheet_the_headings_and_the_rows_around_the_cell_are_shown(viewer: SheetViewer) -> None:
    rows: list[list[object]] = [*HEAD, *([n, f"Xã số {n}", 3000 + n, n, ""] for n in range(1, 218))]
    view = _view(viewer, "d.xlsx", writers.as_xlsx([Page(rows)]), "D190")
    assert view is not None
    assert not view.is_whole
    assert len(view.rows) <= 60
    assert view.rows[0].number == 2
    assert _marked(view)[0].name == "D190"
    assert [row.number for row in view.rows if row.skips] == [view.rows[1].number]


def test_of_a_wide_sheet_the_names_and_the_columns_around_the_cell_are_shown(viewer: SheetViewer) -> None:
    rows: list[list[object]] = [[f"c{n}" for n in range(120)], list(range(120))]
    view = _view(viewer, "e.xlsx", writers.as_xlsx([Page(rows)]), "CV2")
    assert view is not None
    assert len(view.columns) == 20
    assert view.columns[0] == "A"
    assert _marked(view)[0].text == "99"


def test_merged_cells_span_and_a_mark_inside_them_marks_the_whole(viewer: SheetViewer) -> None:
    rows: list[list[object]] = [["BÁO CÁO", "", ""], ["Đơn vị", "Dân số", "Đã cài đặt"], ["Xã Mỹ Bình", 1, 2]]
    content = writers.as_xlsx([Page(rows, merges=[(0, 0, 0, 2)])])
    (cell,) = _marked(_view(viewer, "f.xlsx", content, "B1"))
    assert (cell.text, cell.across, cell.name) == ("BÁO CÁO", 3, "A1")


def test_what_is_no_sheet_or_has_no_such_sheet_is_not_shown_and_the_viewer_goes_on(
    viewer: SheetViewer,
) -> None:
    assert _view(viewer, "g.xlsx", b"PK\x03\x04 broken") is None
    assert _view(viewer, "h.xlsx", writers.as_xlsx([Page(ROWS)]), sheet="khác") is None
    assert _marked(_view(viewer, "i.xlsx", writers.as_xlsx([Page(ROWS)])))


def test_the_same_place_of_the_same_bytes_is_read_once(viewer: SheetViewer) -> None:
    content = writers.as_xlsx([Page(ROWS)])
    first = _view(viewer, "k.xlsx", content)

    def unexpected() -> SheetJob:
        raise AssertionError("read again")

    again = viewer.view(f"k.xlsx/{hash(content)}", "k.xlsx", "BC", ("D4",), unexpected)
    assert again is first


def test_hostile_submissions_are_shown_or_not_and_the_viewer_lives_on(viewer: SheetViewer) -> None:
    for name, content in list(hostile.corpus())[2::5]:  # each is read through by the reader's own tests
        _view(viewer, name, content, "A1", document="", sheet=None)
    assert _marked(_view(viewer, "m.xlsx", writers.as_xlsx([Page(ROWS)])))
