"""Every submitter is answered once: real mailbox in, real SMTP out, the marked workbook back in."""

from __future__ import annotations

import io
import os
import re
import signal
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.flows.world import DAY, DAY_BEFORE, FIGURES, NAMES, ZONE, District, workbook
from tests.services.dovecot_server import Dovecot
from tests.services.samba_server import Samba
from tests.services.sftp_server import Sftp
from tests.services.smtp_server import SmtpServer
from tonghop.domain.verdicts import Decision, Ruling
from tonghop.store import open_store

TAN_HA, TAN_DONG = "tanha@tanchau.example.vn", "tandong@tanchau.example.vn"
XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
WRONG = (5200, 2600, 4300, 90, 61)  # more installs than telephones
Post = Callable[..., EmailMessage]


@pytest.fixture
def post(district: District, dovecot: Dovecot, tmp_path: Path) -> Post:
    """A commune's mail with its workbook, delivered into the district's mailbox."""
    district.configure(
        sources=[{"kind": "mailbox", "url": dovecot.imap_url("baocao") + "?authserv=mx.tanchau.example.vn"}]
    )
    count = iter(range(1, 1000))

    def send(
        figures: Sequence[object] | None = FIGURES["90101"],
        *,
        sender: str = TAN_HA,
        unit: str = "90101",
        day: date = DAY,
        hour: int = 9,
        name: str = "Báo cáo.xlsx",
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
        subject: str = "Báo cáo Bluezone",
        body: str = "Xã gửi báo cáo.",
        vouched: bool = True,
        came: date = DAY,
    ) -> EmailMessage:
        number = next(count)
        message = EmailMessage()
        if vouched:
            message["Authentication-Results"] = (
                "mx.tanchau.example.vn; dkim=pass header.d=" + sender.split("@")[1]
            )
        message["From"], message["To"], message["Subject"] = sender, "baocao@tanchau.example.vn", subject
        message["Message-ID"] = f"<{number}@example.vn>"
        for key, value in (headers or {}).items():
            message[key] = value
        message.set_content(body)
        if content is None and figures is not None:
            workbook(tmp_path / "bc.xlsx", NAMES[unit], figures, day)
            content = (tmp_path / "bc.xlsx").read_bytes()
        if content is not None:
            message.add_attachment(content, maintype=XLSX[0], subtype=XLSX[1], filename=name)
        received = datetime.combine(came, time(hour, number % 60), ZONE).timestamp()
        dovecot.deliver("baocao", message.as_bytes(), received)
        return message

    return send


def _intake(district: District, at: str = "10:00", day: date = DAY, point: str = "") -> dict:
    code, told, error = district.tonghop("intake", "tan-chau", "--at", f"{day}T{at}:00+07:00", point=point)
    assert code in (0, 1) or point, error
    return told


def _answers(server: SmtpServer) -> list[EmailMessage]:
    """Return what came out so far, and forget it."""
    got = [message_from_bytes(received.content, policy=default) for received in server.received]
    server.received.clear()
    return got


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return body.get_content()


def _book(message: EmailMessage) -> tuple[str, bytes]:
    (attachment,) = message.iter_attachments()
    return attachment.get_filename() or "", attachment.get_content()


def test_a_clean_report_gets_one_receipt_with_its_figures_and_their_cells(
    district: District, post: Post, smtp_server: SmtpServer
) -> None:
    sent = post()
    told = _intake(district)
    assert told["answered"] == 1
    (receipt,) = _answers(smtp_server)
    assert receipt["To"] == TAN_HA
    assert receipt["In-Reply-To"] == receipt["References"] == sent["Message-ID"]
    assert receipt["Auto-Submitted"] == "auto-replied"
    assert receipt["Subject"].startswith("Biên nhận số 1:")
    text = _text(receipt)
    for said in ("Kính gửi: Xã Tân Hà", "Nhận lúc: 9 giờ 01 phút 00 giây ngày 18/8/2020", "được tính",
                 "Dân số: 5.200 (trang BC, ô C5)", "Tệp: Báo cáo.xlsx"):  # fmt: skip
        assert said in text
    assert not list(receipt.iter_attachments())
    assert _intake(district, "10:05")["answered"] == 0
    assert not smtp_server.received


def test_a_doubtful_report_gets_its_own_workbook_back_with_the_cell_marked_and_the_mended_one_counts(
    district: District, post: Post, smtp_server: SmtpServer
) -> None:
    post(WRONG)
    _intake(district)
    (asked,) = _answers(smtp_server)
    assert asked["Subject"].startswith("Cần sửa báo cáo (biên nhận số 1)")
    assert "lớn hơn số người dùng điện thoại thông minh" in _text(asked)
    name, content = _book(asked)
    assert name == "Báo cáo - cần sửa.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Cần sửa", "BC"]
    cell = book["BC"]["E5"]
    assert cell.value == 4300
    assert cell.fill.fgColor.rgb == "FFF4B6B6"
    assert "lớn hơn số người dùng điện thoại thông minh" in cell.comment.text
    cover = book["Cần sửa"]
    (link,) = {c.hyperlink.location for row in cover.iter_rows() for c in row if c.hyperlink}
    assert link == "'BC'!E5"
    assert "lớn hơn" in str(cover.cell(7, 1).value)
    book["BC"]["E5"] = 430
    book["BC"]["F5"] = None
    mended = io.BytesIO()
    book.save(mended)
    quoted = "Đã sửa.\n\n" + _text(asked)
    post(None, content=mended.getvalue(), name=name, subject="Re: " + asked["Subject"], body=quoted, hour=10)
    told = _intake(district, "11:00")
    assert told["entries"] == {"accepted": 1}
    assert told["findings"] == []
    (receipt,) = _answers(smtp_server)
    assert receipt["Subject"].startswith("Biên nhận số 2")
    _, day, _ = district.run()
    unit = next(u for u in day["units"] if u["unit"] == "90101")
    assert (unit["state"], unit["values"]["installs"]) == ("reported", 430)


def test_the_workbook_that_comes_back_is_named_in_the_mail_as_it_is_attached(
    district: District, post: Post, smtp_server: SmtpServer
) -> None:
    post(WRONG, name='BC "Bluezone": 18<8>.xlsx')
    _intake(district)
    (asked,) = _answers(smtp_server)
    name, _ = _book(asked)
    assert not set('"<>:') & set(name)
    assert f"Mở tệp kèm theo ({name})" in _text(asked)


def test_a_receipt_says_whether_the_report_came_before_its_cut_off(
    district: District, post: Post, smtp_server: SmtpServer
) -> None:
    post()
    _intake(district)
    post(FIGURES["90102"], unit="90102", sender=TAN_DONG, hour=14)
    post((5200, 2600, 447, 90, 61), hour=14)
    _intake(district, "14:40")
    in_time, late, correction = (
        next(_text(m) for m in answers if m["To"] == to and said in m["Subject"])
        for answers in [_answers(smtp_server)]
        for to, said in ((TAN_HA, "số 1:"), (TAN_DONG, "Biên nhận"), (TAN_HA, "đã thay số liệu"))
    )
    assert "Đúng hạn: nhận trước giờ chốt số liệu (14 giờ 00 ngày 18/8/2020)." in in_time
    assert "Trễ hạn: nhận sau giờ chốt số liệu (14 giờ 00 ngày 18/8/2020)." in late
    assert "Đúng hạn: lần gửi được chấp nhận trước đó đã kịp giờ chốt số liệu" in correction
    assert "Trễ hạn" not in in_time + correction


def test_a_report_in_doubt_is_told_what_its_time_will_count_for(
    district: District, post: Post, smtp_server: SmtpServer
) -> None:
    post(WRONG)
    post((6100, 3200, 5120, 104, 77), unit="90102", sender=TAN_DONG, hour=14)
    _intake(district, "14:40")
    told = {message["To"]: _text(message) for message in _answers(smtp_server)}
    in_time, late = told[TAN_HA], told[TAN_DONG]
    assert "được tính đúng hạn nếu lần gửi này được chấp nhận" in in_time
    assert "theo giờ nhận của chính bản đó" in in_time, (
        "a mended report has the time of no earlier one that never counted"
    )
    assert "không làm mất thời điểm" not in in_time + late
    assert "Trễ hạn: nhận sau giờ chốt số liệu" in late


def test_a_correction_is_told_old_and_new_and_the_same_again_is_told_so(
    district: District, post: Post, smtp_server: SmtpServer
) -> None:
    post()
    _intake(district)
    post((5200, 2600, 447, 90, 61), hour=10)
    _intake(district, "10:30")
    post((5200, 2600, 447, 90, 61), hour=11)
    _intake(district, "12:00")
    _, correction, again = _answers(smtp_server)
    assert "Số liệu mới thay thế" in _text(correction)
    assert "430 → 447 (trang BC, ô E5)" in _text(correction)
    assert "đã nhận rồi" in _text(again)
    assert "biên nhận số 2, nhận lúc 10 giờ" in _text(again)


def test_the_very_same_message_twice_is_one_submission_or_a_duplicate_that_names_the_first(
    district: District, post: Post, dovecot: Dovecot, smtp_server: SmtpServer
) -> None:
    sent = post()
    _intake(district)
    dovecot.deliver("baocao", sent.as_bytes(), datetime.combine(DAY, time(10), ZONE).timestamp())
    _intake(district, "11:00")
    receipt, again = _answers(smtp_server)
    assert "được tính" in _text(receipt)
    assert "đã nhận rồi" in _text(again)
    assert "biên nhận số 1" in _text(again)
    dovecot.forget_uids("baocao")  # every message has another number: nobody is answered a third time
    assert _intake(district, "11:30")["answered"] == 0


def test_a_mailbox_that_is_numbered_afresh_after_some_were_deleted_answers_nobody_twice(
    district: District, post: Post, dovecot: Dovecot, smtp_server: SmtpServer
) -> None:
    post()
    post(FIGURES["90102"], unit="90102", sender=TAN_DONG)
    assert _intake(district)["answered"] == 2
    smtp_server.received.clear()
    mailbox = dovecot.base / "mail" / "baocao"
    for message in [*mailbox.glob("cur/*"), *mailbox.glob("new/*")]:
        if TAN_DONG.encode() not in message.read_bytes():
            message.unlink()
    dovecot.forget_uids("baocao")
    assert _intake(district, "10:30")["new"] == 0
    assert not smtp_server.received


def test_yesterdays_file_sent_again_is_told_from_a_report_with_another_day(
    district: District, post: Post, smtp_server: SmtpServer
) -> None:
    post(day=DAY_BEFORE, came=DAY_BEFORE)
    _intake(district, day=DAY_BEFORE)
    post(day=DAY_BEFORE)
    post((6200, 3300, 600, 104, 80), sender=TAN_DONG, unit="90102", day=DAY_BEFORE)
    _intake(district, "12:00")
    _, old, other = _answers(smtp_server)
    assert "trùng với số liệu ngày 17/8/2020 đã nhận" in _text(old)
    assert "Tệp ghi ngày 17/8/2020, trong khi báo cáo đang cần là của ngày 18/8/2020" in _text(other)
    assert "đang xác minh" in _text(other)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"Rar!\x1a\x07\x00" + b"x" * 200, "bc.rar", "Đề nghị gửi thẳng tệp Excel"),
        (b"\xff\xd8\xff" + bytes(range(256)) * 200, "anh bao cao.jpg", "Tệp là ảnh chụp"),
        (b"PK\x03\x04 broken", "BC.xlsx", "Tệp bị hỏng"),
    ],
)
def test_what_cannot_be_read_is_answered_with_the_true_reason_and_what_to_send_instead(
    district: District, post: Post, smtp_server: SmtpServer, content: bytes, name: str, said: str
) -> None:
    post(None, content=content, name=name)
    _intake(district)
    (answer,) = _answers(smtp_server)
    assert answer["Subject"].startswith("Chưa đọc được báo cáo (biên nhận số 1)")
    assert said in _text(answer)
    assert "theo giờ nhận của chính bản đó" in _text(answer)
    assert _book(answer)[0] == "bieu-tan-chau-90101-xa-tan-ha.xlsx", "the form, and not their file"


def test_a_mail_too_large_to_be_taken_in_is_answered_once_and_never_to_a_stranger_or_a_program(
    district: District, post: Post, smtp_server: SmtpServer
) -> None:
    photographs = b"\xff\xd8\xff" + b"0123456789abcdef" * (28 * 65_536)
    sent = post(None, content=photographs, name="anh.jpg")
    post(None, content=photographs, sender="nguoila@example.vn")
    post(None, content=photographs, headers={"Auto-Submitted": "auto-replied"})
    assert _intake(district)["answered"] == 1
    (told,) = _answers(smtp_server)
    assert (told["To"], told["In-Reply-To"]) == (TAN_HA, sent["Message-ID"])
    assert "vượt giới hạn 36 MB" in _text(told)
    assert _intake(district, "11:30")["answered"] == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"List-Id": "<tatca.tanchau.example.vn>"},
        {"Precedence": "bulk"},
        {"Return-Path": "<>"},
        {"X-Autoreply": "yes"},
    ],
)
def test_what_no_person_wrote_is_never_answered(
    district: District, post: Post, smtp_server: SmtpServer, headers: dict[str, str]
) -> None:
    post(headers=headers)
    post(WRONG, headers=headers)
    assert _intake(district)["answered"] == 0
    assert not smtp_server.received


def test_unknown_senders_and_our_own_address_are_never_answered_and_the_unknown_are_shown(
    district: District, post: Post, smtp_server: SmtpServer
) -> None:
    units = district.home / "campaigns" / "tan-chau" / "units.csv"
    listed = units.read_text(encoding="utf-8").replace(TAN_DONG, f"{TAN_DONG};baocao@tanchau.example.vn")
    units.write_text(listed, encoding="utf-8")
    post(sender="nguoila@example.vn")
    post(sender="baocao@tanchau.example.vn", unit="90102", figures=FIGURES["90102"])
    told = _intake(district)
    assert told["answered"] == 0
    assert "nguoila" not in str(told)
    assert not smtp_server.received
    _, status, _ = district.tonghop("status", "tan-chau", "--day", f"{DAY}")
    assert [q["sender"] for q in status["quarantined"]] == ["nguoila@example.vn"]


def test_our_own_answer_that_comes_back_quoted_or_as_it_is_starts_no_loop(
    district: District, post: Post, dovecot: Dovecot, smtp_server: SmtpServer
) -> None:
    post(WRONG)
    _intake(district)
    (asked,) = _answers(smtp_server)
    html = asked.get_body(("html",))
    assert html is not None
    dovecot.deliver("baocao", asked.as_bytes())  # a mailbox that forwards to itself
    thanks = EmailMessage()
    thanks["From"], thanks["To"], thanks["Subject"] = (
        TAN_HA,
        "baocao@tanchau.example.vn",
        "Re: " + asked["Subject"],
    )
    thanks["In-Reply-To"] = asked["Message-ID"]
    thanks.set_content("Cảm ơn, xã sẽ sửa.\n\n" + _text(asked))
    thanks.add_alternative("<p>Cảm ơn, xã sẽ sửa.</p>" + html.get_content(), subtype="html")
    dovecot.deliver("baocao", thanks.as_bytes())
    assert _intake(district, "11:00")["answered"] == 0
    assert not smtp_server.received


def test_a_sender_is_answered_thirty_times_an_hour_and_the_rest_later(
    district: District, post: Post, smtp_server: SmtpServer
) -> None:
    for people in range(5000, 5032):
        post((people, 2600, 430, 90, 61))
    assert _intake(district)["answered"] == 30
    assert _intake(district, "10:30")["answered"] == 0
    assert _intake(district, "11:01")["answered"] == 2
    keys = {message["Message-ID"] for message in _answers(smtp_server)}
    assert len(keys) == 32


@pytest.mark.usefixtures("post")
def test_each_file_of_a_mail_with_something_to_mend_comes_back_marked(
    district: District, dovecot: Dovecot, smtp_server: SmtpServer, tmp_path: Path
) -> None:
    units = district.home / "campaigns" / "tan-chau" / "units.csv"
    listed = units.read_text(encoding="utf-8").replace(
        ",district,,2000-01-01,,no,,", f",district,,2000-01-01,,no,{TAN_HA},"
    )
    units.write_text(listed.replace(f"yes,{TAN_HA}", "yes,"), encoding="utf-8")
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = TAN_HA, "baocao@tanchau.example.vn", "Các xã"
    mail.set_content("Huyện gửi số liệu các xã.")
    told = (("90101", WRONG), ("90102", (6100, 3200, 5120, 104, 77)), ("90103", FIGURES["90103"]))
    for number, (unit, figures) in enumerate(told):
        workbook(tmp_path / "bc.xlsx", NAMES[unit], figures, DAY)
        content = (tmp_path / "bc.xlsx").read_bytes()
        mail.add_attachment(content, maintype=XLSX[0], subtype=XLSX[1], filename=f"{number}.xlsx")
    dovecot.deliver("baocao", mail.as_bytes(), datetime.combine(DAY, time(9), ZONE).timestamp())
    _intake(district)
    (asked,) = _answers(smtp_server)
    names = [attachment.get_filename() for attachment in asked.iter_attachments()]
    assert names == ["0 - cần sửa.xlsx", "1 - cần sửa.xlsx"]
    assert "Mở các tệp kèm theo (0 - cần sửa.xlsx; 1 - cần sửa.xlsx)" in _text(asked)
    for attachment in asked.iter_attachments():
        returned = openpyxl.load_workbook(io.BytesIO(attachment.get_content()))
        assert returned["BC"]["E5"].fill.fgColor.rgb == "FFF4B6B6"


def test_what_cannot_be_read_is_answered_with_the_units_own_form_and_that_is_accepted(
    district: District, post: Post, smtp_server: SmtpServer
) -> None:
    photograph = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200_000)
    post(None, content=photograph, name="IMG_1.jpg")
    post(None, content=photograph[:190_000], name="IMG_2.jpg", sender=TAN_DONG)
    _intake(district)
    refused, other = _answers(smtp_server)
    name, form = _book(refused)
    assert "Tệp là ảnh chụp" in _text(refused)
    assert f"Điền số liệu vào biểu mẫu kèm theo ({name})" in _text(refused)
    assert _book(other)[0] != name, "each its own"
    book = openpyxl.load_workbook(io.BytesIO(form))
    sheet = book.worksheets[0]
    cells = {str(cell.value): cell for line in sheet.iter_rows() for cell in line}
    assert "Xã Tân Hà" in cells
    _fill(sheet, FIGURES["90101"])
    filled = io.BytesIO()
    book.save(filled)
    post(None, content=filled.getvalue(), name=name, hour=10)
    assert _intake(district, "10:30")["entries"] == {"accepted": 1}


def _fill(sheet: Worksheet, figures: Sequence[object]) -> None:
    """Fill a unit's form in as a commune does: its day, and its figures where they may be typed."""
    typed = [cell for line in sheet.iter_rows() for cell in line if not cell.protection.locked]
    typed[0].value = DAY
    for cell, figure in zip(typed[1:], figures, strict=False):
        cell.value = figure


def test_who_is_taken_off_the_list_while_an_answer_waits_gets_none(
    district: District, post: Post, smtp_server: SmtpServer
) -> None:
    for people in range(5000, 5031):
        post((people, 2600, 430, 90, 61))
    assert _intake(district)["answered"] == 30
    smtp_server.received.clear()
    units = district.home / "campaigns" / "tan-chau" / "units.csv"
    units.write_text(units.read_text(encoding="utf-8").replace(TAN_HA, ""), encoding="utf-8")
    assert _intake(district, "11:30")["answered"] == 0
    assert not smtp_server.received


def test_a_rejection_goes_to_the_units_own_address_where_its_sender_is_listed_no_more(
    district: District, post: Post, smtp_server: SmtpServer
) -> None:
    units = district.home / "campaigns" / "tan-chau" / "units.csv"
    listed = units.read_text(encoding="utf-8")
    units.write_text(listed.replace(TAN_HA, f"cu@tanchau.example.vn;{TAN_HA}"), encoding="utf-8")
    post(WRONG, sender="cu@tanchau.example.vn")
    _intake(district)
    smtp_server.received.clear()
    units.write_text(listed, encoding="utf-8")
    with open_store(f"sqlite:///{district.home}/var/tonghop.sqlite") as store:
        (held,) = [one for one in store.entries.open_findings("tan-chau", DAY) if one.finding.holds]
        at = datetime.combine(DAY, time(10, 10), ZONE)
        store.verdicts.rule(Ruling(Decision.REJECT, "lan", "nhầm cột", finding=held.id), at)
    _intake(district, "10:30")
    assert [message["To"] for message in _answers(smtp_server)] == [TAN_HA]


def test_of_three_reports_taken_in_at_once_only_the_last_is_told_that_it_counts(
    district: District, post: Post, smtp_server: SmtpServer
) -> None:
    for hour, installs in ((9, 430), (10, 447), (11, 460)):
        post((5200, 2600, installs, 90, 61), hour=hour)
    _intake(district, "11:30")
    told = {_text(message).split("Nhận lúc: ")[1][:2].strip(): message for message in _answers(smtp_server)}
    for hour in ("9", "10"):
        assert "đã có số liệu khác thay thế" in told[hour]["Subject"]
        assert "không tính, đã có số liệu thay thế" in _text(told[hour])
        assert "→" not in _text(told[hour])
    assert "đã thay số liệu gửi trước" in told["11"]["Subject"]
    assert "447 → 460" in _text(told["11"])


def test_a_worse_correction_is_told_which_figures_count_until_it_is_settled(
    district: District, post: Post, smtp_server: SmtpServer
) -> None:
    post()
    _intake(district)
    post(WRONG, hour=10)
    _intake(district, "10:30")
    _, asked = _answers(smtp_server)
    assert "đang xác minh, chưa được tính; số liệu đã nhận trước (biên nhận số 1) vẫn được tính" in _text(
        asked
    )
    assert "gửi lại để sửa không làm mất thời điểm đó" in _text(asked)


@pytest.mark.parametrize(
    "point",
    [
        "after tonghop.store.entries:Entries.record #1",
        "before tonghop.store.outbox:Outbox.put #1",
        "after tonghop.store.outbox:Outbox.put #1",
        "before tonghop.store.outbox:Outbox.claim #1",
    ],
)
def test_killed_between_record_and_answer_exactly_one_goes_out(
    district: District, post: Post, smtp_server: SmtpServer, point: str
) -> None:
    post(WRONG)
    code, _, _ = district.tonghop("intake", "tan-chau", "--at", f"{DAY}T10:00:00+07:00", point=point)
    assert code == -signal.SIGKILL
    _intake(district, "10:02")
    _intake(district, "10:04")
    assert len(_answers(smtp_server)) == 1


def test_what_came_before_the_reach_of_answers_is_not_answered(
    district: District, post: Post, smtp_server: SmtpServer
) -> None:
    post(day=date(2020, 8, 15), came=date(2020, 8, 15))
    assert _intake(district)["answered"] == 0


def test_listed_senders_are_accepted_and_flagged_where_nobody_vouches_or_the_mailbox_is_personal(
    district: District, post: Post, smtp_server: SmtpServer
) -> None:
    units = district.home / "campaigns" / "tan-chau" / "units.csv"
    units.write_text(
        units.read_text(encoding="utf-8").replace(TAN_DONG, "xatandong@gmail.com"), encoding="utf-8"
    )
    post(vouched=False)
    post(FIGURES["90102"], sender="xatandong@gmail.com", unit="90102")
    told = _intake(district)
    assert told["entries"] == {"accepted": 2}
    assert sorted(f["code"] for f in told["findings"]) == ["sender-personal", "sender-unauthenticated"]
    first, second = _answers(smtp_server)
    assert "xác thực" not in _text(first)
    assert "hộp thư cá nhân" in _text(second)


def test_personal_data_go_into_no_answer_and_foreign_text_stays_text(
    district: District, post: Post, smtp_server: SmtpServer, tmp_path: Path
) -> None:
    workbook(tmp_path / "x.xlsx", "Xã Tân Hà", WRONG, DAY)
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    book["BC"]["I4"], book["BC"]["I5"] = "Số điện thoại", "0912 345 678"
    book.save(tmp_path / "x.xlsx")
    post(None, content=(tmp_path / "x.xlsx").read_bytes())
    workbook(tmp_path / "y.xlsx", '=HYPERLINK("http://x","<b>Xã lạ</b>")', FIGURES["90102"], DAY)
    book = openpyxl.load_workbook(tmp_path / "y.xlsx")
    book["BC"]["B5"].data_type = "s"
    book.save(tmp_path / "y.xlsx")
    post(None, content=(tmp_path / "y.xlsx").read_bytes(), sender=TAN_DONG)
    _intake(district)
    personal, strange = _answers(smtp_server)
    assert not list(personal.iter_attachments())
    assert "0912" not in personal.as_string()
    assert "Tệp có dữ liệu cá nhân nên không được gửi kèm trở lại" in _text(personal)
    html = strange.get_body(("html",))
    assert html is not None
    assert "<b>Xã" not in html.get_content()
    returned = openpyxl.load_workbook(io.BytesIO(_book(strange)[1]))
    assert not any(c.data_type == "f" for row in returned["Cần sửa"].iter_rows() for c in row)


def test_a_person_in_the_name_of_a_folder_or_file_is_told_by_no_command(district: District) -> None:
    sent = district.send("90101", WRONG, name="BC Nguyễn Thị Hồng Nhung 0912345678.xlsx")
    folder = sent.parent / "Trần Văn Bảo Long"
    folder.mkdir()
    sent.rename(folder / sent.name)
    told = [_intake(district)]
    for command in (("status",), ("trace", "90101", "installs")):
        name, *more = command
        told.append(district.tonghop(name, "tan-chau", *more, "--day", f"{DAY}")[1])
    told.append(district.run()[1])
    for one in told:
        assert not re.search("Nhung|0912|Bảo Long", str(one))


def test_an_answer_that_the_server_refuses_never_holds_the_report_up(
    district: District, post: Post, smtp_server: SmtpServer
) -> None:
    from tests.services.smtp_server import Reply

    smtp_server.on("rcpt", Reply("450 4.2.0 later"), argument=TAN_HA)
    post()
    _, told, _ = district.run()
    assert {d["state"] for d in told["deliveries"]} == {"accepted"}
    assert [r.recipients[0] for r in smtp_server.received] == ["so@tayninh.example.vn"]


# Folders.


def _beside(district: District, unit: str = "90101") -> list[Path]:
    return sorted((district.shared / NAMES[unit] / "_tra_loi").iterdir())


def test_beside_a_file_in_a_folder_lies_its_receipt_or_its_marked_workbook_once(district: District) -> None:
    district.send("90101")
    wrong = district.send("90102", (6100, 3200, 5120, 104, 77))
    before = wrong.read_bytes()
    assert _intake(district)["answered"] == 2
    (receipt,) = _beside(district)
    assert receipt.name == "BC 18-8.xlsx - biên nhận.html"
    assert re.search(r"Biên nhận số: [12]<", receipt.read_text(encoding="utf-8"))
    assert "thư này" not in receipt.read_text(encoding="utf-8").lower(), "nobody replies to a file"
    assert "trả lời" not in receipt.read_text(encoding="utf-8")
    (marked,) = _beside(district, "90102")
    assert marked.name == "BC 18-8.xlsx - cần sửa.xlsx"
    assert openpyxl.load_workbook(marked)["BC"]["E5"].fill.fgColor.rgb == "FFF4B6B6"
    assert wrong.read_bytes() == before
    told = _intake(district, "10:05")
    assert (told["new"], told["answered"]) == (0, 0)
    assert len(_beside(district)) == 1


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_while_an_answer_is_laid_beside_its_file_there_is_exactly_one(
    district: District, when: str
) -> None:
    district.send("90101")
    point = f"{when} tonghop.sources.answers_folder:AnswersFolder.write #1"
    code, _, _ = district.tonghop("intake", "tan-chau", "--at", f"{DAY}T10:00:00+07:00", point=point)
    assert code == -signal.SIGKILL
    _intake(district, "10:02")
    assert [path.name for path in _beside(district)] == ["BC 18-8.xlsx - biên nhận.html"]


def test_a_folder_that_cannot_be_written_is_told_once_and_the_report_goes_out(
    district: District, smtp_server: SmtpServer
) -> None:
    district.send_all(DAY_BEFORE)
    for name in NAMES.values():  # root may write anywhere: what stands in the way refuses it too
        (district.shared / name / "_tra_loi").write_text("in the way", encoding="utf-8")
    first = _intake(district, day=DAY_BEFORE)
    assert len([line for line in first["needs_person"] if "Không ghi được biên nhận" in line]) == 1
    district.send_all()
    _, told, _ = district.run()
    assert not [line for line in told["needs_person"] if "biên nhận" in line]
    assert told["edition"] == 1
    states = sqlite3.connect(district.home / "var" / "tonghop.sqlite").execute(
        "SELECT state FROM folder_answer"
    )
    assert {state for (state,) in states} == {"refused"}


def test_beside_a_file_on_a_share_lies_its_receipt_too(district: District, samba: Samba) -> None:
    district.configure(sources=[{"kind": "folder", "url": samba.url()}])
    _put(samba.share)
    assert _intake(district)["answered"] == 1
    (receipt,) = (samba.share / NAMES["90101"] / "_tra_loi").iterdir()
    assert receipt.name == "BC 18-8.xlsx - biên nhận.html"
    assert "Trễ hạn" not in receipt.read_text(encoding="utf-8")
    told = _intake(district, "10:10")
    assert (told["new"], told["answered"]) == (0, 0)


def test_a_share_that_denies_writes_is_told_once_and_its_files_count(
    district: District, samba: Samba, smtp_server: SmtpServer
) -> None:
    district.configure(sources=[{"kind": "folder", "url": samba.url(share="chidoc")}])
    _put(samba.share)
    first = _intake(district)
    (told,) = [line for line in first["needs_person"] if "Không ghi được biên nhận" in line]
    assert "không có quyền ghi" in told
    _put(samba.share, "90102")
    second = _intake(district, "10:10")
    assert second["entries"] == {"accepted": 1}
    assert not [line for line in second["needs_person"] if "biên nhận" in line]
    assert not (samba.share / NAMES["90101"] / "_tra_loi").exists()


def test_beside_a_file_on_an_sftp_server_lies_its_receipt_too(district: District, sftp: Sftp) -> None:
    district.configure(sources=[{"kind": "folder", "url": sftp.url()}])
    _put(sftp.share)
    assert _intake(district)["answered"] == 1
    (receipt,) = (sftp.share / NAMES["90101"] / "_tra_loi").iterdir()
    assert receipt.name == "BC 18-8.xlsx - biên nhận.html"
    assert _intake(district, "10:10")["answered"] == 0


def test_a_campaign_that_wants_no_answers_beside_files_gets_none(district: District, samba: Samba) -> None:
    district.configure(sources=[{"kind": "folder", "url": samba.url() + "?answers=no"}])
    _put(samba.share)
    told = _intake(district)
    assert (told["entries"], told["answered"], told["needs_person"]) == ({"accepted": 1}, 0, [])
    assert [path.name for path in (samba.share / NAMES["90101"]).iterdir()] == ["BC 18-8.xlsx"]


def _put(share: Path, unit: str = "90101") -> None:
    """Put a unit's report into a share, in a folder where the server may make another."""
    folder = share / NAMES[unit]
    folder.mkdir()
    folder.chmod(0o777)
    share.chmod(0o777)
    workbook(folder / "BC 18-8.xlsx", NAMES[unit], FIGURES[unit], DAY)
    at = datetime.combine(DAY, time(9, 0), ZONE).timestamp()
    os.utime(folder / "BC 18-8.xlsx", (at, at))


def test_the_html_of_an_answer_holds_no_table_that_could_be_read_as_figures(
    district: District, post: Post, smtp_server: SmtpServer
) -> None:
    post()
    _intake(district)
    (receipt,) = _answers(smtp_server)
    html = receipt.get_body(("html",))
    assert html is not None
    assert not re.search(r"<\s*table", html.get_content())
