"""Returned mails are read for what they say, and nothing else is taken for one."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from tests.mail.bounced import KINDS, exim, qmail, standard
from tonghop.domain.contacts import LetterKind, ReturnKind
from tonghop.mail.bounces import read_bounce, read_refusal
from tonghop.sources import Letter, letter_of

OURS, ADDRESS = "<" + "ab" * 20 + "@tanchau.example.vn>", "tandong@tanchau.example.vn"


@pytest.mark.parametrize("kind", KINDS)
def test_a_returned_mail_names_our_message_the_recipient_and_that_it_is_for_good(kind: str) -> None:
    bounce = read_bounce(KINDS[kind](OURS, ADDRESS))
    assert OURS in bounce.message_ids
    (notice,) = bounce.notices
    assert (notice.addresses, notice.kind, notice.status) == ((ADDRESS,), ReturnKind.HARD, "5.1.1")
    assert notice.said


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_recognised_whoever_sends_it_and_holds_nothing_else(kind: str) -> None:
    raw = KINDS[kind](OURS, ADDRESS)
    assert letter_of(raw, "mailer-daemon@mx.example.vn", is_listed=False) == Letter(LetterKind.BOUNCE, True)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (standard(OURS, ADDRESS, action="delayed", status="4.4.1", said="smtp; 451 try again"), ReturnKind.SOFT),
        (standard(OURS, ADDRESS, status="5.2.2", said="smtp; 552 5.2.2 Mailbox full"), ReturnKind.SOFT),
        (standard(OURS, ADDRESS, status="5.7.1", said="smtp; 550 5.7.1 blocked by policy"), ReturnKind.SOFT),
        (standard(OURS, ADDRESS, status="4.4.7", said="smtp; 451 expired"), ReturnKind.SOFT),
        (standard(OURS, ADDRESS, action="delivered", status="2.0.0", said="smtp; 250 ok"), ReturnKind.ARRIVED),
        (standard(OURS, ADDRESS, status="5.1.10", said="smtp; 550 RecipientNotFound"), ReturnKind.HARD),
        (standard(OURS, ADDRESS, status="", said="smtp; 550 no such user"), ReturnKind.HARD),
        (standard(OURS, ADDRESS, status="5.0.0", said="smtp; 550 relaying denied"), ReturnKind.SOFT),
        (standard(OURS, ADDRESS, status="5.4.4", said="dns; host not found"), ReturnKind.HARD),
        (exim(OURS, ADDRESS, "452 Mailbox full, over quota"), ReturnKind.SOFT),
        (qmail(OURS, ADDRESS, "I'm not going to try again; it was queued too long."), ReturnKind.SOFT),
        (qmail(OURS, ADDRESS, "a reason nobody understands"), ReturnKind.SOFT),
    ],
)  # fmt: skip
def test_for_good_is_said_only_of_an_address_that_does_not_exist(raw: bytes, kind: ReturnKind) -> None:
    assert [notice.kind for notice in read_bounce(raw).notices] == [kind]


@pytest.mark.parametrize(
    ("reply", "is_gone"),
    [
        ("mx:25: 550 5.1.1 <x>: Recipient address rejected: User unknown in local recipient table", True),
        ("mx:25: 550 No such user here", True),
        ("mx:25: 550 5.7.1 Relaying denied", False),
        ("mx:25: 550 relay not permitted", False),
        ("mx:25: 550 5.1.8 sender address rejected: domain not found", False),
        ("mx:25: 552 5.2.2 mailbox full", False),
        ("mx:25: 550", False),
    ],
)
def test_a_refusal_counts_only_where_it_says_that_nobody_is_there(reply: str, is_gone: bool) -> None:
    found = read_refusal(reply)
    assert (found is not None) == is_gone
    assert found is None or found.kind is ReturnKind.HARD


def test_a_forwarded_mail_is_known_by_the_address_it_was_written_to() -> None:
    (notice,) = read_bounce(standard(OURS, ADDRESS, final="old@elsewhere.example")).notices
    assert notice.addresses == (ADDRESS, "old@elsewhere.example")


def test_the_notice_s_own_message_id_is_none_that_it_quotes() -> None:
    quoted = read_bounce(standard(OURS, ADDRESS)).message_ids
    assert OURS in quoted
    assert "<notice-1@mx.example.vn>" not in quoted


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 5000,
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\nmessage/delivery-status",
        b"Content-Type: multipart/report; boundary=" + b"x" * 70000,
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)),
        b"Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n!!!!",
        b"Content-Type: text/plain; charset=nonsense\nX-Failed-Recipients: a@b.vn\n\n\xff\xfe",
        b"Subject: =?utf-8?b?" + b"A" * 30000 + b"?=\nReturn-Path: <>\n\nx",
    ],
    ids=range(8),
)
def test_a_message_built_to_break_programs_says_nothing_and_breaks_nothing(raw: bytes) -> None:
    read_bounce(raw)
    letter_of(raw, "mailer-daemon@x.vn", is_listed=False)
    letter_of(raw, ADDRESS, is_listed=True)


def written(subject: str, body: str = "", *, html: str = "", file: bool = False, **headers: str) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = ADDRESS, subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    if html:
        message.add_alternative(html, subtype="html")
    if file:
        message.add_attachment(b"PK", maintype="application", subtype="octet-stream", filename="bc.xlsx")
    return message.as_bytes()


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (written("DỪNG NHẮC"), LetterKind.STOP),
        (written("Re: TL: dừng nhắc."), LetterKind.STOP),
        (written("DUNG NHAC"), LetterKind.STOP),
        (written("Re: Nhắc báo cáo", "\n STOP \n\n> Kính gửi"), LetterKind.STOP),
        (written("Re: Nhắc báo cáo", "", html="<p>Dừng&nbsp;nhắc</p><div>Kính gửi</div>"), LetterKind.STOP),
        (written("Re: Nhắc báo cáo", "Nhắc lại\n"), LetterKind.RESUME),
        (written("Báo cáo ngày 18/8", "Xã gửi báo cáo."), None),
        (written("Re: Nhắc báo cáo", "> DỪNG NHẮC"), None),
        (written("Re: Nhắc báo cáo", "Xin đừng STOP việc nhắc"), None),
        (written("Nhắc lại việc gửi báo cáo"), None),
        (written("STOP", Auto_Submitted="auto-replied"), None),
    ],
)
def test_a_wish_is_the_whole_subject_or_the_whole_first_line(raw: bytes, kind: LetterKind | None) -> None:
    found = letter_of(raw, ADDRESS, is_listed=True)
    assert (found.kind if found else None) == kind


def test_a_stranger_s_wish_is_none() -> None:
    assert letter_of(written("DỪNG NHẮC"), "stranger@example.com", is_listed=False) is None


def test_a_report_that_also_asks_for_no_more_reminders_is_still_read_as_a_report() -> None:
    found = letter_of(written("DỪNG NHẮC", file=True), ADDRESS, is_listed=True)
    assert found == Letter(LetterKind.STOP, is_all=False)


def test_a_unit_that_forwards_a_notice_or_writes_like_one_sends_a_submission() -> None:
    forwarded = EmailMessage()
    forwarded["From"], forwarded["Subject"] = ADDRESS, "Fwd: Undelivered Mail Returned to Sender"
    forwarded.set_content("Xã gửi lại báo cáo.")
    forwarded.add_attachment(b"PK", maintype="application", subtype="octet-stream", filename="bc.xlsx")
    assert letter_of(forwarded.as_bytes(), ADDRESS, is_listed=True) is None
