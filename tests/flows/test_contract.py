"""What a script that calls the command line may count on, in a district with other inputs than the shipped ones."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from tests.flows.test_reminders import ON_DUTY, REPORT, mails, remind, text_of
from tests.flows.world import (
    DAY,
    DAY_BEFORE,
    FIGURES,
    HEADINGS,
    NAMES,
    ROOT,
    ZONE,
    District,
    clean_environment,
)
from tests.services.smtp_server import SmtpServer

DELIVERED = re.compile(
    r"✓ Bản (\d) → so@tayninh\.example\.vn: máy chủ thư đã nhận lúc 14:[45]\d / accepted by the mail server"
)
AT_REPORT = ("--day", f"{DAY}", "--at", f"{DAY}T14:40:00+07:00")


def test_a_misspelt_setting_is_told_once_on_standard_error_and_fails_the_doctor(district: District) -> None:
    district.environment["TONGHOP_SMPT_URL"] = "smtp://ai:mat-khau@mail.example.vn"
    code, told, error = district.tonghop("run", "tan-chau", *AT_REPORT)
    assert told is not None, error
    assert error.count("TONGHOP_SMPT_URL") == 1
    assert "TONGHOP_SMTP_URL" in error
    assert "mat-khau" not in error
    code, told, _ = district.tonghop("doctor", "tan-chau")
    (line,) = (check for check in told["checks"] if "TONGHOP_SMPT_URL" in check["what"])
    assert (code, line["ok"]) == (3, False)
    assert "TONGHOP_SMTP_URL" in line["to_do"]
    assert "mat-khau" not in json.dumps(told)


def test_variables_that_something_reads_are_not_told(district: District) -> None:
    mailbox = {"kind": "mailbox", "url": "imaps://baocao:${TONGHOP_MAT_KHAU_HOP_THU}@mail.example.vn/INBOX"}
    district.configure(sources=[mailbox, {"kind": "folder", "url": f"file://{district.shared}"}])
    district.environment |= {
        "TONGHOP_MAT_KHAU_HOP_THU": "x",
        "TONGHOP_ROOT": str(ROOT),
        "TONGHOP_TEST_ALL": "1",
        "TONGHOP_SECRET_KEY": "0123456789abcdef",
    }
    code, _, error = district.tonghop("status", "tan-chau", "--day", f"{DAY}")
    assert (code, error) == (0, "")


@pytest.mark.parametrize("command", ["run", "intake", "remind", "watch"])
def test_a_campaign_that_is_not_there_is_told_before_anything_else_and_leaves_nothing(
    district: District, command: str
) -> None:
    code, told, error = district.tonghop(command, "tan-bien")
    assert (code, told) == (2, None)
    assert error.startswith("tonghop: campaign 'tan-bien' not found")
    assert "Prefect" not in error
    assert not (district.home / "var").exists()


def test_a_delivery_is_told_in_vietnamese_with_its_edition_and_hour(district: District) -> None:
    district.configure(corrections="send")
    district.send_all()
    _, page, _ = district.page("run", "tan-chau", *AT_REPORT)
    assert DELIVERED.findall(page) == ["1"]
    assert f"ngày {DAY.day}/{DAY.month}/{DAY.year}" in page
    assert "Bản 1 · hạn 15:00" in page
    district.send("90101", (5200, 2600, 445, 90, 61), name="BC 18-8 (sửa).xlsx", hour=14)
    _, told, _ = district.run("14:50")
    assert "of_edition" not in json.dumps(told)
    _, page, _ = district.page("status", "tan-chau", "--day", f"{DAY}")
    assert DELIVERED.findall(page) == ["1", "2"]
    assert f"{DAY}T" not in page


def test_a_report_that_was_taken_after_its_deadline_is_told_so(district: District) -> None:
    _, page, _ = district.page(
        "run", "tan-chau", "--day", f"{DAY}", "--at", f"{DAY + timedelta(days=1)}T08:05:00+07:00"
    )
    line = next(line for line in page.splitlines() if "so@tayninh.example.vn" in line)
    assert "máy chủ thư đã nhận lúc 08:05 19/8/2020, sau giờ quy định / accepted" in line


def test_the_last_turn_s_digest_does_not_contradict_itself_where_it_is_also_the_first(
    district: District, smtp_server: SmtpServer
) -> None:
    remind(district, "14:10")
    (digest,) = mails(smtp_server, ON_DUTY)
    said = text_of(digest)
    assert "Xã Tân Hà (90101): nhắc lần 1." in said
    assert "Xã Tân Hà (90101), điện thoại: 0276 000 001. Không còn lượt nhắc nào trong ngày" in said
    assert "nhắc lần cuối" not in said


def test_an_export_of_a_day_of_which_nothing_is_known_says_so_and_makes_nothing(
    district: District, tmp_path: Path
) -> None:
    into = tmp_path / "a" / "b"
    code, told, error = district.tonghop("export", "tan-chau", "--day", f"{DAY}", "--into", str(into))
    assert (code, told) == (2, None)
    assert f"ngày {DAY.day}/{DAY.month}/{DAY.year}" in error
    assert not (tmp_path / "a").exists()


def test_a_list_without_officers_says_how_to_add_one(district: District) -> None:
    code, page, _ = district.page("officer", "list")
    assert code == 0
    assert "tonghop officer add NAME --role" in page
    assert district.tonghop("officer", "list")[1] == {"officers": []}


def test_no_report_is_made_for_a_day_that_is_still_to_come(
    district: District, smtp_server: SmtpServer
) -> None:
    code, told, error = district.tonghop(
        "run", "tan-chau", "--day", f"{DAY + timedelta(days=10)}", "--at", f"{DAY}T14:40:00+07:00"
    )
    assert (code, told) == (2, None)
    assert "still to come" in error
    assert smtp_server.received == []


def test_a_target_of_a_rate_that_is_not_counted_stops_every_command_with_its_key(district: District) -> None:
    district.configure(targets=[{"rate": "installs_per_smartfone", "at_least": 0.6}])
    for command in ("run", "status", "intake"):
        code, _, error = district.tonghop(command, "tan-chau", "--day", f"{DAY}")
        assert code == 2, command
        assert "campaign.yaml: targets.0.rate: 'installs_per_smartfone'" in error
    _, told, _ = district.tonghop("doctor", "tan-chau")
    assert any("targets.0.rate" in check["said"] for check in told["checks"] if not check["ok"])
    district.configure(
        indicators=["population", "installs"], targets=[{"rate": "staff_installed", "at_least": 1.0}]
    )
    assert district.tonghop("status", "tan-chau", "--day", f"{DAY}")[0] == 2


def test_on_a_holiday_of_a_daily_calendar_nothing_is_sent_and_nobody_reminded(
    district: District, smtp_server: SmtpServer
) -> None:
    district.configure(
        calendar={"from": DAY - timedelta(days=8), "to": DAY + timedelta(days=8), "holidays": [DAY]}
    )
    code, told, _ = district.run()
    assert (code, told["edition"]) == (0, None)
    assert f"{DAY.day}/{DAY.month}/{DAY.year}" in told["note"]
    assert remind(district, "13:00")["reminded"] == []
    assert smtp_server.received == []


def test_a_check_for_an_address_that_no_unit_has_says_that_it_would_wait(district: District) -> None:
    file = district.send("90101")
    asked = ("check", "tan-chau", str(file), "--day", f"{DAY}", "--sender")
    code, told, _ = district.tonghop(*asked, "tanha@tanchau.example.vn")
    assert (code, told["needs_person"], told["files"][0]["status"]) == (0, [], "entries")
    code, told, _ = district.tonghop(*asked, "nguoila@example.vn")
    assert (code, told["files"][0]["status"]) == (1, "entries")
    assert "nguoila@example.vn" in told["needs_person"][0]


def test_the_one_json_document_is_utf_8_whatever_the_terminal_and_the_file_s_name(district: District) -> None:
    sent = district.send("90101")
    odd = Path(os.fsdecode(os.fsencode(sent.parent) + b"/b\xe1o c\xe1o.xlsx"))
    sent.rename(odd)
    done = subprocess.run(
        [sys.executable, "-m", "tonghop", "check", "tan-chau", odd, "--day", f"{DAY}", "--json"],
        env=clean_environment({**district.settings(), "PYTHONIOENCODING": "ascii"}),
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (file,) = json.loads(done.stdout.decode("utf-8"))["files"]
    assert file["file"] == str(odd)


def test_a_desk_tells_a_script_where_it_is_served(district: District) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with subprocess.Popen(
        [sys.executable, "-m", "tonghop", "desk", "--port", str(port), "--json"],
        env=clean_environment(district.settings()),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as desk:
        assert desk.stdout is not None
        said = desk.stdout.readline() + desk.stdout.readline() + desk.stdout.readline()
        desk.terminate()
        rest, _ = desk.communicate(timeout=60)
    assert json.loads(said) == {"desk": f"http://127.0.0.1:{port}/"}
    assert rest == ""


def test_a_figure_carried_forward_is_traced_to_the_file_of_its_own_day_also_within_a_sum(
    district: District,
) -> None:
    district.configure(missing="carry_forward")
    district.send("90103", day=DAY_BEFORE)
    district.run(day=DAY_BEFORE)
    district.send("90101")
    district.run()

    def traced(unit: str) -> list[tuple[str, int, str]]:
        _, told, _ = district.tonghop("trace", "tan-chau", unit, "installs", "--day", f"{DAY}")
        return [(one["unit"], one["value"], one["file"].rpartition("/")[2]) for one in told["sources"]]

    carried = ("90103", 349, "BC 17-8.xlsx")
    assert traced("90103") == [carried]
    assert traced("901") == [("90101", 430, "BC 18-8.xlsx"), carried]
    _, page, _ = district.page("trace", "tan-chau", "90103", "installs", "--day", f"{DAY}")
    assert "dùng số của ngày 17/8/2020" in page
    assert "09:00 17/8/2020" in page
    assert "Không có nguồn nào" not in page


def test_the_status_page_tells_who_was_late_and_who_is_to_be_called(district: District) -> None:
    district.send("90101")
    district.send("90102", hour=14, name="muon.xlsx")
    path = district.shared / "Xã Tân Đông" / "muon.xlsx"
    os.utime(path, (path.stat().st_mtime + 60,) * 2)
    district.run()
    _, page, _ = district.page("status", "tan-chau", "--day", f"{DAY}")
    flat = " ".join(page.split())
    assert "Xã Tân Hà đã báo cáo, đúng hạn" in flat
    assert "Xã Tân Đông đã báo cáo, trễ hạn" in flat
    assert "cần liên hệ / owes a report: 90103 Xã Suối Dây: 0276 000 003" in flat


def test_a_unit_s_own_report_outranks_a_consolidated_one_and_the_difference_is_told(
    district: District, smtp_server: SmtpServer, tmp_path: Path
) -> None:
    def consolidated(installs: int, hour: int, name: str) -> None:
        path = district.shared / "Huyện Tân Châu" / name
        path.parent.mkdir(exist_ok=True)
        book = xlsxwriter.Workbook(str(path))
        sheet = book.add_worksheet("TH")
        sheet.write(0, 0, f"Tính đến ngày {DAY.day}/{DAY.month}/{DAY.year}")
        for column, text in enumerate(HEADINGS):
            sheet.write(2, column, text)
        for row, unit in enumerate(("90101", "90103"), start=3):
            people, phones, counted, staff, staffed = FIGURES[unit]
            said = installs if unit == "90101" else counted
            for column, value in enumerate((row, NAMES[unit], people, phones, said, "", staff, staffed)):
                sheet.write(row, column, value)
        book.close()
        came = datetime.combine(DAY, time(hour), ZONE).timestamp()
        os.utime(path, (came, came))

    def told() -> list[tuple[str, str, str]]:
        _, seen, _ = district.tonghop("status", "tan-chau", "--day", f"{DAY}")
        assert next(u for u in seen["units"] if u["unit"] == "90101")["values"]["installs"] == 430
        return [
            (f["unit"], f["found"], f["expected"]) for f in seen["findings"] if f["code"] == "own-differs"
        ]

    district.send("90101")
    consolidated(403, 10, "TH 18-8.xlsx")
    district.tonghop("intake", "tan-chau", "--day", f"{DAY}", "--at", f"{DAY}T11:00:00+07:00")
    assert told() == [("90101", "403", "430")]
    consolidated(430, 12, "TH 18-8 (sửa).xlsx")
    district.run()
    assert told() == []


def test_whom_no_mail_reaches_is_named(district: District) -> None:
    assert "gọi điện: Xã Suối Dây (90103)." in remind(district, "13:00")["needs_person"][0]


def test_a_recipient_who_stands_twice_gets_the_report_once(
    district: District, smtp_server: SmtpServer
) -> None:
    to = ["so@tayninh.example.vn", "SO@tayninh.example.vn"]
    district.configure(report={**REPORT, "to": to, "cc": ["so@tayninh.example.vn", ON_DUTY]})
    _, told, _ = district.run()
    assert [(d["to"], d["as"]) for d in told["deliveries"]] == [(to[0], "to"), (ON_DUTY, "cc")]
    (received,) = smtp_server.received
    assert sorted(received.recipients) == sorted([to[0], ON_DUTY])


def test_an_address_that_no_mail_server_takes_stops_before_the_report_s_hour(district: District) -> None:
    district.configure(
        report={**REPORT, "to": ["so@tayninh.example.vn"], "cc": ["ủy-ban@tanchau.example.vn"]}
    )
    code, told, error = district.tonghop("intake", "tan-chau", "--day", f"{DAY}")
    assert (code, told) == (2, None)
    assert "report.cc.0" in error
