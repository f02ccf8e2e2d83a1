"""What is sent once more: seen again without a word, or asked about; never counted by a guess."""

from __future__ import annotations

import os
from datetime import datetime, time
from typing import Any

import openpyxl

from tests.flows.world import DAY, FIGURES, NAMES, ZONE, District, workbook

CORRECTED = (5200, 2600, 447, 90, 61)


def _lies(
    district: District, content: bytes, hour: int, name: str = "BC.xlsx"
) -> tuple[int, dict[str, Any], str]:
    """Put a file into a unit's folder; return what the intake tells of it."""
    path = district.shared / NAMES["90101"] / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    came = datetime.combine(DAY, time(hour), ZONE).timestamp()
    os.utime(path, (came, came))
    return district.tonghop("intake", "tan-chau", "--at", f"{DAY}T{hour:02}:30:00+07:00")


def test_a_file_put_back_as_it_was_before_its_correction_is_asked_about_and_the_correction_counts(
    district: District,
) -> None:
    made = district.home / "made.xlsx"
    workbook(made, NAMES["90101"], FIGURES["90101"], DAY)
    first = made.read_bytes()
    workbook(made, NAMES["90101"], CORRECTED, DAY)
    _lies(district, first, 9)
    _lies(district, made.read_bytes(), 10)
    code, told, _ = _lies(district, first, 11)
    assert (code, told["entries"]) == (1, {"held": 1})
    assert [found["code"] for found in told["findings"]] == ["replaced-file-again"]
    assert told["needs_person"]
    answers = district.shared / NAMES["90101"] / "_tra_loi"
    asked = openpyxl.load_workbook(answers / "BC.xlsx - cần sửa.xlsx")
    said = " ".join(str(cell.value) for row in asked["Cần sửa"].iter_rows() for cell in row)
    assert "giống hệt tệp đã gửi trước đây" in said
    _, told, _ = district.run()
    unit = next(one for one in told["units"] if one["unit"] == "90101")
    assert (unit["state"], unit["timeliness"], unit["values"]["installs"]) == ("reported", "on_time", 447)


def test_the_same_file_under_another_name_says_nothing_more(district: District) -> None:
    made = district.home / "made.xlsx"
    workbook(made, NAMES["90101"], FIGURES["90101"], DAY)
    _lies(district, made.read_bytes(), 9)
    code, told, _ = _lies(district, made.read_bytes(), 10, "BC (1).xlsx")
    assert (code, told["new"], told["entries"], told["findings"]) == (0, 1, {}, [])
