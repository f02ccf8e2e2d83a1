"""Texts made comparable, and the days and headings in them: what the quick looks must not overlook."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import PurePosixPath

import pytest

from tests.reading.places import hai_phong
from tonghop.reading.dates import days_in
from tonghop.reading.heading_keys import has_day, heading_keys
from tonghop.reading.persons import looks_like_name
from tonghop.reading.place_names import document_name, is_document, sheet_name
from tonghop.reading.text import file_name, key, tidy
from tonghop.reading.units import Resolver

DAY = date(2020, 8, 18)


UNSEEN = (
    " Dân\u00a0số ",
    "Dân\u2060số",
    "Dân\n\tsố\u0007",
    "\ufeffDân\u200b \u3000số",
    "Da\u0302n so\u0302\u0301",
)


@pytest.mark.parametrize("text", ["Dân số", *UNSEEN])
def test_what_is_not_seen_makes_no_other_text(text: str) -> None:
    assert tidy(text) == "Dân số"
    assert key(tidy(text)) == key("dân_số") == key("DÂN - SỐ")


@pytest.mark.parametrize(
    "text", ["đến ngày 18/8", "ngày 18 tháng 8", "18.8.2020", "hết 18 - 8", "18 THÁNG 8"]
)
def test_a_day_in_a_heading_is_seen_and_left_out_of_its_keys(text: str) -> None:
    assert has_day(text)
    assert key("Số người đã cài đặt") in heading_keys(f"Số người đã cài đặt ({text})")


@pytest.mark.parametrize(
    "name", ["BC 18-8", "bc_20200818", "180820", "2020_08_18", "ngay 18 thang 8", "8.18.2020"]
)
def test_a_day_in_a_name_is_found_however_it_is_written(name: str) -> None:
    assert [found.day for found in days_in(name, DAY, loose=True)] == [DAY]


@pytest.mark.parametrize("name", ["Xã Tân Lập 5000", "27916", "Phường 12", ""])
def test_one_short_number_is_no_day(name: str) -> None:
    assert days_in(name, DAY, loose=True) == ()


def test_a_files_name_is_the_last_of_its_path() -> None:
    for pieces in product(("bc 18-8.xlsx", ".", "/", " "), repeat=4):
        path = "".join(pieces)
        assert file_name(path) == PurePosixPath(path).name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Báo cáo 18.8.2020", "Báo cáo 18.8.2020"),
        ("BC Bluezone 27910 18.8.2020.xlsx", "BC Bluezone 27910 18.8.2020.xlsx"),
        ("Phường Lê Hồng Phong/BC.xlsx", "Phường Lê Hồng Phong/BC.xlsx"),
        ("Trần Thị Bé 0912345678", "…"),
        ("BC_Nguyen_Van_An_18-8.xlsx", "BC … 18-8.xlsx"),
        ("Xã Bình Thành/lan.nguyen@example.vn 0912.345.678.xls", "Xã Bình Thành/….xls"),
    ],
)
def test_a_name_of_a_file_or_sheet_is_shown_without_persons(name: str, said: str) -> None:
    assert sheet_name(name) == said
    assert is_document(name, document_name(name))


@pytest.mark.parametrize("name", ["Cao Thị Lan", "CAO THỊ LAN", "Vỏ Thị Lan", "Nguyên Văn An", "Tran Thi Be"])
def test_a_family_name_is_known_whatever_became_of_its_tone(name: str) -> None:
    assert looks_like_name(name)


@pytest.mark.parametrize(
    "name",
    ["Lò Thị Xuân", "LÒ THỊ XUÂN", "Lo Thi Xuan", "Giàng A Páo", "Nông Văn Dền", "Y Thị Lan", "Chu Văn An"],
)
def test_a_rarer_family_name_is_known_by_the_middle_name_behind_it(name: str) -> None:
    assert looks_like_name(name)


@pytest.mark.parametrize(
    "name",
    ["UBND Thị Trấn", "UBND THỊ XÃ AN NHƠN", "Công An Thị Xã", "Siêu Thị Xanh", "Xã Thị Hoa", "Khu Đô Thị Mới",
     "Phòng Văn Hóa Thông Tin", "Hội Nông Dân", "Chu Lai Mới", "Cuoc Thi Tim Hieu"],
)  # fmt: skip
def test_an_office_or_a_place_is_no_person_for_a_word_like_a_middle_name(name: str) -> None:
    assert not looks_like_name(name)


@pytest.mark.parametrize("name", ["BÁO CÁO KẾT QUẢ", "CÁO KẾT QUẢ", "Trường Tiểu Học", "TỔ CHỨC", "ĐỒ SƠN"])
def test_a_word_with_another_tone_is_no_family_name(name: str) -> None:
    assert not looks_like_name(name)


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("P. Lê Lợi", "11356"),
        ("P.Lê Lợi", "11356"),
        ("P. Xã Lê Lợi", "11611"),
        ("P. Phường Lê Lợi", "11356"),
        ("P) Đại Đồng", "11722"),
        ("P. Đại Đồng", None),
    ],
)
def test_a_ward_written_with_one_letter_is_no_line_of_a_list(label: str, unit: str | None) -> None:
    """There is no ward Đại Đồng: the commune of that name is not taken for one."""
    assert Resolver(hai_phong()).resolve(label).unit == unit
