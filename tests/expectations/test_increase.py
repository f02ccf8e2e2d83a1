"""A column with the day's increase is taken as stated, beside the cumulative one it stands next to."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import xlsxwriter

from expectations import load_form
from tests.unit.rules_cases import TREE
from tonghop.domain.entries import entries_of
from tonghop.domain.reading import Incoming
from tonghop.reading.reader import Reader

DAY = date(2020, 8, 18)


def workbook(headings: tuple[str, ...], row: tuple[object, ...]) -> bytes:
    content = BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet("BC")
    sheet.write(0, 0, "BÁO CÁO KẾT QUẢ CÀI ĐẶT BLUEZONE NGÀY 18/8/2020")
    sheet.write_row(2, 0, headings)
    sheet.write_row(3, 0, row)
    book.close()
    return content.getvalue()


def test_the_stated_increase_is_read_beside_its_cumulative_figure_and_is_no_figure_of_its_own() -> None:
    content = workbook(
        ("TT", "Mã đơn vị", "Dân số", "Số người đã cài đặt (lũy kế)", "Tăng trong ngày"),
        (1, "27916", 5519, 443, 13),
    )
    at = datetime(2020, 8, 18, 6, tzinfo=UTC)
    incoming = Incoming("1", "bao-cao.xlsx", content, at, DAY)
    with Reader(load_form("bluezone_v1").only(["population", "installs"])) as reader:
        (reading,) = reader.read([incoming], TREE)
    ((entry,), _) = entries_of(reading, incoming, DAY)
    assert entry.values() == {"population": 5519, "installs": 443}
    assert [(f.indicator, f.number, f.cell) for f in entry.increases] == [("installs", 13, "E4")]
