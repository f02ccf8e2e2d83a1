"""The trial at install: does each relay deliver, and keep the Message-ID?"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.services.dovecot_server import Dovecot
from tests.services.smtp_server import Received, Reply, SmtpServer
from tonghop.errors import MailRefused
from tonghop.mail import trial
from tonghop.mail.relays import parse_relays
from tonghop.mail.trial import try_relay
from tonghop.mail.witness import Witness, parse_witness

SENDER = ("Phòng VHTT", "baocao@tanchau.example.vn")
OPERATOR = "truc@tanchau.example.vn"


@pytest.fixture
def witness(dovecot: Dovecot) -> Witness:
    found = parse_witness(f"{dovecot.imap_url('lamchung')}?address=lamchung@tanchau.example.vn")
    assert found is not None
    return found


def deliver_copies(server: SmtpServer, dovecot: Dovecot, change: Callable[[bytes], bytes]) -> None:
    kept = server.keep

    def keep(received: Received) -> None:
        kept(received)
        dovecot.deliver("lamchung", change(received.content))

    server.keep = keep  # the relay's own delivery of the blind copy


def tried(server: SmtpServer, witness: Witness | None) -> trial.Trial:
    (relay,) = parse_relays(server.url)
    return try_relay(relay, witness, SENDER, OPERATOR, lambda: datetime.now(UTC), time.sleep)


def test_a_relay_that_keeps_the_message_id_passes(
    smtp_server: SmtpServer, dovecot: Dovecot, witness: Witness
) -> None:
    deliver_copies(smtp_server, dovecot, lambda content: content)
    found = tried(smtp_server, witness)
    assert found.arrived is not None
    assert smtp_server.received[0].recipients == (OPERATOR, "lamchung@tanchau.example.vn")
    assert b"text/plain" in smtp_server.received[0].content
    assert b"text/html" not in smtp_server.received[0].content


def test_a_relay_that_replaces_the_message_id_is_told(
    smtp_server: SmtpServer, dovecot: Dovecot, witness: Witness
) -> None:
    deliver_copies(
        smtp_server, dovecot, lambda content: content.replace(b"Message-ID: <", b"Message-ID: <relay-")
    )
    with pytest.raises(MailRefused, match=r"Message-ID.*relay-"):
        tried(smtp_server, witness)


def test_a_relay_that_loses_the_message_is_told(
    smtp_server: SmtpServer, witness: Witness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "ARRIVES_WITHIN", trial.ARRIVES_WITHIN * 0)
    with pytest.raises(MailRefused, match="hộp thư đối chứng"):
        tried(smtp_server, witness)


def test_a_relay_that_refuses_is_told_with_its_words(smtp_server: SmtpServer) -> None:
    smtp_server.on("rcpt", Reply("550 5.7.1 relaying denied"))
    with pytest.raises(MailRefused, match="relaying denied"):
        tried(smtp_server, None)


def test_without_a_witness_the_message_id_is_named_for_a_person_to_compare(smtp_server: SmtpServer) -> None:
    found = tried(smtp_server, None)
    assert found.arrived is None
    assert found.message_id.encode() in smtp_server.received[0].content
