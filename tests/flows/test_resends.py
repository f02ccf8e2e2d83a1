"""What is sent once more: seen again without a word, or asked about; never counted by a guess."""

from __future__ import annotations

import os
from datetime import datetime, time

import openpyxl

from tests.flows.world import DAY, FIGURES, NAMES, ZONE, District, workbook

CORRECTED = (5200, 2600, 447, 90, 61)


def _lies(district: District, content: bytes, hour: int) -> None:
    path = district.shared / NAMES["90101"] / "BC.xlsx"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    came = datetime.combine(DAY, time(hour), ZONE).timestamp()
    os.utime(path, (came, came))
    district.tonghop("intake", "tan-chau", "--at", f"{DAY}T{hour:02}:30:00+07:00")


def test_a_file_put_back_as_it_was_before_its_correction_is_asked_about_and_the_correction_counts(
    district: District,
) -> None:
    made = district.home / "made.xlsx"
    workbook(made, NAMES["90101"], FIGURES["90101"], DAY)
    first = made.read_bytes()
    workbook(made, NAMES["90101"], CORRECTED, DAY)
    for hour, content in ((9, first), (10, made.read_bytes()), (11, first)):
        _lies(district, content, hour)
    answers = district.shared / NAMES["90101"] / "_tra_loi"
    asked = openpyxl.load_workbook(answers / "BC.xlsx - cần sửa.xlsx")
    said = " ".join(str(cell.value) for row in asked["Cần sửa"].iter_rows() for cell in row)
    assert "giống hệt tệp đã gửi trước đây" in said
    _, told, _ = district.run()
    unit = next(one for one in told["units"] if one["unit"] == "90101")
    assert (unit["state"], unit["timeliness"], unit["values"]["installs"]) == ("reported", "on_time", 447)
