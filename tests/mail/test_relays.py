from __future__ import annotations

import pytest

from tonghop.errors import ConfigurationError
from tonghop.mail.relays import Relay, Security, parse_relays
from tonghop.mail.witness import parse_witness


def test_each_form_of_the_contract_is_read() -> None:
    relays = parse_relays(
        "smtp://u%40x.vn:p%2F%3A%2C%20w@mail.example.vn:587?starttls=required "
        "smtps://a:b@secure.example.vn, smtp://10.0.0.1:25?timeout=3&patience=7&ehlo=duchue.example.vn\n"
        "smtp://[::1]:2525"
    )
    assert relays == (
        Relay("mail.example.vn", 587, Security.STARTTLS, "u@x.vn", "p/:, w"),
        Relay("secure.example.vn", 465, Security.TLS, "a", "b"),
        Relay("10.0.0.1", 25, Security.NONE, timeout=3, patience=7, ehlo="duchue.example.vn"),
        Relay("::1", 2525, Security.NONE),
    )
    assert parse_relays(" ") == ()


@pytest.mark.parametrize(
    ("url", "security", "port"),
    [
        ("smtp://u:p@mail.example.vn", Security.STARTTLS, 587),
        ("smtp://u:p@mail.example.vn?starttls=never", Security.NONE, 587),
        ("smtp://u:p@127.0.0.1:1025", Security.NONE, 1025),
        ("smtp://mail.example.vn", Security.NONE, 25),
        ("smtp://mail.example.vn?starttls=required", Security.STARTTLS, 25),
    ],
)
def test_a_password_leaves_the_machine_only_protected_unless_it_is_said_otherwise(
    url: str, security: Security, port: int
) -> None:
    (relay,) = parse_relays(url)
    assert (relay.security, relay.port) == (security, port)


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("smtp://u:sEcrEt/x@host:587", "host or port"),
        ("smtp://u:sEcrEt@host:sEcrEt", "host or port"),
        ("smtp://u:sEcrEt#@host", "host or port|no host|'#'"),
        ("smtp://u:sEcrEt@", "no host"),
        ("smtp://u:sEcrEt@ho st", "scheme"),
        ("http://u:sEcrEt@host", "scheme"),
        ("u:sEcrEt@host:25", "scheme"),
        ("smtp://u:sEcrEt@host?starttls=perhaps", "required or never"),
        ("smtps://u:sEcrEt@host?starttls=required", "first byte"),
        ("smtp://u:sEcrEt@host?sEcrEt=1", "unknown option"),
        ("smtp://u:sEcrEt@host?timeout=soon", "seconds"),
        ("smtp://u:sEcrEt@host?timeout=nan", "seconds"),
        ("smtp://u:sEcrEt@host?timeout=1&timeout=2", "twice"),
        ("smtp://u:sEcrEt@host?cafile=/not/there.pem", "cafile"),
        ("smtp://u:sEcrEt%C4%90@host", "ASCII"),
        ("smtp://u@host", "both"),
        ("smtp://:sEcrEt@host", "both"),
        ("smtp://good.example.vn smtp://u:sEcrEt@host:99999", r"relay 2.*host or port"),
        ("smtp://u:sEcrEt[@host", "host or port|no host"),
    ],
)
def test_a_wrong_url_is_named_without_its_password(url: str, fault: str) -> None:
    with pytest.raises(ConfigurationError, match=fault) as raised:
        parse_relays(url)
    assert "sEcrEt" not in str(raised.value)
    assert raised.value.__suppress_context__ or raised.value.__context__ is None
    assert "TONGHOP_SMTP_URL" in str(raised.value)


def test_a_password_is_in_no_text_of_a_relay_or_witness() -> None:
    (relay,) = parse_relays("smtp://user:sEcrEt@host")
    witness = parse_witness("imaps://user:sEcrEt@host/INBOX")
    assert "sEcrEt" not in f"{relay!r}{relay}{witness!r}{witness}"


@pytest.mark.parametrize(
    ("url", "address", "port", "folder"),
    [
        ("imaps://w%40duchue.example.vn:p@mail.example.vn/INBOX", "w@duchue.example.vn", 993, "INBOX"),
        ("imap://w:p@mail.example.vn:1143/Sent%20Copies", "w@mail.example.vn", 1143, "Sent Copies"),
        ("imaps://w:p@10.0.0.1?address=w@duchue.example.vn", "w@duchue.example.vn", 993, "INBOX"),
    ],
)
def test_the_witness_has_a_mailbox_and_an_address(url: str, address: str, port: int, folder: str) -> None:
    witness = parse_witness(url)
    assert witness is not None
    assert (witness.address, witness.port, witness.folder) == (address, port, folder)


@pytest.mark.parametrize("url", ["imaps://host/INBOX", "pop3://u:sEcrEt@host", "imap://u:sEcrEt@host:x"])
def test_a_wrong_witness_url_is_named_without_its_password(url: str) -> None:
    with pytest.raises(ConfigurationError, match="TONGHOP_WITNESS_URL") as raised:
        parse_witness(url)
    assert "sEcrEt" not in str(raised.value)
    assert parse_witness("") is None
