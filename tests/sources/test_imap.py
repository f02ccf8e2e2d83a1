"""A mailbox on a real Dovecot: every message once, nothing changed there, and every failure told."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Container, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.services.dovecot_server import PASSWORD, Dovecot, certificate_of
from tonghop.campaigns import MailboxSource
from tonghop.domain.sources import Arrival
from tonghop.errors import ConfigurationError, SourceUnreachable
from tonghop.sources import Source, SourceLimits, imap, open_source
from tonghop.sources.headers import sender_of, single_address

NOW = datetime(2030, 1, 1, tzinfo=UTC)
MESSAGE = b"From: Xa A <xa.a@duchue.example.vn>\r\nSubject: bao cao\r\n\r\nnumber %d\r\n"


def mailbox(url: str, limits: SourceLimits | None = None) -> Source:
    return open_source(MailboxSource(kind="mailbox", url=url), limits)


def look(source: Source, known: Container[str] = frozenset()) -> list[Arrival]:
    return [arrival for batch in source.look(known, NOW) for arrival in batch.arrivals]


def flags_of(dovecot: Dovecot, user: str) -> list[str]:
    names = [
        path.name for folder in ("new", "cur") for path in (dovecot.base / "mail" / user / folder).iterdir()
    ]
    return sorted(name.partition(":2,")[2] for name in names)


def test_messages_arrive_byte_for_byte_with_their_sender_and_the_servers_time(dovecot: Dovecot) -> None:
    raw = b"From: =?utf-8?b?WMOj?= <Xa.A@DucHue.example.vn>\r\nSubject: x\r\n\r\n\x01\xff\r\nFrom me\r\n.\r\n"
    dovecot.deliver("a", raw, received_at=1_597_737_600)
    [arrival] = look(mailbox(dovecot.imap_url("a")))
    assert arrival.content == raw
    assert arrival.sender == "xa.a@duchue.example.vn"
    assert arrival.received_at == datetime(2020, 8, 18, 8, 0, tzinfo=UTC)
    assert arrival.name == "INBOX/1.eml"
    assert arrival.source == f"imap://a@127.0.0.1:{dovecot.port}/INBOX"


def test_a_receipt_is_never_later_than_the_look(dovecot: Dovecot) -> None:
    dovecot.deliver("a", MESSAGE % 1, received_at=(NOW + timedelta(days=3)).timestamp())
    [arrival] = look(mailbox(dovecot.imap_url("a")))
    assert arrival.received_at == NOW


def test_a_known_message_arrives_no_more_and_only_the_new_one_does(dovecot: Dovecot) -> None:
    source = mailbox(dovecot.imap_url("a"))
    dovecot.deliver("a", MESSAGE % 1)
    known = {a.key for a in look(source)}
    assert look(source, known) == [], "a range to * would return the last message again"
    dovecot.deliver("a", MESSAGE % 2)
    assert [a.content for a in look(source, known)] == [MESSAGE % 2]


def test_what_people_have_read_arrives_too_and_looking_marks_nothing(dovecot: Dovecot) -> None:
    read = dovecot.deliver("a", MESSAGE % 1)
    read.rename(read.parent.parent / "cur" / f"{read.name}:2,S")
    dovecot.deliver("a", MESSAGE % 2)
    assert len(look(mailbox(dovecot.imap_url("a")))) == 2
    assert flags_of(dovecot, "a") == ["", "S"]


def test_after_a_new_uidvalidity_all_arrive_again_under_other_keys(dovecot: Dovecot) -> None:
    for number in range(3):
        dovecot.deliver("a", MESSAGE % number)
    source = mailbox(dovecot.imap_url("a"))
    before = look(source)
    dovecot.stop()
    dovecot.forget_uids("a")
    dovecot.start()
    after = look(source, {a.key for a in before})
    assert [a.content for a in after] == [a.content for a in before], "never taken for one we know"
    assert not {a.key for a in after} & {a.key for a in before}


def test_many_messages_come_in_batches_and_long_lists_in_ranges(
    dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "_SEARCHED_AT_ONCE", 7)
    for number in range(23):
        dovecot.deliver("a", MESSAGE % number)
    batches = list(mailbox(dovecot.imap_url("a"), SourceLimits(batch=10)).look(frozenset(), NOW))
    assert [len(batch.arrivals) for batch in batches] == [10, 10, 3]
    assert {a.content for batch in batches for a in batch.arrivals} == {MESSAGE % n for n in range(23)}


def test_bodies_are_fetched_in_portions_that_fit_the_memory(dovecot: Dovecot) -> None:
    for number in range(6):
        dovecot.deliver("a", MESSAGE % number + b"x" * 40_000)
    batches = list(mailbox(dovecot.imap_url("a"), SourceLimits(batch_bytes=100_000)).look(frozenset(), NOW))
    assert [len(batch.arrivals) for batch in batches] == [3, 3]


def test_a_message_over_the_limit_is_refused_by_its_size_with_its_sender(dovecot: Dovecot) -> None:
    dovecot.deliver("a", MESSAGE % 1 + b"x" * 3_000_000)
    dovecot.deliver("a", MESSAGE % 2)
    [batch] = mailbox(dovecot.imap_url("a"), SourceLimits(item_bytes=1024 * 1024)).look(frozenset(), NOW)
    [refused] = batch.refused
    assert refused.sender == "xa.a@duchue.example.vn"
    assert "3 MB" in refused.reason
    assert "1 MB" in refused.reason
    assert [a.content for a in batch.arrivals] == [MESSAGE % 2]
    assert refused.key != batch.arrivals[0].key


def test_a_message_that_is_deleted_while_we_look_harms_no_other(dovecot: Dovecot) -> None:
    paths = [dovecot.deliver("a", MESSAGE % number) for number in range(4)]
    batches = mailbox(dovecot.imap_url("a"), SourceLimits(batch=1)).look(frozenset(), NOW)
    first = next(batches)
    paths[2].unlink()
    contents = {a.content for batch in [first, *batches] for a in batch.arrivals}
    assert contents == {MESSAGE % n for n in (0, 1, 3)}


def test_a_mailbox_folder_with_a_vietnamese_name_is_found(dovecot: Dovecot) -> None:
    dovecot.add_user("a")
    from imapclient import IMAPClient

    with IMAPClient(dovecot.host, dovecot.port, ssl=False) as client:
        client.plain_login("a", PASSWORD)
        client.create_folder("Báo cáo ngày")
        client.append("Báo cáo ngày", MESSAGE % 1)
    [arrival] = look(mailbox(dovecot.imap_url("a", folder="Báo cáo ngày")))
    assert arrival.key.startswith("Báo cáo ngày/")


# --- the mark


def test_what_was_taken_is_marked_afterwards_and_marking_again_changes_nothing(dovecot: Dovecot) -> None:
    from imapclient import IMAPClient

    for number in range(3):
        dovecot.deliver("a", MESSAGE % number)
    source = mailbox(dovecot.imap_url("a"))
    keys = [a.key for a in look(source)]
    for _ in range(2):
        source.acknowledge([*keys[:2], "INBOX/1/3"])  # the last is a key of an earlier UIDVALIDITY
    with IMAPClient(dovecot.host, dovecot.port, ssl=False) as client:
        client.plain_login("a", PASSWORD)
        client.select_folder("INBOX", readonly=True)
        flags = client.get_flags([1, 2, 3])
    assert [imap.TAKEN in flags[uid] for uid in (1, 2, 3)] == [True, True, False]
    assert rb"\Seen" not in flags[1], "people still see what they have not read"


@pytest.mark.parametrize(
    ("selected", "expected"),
    [
        ({b"READ-WRITE": True, b"PERMANENTFLAGS": (rb"\Seen", rb"\*")}, imap.TAKEN),
        ({b"READ-WRITE": True, b"PERMANENTFLAGS": (rb"\Seen", b"$tonghoptaken")}, imap.TAKEN),
        ({b"READ-WRITE": True, b"PERMANENTFLAGS": (rb"\Seen", rb"\Deleted")}, rb"\Seen"),
        ({b"READ-WRITE": True, b"PERMANENTFLAGS": ()}, None),
        ({b"PERMANENTFLAGS": (rb"\Seen", rb"\*")}, None),
    ],
)
def test_the_mark_is_a_keyword_else_seen_else_none(
    selected: dict[bytes, object], expected: bytes | None
) -> None:
    assert imap._mark(selected) == expected


# --- crashes


def test_twenty_crashes_between_batches_lose_and_double_nothing(dovecot: Dovecot) -> None:
    for number in range(300):
        dovecot.deliver("a", MESSAGE % number)
    source = mailbox(dovecot.imap_url("a"), SourceLimits(batch=10))
    ledger: dict[str, bytes] = {}
    for crash in range(20):
        for turn, batch in enumerate(source.look(ledger.keys(), NOW)):
            if turn == crash % 3:
                break  # the process dies before this batch is recorded
            for arrival in batch.arrivals:
                assert arrival.key not in ledger
                ledger[arrival.key] = arrival.content
            if crash % 2:
                source.acknowledge([arrival.key for arrival in batch.arrivals])
    for batch in source.look(ledger.keys(), NOW):
        ledger.update({arrival.key: arrival.content for arrival in batch.arrivals})
    assert len(ledger) == 300
    assert set(ledger.values()) == {MESSAGE % n for n in range(300)}


# --- could not look


def test_a_wrong_password_is_told_with_what_to_do_and_is_shown_nowhere(
    dovecot: Dovecot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(SourceUnreachable) as caught:
        look(mailbox(dovecot.imap_url("a", password="sai-mật-khẩu-99")))
    assert "từ chối đăng nhập" in caught.value.reason
    assert "mật khẩu" in caught.value.advice
    for text in (str(caught.value), caplog.text, repr(caught.value.__dict__)):
        assert "99" not in text.replace(str(dovecot.port), "")
        assert "c2FpLW3" not in text, "nor in base64"


def test_neither_password_nor_letters_reach_the_log(
    dovecot: Dovecot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    dovecot.deliver("a", MESSAGE % 4711)
    assert len(look(mailbox(dovecot.imap_url("a")))) == 1
    assert "4711" not in caplog.text
    assert PASSWORD not in caplog.text


def test_a_server_that_is_down_is_unreachable_and_messages_come_when_it_is_back(dovecot: Dovecot) -> None:
    dovecot.deliver("a", MESSAGE % 1)
    source = mailbox(dovecot.imap_url("a"))
    dovecot.stop()
    with pytest.raises(SourceUnreachable, match="không trả lời"):
        look(source)
    with pytest.raises(SourceUnreachable):
        source.acknowledge(["INBOX/1/1"])
    dovecot.start()
    assert len(look(source)) == 1
    assert "1 thư" in source.probe()


def test_a_server_that_dies_between_batches_leaves_those_before_standing(dovecot: Dovecot) -> None:
    for number in range(4):
        dovecot.deliver("a", MESSAGE % number)
    source = mailbox(dovecot.imap_url("a"), SourceLimits(batch=2))
    batches = source.look(frozenset(), NOW)
    known = {a.key for a in next(batches).arrivals}
    dovecot.stop()
    with pytest.raises(SourceUnreachable, match=r"ngắt giữa chừng|không trả lời"):
        next(batches)
    dovecot.start()
    assert [a.content for a in look(source, known)] == [MESSAGE % 2, MESSAGE % 3]


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_server_that_never_speaks_is_given_up(silent_port: int) -> None:
    limits = SourceLimits(connect=0.3, read=0.3)
    with pytest.raises(SourceUnreachable, match="không trả lời"):
        look(mailbox(f"imap://a:b@127.0.0.1:{silent_port}/INBOX", limits))


def test_a_server_that_hangs_up_at_once_is_unreachable() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()

        def hang_up() -> None:
            server.accept()[0].close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        with pytest.raises(SourceUnreachable):
            look(mailbox(f"imap://a:b@127.0.0.1:{server.getsockname()[1]}/INBOX"))
        thread.join()


def test_an_unknown_host_is_told_by_name() -> None:
    with pytest.raises(SourceUnreachable, match=r"không tìm thấy máy chủ mail\.invalid"):
        look(mailbox("imaps://a:b@mail.invalid/INBOX"))


def test_a_mailbox_folder_that_is_not_there_is_told(dovecot: Dovecot) -> None:
    with pytest.raises(SourceUnreachable, match="không mở được thư mục thư Khác"):
        look(mailbox(dovecot.imap_url("a", folder="Khác")))


# --- TLS


def test_over_tls_a_certificate_of_ones_own_authority_is_verified_by_cafile(dovecot_tls: Dovecot) -> None:
    dovecot_tls.deliver("a", MESSAGE % 1)
    cafile = str(dovecot_tls.base.parent / "certificate.pem")
    assert len(look(mailbox(dovecot_tls.imaps_url("a", cafile=cafile)))) == 1
    starttls = (
        f"{dovecot_tls.imap_url('a').replace('127.0.0.1', 'localhost')}?starttls=required&cafile={cafile}"
    )
    assert len(look(mailbox(starttls))) == 1


def test_a_certificate_nobody_vouches_for_stops_us_before_the_password(
    dovecot_tls: Dovecot, tmp_path: Path
) -> None:
    foreign = str(certificate_of(tmp_path)[0])
    own = str(dovecot_tls.base.parent / "certificate.pem")
    for url in (
        dovecot_tls.imaps_url("a"),
        dovecot_tls.imaps_url("a", cafile=foreign),
        dovecot_tls.imaps_url("a", host="127.0.0.1", cafile=own),
        dovecot_tls.imap_url("a").replace("127.0.0.1", "localhost") + "?starttls=required",
    ):
        with pytest.raises(SourceUnreachable, match="trước khi gửi mật khẩu"):
            look(mailbox(url))


def test_a_server_without_starttls_gets_no_password_where_it_is_required(dovecot: Dovecot) -> None:
    with pytest.raises(SourceUnreachable) as caught:
        look(mailbox(dovecot.imap_url("a") + "?starttls=required"))
    assert "STARTTLS" in caught.value.reason


@pytest.mark.parametrize(
    "url",
    [
        "imap://a:b@mail.example.vn/INBOX",
        "imaps://mail.example.vn/INBOX",
        "imaps://a:b@mail.example.vn/INBOX?tls=no",
        "imaps://a:b@mail.example.vn/INBOX?cafile=/nowhere.pem",
        "imaps://a:b@mail.example.vn:x/INBOX",
    ],
)
def test_a_mailbox_url_that_is_wrong_or_careless_is_a_configuration_error(url: str) -> None:
    with pytest.raises(ConfigurationError):
        mailbox(url)


# --- who it says it is from


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("a@b.vn", "a@b.vn"),
        ("Xã A <A@B.vn>", "a@b.vn"),
        ('"Phòng VH, TT (mới)" <a@b.vn>', "a@b.vn"),
        ("Phòng VH, TT <a@b.vn>", "a@b.vn"),
        ("a@b.vn (Xã A)", "a@b.vn"),
        ("a@b.vn <a@b.vn>", "a@b.vn"),
        ("=?utf-8?b?WMOjIEE=?=\r\n <a@b.vn>", "a@b.vn"),
        ("a@b.vn, c@d.vn", None),
        ("a@b.vn, <c@d.vn>", None),
        ("<a@b.vn> <c@d.vn>", None),
        ("<a@b.vn>@evil.vn", None),
        ("a@b.vn)c@evil.vn", None),
        ('"a@b.vn <c@d.vn>', None),
        ("a@b@c.vn", None),
        ("a@b.vn\0", None),
        ("Xã A", None),
        ("", None),
        ("<" * 1500 + "a@b.vn" + ">" * 100, None),
        ("(" * 1900 + "a@b.vn", None),
    ],
)
def test_the_sender_is_the_one_address_or_nobody(field: str, expected: str | None) -> None:
    assert single_address(field) == expected


def test_a_message_with_two_from_fields_or_none_has_no_sender() -> None:
    assert sender_of(b"From: a@b.vn\r\nFrom: c@d.vn\r\n\r\n") is None
    assert sender_of(b"Subject: x\r\n\r\nFrom: a@b.vn\r\n") is None
    assert sender_of(b"") is None
    assert sender_of(b"\xff\xfe\x00" * 100_000) is None


def test_a_head_of_megabytes_is_read_no_further_than_its_first_piece() -> None:
    flood = b"Subject: " + b"=?utf-8?q?=41?= " * 200_000 + b"\r\n"
    assert sender_of(b"From: a@b.vn\r\n" + flood + b"\r\n") == "a@b.vn"
    assert sender_of(flood + b"From: a@b.vn\r\n\r\n") is None
