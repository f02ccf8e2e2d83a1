"""The trace sheet of the mailed workbook: every figure that was read has its cell, carried and stated ones too."""

from __future__ import annotations

import io
from email import message_from_bytes
from email.policy import default

import openpyxl

from tests.flows.world import DAY, DAY_BEFORE, NAMES, ZONE, District, workbook
from tests.services.smtp_server import SmtpServer
from tonghop.words import say

UNITS = """code,name,kind,parent,valid_from,valid_to,reports,emails,phone
901,Thành phố Tân Châu,city,,2000-01-01,,no,,
A01,Quận Đông Hà,district,901,2000-01-01,,yes,,
A02,Quận Tây Sơn,district,901,2000-01-01,,yes,,
90101,Xã Tân Hà,commune,A01,2000-01-01,,yes,,
90102,Xã Tân Đông,commune,A01,2000-01-01,,yes,,
90103,Xã Suối Dây,commune,A02,2000-01-01,,yes,,
"""
INDICATORS = ("population", "smartphone_users", "installs", "staff", "staff_installs")


def test_every_figure_of_the_edition_that_was_read_somewhere_stands_with_file_sheet_and_cell(
    district: District, smtp_server: SmtpServer
) -> None:
    district.configure(missing="carry_forward", cutoffs={"commune": "14:00", "district": "14:20"})
    (district.home / "campaigns" / "tan-chau" / "units.csv").write_text(UNITS, encoding="utf-8")
    district.send("90101", day=DAY_BEFORE)  # carried into the day
    district.send("90102")
    stated = district.shared / "Quận Tây Sơn" / "BC 18-8.xlsx"  # its communes did not report: it stands in
    stated.parent.mkdir()
    workbook(stated, "Quận Tây Sơn", (9000, 4000, 700, 200, 150), DAY)
    _, told, error = district.run()
    assert told, error
    figures = {
        (unit["unit"], code): value
        for unit in told["units"]
        for code, value in unit["values"].items()
        if value is not None
    }
    carried = {unit["unit"] for unit in told["units"] if unit["carried_from"] and unit["level"] == "commune"}
    assert carried == {"90101"}
    assert next(unit for unit in told["units"] if unit["unit"] == "A02")["stated"]
    read = {(unit, code) for unit, code in figures if unit in ("90101", "90102", "A02")}
    assert len(read) == 3 * len(INDICATORS)
    traced = _traced(smtp_server)
    names = {**NAMES, "A02": "Quận Tây Sơn"}
    assert set(traced) == {(names[unit], say(f"indicator.{code}")) for unit, code in read}
    for unit, code in read:
        value, file, sheet, cell, day = traced[names[unit], say(f"indicator.{code}")]
        assert value == figures[unit, code]
        assert (sheet, cell) == ("BC", f"{'CDEGH'[INDICATORS.index(code)]}5")
        assert file.endswith("BC 17-8.xlsx" if unit == "90101" else "BC 18-8.xlsx")
        assert day == (DAY_BEFORE if unit == "90101" else DAY) or unit == "A02"
    # What is not traced is a sum of what is.
    for code in INDICATORS:
        assert figures["A01", code] == figures["90101", code] + figures["90102", code]
        assert figures["901", code] == figures["A01", code] + figures["A02", code]


def _traced(server: SmtpServer) -> dict[tuple[str, str], tuple]:
    report = next(r for r in server.received if "so@tayninh.example.vn" in r.recipients)
    message = message_from_bytes(report.content, policy=default)
    (attachment,) = [part for part in message.walk() if (part.get_filename() or "").endswith(".xlsx")]
    sheet = openpyxl.load_workbook(io.BytesIO(attachment.get_content()))[say("sheet.trace")]
    rows = [row for row in list(sheet.values)[3:] if row[0]]
    assert len({row[:2] for row in rows}) == len(rows)
    # Beside names that are told apart by their parent.
    return {
        (row[0].partition(" (")[0], row[1]): (
            row[2],
            row[4],
            row[5],
            row[6],
            row[8].replace(tzinfo=ZONE).date(),
        )
        for row in rows
    }
