from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.mail.samples import CC, SENDER, TO, WITNESS, a_report, deliveries_of
from tests.services.smtp_server import Action, Drop, Reply, SmtpServer, Stall
from tonghop.domain.deliveries import Delivery, DeliveryState, OutgoingMessage
from tonghop.errors import MailRefused
from tonghop.mail.probe import check_smtp
from tonghop.mail.relays import parse_relays
from tonghop.mail.replies import Attempt, Stage
from tonghop.mail.transport import as_transmitted, conversation, send

Servers = Callable[..., SmtpServer]
ACCEPTED, DEFERRED = DeliveryState.ACCEPTED, DeliveryState.DEFERRED
FAILED, UNKNOWN = DeliveryState.FAILED, DeliveryState.UNKNOWN
REPORT = a_report(recipients=(TO, CC, WITNESS))


class Watch:
    """Writes down which deliveries entered which stage."""

    def __init__(self) -> None:
        self.stages: list[tuple[Stage, tuple[int, ...]]] = []

    def __call__(self, stage: Stage, deliveries: Sequence[Delivery]) -> None:
        self.stages.append((stage, tuple(one.id for one in deliveries)))

    def reached(self, stage: Stage) -> bool:
        return stage in [each for each, _ in self.stages]


def hand_to(
    server: SmtpServer, message: OutgoingMessage = REPORT, url: str = ""
) -> tuple[list[Attempt], Watch]:
    watch = Watch()
    (relay,) = parse_relays(url or server.url)
    attempts = send(message, deliveries_of(message), relay, watch)
    return sorted(attempts, key=lambda attempt: attempt.delivery), watch


def states(attempts: Sequence[Attempt]) -> list[DeliveryState]:
    return [attempt.state for attempt in attempts]


def test_one_transaction_brings_the_stored_bytes_to_every_recipient(smtp_server: SmtpServer) -> None:
    attempts, watch = hand_to(smtp_server)
    assert states(attempts) == [ACCEPTED] * 3
    assert all("250 2.0.0 taken" in attempt.reply for attempt in attempts)
    (received,) = smtp_server.received
    assert received.content == REPORT.content
    assert received.mail_from == SENDER
    assert received.recipients == (TO.address, CC.address, WITNESS.address)
    assert [stage for stage, _ in watch.stages] == [
        Stage.CONNECT, Stage.SENDER, Stage.RECIPIENT, Stage.RECIPIENT, Stage.RECIPIENT,
        Stage.DATA, Stage.BODY, Stage.END,
    ]  # fmt: skip


def test_lines_that_begin_with_a_dot_arrive_as_they_were() -> None:
    assert as_transmitted(b".\r\n..a\r\n.b") == b"..\r\n...a\r\n..b\r\n"
    assert as_transmitted(b"a\nb\rc\r\n") == b"a\r\nb\r\nc\r\n"


def test_a_message_that_could_end_the_transfer_early_arrives_whole(smtp_server: SmtpServer) -> None:
    content = b"Subject: x\r\n\r\n.\r\n..\r\n.\nMAIL FROM:<thief@example.com>\r\n.\r\n"
    tricky = OutgoingMessage("k", "report", "<k@x.vn>", SENDER, "x", (TO,), content)
    attempts, _ = hand_to(smtp_server, tricky)
    assert states(attempts) == [ACCEPTED]
    assert [received.content for received in smtp_server.received] == [
        content.replace(b".\nMAIL", b".\r\nMAIL")
    ]


# stage, what the server does there → state of all recipients, whether the message may have left
_DEFINITE: list[tuple[str, Action, DeliveryState]] = [
    ("connect", Reply("421 4.3.2 closing"), DEFERRED),
    ("connect", Reply("554 5.3.2 no service"), DEFERRED),
    ("connect", Reply("what is this"), DEFERRED),
    ("connect", Drop(), DEFERRED),
    ("connect", Stall(), DEFERRED),
    ("ehlo", Drop(), DEFERRED),
    ("ehlo", Stall(), DEFERRED),
    ("mail", Reply("421 4.3.2 closing"), DEFERRED),
    ("mail", Reply("451 4.3.0 later"), DEFERRED),
    ("mail", Reply("452 4.3.1 disk full"), DEFERRED),
    ("mail", Reply("530 5.7.0 authentication required"), DEFERRED),
    ("mail", Reply("550 5.7.1 sender refused"), DEFERRED),
    ("mail", Reply("552 5.3.4 too big"), FAILED),
    ("mail", Reply("354 what"), DEFERRED),
    ("mail", Drop(), DEFERRED),
    ("mail", Stall(), DEFERRED),
    ("rcpt", Reply("450 4.2.0 greylisted"), DEFERRED),
    ("rcpt", Reply("550 5.1.1 no such user"), FAILED),
    ("rcpt", Reply("554 5.7.1 relay access denied"), FAILED),
    ("rcpt", Drop(), DEFERRED),
    ("rcpt", Stall(), DEFERRED),
    ("data", Reply("421 4.3.2 closing"), DEFERRED),
    ("data", Reply("451 4.3.0 later"), DEFERRED),
    ("data", Reply("554 5.5.1 no valid recipients"), FAILED),
    ("data", Reply("250 ok"), DEFERRED),
    ("data", Drop(), DEFERRED),
    ("data", Stall(), DEFERRED),
    ("end", Reply("421 4.3.2 closing"), DEFERRED),
    ("end", Reply("451 4.7.0 later"), DEFERRED),
    ("end", Reply("452 4.3.1 disk full"), DEFERRED),
    ("end", Reply("552 5.2.2 mailbox full"), FAILED),
    ("end", Reply("554 5.6.0 refused"), FAILED),
    ("quit", Drop(), ACCEPTED),
]
_IN_DOUBT: list[tuple[str, Action]] = [
    ("body", Drop()),
    ("body", Stall()),
    ("end", Drop()),
    ("end", Drop(kept=True)),
    ("end", Stall()),
    ("end", Stall(kept=True)),
    ("end", Reply("what is this")),
    ("end", Reply("354 go on")),
]


@pytest.mark.parametrize(("stage", "action", "state"), _DEFINITE)
def test_every_reply_and_fault_outside_the_message_is_definite(
    smtp_server: SmtpServer, stage: str, action: Action, state: DeliveryState
) -> None:
    smtp_server.on(stage, action)
    attempts, watch = hand_to(smtp_server, url=smtp_server.url_with("timeout=0.3&patience=2"))
    assert states(attempts) == [state] * 3
    assert watch.reached(Stage.BODY) == (stage in ("end", "quit"))
    assert len(smtp_server.received) == (1 if state is ACCEPTED else 0)
    assert all(attempt.reply for attempt in attempts)


@pytest.mark.parametrize(("stage", "action"), _IN_DOUBT)
def test_a_fault_between_the_end_of_the_message_and_its_reply_leaves_it_unknown(
    smtp_server: SmtpServer, stage: str, action: Action
) -> None:
    smtp_server.on(stage, action)
    attempts, watch = hand_to(smtp_server, url=smtp_server.url_with("timeout=2&patience=0.3"))
    assert states(attempts) == [UNKNOWN] * 3
    assert not any(attempt.elsewhere for attempt in attempts)
    assert watch.reached(Stage.END)


def test_a_connection_that_breaks_before_the_mark_that_ends_the_message_is_definite(
    smtp_server: SmtpServer,
) -> None:
    big = OutgoingMessage(
        "k", "report", "<k@x.vn>", SENDER, "x", (TO,), b"Subject: x\r\n\r\n" + b"x" * 76 * 10**6
    )
    smtp_server.on("body", Drop())  # more than the buffers between us hold: the break is seen while sending
    attempts, watch = hand_to(smtp_server, big)
    assert states(attempts) == [DEFERRED]
    assert watch.reached(Stage.BODY)
    assert not watch.reached(Stage.END)


def test_some_recipients_refused_does_not_keep_the_others_from_it(smtp_server: SmtpServer) -> None:
    smtp_server.on("rcpt", Reply("550 5.1.1 no such user"), argument=TO.address)
    smtp_server.on("rcpt", Reply("451 4.7.1 greylisted"), argument=CC.address)
    attempts, watch = hand_to(smtp_server)
    assert states(attempts) == [FAILED, DEFERRED, ACCEPTED]
    assert (Stage.BODY, (3,)) in watch.stages
    assert [received.recipients for received in smtp_server.received] == [(WITNESS.address,)]


def test_what_the_watcher_raises_before_the_message_stops_it(smtp_server: SmtpServer) -> None:
    def no_longer_ours(stage: Stage, _: Sequence[Delivery]) -> None:
        if stage is Stage.BODY:
            raise LookupError

    (relay,) = parse_relays(smtp_server.url)
    with pytest.raises(LookupError):
        send(REPORT, deliveries_of(REPORT), relay, no_longer_ours)
    assert smtp_server.received == []


def test_a_server_that_is_not_there_defers_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    (relay,) = parse_relays(f"smtp://127.0.0.1:{port}")
    attempts = send(REPORT, deliveries_of(REPORT), relay, Watch())
    assert states(attempts) == [DEFERRED] * 3
    assert "is it running?" in attempts[0].reply
    (nowhere,) = parse_relays("smtp://mail.invalid")
    assert "name" in send(REPORT, deliveries_of(REPORT), nowhere, Watch())[0].reply


def test_starttls_and_login_protect_the_conversation(
    smtp_servers: Servers, smtp_certificate: tuple[Path, Path]
) -> None:
    server = smtp_servers(certificate=smtp_certificate, users={"bao cao": "p@ss:/ word"})
    attempts, _ = hand_to(server)
    assert states(attempts) == [ACCEPTED] * 3
    assert [(received.user, received.tls) for received in server.received] == [("bao cao", True)]


def test_tls_from_the_first_byte_works_too(
    smtp_servers: Servers, smtp_certificate: tuple[Path, Path]
) -> None:
    server = smtp_servers(certificate=smtp_certificate, implicit_tls=True, users={"u": "p"})
    attempts, _ = hand_to(server)
    assert states(attempts) == [ACCEPTED] * 3
    assert server.received[0].tls


@pytest.mark.parametrize("implicit", [False, True])
def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    smtp_servers: Servers, smtp_certificate: tuple[Path, Path], implicit: bool
) -> None:
    server = smtp_servers(certificate=smtp_certificate, implicit_tls=implicit, users={"u": "sEcrEt"})
    scheme, option = ("smtps", "") if implicit else ("smtp", "&starttls=required")
    url = f"{scheme}://u:sEcrEt@localhost:{server.port}?timeout=2{option}"
    attempts, _ = hand_to(server, url=url)
    assert states(attempts) == [DEFERRED] * 3
    assert "certificate cannot be trusted" in attempts[0].reply
    assert "auth" not in server.commands


def test_a_certificate_of_another_name_is_not_trusted(
    smtp_servers: Servers, smtp_certificate: tuple[Path, Path]
) -> None:
    server = smtp_servers(certificate=smtp_certificate, users={"u": "p"})
    attempts, _ = hand_to(server, url=server.url_with("starttls=required&timeout=2", host="127.0.0.1"))
    assert states(attempts) == [DEFERRED] * 3
    assert "certificate" in attempts[0].reply


def test_a_password_is_never_said_where_starttls_is_required_and_missing(smtp_servers: Servers) -> None:
    server = smtp_servers(users={"u": "sEcrEt"})
    attempts, _ = hand_to(server, url=server.url_with("starttls=required&timeout=2"))
    assert states(attempts) == [DEFERRED] * 3
    assert "STARTTLS is required" in attempts[0].reply
    assert "auth" not in server.commands


def test_a_wrong_password_defers_and_tells_a_person(smtp_servers: Servers) -> None:
    server = smtp_servers(users={"u": "right"})
    url = f"smtp://u:sEcrEt@127.0.0.1:{server.port}"
    attempts, _ = hand_to(server, url=url)
    assert states(attempts) == [DEFERRED] * 3
    assert "renew user and password" in attempts[0].reply
    assert "sEcrEt" not in attempts[0].reply


@pytest.mark.parametrize(
    ("stage", "action"), [("auth", Drop()), ("auth", Reply("454 4.7.0 later")), ("auth", Stall())]
)
def test_a_login_that_breaks_defers(smtp_servers: Servers, stage: str, action: Action) -> None:
    server = smtp_servers(users={"u": "p"})
    server.on(stage, action)
    attempts, _ = hand_to(server, url=server.url_with("timeout=0.3"))
    assert states(attempts) == [DEFERRED] * 3


def test_a_reply_from_outside_is_kept_as_one_short_plain_line(smtp_server: SmtpServer) -> None:
    smtp_server.on("rcpt", Reply("550-5.1.1 <script>\x1b[31m\x07\u202e\r\n550 " + "x" * 900))
    attempts, _ = hand_to(smtp_server)
    assert attempts[0].reply.isprintable()
    assert len(attempts[0].reply) < 400


def test_the_probe_logs_in_and_sends_nothing(
    smtp_servers: Servers, smtp_certificate: tuple[Path, Path]
) -> None:
    server = smtp_servers(certificate=smtp_certificate, users={"u": "p"})
    check_smtp(parse_relays(server.url)[0])
    assert server.commands[-2:] == ["noop", "quit"]
    assert not {"mail", "rcpt", "data"} & set(server.commands)


@pytest.mark.parametrize(
    ("stage", "action", "said"),
    [
        ("connect", Drop(), "no mail was handed over"),
        ("auth", Reply("535 5.7.8 no"), "renew user and password"),
        ("noop", Reply("421 4.3.2 closing"), "NOOP"),
        ("noop", Drop(), "NOOP"),
    ],
)
def test_the_probe_says_what_failed_and_what_to_do(
    smtp_servers: Servers, stage: str, action: Action, said: str
) -> None:
    server = smtp_servers(users={"u": "p"})
    server.on(stage, action)
    with pytest.raises(MailRefused, match=said):
        check_smtp(parse_relays(server.url)[0])


def test_the_end_of_a_message_does_not_wait_for_the_receipt_of_its_body(smtp_server: SmtpServer) -> None:
    (relay,) = parse_relays(smtp_server.url)
    with conversation(relay) as smtp:
        assert smtp.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
