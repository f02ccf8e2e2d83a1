from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mail.samples import AT, CC, PNG, SENDER, TO, WITNESS, a_report
from tonghop.domain.deliveries import OutgoingMessage, Recipient, RecipientKind
from tonghop.mail.compose import UnsafeMessageError, compose, message_id_for
from tonghop.mail.parts import MEDIA_TYPES, attachment_name


def read(message: OutgoingMessage) -> EmailMessage:
    return cast(EmailMessage, message_from_bytes(message.content, policy=default))


def shape(part: Any) -> Any:
    if not part.is_multipart():
        return part.get_content_type()
    return part.get_content_subtype(), [shape(each) for each in part.iter_parts()]


def compose_small(**changes: Any) -> OutgoingMessage:
    values: dict[str, Any] = {
        "key": "k", "kind": "report", "sender_name": "A", "sender_address": SENDER, "recipients": [TO],
        "subject": "s", "text": "t", "html": "<p>t</p>", "made_at": AT,
    }  # fmt: skip
    return compose(**(values | changes))


def test_the_parts_stand_in_each_other_as_mail_programs_expect() -> None:
    alternative = ("alternative", ["text/plain", "text/html"])
    assert shape(read(a_report())) == (
        "mixed",
        [("related", [alternative, "image/png"]), MEDIA_TYPES["xlsx"]],
    )
    assert shape(read(compose_small())) == ("mixed", [alternative])


def test_text_html_picture_and_workbook_come_back_byte_for_byte() -> None:
    message = read(a_report())
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert (
        plain.get_content() == "Kính gửi Sở Thông tin và Truyền thông,\n.\n..dòng bắt đầu bằng dấu chấm\nHết."
    )
    assert html.get_content().startswith('<!doctype html>\n<html lang="vi"><body>\n<p>5.658 người</p>')
    picture = next(part for part in message.walk() if part.get_content_type() == "image/png")
    assert (picture["Content-ID"], picture.get_content_disposition()) == ("<chart>", "inline")
    assert picture.get_content() == PNG
    (workbook,) = message.iter_attachments()
    assert workbook.get_filename() == "Báo cáo Đức Huệ 18-8-2020.xlsx"
    assert workbook.get_content() == b"PK\x03\x04" + bytes(range(256)) * 20


@pytest.mark.parametrize("ending", ["xlsx", "docx", "pdf", "png"])
def test_an_attachment_keeps_its_type_also_where_the_machine_knows_no_types(ending: str) -> None:
    # Python reads /etc/mime.types at will; a fresh process without any table is what a small server is.
    program = (
        "import mimetypes; mimetypes.init([]); mimetypes._db.types_map = ({}, {});"
        "from tests.mail.samples import *; from email import message_from_bytes;"
        "from tonghop.mail.parts import media_type_of;"
        f"files = [('b.{ending}', media_type_of('b.{ending}'), b'x')];"
        "m = compose('k', 'report', 'A', SENDER, [TO], 's', 't', 'h', (), files, made_at=AT);"
        "print([part.get_content_type() for part in message_from_bytes(m.content).walk()][-1])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == MEDIA_TYPES[ending]


def test_the_headers_say_who_when_and_what_in_vietnamese() -> None:
    message = read(a_report())
    assert (
        message["Subject"]
        == "Kết quả triển khai cài đặt ứng dụng Bluezone ngày 18/8/2020: 11/11 đơn vị, đạt 8,54%"
    )
    assert message["From"].addresses[0].display_name == "Phòng Văn hóa và Thông tin huyện Đức Huệ"
    assert message["From"].addresses[0].addr_spec == SENDER
    assert message["Date"].datetime == AT
    assert [each.addr_spec for each in message["To"].addresses] == [TO.address]
    assert [each.addr_spec for each in message["Cc"].addresses] == [CC.address]


def test_no_line_is_longer_than_a_mail_server_takes() -> None:
    many = [Recipient(f"so.thong.tin.{n}@longan.example.vn", RecipientKind.TO) for n in range(200)]
    content = compose_small(
        recipients=many,
        subject="Đức Huệ " * 200,
        attachments=[("Đ" * 300 + ".xlsx", MEDIA_TYPES["xlsx"], b"x" * 3000)],
        text="dài " * 5000,
        headers={"X-Note": "ghi chú " * 100},
    ).content
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert content.isascii()


def test_the_witness_stands_in_the_envelope_and_nowhere_in_the_message() -> None:
    message = a_report(recipients=(TO, CC, WITNESS))
    assert WITNESS in message.recipients
    assert WITNESS.address.encode() not in message.content
    assert message.content == a_report(recipients=(TO, CC)).content


def test_the_same_intent_always_has_the_same_message_id_and_bytes() -> None:
    assert a_report() == a_report()
    assert a_report(1).message_id != a_report(2).message_id
    assert message_id_for("a", "x@Example.VN").endswith("@example.vn>")
    assert message_id_for("a", "x@a.vn") != message_id_for("b", "x@a.vn")
    assert read(a_report())["Message-ID"] == a_report().message_id


@pytest.mark.parametrize(
    ("kind", "in_reply_to", "said"),
    [
        ("report", None, None),
        ("report", "<first@duchue.example.vn>", None),
        ("alarm", None, "auto-generated"),
        ("reminder", None, "auto-generated"),
        ("receipt", "<theirs@xa.example.vn>", "auto-replied"),
        ("answer", None, "auto-generated"),
    ],
)
def test_automatic_mail_says_so_and_names_what_it_answers(
    kind: str, in_reply_to: str | None, said: str | None
) -> None:
    message = read(compose_small(kind=kind, in_reply_to=in_reply_to))
    assert message["Auto-Submitted"] == said
    assert message["In-Reply-To"] == message["References"] == in_reply_to


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "Báo cáo\r\nBcc: thief@example.com"},
        {"subject": "Báo cáo\nX: y"},
        {"subject": "Báo cáo\u2028"},
        {"sender_name": "A\r\nBcc: thief@example.com"},
        {"sender_address": "a@b.vn\r\nBcc: thief@example.com"},
        {"sender_address": "a@b.vn> x"},
        {"recipients": [Recipient("a@b.vn, thief@example.com", RecipientKind.TO)]},
        {"recipients": [Recipient("đức@huệ.vn", RecipientKind.TO)]},
        {"recipients": [Recipient("a@b.vn\n", RecipientKind.TO)]},
        {"recipients": [WITNESS]},
        {"headers": {"Bcc": "thief@example.com"}},
        {"headers": {"X-Note": "a\r\nBcc: thief@example.com"}},
        {"headers": {"X-A: b\r\nBcc": "thief@example.com"}},
        {"message_id": "<a@b>\r\nBcc: thief@example.com"},
        {"in_reply_to": "<a@b> thief"},
        {"made_at": datetime(2020, 8, 18)},  # noqa: DTZ001 - the fault that is tested
    ],
)
def test_what_would_smuggle_a_header_or_break_the_envelope_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(UnsafeMessageError, match="not sent"):
        compose_small(**changes)


def test_a_body_or_file_name_that_is_a_path_of_this_machine_stays_text(tmp_path: Any) -> None:
    secret = tmp_path / "secret"
    secret.write_text("do not attach")
    message = compose_small(
        text=str(secret), html=os.fspath(secret), attachments=[(str(secret), "text/csv", b"1,2")]
    )
    assert b"do not attach" not in b"".join(p.get_payload(decode=True) or b"" for p in read(message).walk())
    (attached,) = read(message).iter_attachments()
    assert "/" not in str(attached.get_filename())


@given(st.text(max_size=300))
def test_any_file_name_becomes_one_that_travels_and_stores(name: str) -> None:
    clean = attachment_name(name)
    assert clean == attachment_name(clean)
    assert 0 < len(clean) <= 100
    assert not set(clean) & set('/\\:*?"<>|\r\n\0')
    assert read(compose_small(attachments=[(name, MEDIA_TYPES["pdf"], b"x")])).is_multipart()


def test_a_cut_file_name_keeps_its_ending() -> None:
    assert attachment_name("Báo cáo " * 40 + ".xlsx").endswith(".xlsx")
    assert attachment_name("../../etc/passwd") == "_.._etc_passwd"
