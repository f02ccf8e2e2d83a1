"""Into a mailbox: connected, encrypted, logged in; or what stood in the way."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import CapabilityError, IMAPClientAbortError, IMAPClientError, LoginError

from tonghop.errors import ConfigurationError, SourceUnreachable
from tonghop.sources.look import SourceLimits
from tonghop.sources.oauth import access_token, check_oauth
from tonghop.sources.trouble import unreachable
from tonghop.sources.urls import Place

_NOT_NOW = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]", "[CONTACTADMIN]", "too many", "rate limit")


def check(place: Place) -> None:
    """Raise ``ConfigurationError`` for a mailbox URL whose password would cross a network in the clear."""
    if not place.host or not place.user:
        raise ConfigurationError(f"source {place.name}: write imaps://user:${{PASSWORD}}@host/INBOX")
    starttls = place.option("starttls")
    if starttls not in ("", "required") or (starttls and place.scheme == "imaps"):
        raise ConfigurationError(f"source {place.name}: starttls goes with imap:// and is starttls=required")
    if place.scheme == "imap" and not starttls and not place.is_loopback:
        raise ConfigurationError(
            f"source {place.name}: the password would go in the clear; use imaps:// or ?starttls=required"
        )
    check_oauth(place)
    _tls(place)


def _tls(place: Place) -> ssl.SSLContext:
    cafile = place.option("cafile")
    try:
        return ssl.create_default_context(cafile=cafile or None)
    except (OSError, ssl.SSLError) as error:
        raise ConfigurationError(f"source {place.name}: cafile {cafile} cannot be used: {error}") from error


@contextmanager
def logged_in(place: Place, limits: SourceLimits) -> Iterator[IMAPClient]:
    """Yield a connection that is logged in, and close it afterwards.

    Whatever breaks, here or in the caller's block, comes out as ``SourceUnreachable``: the server's words
    are told, the password never.
    """
    is_oauth = place.option("auth") == "xoauth2"
    secret = access_token(place, limits) if is_oauth else place.password
    try:
        client = _connected(place, limits)
        with client:
            # The library would format every byte it receives for a debug log: slow, and it is private.
            client._imap.debug = 0
            client.normalise_times = False
            if place.option("starttls"):
                client.starttls(_tls(place))
            if is_oauth:
                client.sasl_login("XOAUTH2", _xoauth2(place.user, secret))
            else:
                _log_in(client, place)
            yield client
    except (OSError, IMAPClientError) as error:
        raise _told(place, error, secret) from error


def _connected(place: Place, limits: SourceLimits) -> IMAPClient:
    encrypted = place.scheme == "imaps"
    return IMAPClient(
        place.host,
        port=place.port,
        ssl=encrypted,
        ssl_context=_tls(place) if encrypted else None,
        timeout=SocketTimeout(limits.connect, limits.read),
    )


def _log_in(client: IMAPClient, place: Place) -> None:
    # LOGIN knows ASCII only; SASL PLAIN carries a Vietnamese password too.
    if client.has_capability("AUTH=PLAIN"):
        client.plain_login(place.user, place.password)
        return
    try:
        client.login(place.user, place.password)
    except UnicodeEncodeError:
        raise ConfigurationError(
            f"source {place.name}: this server takes ASCII passwords only; set one of ASCII letters"
        ) from None


def _xoauth2(user: str, token: str) -> Callable[[bytes], bytes]:
    """Return what answers the server's challenges: first the token, then nothing, so that it says its no."""

    def answer(challenge: bytes) -> bytes:
        return b"" if challenge else f"user={user}\1auth=Bearer {token}\1\1".encode()

    return answer


def _told(place: Place, error: Exception, secret: str) -> SourceUnreachable:
    """Return what the failure means, in words of the catalogue."""
    detail = str(error) or type(error).__name__
    if secret:
        detail = detail.replace(secret, "***")
    places = {"host": place.host, "user": place.user, "detail": detail}
    match error:
        case socket.gaierror():
            key = "source-unknown-host"
        case ssl.SSLCertVerificationError():
            key = "source-not-trusted"
        case LoginError() if isinstance(error.__context__, IMAPClientAbortError):
            key = "source-broken-off"
        case LoginError() if any(word.casefold() in detail.casefold() for word in _NOT_NOW):
            key = "source-login-busy"
        case LoginError() | CapabilityError():
            key = "source-login-refused"
        case IMAPClientAbortError():
            key = "source-broken-off"
        case IMAPClientError():
            key = "source-server-said-no"
        case _:
            key = "source-no-answer"
    return unreachable(place.name, key, **places)
