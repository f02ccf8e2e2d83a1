"""Reminders through a real mailbox and a real mail server: once a turn, answered, returned, and digested."""

from __future__ import annotations

import io
import signal
import sqlite3
from collections.abc import Callable
from datetime import datetime, time
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.flows.world import DAY, FIGURES, ZONE, District, workbook
from tests.mail.bounced import KINDS, standard
from tests.services.dovecot_server import Dovecot
from tests.services.smtp_server import Reply, SmtpServer

TAN_HA, TAN_DONG = "tanha@tanchau.example.vn", "tandong@tanchau.example.vn"
ON_DUTY = "truc@tanchau.example.vn"
REPORT = {
    "sender": {"name": "Phòng VHTT huyện Tân Châu", "address": "baocao@tanchau.example.vn"},
    "superior": "UBND huyện Tân Châu",
    "issuer": "Phòng Văn hóa và Thông tin",
    "place": "Tân Châu",
    "signer": "TRƯỞNG PHÒNG",
}
Deliver = Callable[..., None]


@pytest.fixture
def deliver(district: District, dovecot: Dovecot) -> Deliver:
    """Put a message into the mailbox that the district looks into, as if it came at a time of the day."""
    district.configure(sources=[{"kind": "mailbox", "url": dovecot.imap_url("baocao")}])
    dovecot.add_user("baocao")

    def put(raw: bytes, at: str = "13:05") -> None:
        came = datetime.combine(DAY, time.fromisoformat(at), ZONE).timestamp()
        dovecot.deliver("baocao", raw, came)

    return put


def remind(district: District, at: str, *, point: str = "", day: Any = DAY) -> Any:
    code, told, error = district.tonghop(
        "remind", "tan-chau", "--day", f"{day}", "--at", f"{DAY}T{at}:00+07:00", point=point
    )
    assert code in (0, 1) or point, error
    return told


def status(district: District) -> Any:
    return district.tonghop("status", "tan-chau", "--day", f"{DAY}")[1]


def mails(server: SmtpServer, to: str) -> list[EmailMessage]:
    """Return what went to an address so far."""
    return [
        message_from_bytes(one.content, policy=default) for one in server.received if to in one.recipients
    ]


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return body.get_content()


def reply(subject: str, body: str, sender: str = TAN_DONG) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "baocao@tanchau.example.vn", subject
    message["Message-ID"] = f"<{abs(hash((subject, body, sender)))}@example.vn>"
    message.set_content(body)
    return message.as_bytes()


def test_each_turn_reminds_once_however_often_the_flow_runs(
    district: District, deliver: Deliver, smtp_server: SmtpServer
) -> None:
    assert remind(district, "12:30")["reminded"] == []
    for at in ("13:00", "13:05", "13:39", "13:40", "13:50", "14:10", "14:30"):
        remind(district, at)
    assert len(mails(smtp_server, TAN_DONG)) == 3
    assert len(mails(smtp_server, ON_DUTY)) == 3


def test_a_machine_that_was_down_makes_good_the_latest_turn_only_and_not_the_next_day(
    district: District, deliver: Deliver, smtp_server: SmtpServer
) -> None:
    told = remind(district, "14:05")
    assert sorted(told["reminded"]) == ["90101", "90102"]
    assert told["turn"] == f"{DAY}T13:40:00+07:00"
    assert told["next_turn"] == f"{DAY}T14:10:00+07:00"
    assert len(mails(smtp_server, TAN_DONG)) == 1
    assert remind(district, "20:00")["turn"] is None
    assert remind(district, "08:00", day="2020-08-17")["reminded"] == []
    assert len(mails(smtp_server, TAN_DONG)) == 1


def test_times_of_the_clock_are_the_campaign_s_own(
    district: District, deliver: Deliver, smtp_server: SmtpServer
) -> None:
    source = district.home / "campaigns" / "tan-chau" / "campaign.yaml"
    source.write_text(
        source.read_text(encoding="utf-8") + "reminders: ['10:00', '13:30']\n", encoding="utf-8"
    )
    for at in ("09:59", "10:00", "13:29", "13:30", "14:20"):
        remind(district, at)
    assert len(mails(smtp_server, TAN_DONG)) == 2


def test_the_reminder_brings_the_unit_s_own_form_and_says_how_to_send_it_and_how_to_stop(
    district: District, deliver: Deliver, smtp_server: SmtpServer, tmp_path: Path
) -> None:
    remind(district, "13:00")
    (mail,) = mails(smtp_server, TAN_DONG)
    (attachment,) = mail.iter_attachments()
    district.tonghop("form", "tan-chau", "90102", "--day", f"{DAY}", "--into", str(tmp_path))
    (written,) = tmp_path.glob("*90102*.xlsx")
    assert attachment.get_filename() == written.name
    assert attachment.get_content() == written.read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(attachment.get_content()))
    assert any("Xã Tân Đông" in str(cell) for sheet in book for row in sheet.values for cell in row)
    text = text_of(mail)
    assert "Kính gửi: Xã Tân Đông" in text
    assert "gửi tới baocao@tanchau.example.vn" in text
    for said in (written.name, "DỪNG NHẮC", "Trân trọng."):
        assert said in text
    assert mail["List-Unsubscribe"] == "<mailto:baocao@tanchau.example.vn?subject=DUNG%20NHAC>"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_the_digest_tells_whom_and_how_often_and_who_is_to_be_called(
    district: District, deliver: Deliver, smtp_server: SmtpServer
) -> None:
    remind(district, "13:00")
    remind(district, "13:40")
    told = remind(district, "14:10")
    first, _, last = map(text_of, mails(smtp_server, ON_DUTY))
    assert "Xã Tân Hà (90101): nhắc lần 1. Điện thoại: 0276 000 001" in first
    assert "Xã Suối Dây (90103), điện thoại: 0276 000 003. Chưa có địa chỉ" in first
    assert "Lượt nhắc tiếp theo: 13 giờ 40" in first
    assert "nhắc lần 3" in last
    assert "Xã Tân Hà (90101), điện thoại: 0276 000 001. Không còn lượt nhắc nào trong ngày" in last
    assert [(c["unit"], c["why"]) for c in told["calls"]] == [
        ("90101", "silent"), ("90102", "silent"), ("90103", "no_address")
    ]  # fmt: skip


def test_a_digest_goes_where_the_campaign_says(
    district: District, deliver: Deliver, smtp_server: SmtpServer
) -> None:
    source = district.home / "campaigns" / "tan-chau" / "campaign.yaml"
    more = "digest: {to: [phong@tanchau.example.vn]}\n"
    source.write_text(source.read_text(encoding="utf-8") + more, encoding="utf-8")
    remind(district, "13:00")
    assert len(mails(smtp_server, "phong@tanchau.example.vn")) == 1
    assert mails(smtp_server, ON_DUTY) == []


@pytest.mark.parametrize("body", ["DỪNG NHẮC\n\n> Kính gửi: Xã Tân Đông", "STOP"])
def test_an_address_that_asked_is_reminded_no_more_and_stays_on_the_call_list_until_it_asks_again(
    district: District, deliver: Deliver, smtp_server: SmtpServer, body: str
) -> None:
    remind(district, "13:00")
    deliver(reply("Re: Nhắc báo cáo", body))
    told = remind(district, "13:40")
    assert (told["reminded"], told["to_telephone"]) == (["90101"], ["90102", "90103"])
    assert {"unit": "90102", "name": "Xã Tân Đông", "phone": "", "why": "stopped"} in told["calls"]
    assert len(mails(smtp_server, TAN_DONG)) == 1  # and the wish itself was not answered
    (contact,) = status(district)["contacts"]
    assert (contact["address"], contact["reminded"]) == (TAN_DONG, False)
    assert "đã dừng nhắc" in contact["notes"][0]
    assert "chưa được xác thực" in contact["notes"][0]
    deliver(reply("NHẮC LẠI", ""), "13:45")
    assert "90102" in remind(district, "14:10")["reminded"]
    assert status(district)["contacts"] == []


def test_an_operator_stops_and_resumes_an_address_and_the_reason_is_kept(
    district: District, deliver: Deliver
) -> None:
    code, told, _ = district.tonghop("contact", "tan-chau", TAN_DONG, "--stop", "xã đã đổi đầu mối")
    assert (code, told["reminded"], told["unit"]) == (0, False, "90102")
    assert remind(district, "13:00")["reminded"] == ["90101"]
    district.tonghop("contact", "tan-chau", TAN_DONG.upper(), "--resume", "đầu mối cũ")
    assert remind(district, "13:40")["reminded"] == ["90101", "90102"]
    with sqlite3.connect(district.home / "var" / "tonghop.sqlite") as database:
        audited = database.execute("SELECT action, subject, detail FROM audit ORDER BY id").fetchall()
    assert audited == [
        ("reminders stop", f"tan-chau/{TAN_DONG}", "xã đã đổi đầu mối"),
        ("reminders resume", f"tan-chau/{TAN_DONG}", "đầu mối cũ"),
    ]


@pytest.mark.parametrize("arguments", [("--stop", "a", "--resume", "b"), (), ("--stop", "  ")])
def test_a_contact_wants_one_decision_with_a_reason(district: District, arguments: tuple[str, ...]) -> None:
    assert district.tonghop("contact", "tan-chau", TAN_DONG, *arguments)[0] == 2
    assert district.tonghop("contact", "tan-chau", "nobody@example.vn", "--stop", "a")[0] == 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_returned_reminder_is_no_submission_is_not_answered_and_ends_reminders_to_that_address(
    district: District, deliver: Deliver, smtp_server: SmtpServer, kind: str
) -> None:
    remind(district, "13:00")
    (mail,) = mails(smtp_server, TAN_DONG)
    deliver(KINDS[kind](mail["Message-ID"], TAN_DONG))
    told = remind(district, "13:40")
    assert (told["reminded"], told["to_telephone"]) == (["90101"], ["90102", "90103"])
    assert any(TAN_DONG in words and "bị trả lại" in words for words in told["needs_person"])
    assert mails(smtp_server, "MAILER-DAEMON@mx.example.vn") == []
    seen = status(district)
    (contact,) = seen["contacts"]
    assert (contact["unit"], contact["reminded"], contact["returned"]["kind"]) == ("90102", False, "hard")
    assert "thư bị trả lại" in contact["notes"][0]
    assert seen["quarantined"] == []
    assert seen["returned"][0]["about"] == "reminder"


@pytest.mark.parametrize("mend", ["units.csv", "a message", "a command"])
def test_a_dead_address_is_reminded_again_once_something_speaks_for_it(
    district: District, deliver: Deliver, smtp_server: SmtpServer, tmp_path: Path, mend: str
) -> None:
    remind(district, "13:00")
    deliver(standard(mails(smtp_server, TAN_DONG)[0]["Message-ID"], TAN_DONG), "13:02")
    assert "90102" not in remind(district, "13:40")["reminded"]
    if mend == "units.csv":
        units = district.home / "campaigns" / "tan-chau" / "units.csv"
        mended = units.read_text(encoding="utf-8").replace(f"{TAN_DONG},", f"{TAN_DONG},0276 000 002")
        units.write_text(mended, encoding="utf-8")
    elif mend == "a message":
        deliver(reply("Hỏi", "Xã xin hỏi về biểu mẫu."), "13:45")
    else:
        district.tonghop("contact", "tan-chau", TAN_DONG, "--resume", "hộp thư đã sửa")
    assert "90102" in remind(district, "14:10")["reminded"]


def test_a_notice_that_quotes_no_mail_of_ours_or_another_unit_s_silences_nobody(
    district: District, deliver: Deliver, smtp_server: SmtpServer
) -> None:
    remind(district, "13:00")
    (other,) = mails(smtp_server, TAN_HA)
    deliver(standard("<0123456789abcdef@tanchau.example.vn>", TAN_DONG))
    deliver(standard(other["Message-ID"], TAN_DONG, final="x@elsewhere.example") + b"\n--extra")
    told = remind(district, "13:40")
    assert "90102" in told["reminded"]
    assert status(district)["foreign_notices"] == 1


def test_an_address_that_the_first_server_refuses_because_nobody_is_there_is_not_tried_again(
    district: District, deliver: Deliver, smtp_server: SmtpServer
) -> None:
    smtp_server.on("rcpt", Reply("550 5.1.1 User unknown"), argument=TAN_DONG)
    smtp_server.on("rcpt", Reply("550 5.7.1 Relaying denied"), argument=TAN_HA)
    remind(district, "13:00")
    told = remind(district, "13:40")
    assert told["reminded"] == ["90101"]
    assert [(c["unit"], c["why"]) for c in told["calls"]] == [("90102", "returned"), ("90103", "no_address")]
    assert [c["address"] for c in status(district)["contacts"]] == [TAN_DONG]


def test_a_notice_about_the_blind_copy_says_nothing_of_the_department(
    district: District, deliver: Deliver, dovecot: Dovecot, smtp_server: SmtpServer
) -> None:
    district.configure(
        sources=[{"kind": "mailbox", "url": dovecot.imap_url("baocao")}],
        report={**REPORT, "to": ["so@tayninh.example.vn"], "cc": []},
    )
    dovecot.add_user("luu")
    district.witness_url = dovecot.imap_url("luu") + "?address=luu@tanchau.example.vn"
    _, day, _ = district.run()
    deliver(standard(day["deliveries"][0]["message_id"], "luu@tanchau.example.vn"), "14:45")
    district.tonghop("intake", "tan-chau", "--at", f"{DAY}T14:50:00+07:00")
    seen = status(district)
    assert (seen["returned"], seen["foreign_notices"]) == ([], 1)


def test_a_mail_that_is_only_late_is_shown_and_the_next_reminder_still_goes(
    district: District, deliver: Deliver, smtp_server: SmtpServer
) -> None:
    remind(district, "13:00")
    identity = mails(smtp_server, TAN_DONG)[0]["Message-ID"]
    deliver(standard(identity, TAN_DONG, action="delayed", status="4.4.1", said="smtp; 451 greylisted"))
    told = remind(district, "13:40")
    assert "90102" in told["reminded"]
    assert not any("bị trả lại" in words for words in told["needs_person"])
    (contact,) = status(district)["contacts"]
    assert (contact["reminded"], contact["returned"]["kind"]) == (True, "soft")


def test_a_returned_report_is_named_by_the_next_intake(
    district: District, deliver: Deliver, smtp_server: SmtpServer
) -> None:
    _, day, _ = district.run()
    identity = next(d["message_id"] for d in day["deliveries"] if d["to"] == "so@tayninh.example.vn")
    deliver(standard(identity, "so@tayninh.example.vn"), "14:45")
    code, told, _ = district.tonghop("intake", "tan-chau", "--at", f"{DAY}T14:50:00+07:00")
    assert code == 1
    assert any("so@tayninh.example.vn" in words and "báo cáo" in words for words in told["needs_person"])


def test_a_wish_with_a_report_attached_counts_as_both(
    district: District, deliver: Deliver, smtp_server: SmtpServer, tmp_path: Path
) -> None:
    message = message_from_bytes(reply("DỪNG NHẮC", "Xã gửi báo cáo."), policy=default)
    workbook(tmp_path / "bc.xlsx", "Xã Tân Đông", FIGURES["90102"], DAY)
    message.add_attachment(
        (tmp_path / "bc.xlsx").read_bytes(),
        maintype="application",
        subtype="octet-stream",
        filename="bc.xlsx",
    )
    deliver(message.as_bytes(), "12:50")
    assert remind(district, "13:00")["reminded"] == ["90101"]
    assert next(u for u in status(district)["units"] if u["unit"] == "90102")["state"] == "reported"
    assert status(district)["contacts"][0]["address"] == TAN_DONG


@pytest.mark.parametrize(
    "point",
    [
        "after tonghop.store.ledger:Ledger.record #1",
        "before tonghop.store.bounces:Contacts.note_returned #1",
        "after tonghop.store.bounces:Contacts.note_returned #1",
        "after tonghop.store.outbox:Outbox.put #1",
        "before tonghop.store.outbox:Outbox.put #2",
        "before tonghop.mail.transport:_say_message #1",
    ],
)
def test_killed_in_the_middle_a_turn_is_finished_by_the_next_run(
    district: District, deliver: Deliver, smtp_server: SmtpServer, point: str
) -> None:
    district.send("90103")
    remind(district, "13:00")
    deliver(standard(mails(smtp_server, TAN_HA)[0]["Message-ID"], TAN_HA), "13:02")
    code, _, error = district.tonghop(
        "remind", "tan-chau", "--day", f"{DAY}", "--at", f"{DAY}T13:40:00+07:00", point=point
    )
    assert code == -signal.SIGKILL, error
    remind(district, "13:42")
    assert len(mails(smtp_server, TAN_DONG)) == 2 or "_say_message" in point
    assert len(mails(smtp_server, TAN_HA)) == 1
    assert len(mails(smtp_server, ON_DUTY)) == 2
    assert [c["address"] for c in status(district)["contacts"]] == [TAN_HA]


def test_the_small_mails_are_signed_where_a_key_is_set(district: District, smtp_server: SmtpServer) -> None:
    key = district.home / "dkim.pem"
    key.write_bytes(
        rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
    )
    district.environment |= {"TONGHOP_DKIM_SELECTOR": "baocao", "TONGHOP_DKIM_KEY": str(key)}
    remind(district, "13:05")
    assert len(smtp_server.received) >= 2
    for one in (message_from_bytes(mail.content, policy=default) for mail in smtp_server.received):
        assert "d=tanchau.example.vn" in str(one["DKIM-Signature"]).replace(" ", "")
