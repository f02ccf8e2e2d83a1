from __future__ import annotations

import socket
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tests.mail.samples import CC, SENDER, TO, WITNESS, a_report, deliveries_of
from tonghop.domain.deliveries import DeliveryState
from tonghop.mail.embedded import embedded_server
from tonghop.mail.probe import check_smtp
from tonghop.mail.relays import parse_relays
from tonghop.mail.transport import send


def test_each_message_becomes_one_file_with_its_envelope_and_its_bytes(tmp_path: Path) -> None:
    message = a_report(recipients=(TO, CC, WITNESS))
    with embedded_server(tmp_path / "mails") as server:
        (relay,) = parse_relays(server.url)
        check_smtp(relay)
        for _ in range(2):
            attempts = send(message, deliveries_of(message), relay, lambda *_: None)
            assert {attempt.state for attempt in attempts} == {DeliveryState.ACCEPTED}
        first, second = server.messages()
    read = message_from_bytes(first.read_bytes(), policy=default)
    assert read["X-Envelope-From"] == SENDER
    assert read["X-Envelope-To"] == f"{TO.address}, {CC.address}, {WITNESS.address}"
    assert first.read_bytes().endswith(message.content)
    assert second.read_bytes() == first.read_bytes()
    assert [path.suffix for path in (tmp_path / "mails").iterdir()] == [".eml", ".eml"]


def test_a_second_demo_adds_to_the_same_folder(tmp_path: Path) -> None:
    message = a_report()
    for count in (1, 2):
        with embedded_server(tmp_path) as server:
            send(message, deliveries_of(message), parse_relays(server.url)[0], lambda *_: None)
            assert len(server.messages()) == count


def test_it_listens_on_the_loopback_address_only_and_stops(tmp_path: Path) -> None:
    with embedded_server(tmp_path) as server:
        (relay,) = parse_relays(server.url)
        assert relay.host == "127.0.0.1"
        own = _own_address()
        if own:
            with pytest.raises(OSError):
                socket.create_connection((own, relay.port), timeout=1)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((relay.host, relay.port), timeout=1)


def test_a_message_that_cannot_be_kept_is_not_accepted(tmp_path: Path) -> None:
    message = a_report()
    folder = tmp_path / "mails"
    with embedded_server(folder) as server:
        folder.rmdir()  # the disk is gone
        attempts = send(message, deliveries_of(message), parse_relays(server.url)[0], lambda *_: None)
    assert {attempt.state for attempt in attempts} == {DeliveryState.DEFERRED}


def _own_address() -> str:
    """Return this machine's address in a network, or nothing where it has none. No packet is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])
