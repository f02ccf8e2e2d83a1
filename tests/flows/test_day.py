"""A district's day through the command line: real files, a real database, a real SMTP server."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.flows.world import DAY, DAY_BEFORE, FIGURES, NAMES, District
from tests.services.dovecot_server import Dovecot
from tests.services.smtp_server import Drop, Received, Reply, SmtpServer

CONTRACT = {"campaign", "day", "edition", "units", "held", "missing", "unreachable_sources", "deliveries"}
UNIT = {
    "unit",
    "name",
    "level",
    "state",
    "timeliness",
    "values",
    "rates",
    "change",
    "expected",
    "reported",
    "on_time",
}
DELIVERY = {"kind", "to", "message_id", "state", "accepted_at"}


def _unit(told: dict, code: str) -> dict:
    return next(unit for unit in told["units"] if unit["unit"] == code)


def _mail(server: SmtpServer, number: int = 0):
    return message_from_bytes(server.received[number].content, policy=default)


def test_a_day_is_taken_in_added_up_and_delivered_before_the_deadline(
    district: District, smtp_server: SmtpServer
) -> None:
    district.send_all()
    code, told, _ = district.run()
    assert code == 0
    assert told.keys() >= CONTRACT
    assert all(unit.keys() >= UNIT for unit in told["units"])
    assert all(delivery.keys() >= DELIVERY for delivery in told["deliveries"])
    root = _unit(told, "901")
    assert root["values"] == {
        code: sum(figures[n] for figures in FIGURES.values())
        for n, code in enumerate(("population", "smartphone_users", "installs", "staff", "staff_installs"))
    }
    assert root["rates"]["installs_per_population"] == pytest.approx(1291 / 15691)
    assert (root["expected"], root["reported"], root["on_time"]) == (3, 3, 3)
    assert (told["edition"], told["held"], told["missing"]) == (1, [], [])
    assert {d["to"]: d["state"] for d in told["deliveries"]} == {
        "so@tayninh.example.vn": "accepted",
        "ubnd@tanchau.example.vn": "accepted",
    }
    assert told["deliveries"][0]["accepted_at"] < told["deadline"]
    assert len(smtp_server.received) == 1


def test_the_mail_says_the_figures_by_named_denominator_and_traces_each_to_its_cell(
    district: District, smtp_server: SmtpServer
) -> None:
    district.send_all()
    district.run()
    mail = _mail(smtp_server)
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    for body in (text, html):
        assert "1.291" in body
        assert "15.691" in body
        assert "8,23%" in body
        assert "3/3 đơn vị" in body
    assert "3/3 đơn vị" in mail["subject"]
    (sheet,) = [part for part in mail.iter_attachments() if (part.get_filename() or "").endswith(".xlsx")]
    book = openpyxl.load_workbook(BytesIO(sheet.get_content()))
    cells = [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]
    assert any(1291 in row for row in cells)
    assert any("E5" in [str(value) for value in row] for row in cells)


def test_running_again_sends_nothing_and_changes_nothing(district: District, smtp_server: SmtpServer) -> None:
    district.send_all()
    _, first, _ = district.run()
    code, again, _ = district.run("14:41")
    assert code == 0
    assert len(smtp_server.received) == 1
    assert {k: first[k] for k in ("edition", "units", "deliveries")} == {
        k: again[k] for k in ("edition", "units", "deliveries")
    }


def test_a_touched_file_and_the_same_bytes_under_another_name_change_nothing(
    district: District, smtp_server: SmtpServer
) -> None:
    district.send_all()
    _, first, _ = district.run()
    path = next(district.shared.rglob("*.xlsx"))
    (path.parent / "BC 18-8 (1).xlsx").write_bytes(path.read_bytes())
    os.utime(path)
    code, again, _ = district.run("14:45")
    assert code == 0
    assert first["units"] == again["units"]
    assert len(smtp_server.received) == 1


def test_a_correction_waits_for_approval_where_the_campaign_asks(
    district: District, smtp_server: SmtpServer
) -> None:
    district.send_all()
    district.run()
    district.send("90101", (5200, 2600, 445, 90, 61), name="BC 18-8 (sửa).xlsx", hour=14)
    code, told, _ = district.run("14:50")
    assert code == 1
    assert told["waits_for_approval"]
    assert told["edition"] == 1
    assert told["pending_changes"][-1]["old"] == 430
    assert told["pending_changes"][-1]["new"] == 445
    assert len(smtp_server.received) == 1
    code, told, _ = district.run("14:52", DAY, "--approve", "xã gọi điện đính chính")
    assert (code, told["edition"]) == (0, 2)
    assert len(smtp_server.received) == 2
    second = _mail(smtp_server, 1)
    assert "Bản 2, thay thế bản 1" in second["subject"]
    text = second.get_body(("plain",)).get_content()
    assert "430" in text
    assert "445" in text


def test_a_correction_goes_out_at_once_where_the_campaign_says_send(
    district: District, smtp_server: SmtpServer
) -> None:
    district.configure(corrections="send")
    district.send_all()
    district.run()
    district.send("90101", (5200, 2600, 445, 90, 61), name="BC 18-8 (sửa).xlsx", hour=14)
    code, told, _ = district.run("14:50")
    assert (code, told["edition"]) == (0, 2)
    assert _unit(told, "90101")["values"]["installs"] == 445
    assert _unit(told, "90101")["timeliness"] == "on_time"
    assert len(smtp_server.received) == 2


def test_a_doubtful_report_is_held_and_a_missing_one_is_named(
    district: District, smtp_server: SmtpServer
) -> None:
    district.send("90101")
    district.send("90102", (6100, 3200, 3412, 104, 77))  # more installs than telephones
    code, told, _ = district.run()
    assert code == 1
    assert (told["held"], told["missing"]) == (["90102"], ["90103"])
    assert _unit(told, "901")["values"]["installs"] == 430
    assert _unit(told, "90102")["values"]["installs"] is None
    text = _mail(smtp_server).get_body(("plain",)).get_content()
    assert "1/3 đơn vị" in _mail(smtp_server)["subject"]
    assert "đang xác minh" in text
    assert "chưa báo cáo" in text
    assert NAMES["90103"] in text


def test_a_missing_unit_is_carried_forward_and_marked_where_the_campaign_says_so(district: District) -> None:
    district.configure(missing="carry_forward")
    district.send_all(DAY_BEFORE)
    district.run(day=DAY_BEFORE)
    district.send("90101", (5200, 2600, 450, 90, 62))
    district.send("90102", (6100, 3200, 530, 104, 78))
    _, told, _ = district.run()
    carried = _unit(told, "90103")
    assert (carried["state"], carried["values"]["installs"]) == ("missing", 349)
    assert carried["carried_from"]["installs"] == f"{DAY_BEFORE}"
    assert _unit(told, "901")["values"]["installs"] == 450 + 530 + 349
    assert _unit(told, "901")["reported"] == 2
    assert _unit(told, "90101")["change"]["installs"] == 20


def test_a_late_report_counts_and_is_called_late(district: District) -> None:
    district.send_all()
    path = next((district.shared / NAMES["90103"]).iterdir())
    os.utime(path, (path.stat().st_mtime + 5.5 * 3600,) * 2)  # 14:30, the cut-off is 14:00
    _, told, _ = district.run()
    assert [_unit(told, code)["timeliness"] for code in NAMES] == ["on_time", "on_time", "late"]
    assert (_unit(told, "901")["reported"], _unit(told, "901")["on_time"]) == (3, 2)


def test_an_unmounted_folder_is_told_and_what_is_known_is_still_reported(
    district: District, smtp_server: SmtpServer
) -> None:
    district.send_all()
    district.tonghop("intake", "tan-chau", "--day", f"{DAY}", "--at", f"{DAY}T14:00:00+07:00")
    district.shared.rename(district.home / "away")
    code, told, _ = district.run()
    assert code == 1
    assert len(told["unreachable_sources"]) == 1
    assert told["unreachable_sources"][0]["advice"]
    assert _unit(told, "901")["reported"] == 3
    assert "chưa xem được" in _mail(smtp_server).get_body(("plain",)).get_content().lower()


def test_a_wrong_mailbox_password_is_told_and_the_folder_is_still_read(
    district: District, dovecot: Dovecot, smtp_server: SmtpServer
) -> None:
    mailbox = dovecot.imap_url("baocao", password="sai-mat-khau")
    district.configure(
        sources=[{"kind": "mailbox", "url": mailbox}, {"kind": "folder", "url": f"file://{district.shared}"}]
    )
    district.send_all()
    code, told, error = district.run()
    assert code == 1
    assert len(told["unreachable_sources"]) == 1
    assert "sai-mat-khau" not in json.dumps(told) + error
    assert _unit(told, "901")["reported"] == 3
    assert len(smtp_server.received) == 1


def test_a_source_whose_password_is_not_set_is_told_and_the_others_are_still_read(
    district: District, smtp_server: SmtpServer
) -> None:
    mailbox = {"kind": "mailbox", "url": "imaps://baocao:${TONGHOP_NOT_SET_ANYWHERE}@127.0.0.1/INBOX"}
    district.configure(sources=[mailbox, {"kind": "folder", "url": f"file://{district.shared}"}])
    district.send_all()
    code, told, _ = district.run()
    assert code == 1
    assert "TONGHOP_NOT_SET_ANYWHERE" in told["unreachable_sources"][0]["reason"]
    assert _unit(told, "901")["reported"] == 3
    assert len(smtp_server.received) == 1


def test_a_report_by_mail_counts_for_its_sender_and_an_unknown_sender_is_quarantined(
    district: District, dovecot: Dovecot, tmp_path: Path
) -> None:
    from email.message import EmailMessage

    from tests.flows.world import workbook

    district.configure(sources=[{"kind": "mailbox", "url": dovecot.imap_url("baocao")}])
    for unit, sender in (("90101", "tanha@tanchau.example.vn"), ("90102", "nguoila@example.vn")):
        workbook(tmp_path / "bc.xlsx", NAMES[unit], FIGURES[unit], DAY)
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = (
            sender,
            "baocao@tanchau.example.vn",
            "Báo cáo ngày 18/8/2020",
        )
        message.set_content("Xã gửi báo cáo.")
        message.add_attachment(
            (tmp_path / "bc.xlsx").read_bytes(),
            maintype="application",
            subtype="vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            filename="Báo cáo.xlsx",
        )
        dovecot.deliver("baocao", message.as_bytes())
    _, told, _ = district.run()
    assert _unit(told, "90101")["values"]["installs"] == FIGURES["90101"][2]
    assert _unit(told, "90102")["state"] == "missing"


def test_a_locked_database_is_told_with_what_to_do(district: District) -> None:
    # Not the half minute that a run in earnest waits for its turn.
    district.database_url = f"sqlite:///{district.home / 'var' / 'tonghop.sqlite'}?timeout=2"
    district.send_all()
    district.tonghop("database", "upgrade")
    lock = sqlite3.connect(district.home / "var" / "tonghop.sqlite", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    try:
        code, told, error = district.run()
    finally:
        lock.close()
    assert (code, told) == (3, None)
    assert "locked" in error
    assert district.run()[0] == 0


def test_a_disk_that_takes_no_submissions_is_told_and_the_report_still_goes_out(
    district: District, smtp_server: SmtpServer
) -> None:
    district.send("90101")
    district.tonghop("intake", "tan-chau", "--day", f"{DAY}", "--at", f"{DAY}T13:00:00+07:00")
    vault = district.home / "var" / "submissions"
    vault.rename(district.home / "away")
    vault.write_bytes(b"")
    district.send("90102")
    code, told, _ = district.run()
    assert code == 1
    assert any("fetched again" in note for note in told["needs_person"])
    assert [unit["unit"] for unit in told["units"] if unit["reported"] and unit["unit"] != "901"] == ["90101"]
    assert len(smtp_server.received) == 1
    vault.unlink()
    (district.home / "away").rename(vault)
    _, told, _ = district.run("14:50")
    assert told["waits_for_approval"]
    assert "90102" in {change["unit"] for change in told["pending_changes"]}


def test_a_refusing_mail_server_leaves_the_report_in_the_outbox_and_the_next_run_sends_it(
    district: District, smtp_server: SmtpServer
) -> None:
    district.send_all()
    smtp_server.on("mail", Reply("451 4.3.0 try again later"))
    code, told, _ = district.run()
    assert code == 3
    assert "451" in told["failed"][0]
    assert {d["state"] for d in told["deliveries"]} == {"deferred"}
    message_id = told["deliveries"][0]["message_id"]
    smtp_server.calm()
    code, told, _ = district.run("14:45")
    assert code == 0
    assert {d["state"] for d in told["deliveries"]} == {"accepted"}
    assert _mail(smtp_server)["Message-ID"] == message_id == told["deliveries"][0]["message_id"]
    assert len(smtp_server.received) == 1


def test_a_connection_that_dies_after_the_message_is_never_sent_again_blindly(
    district: District, smtp_server: SmtpServer
) -> None:
    district.send_all()
    smtp_server.on("end", Drop(kept=True), times=1)
    code, told, _ = district.run()
    assert code == 1
    assert {d["state"] for d in told["deliveries"]} == {"unknown"}
    code, told, _ = district.run("14:45")
    assert {d["state"] for d in told["deliveries"]} == {"unknown"}
    assert len(smtp_server.received) == 1


def test_the_witness_settles_what_nobody_heard(
    district: District, smtp_server: SmtpServer, dovecot: Dovecot
) -> None:
    district.witness_url = f"{dovecot.imap_url('lamchung')}?address=lamchung@tanchau.example.vn"
    kept = smtp_server.keep

    def keep_with_a_copy(received: Received) -> None:
        kept(received)
        if "lamchung@tanchau.example.vn" in received.recipients:
            dovecot.deliver("lamchung", received.content)

    smtp_server.keep = keep_with_a_copy  # the relay's own delivery of the blind copy
    district.send_all()
    smtp_server.on("end", Drop(kept=True), times=1)
    code, told, _ = district.run()
    if code != 0:
        code, told, _ = district.run("14:42")
    assert code == 0
    assert {d["state"] for d in told["deliveries"]} == {"accepted"}
    assert len(smtp_server.received) == 1


def test_a_day_outside_the_calendar_sends_nothing_and_says_why(
    district: District, smtp_server: SmtpServer
) -> None:
    district.configure(calendar={"from": DAY, "to": DAY, "days": "daily", "holidays": []})
    code, told, _ = district.run(day=DAY_BEFORE)
    assert code == 0
    assert told["edition"] is None
    assert "không thuộc lịch" in told["note"]
    assert smtp_server.received == []


def test_the_watch_is_quiet_after_delivery_and_wakes_a_person_without_it(
    district: District, smtp_server: SmtpServer
) -> None:
    district.send_all()
    watch = ("watch", "tan-chau", "--day", f"{DAY}", "--at", f"{DAY}T14:50:00+07:00")
    code, told, _ = district.tonghop(*watch)
    assert code == 1
    assert told["alarm"]
    assert [r.recipients for r in smtp_server.received] == [("truc@tanchau.example.vn",)]
    district.tonghop(*watch)
    assert len(smtp_server.received) == 1, "the same minute's alarm goes out once"
    district.run("14:51")
    code, told, _ = district.tonghop(*watch)
    assert (code, told["alarm"]) == (0, None)


def test_the_watch_does_not_cry_before_the_report_is_due(district: District, smtp_server: SmtpServer) -> None:
    code, told, _ = district.tonghop("watch", "tan-chau", "--day", f"{DAY}", "--at", f"{DAY}T09:00:00+07:00")
    assert (code, told["alarm"], smtp_server.received) == (0, None, [])


def test_reminders_go_once_to_those_who_owe_and_have_an_address(
    district: District, smtp_server: SmtpServer
) -> None:
    district.send("90101")
    remind = ("remind", "tan-chau", "--day", f"{DAY}", "--at", f"{DAY}T13:00:00+07:00")
    code, told, _ = district.tonghop(*remind)
    assert (told["reminded"], told["to_telephone"], code) == (["90102"], ["90103"], 1)
    reminder, digest = smtp_server.received
    assert reminder.recipients == ("tandong@tanchau.example.vn",)
    assert digest.recipients == ("truc@tanchau.example.vn",)
    _, told, _ = district.tonghop(*remind)
    assert (told["reminded"], told["reminded_before"]) == ([], ["90102"])
    assert len(smtp_server.received) == 2


def test_backfill_reports_the_days_that_were_missed_oldest_first(
    district: District, smtp_server: SmtpServer
) -> None:
    district.send_all(DAY_BEFORE)
    for unit, (people, phones, installs, staff, staffed) in FIGURES.items():
        district.send(unit, (people, phones, installs + 9, staff, staffed))
    arguments = ("backfill", "tan-chau", "--from", f"{DAY_BEFORE}", "--to", f"{DAY}")
    code, told, error = district.tonghop(*arguments)
    assert code == 0, error
    assert [day["day"] for day in told["days"]] == [f"{DAY_BEFORE}", f"{DAY}"]
    assert _unit(told["days"][1], "901")["change"]["installs"] == 27
    assert len(smtp_server.received) == 2
    district.tonghop(*arguments)
    assert len(smtp_server.received) == 2


def test_check_judges_each_file_and_records_nothing(district: District) -> None:
    good = district.send("90101")
    bad = district.send("90102", (6100, 3200, 3412, 104, 77))
    code, told, _ = district.tonghop("check", "tan-chau", str(good), str(bad), "--day", f"{DAY}")
    assert code == 1
    first, second = told["files"]
    assert (first["status"], second["status"]) == ("entries", "held")
    assert first["entries"][0]["values"]["installs"] == {"value": 430, "sheet": "BC", "cell": "E5"}
    assert any(
        f["severity"] == "critical" and f["cell"] == "E5" and "3.412" in f["message"]
        for f in second["findings"]
    )
    assert not (district.home / "var" / "tonghop.sqlite").exists()


def test_status_and_trace_tell_who_owes_and_where_a_figure_came_from(district: District) -> None:
    path = district.send("90101")
    district.run()
    _, told, _ = district.tonghop("status", "tan-chau", "--day", f"{DAY}")
    assert [unit["unit"] for unit in told["owes"]] == ["90102", "90103"]
    assert told["owes"][1]["phone"] == "0276 000 003"
    assert [edition["number"] for edition in told["editions"]] == [1]
    _, told, _ = district.tonghop("trace", "tan-chau", "90101", "installs", "--day", f"{DAY}")
    (source,) = told["sources"]
    assert (source["value"], source["sheet"], source["cell"], source["state"]) == (430, "BC", "E5", "counted")
    assert source["file"].endswith(path.name)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "long-an"), "known: tan-chau"),
        (("run", "tan-chau", "--day", "18/8/2020"), "2020-08-18"),
        (("trace", "tan-chau", "999", "installs"), "999"),
        (("run", "tan-chau", "--day", "2020-08-18", "--approve", " "), "reason"),
        (("trace", "tan-chau", "90101", "deaths", "--day", "2020-08-18"), "allowed"),
        (("check", "tan-chau", "nothing-here.xlsx"), "nothing-here.xlsx"),
        (("backfill", "tan-chau", "--from", "2020-08-18", "--to", "2020-08-17"), "must not lie after"),
    ],
)
def test_wrong_usage_exits_2_and_says_what_is_allowed(
    district: District, arguments: tuple[str, ...], said: str
) -> None:
    code, _, error = district.tonghop(*arguments)
    assert code == 2
    assert said in error


def test_doctor_says_what_to_do_for_each_part_that_fails(district: District, smtp_server: SmtpServer) -> None:
    district.shared.rename(district.home / "away")
    smtp_server.on("connect", Reply("421 4.3.2 closed"))
    code, told, _ = district.tonghop("doctor", "tan-chau")
    failed = {check["what"]: check for check in told["checks"] if not check["ok"]}
    assert code == 3
    assert any("tan-chau" in what and "Nguồn" in what for what in failed)
    assert any("thư" in what for what in failed)
    assert all(check["said"] for check in failed.values())
    assert smtp_server.received == []


def test_a_file_still_being_written_is_left_for_the_next_look(district: District) -> None:
    path = district.send("90101")
    content = path.read_bytes()
    path.unlink()
    with path.open("wb") as writing:
        writing.write(content[: len(content) // 2])
        writing.flush()
        _, told, _ = district.run("13:00")
        assert "90101" in told["missing"]
        assert told["still_being_written"]
        writing.write(content[len(content) // 2 :])
    time.sleep(0.1)
    _, told, _ = district.run("13:05")
    assert "90101" not in told["missing"]
