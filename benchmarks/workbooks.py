"""Workbooks as communes send them, by the thousand: typed by hand in several ways, and our own form filled in."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter

from tests.flows import world

DAY = date(2020, 8, 18)
# People, smartphone users, installs, staff, staff with the app.
Figures = tuple[int, int, int, int, int]
HEADINGS = (
    "TT",
    "Đơn vị",
    "Dân số",
    "Số người dùng điện thoại thông minh",
    "Số người đã cài đặt (lũy kế)",
    "Tỷ lệ/dân số",
    "Tỷ lệ so với số người dùng điện thoại thông minh",
    "Tổng số CBCCVC, NLĐ",
    "Số CBCCVC, NLĐ đã cài đặt",
    "Tỷ lệ CBCCVC, NLĐ đã cài đặt",
    "Lũy kế hôm trước",
    "Tăng trong ngày",
    "Chưa cài đặt",
    "Kế hoạch giao",
    "Số hộ",
    "Ghi chú",
)


def figures_of(number: int) -> Figures:
    """Return a commune's figures, different from its neighbours'."""
    return 5000 + number, 2500, 400 + number % 700, 90, 60


def one_row(district: world.District, units: Sequence[tuple[str, str]]) -> None:
    """Write workbooks of titles, eight headings and one row: the smallest that is a report."""
    for number, (code, name) in enumerate(units):
        world.NAMES[code], world.FIGURES[code] = name, figures_of(number)
        district.send(code)


def by_hand(district: world.District, units: Sequence[tuple[str, str]]) -> None:
    """Write workbooks of 21 rows and 16 columns: titles, headings, the unit, its total, what the columns count."""
    for number, (_, name) in enumerate(units):
        _sheet(district, name, [(name, figures_of(number))])


def our_form(district: world.District, units: Sequence[tuple[str, str]]) -> None:
    """Write the workbooks that ``tonghop form`` hands out, filled in and saved as Excel saves them."""
    from expectations import load_form
    from tonghop.campaigns import load_campaign
    from tonghop.report.blank_form import blank_form

    campaign = load_campaign(district.home / "campaigns", "tan-chau")
    form = load_form(campaign.file.form).only(campaign.file.indicators)
    for number, (code, name) in enumerate(units):
        blank = blank_form(campaign, form, code, DAY)
        _put(district, name, "Bieu so lieu 18-8.xlsx", _filled(blank.content, figures_of(number)))


KINDS: Mapping[str, Callable[[world.District, Sequence[tuple[str, str]]], None]] = {
    "our form": our_form,
    "21 rows and 16 columns": by_hand,
    "one row": one_row,
}


def _sheet(district: world.District, sender: str, units: Sequence[tuple[str, Figures]]) -> None:
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink)
    sheet = book.add_worksheet("BC")
    sheet.write(0, 0, f"ỦY BAN NHÂN DÂN {sender.upper()}")
    sheet.write(1, 0, "BÁO CÁO KẾT QUẢ CÀI ĐẶT ỨNG DỤNG BLUEZONE")
    sheet.write(2, 0, "Tính đến ngày 18/8/2020")
    sheet.write_row(3, 0, HEADINGS)
    for row, (name, figures) in enumerate(units, 4):
        sheet.write_row(row, 0, _cells(row - 3, name, figures))
    total = [sum(column) for column in zip(*(figures for _, figures in units), strict=True)]
    sheet.write_row(4 + len(units), 0, _cells("", "Tổng cộng", total))
    for row in range(6 + len(units), 21):
        heading = HEADINGS[row - 5 - len(units)]
        sheet.write(row, 1, f"Cột “{heading}”: theo sổ theo dõi của đơn vị, cập nhật hằng ngày.")
    book.close()
    _put(district, sender, "BC 18-8.xlsx", sink.getvalue())


def _cells(number: object, name: str, figures: Sequence[int]) -> tuple[object, ...]:
    people, phones, installs, staff, staffed = figures
    rates = (f"{100 * a / b:.2f}%".replace(".", ",") for a, b in ((installs, people), (installs, phones)))
    of_staff = f"{100 * staffed / staff:.2f}%".replace(".", ",")
    before = (installs - 12, 12, phones - installs, phones, people // 4)
    return (number, name, people, phones, installs, *rates, staff, staffed, of_staff, *before, "Đạt tiến độ")


def _filled(blank: bytes, figures: Figures) -> bytes:
    """Return the form with its figures, and with the rates that its formulas come to."""
    people, phones, installs, staff, staffed = figures
    values = dict(zip("DEFGH", figures, strict=True)) | {
        "I": installs / people,
        "J": installs / phones,
        "K": staffed / staff,
    }
    sink = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(blank)) as old,
        zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                content = _with_values(content.decode(), values).encode()
            new.writestr(member.filename, content)
    return sink.getvalue()


def _with_values(sheet: str, values: Mapping[str, float]) -> str:
    for column, value in values.items():
        empty = re.compile(rf'(<c r="{column}10" s="\d+")(?:/>|>(<f>.*?</f>)<v></v></c>)')
        sheet, count = empty.subn(lambda m, v=value: f"{m[1]}>{m[2] or ''}<v>{v!r}</v></c>", sheet)
        if count != 1:
            raise SystemExit(f"the form has no cell {column}10 to fill in")
    return sheet


def _put(district: world.District, sender: str, name: str, content: bytes) -> None:
    path: Path = district.shared / sender / name
    path.parent.mkdir()
    path.write_bytes(content)
    came = datetime(2020, 8, 18, 2, tzinfo=UTC).timestamp()
    os.utime(path, (came, came))
