"""Make the demonstration's submissions: one day of each campaign as communes would send it, and the day before.

Đức Huệ's sums are the directive's of 18/8/2020 (66.219 people, 5.658 installs, 1.172 staff, 840 installed); the
split by commune and agency, and all of Hải Phòng's figures, are made up. Run it from the project's root; the
files it writes are committed, so that the demonstration shows what is shipped and nothing else.
"""

from __future__ import annotations

import csv
import random
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).parent
TODAY, YESTERDAY = date(2020, 8, 18), date(2020, 8, 17)
HEADINGS = (
    "STT",
    "Đơn vị",
    "Dân số",
    "Số người dùng điện thoại thông minh",
    "Số người đã cài đặt (lũy kế)",
    "Tỷ lệ/dân số",
    "Tổng số CBCCVC, NLĐ",
    "Số CBCCVC, NLĐ đã cài đặt",
    "Tỷ lệ CBCCVC",
    "Ghi chú",
)
# population, smartphone users, installs, staff, staff with the app; on 18/8, and installs of both on 17/8
DUC_HUE = {
    "Thị trấn Đông Thành": (8312, 4891, 1021, 150, 117, 968, 109),
    "Xã Mỹ Quý Đông": (6105, 3120, 488, 79, 52, 470, 50),
    "Xã Mỹ Thạnh Bắc": (5240, 2601, 402, 75, 50, 389, 47),
    "Xã Mỹ Quý Tây": (8877, 4518, 731, 103, 66, 702, 61),
    "Xã Mỹ Thạnh Tây": (4391, 2204, 349, 72, 47, 340, 45),
    "Xã Mỹ Thạnh Đông": (6702, 3377, 560, 83, 58, 541, 57),
    "Xã Bình Thành": (5519, 2755, 443, 81, 54, 431, 50),
    "Xã Bình Hòa Bắc": (6918, 3490, 577, 87, 61, 552, 60),
    "Xã Bình Hòa Hưng": (4026, 1987, 297, 71, 46, 291, 46),
    "Xã Bình Hòa Nam": (7115, 3604, 566, 89, 59, 549, 55),
    "Xã Mỹ Bình": (3014, 1502, 224, 79, 51, 219, 49),
}
AGENCIES = {
    "Văn phòng HĐND và UBND huyện": (46, 44, 44),
    "Phòng Giáo dục và Đào tạo": (31, 30, 29),
    "Trung tâm Y tế huyện": (126, 105, 98),
}

SENDERS = {"Xã Bình Hòa Bắc": "binhhoabac@duchue.longan.gov.vn", "Xã Mỹ Bình": "mybinh@duchue.longan.gov.vn"}


def percent(part: int, whole: int) -> str:
    """Return ``8,03%``."""
    return f"{part / whole * 100:.2f}%".replace(".", ",")


def workbook(
    title: str, day: date, rows: list[list[object]], headings: tuple[str, ...], total: bool = False
) -> bytes:
    """Return a commune's or district's workbook: title rows, a header, the rows, and a total if there are several."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2020, 8, 10)})  # noqa: DTZ001 - xlsx properties have no zone
    sheet = book.add_worksheet("BC")
    bold = book.add_format({"bold": True, "align": "center"})
    head = book.add_format(
        {"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}
    )
    cell, number = book.add_format({"border": 1}), book.add_format({"border": 1, "num_format": "#,##0"})
    sheet.write(0, 0, title, bold)
    sheet.write(1, 0, "BÁO CÁO KẾT QUẢ CÀI ĐẶT ỨNG DỤNG BLUEZONE", bold)
    sheet.write(2, 0, f"Tính đến ngày {day.day}/{day.month}/{day.year}")
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, len(headings) - 1, 14)
    for column, text in enumerate(headings):
        sheet.write(3, column, text, head)
    for line, row in enumerate(rows, start=4):
        for column, value in enumerate(row):
            sheet.write(line, column, value, number if isinstance(value, int) else cell)
    if total:
        sums = [
            sum(int(r[c]) for r in rows) if isinstance(rows[0][c], int) and c else ""
            for c in range(len(headings))
        ]
        for column, value in enumerate(sums):
            sheet.write(4 + len(rows), column, "TỔNG CỘNG" if column == 1 else value, head)
    book.close()
    return out.getvalue()


def duc_hue(day: date) -> None:
    """Write Đức Huệ's day: a folder a unit, two communes by mail, one agency that does not report."""
    today = day == TODAY
    for name, (people, phones, installs, staff, staffed, before, staffed_before) in DUC_HUE.items():
        n, s = (installs, staffed) if today else (before, staffed_before)
        declared = percent(n, people)
        if today and name == "Xã Bình Thành":
            declared = percent(
                before, people
            )  # yesterday's percent beside today's count, as in the directive
        row = [1, name, people, phones, n, declared, staff, s, percent(s, staff), ""]
        content = workbook("ỦY BAN NHÂN DÂN XÃ", day, [row], HEADINGS)
        if today and name in ("Xã Bình Hòa Bắc", "Xã Mỹ Bình"):
            send(name, day, content)
        else:
            put("duc-hue", day, name, f"Bao cao Bluezone {day.day}-{day.month}.xlsx", content)
    for name, (staff, now, before) in AGENCIES.items():
        s = now if today else before
        headings = ("STT", "Đơn vị", "Tổng số CBCCVC, NLĐ", "Số CBCCVC, NLĐ đã cài đặt", "Tỷ lệ CBCCVC")
        content = workbook("UBND HUYỆN ĐỨC HUỆ", day, [[1, name, staff, s, percent(s, staff)]], headings)
        put("duc-hue", day, name, f"BC CBCCVC {day.day}.{day.month}.{day.year}.xlsx", content)


def send(unit: str, day: date, content: bytes) -> None:
    """Write a commune's e-mail with its workbook, as the mail server would store it."""
    message = EmailMessage(policy=SMTP)
    message["From"] = f"UBND {unit} <{SENDERS[unit]}>"
    message["To"] = "baocao@duchue.example.vn"
    message["Subject"] = f"{unit} báo cáo Bluezone ngày {day.day}/{day.month}/{day.year}"
    message["Date"] = f"Tue, {day.day} Aug 2020 09:00:00 +0700"
    message["Message-ID"] = f"<{day.isoformat()}.{len(unit)}@may-tinh-xa>"
    message.set_content("Kính gửi Phòng Văn hóa và Thông tin, xã gửi báo cáo ngày.\nTrân trọng.\n")
    message.add_attachment(
        content,
        maintype="application",
        subtype="vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        filename=f"Báo cáo {unit}.xlsx",
    )
    message.set_boundary(f"=={len(unit)}{day.isoformat()}==")
    path = HERE / "duc-hue" / day.isoformat() / "mail" / f"{len(unit)}.eml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(message.as_bytes())


def hai_phong(day: date) -> None:
    """Write Hải Phòng's day: a workbook a district; one commune is in doubt, two are missing."""
    units = list(csv.DictReader((HERE.parent / "campaigns/hai-phong/units.csv").open(encoding="utf-8")))
    headings = ("TT", "Xã, phường, thị trấn", "Dân số", "Đã cài đặt (lũy kế)", "Tỷ lệ/dân số")
    for district in (u for u in units if u["kind"] == "district"):
        below = [u for u in units if u["parent"] == district["code"]] or [district]
        rows: list[list[object]] = []
        for unit in below:
            chance = random.Random(int(unit["code"]))  # the same on both days
            people = chance.randint(4200, 14800) if len(below) > 1 else 912
            reach, before = chance.uniform(0.16, 0.41), chance.uniform(0.93, 0.99)
            installs = round(people * (reach if day == TODAY else reach * before))
            if day == TODAY and unit["code"] == "11350":
                installs = people + 120  # more installs than people: held, and asked about
            if day == TODAY and unit["code"] in ("11410", "11626"):
                continue  # these two do not report
            rows.append([len(rows) + 1, unit["name"], people, installs, percent(installs, people)])
        title = f"UBND {district['name'].upper()}"
        content = workbook(title, day, rows, headings, total=len(rows) > 1)
        put("hai-phong", day, district["name"], f"TH Bluezone {day.day}.{day.month}.xlsx", content)


def put(campaign: str, day: date, folder: str, name: str, content: bytes) -> None:
    """Write one file of the shared folder."""
    path = HERE / campaign / day.isoformat() / "folder" / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    for each in (YESTERDAY, TODAY):
        duc_hue(each)
        hai_phong(each)
