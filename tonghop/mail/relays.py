"""SMTP_URL read into relays. An error names the fault and never shows a password."""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from tonghop.errors import ConfigurationError

_EXAMPLE = "smtp://user:password@host:587?starttls=required, smtps://user:password@host or smtp://host:25"
_OPTIONS = ("starttls", "cafile", "timeout", "patience", "ehlo")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]+")


class Security(StrEnum):
    """How the connection to a relay is protected."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Relay:
    """A mail server that takes our messages. ``timeout``: seconds for connecting and for each reply.

    ``patience``: seconds for the message itself and the reply to it. It is longer, because relays look for
    viruses before they answer, and giving up then leaves it unknown whether the message arrived.

    ``user`` empty: the relay knows us by our address. ``cafile``: a private authority's certificates, in
    place of the machine's own. ``ehlo``: the name we give, empty: the machine's.
    """

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)
    cafile: str = ""
    timeout: float = 30.0
    patience: float = 120.0
    ehlo: str = ""

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    def tls_context(self) -> ssl.SSLContext:
        """Return a context that verifies the relay's certificate and name; yagmail's own verifies nothing.

        Raises ``ConfigurationError`` where the authority's file cannot be read.
        """
        try:
            return ssl.create_default_context(cafile=self.cafile or None)
        except (OSError, ssl.SSLError) as error:
            raise ConfigurationError(
                f"TONGHOP_SMTP_URL: cafile {self.cafile}: {error}; name a file of PEM certificates"
            ) from error


def parse_relays(smtp_url: str) -> tuple[Relay, ...]:
    """Return the relays of SMTP_URL in the order in which they are tried; none for an empty setting.

    Several URLs stand apart by blanks or commas. User and password are percent-encoded. Without ``starttls=``
    a relay with a password must offer STARTTLS, unless it runs on this very machine; one without a password
    (port 25 of the own network) is spoken to in the clear.
    Raises ``ConfigurationError`` naming the fault, never the password.
    """
    urls = re.split(r"[\s,]+", smtp_url.strip()) if smtp_url.strip() else []
    return tuple(
        _relay(url, f"TONGHOP_SMTP_URL (relay {number})") for number, url in enumerate(urls, start=1)
    )


def _relay(url: str, where: str) -> Relay:
    parts, port = split_server_url(url, where, ("smtp", "smtps"), _EXAMPLE)
    options = read_options(parts, where, _OPTIONS)
    user, password = read_credentials(parts, where)
    if not (user + password).isascii():  # the SMTP library cannot send others
        raise ConfigurationError(f"{where}: user and password must be plain ASCII; set one without accents")
    host = parts.hostname or ""
    return Relay(
        host=host,
        port=port or {"smtps": 465, "smtp": 587 if user else 25}[parts.scheme],
        security=_security(
            parts.scheme, options.get("starttls"), bool(user) and not _is_loopback(host), where
        ),
        user=user,
        password=password,
        cafile=read_cafile(options, where),
        timeout=read_seconds(options, "timeout", 30.0, where),
        patience=read_seconds(options, "patience", 120.0, where),
        ehlo=_ehlo(options, where),
    )


def split_server_url(
    url: str, where: str, schemes: tuple[str, ...], example: str
) -> tuple[SplitResult, int | None]:
    """Return the URL's parts and port (None: the scheme's own); the error shows an example, not the URL."""
    hint = f"a '/', '?', '#', '@', '%' or ',' in user or password must be percent-encoded; write {example}"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        # Neither the URL nor the library's message may be shown: both can hold the password.
        raise ConfigurationError(f"{where}: host or port cannot be read; {hint}") from None
    if parts.scheme not in schemes:
        raise ConfigurationError(f"{where}: the scheme must be {' or '.join(schemes)}; write {example}")
    if not parts.hostname or not _HOST.fullmatch(parts.hostname):
        raise ConfigurationError(f"{where}: there is no host, or it is not a plain host name; {hint}")
    if parts.fragment:
        raise ConfigurationError(f"{where}: there is a '#'; {hint}")
    return parts, port


def read_options(parts: SplitResult, where: str, allowed: tuple[str, ...]) -> dict[str, str]:
    """Return the options after the ``?``; one that is unknown or stands twice is an error."""
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    for name, _ in pairs:
        if name not in allowed:
            raise ConfigurationError(f"{where}: unknown option; allowed after the '?': {', '.join(allowed)}")
    options = dict(pairs)
    if len(options) != len(pairs):
        raise ConfigurationError(f"{where}: an option stands twice")
    return options


def read_credentials(parts: SplitResult, where: str) -> tuple[str, str]:
    """Return user and password, decoded; both or neither."""
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise ConfigurationError(f"{where}: give both user and password, or neither")
    return user, password


def read_cafile(options: dict[str, str], where: str) -> str:
    """Return the path of the authority's certificates, or nothing."""
    cafile = options.get("cafile", "")
    if cafile and not Path(cafile).is_file():
        raise ConfigurationError(f"{where}: cafile {cafile} is no file; name a file of PEM certificates")
    return cafile


def read_seconds(options: dict[str, str], name: str, default: float, where: str) -> float:
    """Return an option that is a number of seconds (more than 0, at most 600)."""
    try:
        seconds = float(options.get(name, default))
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 600:
        raise ConfigurationError(f"{where}: {name} must be a number of seconds, at most 600")
    return seconds


def _security(scheme: str, starttls: str | None, needs_tls: bool, where: str) -> Security:
    if scheme == "smtps":
        if starttls is not None:
            raise ConfigurationError(f"{where}: smtps is TLS from the first byte; leave starttls out")
        return Security.TLS
    if starttls is None:
        return Security.STARTTLS if needs_tls else Security.NONE
    if starttls not in ("required", "never"):
        raise ConfigurationError(f"{where}: starttls must be required or never")
    return Security.STARTTLS if starttls == "required" else Security.NONE


def _ehlo(options: dict[str, str], where: str) -> str:
    name = options.get("ehlo", "")
    if name and not _HOST.fullmatch(name):
        raise ConfigurationError(f"{where}: ehlo must be a host name")
    return name


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
