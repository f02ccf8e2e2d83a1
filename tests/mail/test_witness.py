from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.mail.samples import AT, CAMPAIGN, CC, DAY, DEADLINE, TO, WITNESS, a_report
from tests.services.dovecot_server import Dovecot
from tests.services.smtp_server import Drop, Reply, SmtpServer
from tonghop.domain.deliveries import Delivery, DeliveryState, Recipient, RecipientKind
from tonghop.errors import ConfigurationError, MailRefused
from tonghop.mail.claimant import this_claimant
from tonghop.mail.outbox import deliver
from tonghop.mail.probe import check_witness
from tonghop.mail.relays import parse_relays
from tonghop.mail.witness import look_up, parse_witness
from tonghop.store import Store

ACCEPTED, DEFERRED, UNKNOWN = DeliveryState.ACCEPTED, DeliveryState.DEFERRED, DeliveryState.UNKNOWN
MESSAGE = a_report(recipients=(TO, CC, WITNESS))


def url_of(dovecot: Dovecot) -> str:
    return f"{dovecot.imap_url('witness')}?address={WITNESS.address}&timeout=5"


def go(store: Store, server: SmtpServer, witness_url: str) -> tuple[Delivery, ...]:
    witness = parse_witness(witness_url)
    return deliver(
        store.outbox, CAMPAIGN, parse_relays(server.url), witness, this_claimant(), lambda: AT, DEADLINE
    )


def bring_copies(server: SmtpServer, dovecot: Dovecot, at: datetime = AT) -> None:
    for received in server.received:
        if WITNESS.address in received.recipients:
            dovecot.deliver("witness", b"Received: from us\r\n" + received.content, at.timestamp())


def states(store: Store) -> list[DeliveryState]:
    return [one.state for one in store.outbox.deliveries(CAMPAIGN, DAY)]


def test_the_witness_proves_what_arrived_though_the_reply_was_lost(
    store: Store, smtp_server: SmtpServer, dovecot: Dovecot
) -> None:
    store.outbox.put(CAMPAIGN, DAY, MESSAGE, AT)
    smtp_server.on("end", Drop(kept=True), times=1)
    go(store, smtp_server, url_of(dovecot))
    assert states(store) == [UNKNOWN] * 3  # it may take a while from the relay to the witness
    arrived = AT + timedelta(seconds=3)
    bring_copies(smtp_server, dovecot, arrived)
    done = go(store, smtp_server, url_of(dovecot))
    assert states(store) == [ACCEPTED] * 3
    assert {(one.accepted_at, one.reply.partition(":")[0]) for one in done} == {(arrived, "witness")}
    assert [one.accepted_at for one in store.outbox.deliveries(CAMPAIGN, DAY)] == [arrived] * 3
    assert len(smtp_server.received) == 1


def test_what_the_witness_does_not_have_is_left_to_a_person_and_never_sent_again(
    store: Store, smtp_server: SmtpServer, dovecot: Dovecot
) -> None:
    store.outbox.put(CAMPAIGN, DAY, MESSAGE, AT)
    smtp_server.on("end", Drop(), times=1)
    for _ in range(3):
        go(store, smtp_server, url_of(dovecot))
    assert states(store) == [UNKNOWN] * 3
    assert smtp_server.received == []
    assert smtp_server.commands.count("data") == 1


def test_a_copy_of_an_earlier_handing_over_proves_nothing_of_a_later_one(
    store: Store, smtp_server: SmtpServer, dovecot: Dovecot
) -> None:
    store.outbox.put(CAMPAIGN, DAY, MESSAGE, AT)
    smtp_server.on("rcpt", Reply("451 4.7.1 greylisted"), times=1, argument=TO.address)
    go(store, smtp_server, url_of(dovecot))
    bring_copies(smtp_server, dovecot)
    smtp_server.on("end", Drop(), times=1)
    for _ in range(2):
        go(store, smtp_server, url_of(dovecot))
    assert states(store) == [UNKNOWN, ACCEPTED, ACCEPTED]


def test_a_witness_that_was_put_off_proves_nothing_of_the_handing_over_without_it(
    store: Store, smtp_server: SmtpServer, dovecot: Dovecot
) -> None:
    store.outbox.put(CAMPAIGN, DAY, MESSAGE, AT)
    smtp_server.on("rcpt", Reply("451 4.7.1 greylisted"), times=1, argument=WITNESS.address)
    smtp_server.on("end", Drop(), times=1)
    go(store, smtp_server, url_of(dovecot))
    assert states(store) == [UNKNOWN, UNKNOWN, DEFERRED]
    go(store, smtp_server, url_of(dovecot))
    bring_copies(smtp_server, dovecot)
    go(store, smtp_server, url_of(dovecot))
    assert states(store) == [UNKNOWN, UNKNOWN, ACCEPTED]


def test_a_witness_that_cannot_be_asked_is_said_and_the_rest_is_sent(
    store: Store, smtp_server: SmtpServer, dovecot: Dovecot, caplog: pytest.LogCaptureFixture
) -> None:
    store.outbox.put(CAMPAIGN, DAY, MESSAGE, AT)
    smtp_server.on("end", Drop(kept=True), times=1)
    go(store, smtp_server, url_of(dovecot))
    other = a_report(2, recipients=(TO, Recipient("x@y.vn", RecipientKind.CC)))
    store.outbox.put(CAMPAIGN, DAY, other, AT)
    url = url_of(dovecot)
    dovecot.stop()
    with caplog.at_level(logging.WARNING):
        done = go(store, smtp_server, url)
    assert "witness mailbox" in caplog.text
    doubtful = [one for one in done if one.state is UNKNOWN]
    assert len(doubtful) == 3
    assert all("cannot be settled" in one.reply for one in doubtful)
    assert states(store) == [UNKNOWN] * 3 + [ACCEPTED] * 2


def test_only_the_very_message_id_counts(dovecot: Dovecot) -> None:
    witness = parse_witness(url_of(dovecot))
    assert witness is not None
    wanted = "<abc@duchue.example.vn>"
    for header in (
        f"Message-ID: <1@x.vn>\r\nIn-Reply-To: {wanted}",
        f"Message-ID: <2@x.vn> {wanted}",
        f"Message-ID: x{wanted}",
        "Message-ID: <ABC@duchue.example.vn>",
        f"X-Message-ID: {wanted}",
        "Subject: none",
    ):
        dovecot.deliver("witness", f"{header}\r\n\r\n{wanted}\r\n".encode())
    assert look_up(witness, [wanted]) == {}
    first = datetime(2020, 8, 18, 7, 41, tzinfo=UTC)
    for later in (5, 0, 9):
        moment = first + timedelta(minutes=later)
        dovecot.deliver("witness", f"Message-ID:\r\n {wanted}\r\n\r\nx\r\n".encode(), moment.timestamp())
    assert look_up(witness, [wanted, '<"quoted"@x.vn>', "<none@x.vn>"]) == {wanted: first}


def test_looking_up_leaves_the_mailbox_as_it_was(dovecot: Dovecot) -> None:
    witness = parse_witness(url_of(dovecot))
    assert witness is not None
    path = dovecot.deliver("witness", b"Message-ID: <a@x.vn>\r\n\r\nx\r\n")
    assert "<a@x.vn>" in look_up(witness, ["<a@x.vn>"])
    (kept,) = [each for folder in ("new", "cur") for each in (path.parents[1] / folder).iterdir()]
    assert "S" not in kept.name.partition(":2,")[2]


def test_the_probe_of_the_witness_says_what_failed_and_what_to_do(dovecot: Dovecot) -> None:
    check_witness("")
    check_witness(url_of(dovecot))
    with pytest.raises(MailRefused, match="TONGHOP_WITNESS_URL"):
        check_witness(dovecot.imap_url("witness", password="sEcrEt"))
    with pytest.raises(MailRefused, match="Missing"):
        check_witness(dovecot.imap_url("witness", folder="Missing"))
    with pytest.raises(ConfigurationError):
        check_witness("pop3://u:p@host")
    url = url_of(dovecot)
    dovecot.stop()
    with pytest.raises(MailRefused, match="not sent again"):
        check_witness(url)


def test_over_tls_only_a_certificate_that_is_vouched_for_is_trusted(
    service_folder: Path, smtp_certificate: tuple[Path, Path]
) -> None:
    copies = [Path(shutil.copy(path, service_folder)) for path in smtp_certificate]
    server = Dovecot(service_folder / "dovecot", (copies[0], copies[1]))
    server.start()
    try:
        check_witness(server.imaps_url("witness", cafile=str(smtp_certificate[0])))
        for url in (
            server.imaps_url("witness"),
            server.imaps_url("witness", host="127.0.0.1", cafile=str(smtp_certificate[0])),
        ):
            with pytest.raises(MailRefused, match="certificate"):
                check_witness(url)
    finally:
        server.stop()


def test_a_server_that_says_nothing_is_given_up(smtp_servers: Callable[..., SmtpServer]) -> None:
    silent = smtp_servers()  # it greets as SMTP does, which no mailbox does
    with pytest.raises(MailRefused):
        check_witness(f"imap://u:p@127.0.0.1:{silent.port}/INBOX?timeout=1")
