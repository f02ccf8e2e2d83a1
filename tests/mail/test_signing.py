"""DKIM: what is stored is signed, verifies with the published key, and a broken key stops nothing."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.mail.samples import a_report, deliveries_of
from tests.services.smtp_server import SmtpServer
from tonghop.domain.deliveries import DeliveryState
from tonghop.errors import ConfigurationError
from tonghop.mail.relays import parse_relays
from tonghop.mail.signing import sign_if_possible, signer_of
from tonghop.mail.transport import send
from tonghop.settings import Settings

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    path = tmp_path / "dkim.pem"
    path.write_bytes(
        KEY.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
    )
    return Settings(dkim_selector="baocao", dkim_key=str(path))


def published(name: bytes, timeout: int = 5) -> bytes:
    """The DNS's answer for the selector."""
    assert name == b"baocao._domainkey.duchue.example.vn."
    public = KEY.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)


def test_a_signed_report_verifies_as_it_comes_out_of_the_relay(
    settings: Settings, smtp_server: SmtpServer
) -> None:
    message, fault = sign_if_possible(a_report(), settings)
    assert not fault
    (relay,) = parse_relays(smtp_server.url)
    done = send(message, deliveries_of(message), relay, lambda *_: None)
    assert {one.state for one in done} == {DeliveryState.ACCEPTED}
    assert dkim.verify(smtp_server.received[0].content, dnsfunc=published)


def test_a_changed_figure_breaks_the_signature(settings: Settings) -> None:
    message, _ = sign_if_possible(a_report(), settings)
    assert dkim.verify(message.content, dnsfunc=published)
    changed = message.content.replace(b"Message-ID: <", b"Message-ID: <x")
    assert not dkim.verify(changed, dnsfunc=published)


def test_without_a_key_nothing_is_signed(settings: Settings) -> None:
    assert sign_if_possible(a_report(), Settings()) == (a_report(), "")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda s: s.model_copy(update={"dkim_key": "/not/there.pem"}), "unsigned"),
        (lambda s: s.model_copy(update={"dkim_selector": ""}), "DKIM_SELECTOR"),
        (lambda s: Path(s.dkim_key).write_text("no key") and s, "cannot sign"),
    ],
)
def test_a_key_that_cannot_sign_is_told_and_the_message_goes_unsigned(
    settings: Settings, spoil: Callable[[Settings], Settings], said: str
) -> None:
    spoiled = spoil(settings)
    message, fault = sign_if_possible(a_report(), spoiled)
    assert message == a_report()
    assert said in fault
    with pytest.raises(ConfigurationError, match="unsigned"):
        signer = signer_of(spoiled)
        assert signer is not None
        signer.signed(a_report())
