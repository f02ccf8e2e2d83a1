"""Sign messages with DKIM, before they are stored: what the outbox keeps is what goes out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

import dkim  # type: ignore[import-untyped] # the library ships no types

from tonghop.domain.deliveries import OutgoingMessage
from tonghop.errors import ConfigurationError
from tonghop.mail.replies import one_line
from tonghop.settings import Settings

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252}[A-Za-z0-9])?")
# What a relay may rightly add or fold (Received, Return-Path) is not signed; what a reader sees is.
_SIGNED = (
    *("from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references"),
    *("mime-version", "content-type"),
)


@dataclass(frozen=True, slots=True)
class Signer:
    """A domain's private key. ``key``: PEM; ``domain`` empty: that of each message's sender."""

    selector: str
    domain: str
    key: bytes = field(repr=False)

    def signed(self, message: OutgoingMessage) -> OutgoingMessage:
        """Return the message with a DKIM-Signature (RFC 6376) before its other headers.

        Raises ``ConfigurationError`` for a key that cannot sign.
        """
        domain = self.domain or message.sender.rpartition("@")[2]
        present = {name.lower() for name in _header_names(message.content)}
        try:
            signature = dkim.sign(
                message.content,
                self.selector.encode("ascii"),
                domain.lower().encode("ascii"),
                self.key,
                canonicalize=(b"relaxed", b"relaxed"),
                include_headers=[name.encode("ascii") for name in _SIGNED if name in present],
            )
        except (dkim.DKIMException, ValueError, TypeError) as error:
            reason = one_line(str(error)) or type(error).__name__
            raise ConfigurationError(
                f"TONGHOP_DKIM_KEY: the key cannot sign ({reason}); the message goes out unsigned; name a "
                "file with an RSA private key in PEM"
            ) from error
        return replace(message, content=_lines(signature) + message.content)


def signer_of(settings: Settings) -> Signer | None:
    """Return the signer of the settings; None where none is set. Raises ``ConfigurationError`` for a wrong one."""
    if not settings.dkim_key:
        return None
    for name, value in (("SELECTOR", settings.dkim_selector), ("DOMAIN", settings.dkim_domain or "x")):
        if not _NAME.fullmatch(value):
            raise ConfigurationError(
                f"TONGHOP_DKIM_{name}: {value!r} is no name in the DNS; messages go out unsigned; mend it"
            )
    try:
        key = Path(settings.dkim_key).read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"TONGHOP_DKIM_KEY {settings.dkim_key}: {error.strerror}; messages go out unsigned; grant the "
            "right to read the file, or name another"
        ) from error
    return Signer(settings.dkim_selector, settings.dkim_domain, key)


def sign_if_possible(message: OutgoingMessage, settings: Settings) -> tuple[OutgoingMessage, str]:
    """Return the message signed where a key is set, and what is wrong with the key: a report goes out all the same."""
    try:
        signer = signer_of(settings)
        return (signer.signed(message) if signer else message), ""
    except ConfigurationError as error:
        return message, str(error)


def _header_names(content: bytes) -> set[str]:
    head = content.partition(b"\r\n\r\n")[0]
    return {
        line.partition(b":")[0].decode("ascii", "replace")
        for line in head.split(b"\r\n")
        if line[:1] not in (b" ", b"\t")
    }


def _lines(signature: bytes) -> bytes:
    return signature.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
