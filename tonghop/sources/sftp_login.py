"""Onto an SFTP server: its host key checked before anything of ours is told to it."""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

import asyncssh

from tonghop.errors import ConfigurationError, SourceUnreachable
from tonghop.sources.look import SourceLimits
from tonghop.sources.trouble import unreachable
from tonghop.sources.urls import Place

_PORT = 22
_FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")
_STILL_THERE = 15  # seconds between two questions whether the server is
# A server has a host key of each kind, and shows the first that it is asked for: in the order of OpenSSH's own
# client, so that it is the one which people see there.
_KINDS = (
    ("ssh-ed25519",),
    ("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"),
    ("rsa-sha2-512", "rsa-sha2-256", "ssh-rsa"),
)
# How the library tells of a key that known_hosts marks so; it asks nobody about such a key, so none is shown.
_REVOKED = "key is revoked"
# What a server says that has no key of the kind asked for, or another one than the expected.
_OTHER_KEY = (
    asyncssh.HostKeyNotVerifiable,
    asyncssh.KeyExchangeFailed,
    asyncssh.ConnectionLost,
    ConnectionError,
)


class Doorkeeper(asyncssh.SSHClient):
    """Lets a server pass whose key has the fingerprint the operator wrote down; remembers the first key shown."""

    def __init__(self, fingerprint: str) -> None:
        self._fingerprint = fingerprint
        self.shown = ""

    def validate_host_public_key(
        self,
        host: str,  # noqa: ARG002 - the library's signature
        addr: str,  # noqa: ARG002 - as above
        port: int,  # noqa: ARG002 - as above
        key: asyncssh.SSHKey,
    ) -> bool:
        """Return whether the key is the expected one. Asked only where known_hosts does not vouch for it."""
        fingerprint = key.get_fingerprint()
        self.shown = self.shown or fingerprint
        return fingerprint == self._fingerprint


def check(place: Place) -> None:
    """Raise ``ConfigurationError`` for an SFTP URL that is not complete."""
    if not place.host or not place.user or place.path == "/":
        raise ConfigurationError(f"source {place.name}: write sftp://user@host/folder?hostkey=SHA256:…")
    hostkey = place.option("hostkey")
    if hostkey and not _FINGERPRINT.fullmatch(hostkey):
        raise ConfigurationError(
            f"source {place.name}: hostkey is a fingerprint: SHA256: and 43 letters, digits, + or /"
        )
    for name in ("known_hosts", "key"):
        path = place.option(name)
        if path and not Path(path).is_file():
            raise ConfigurationError(f"source {place.name}: {name}: there is no file {path}")


async def connect(place: Place, limits: SourceLimits, keeper: Doorkeeper) -> asyncssh.SSHClientConnection:
    """Return a connection that is logged in. Nothing of the account's own SSH configuration is used.

    A fingerprint does not tell of which kind its key is: a server that shows another is asked for each kind.
    """
    known = () if place.option("hostkey") else _known_kinds(place)
    try:
        return await _connect(place, limits, keeper, [*known, *chain(*_KINDS)])
    except asyncssh.HostKeyNotVerifiable:
        if place.option("hostkey"):
            for kind in _KINDS:
                with suppress(*_OTHER_KEY):
                    return await _connect(place, limits, keeper, kind)
        raise


async def _connect(
    place: Place, limits: SourceLimits, keeper: Doorkeeper, kinds: Sequence[str]
) -> asyncssh.SSHClientConnection:
    try:
        return await asyncssh.connect(
            place.host,
            place.port or _PORT,
            username=place.user,
            client_factory=lambda: keeper,
            known_hosts=lambda _host, address, _port: _expected(place, address),
            server_host_key_algs=list(dict.fromkeys(kinds)),
            config=None,
            agent_path=None,
            connect_timeout=limits.connect,
            login_timeout=limits.connect,
            keepalive_interval=_STILL_THERE,
            **_credentials(place),
        )
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as error:
        raise ConfigurationError(
            f"source {place.name}: the key {place.option('key')} cannot be used: {type(error).__name__}; "
            "its passphrase stands as the password in the URL"
        ) from None


def _credentials(place: Place) -> Mapping[str, Any]:
    """Return what proves who we are: a key, with the URL's password as passphrase, or that password."""
    if key := place.option("key"):
        return {"client_keys": [key], "passphrase": place.password or None, "password": None}
    return {"client_keys": None, "password": place.password}


def _known_hosts(place: Place) -> Any:
    """Return who vouches for host keys: a written fingerprint alone, a file, or the account's known_hosts."""
    if place.option("hostkey"):
        return asyncssh.import_known_hosts("")
    path = place.option("known_hosts") or str(Path("~/.ssh/known_hosts").expanduser())
    if not Path(path).is_file():
        return asyncssh.import_known_hosts("")
    try:
        return asyncssh.read_known_hosts(path)
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            f"source {place.name}: known_hosts {path} cannot be used: {error}"
        ) from error


def _known_kinds(place: Place) -> list[str]:
    """Return the kinds of key that known_hosts holds for this host: asked for first, but not alone.

    Else a server whose new key is of another kind would seem not to answer.
    """
    keys, authorities, *_ = _expected(place)
    certificates = [f"{kind}-cert-v01@openssh.com" for kind in chain(*_KINDS)] if authorities else []
    return [*certificates, *(algorithm.decode() for key in keys for algorithm in key.sig_algorithms)]


def _is_known(place: Place) -> bool:
    """Return whether some key of this host was expected or revoked, so that another one means that it changed."""
    return bool(place.option("hostkey")) or any(_expected(place)[:3])


def _expected(place: Place, address: str = "") -> Any:
    """Return what known_hosts says of this host: its keys, authorities that vouch for it, what is revoked.

    The library forgets what is revoked for a port where that port has no key of its own.
    """
    known, port = _known_hosts(place), place.port or _PORT
    keys, authorities, revoked, *rest = asyncssh.match_known_hosts(known, place.host, address, port)
    for name in (place.host, address):
        of_port = asyncssh.match_known_hosts(known, f"[{name}]:{port}", "", None)[2] if name else ()
        revoked = [*revoked, *(one for one in of_port if one not in revoked)]
    return (keys, authorities, revoked, *rest)


def told(place: Place, error: BaseException, shown: str) -> SourceUnreachable:
    """Return what a failure means, in words of the catalogue; ``shown`` is the host key's fingerprint."""
    detail = str(error) or type(error).__name__
    if place.password:
        detail = detail.replace(place.password, "***")
    places = {"host": place.host, "user": place.user, "path": place.path, "detail": detail, "shown": shown}
    match error:
        case asyncssh.HostKeyNotVerifiable() if _REVOKED in str(error):
            key = "source-hostkey-revoked"
        case asyncssh.HostKeyNotVerifiable():
            key = "source-hostkey-changed" if _is_known(place) else "source-hostkey-unknown"
        case asyncssh.PermissionDenied():
            key = "source-login-refused"
        case asyncssh.SFTPNoSuchFile() | asyncssh.SFTPNoSuchPath() | asyncssh.SFTPNotADirectory():
            key = "source-missing"
        case asyncssh.SFTPPermissionDenied():
            key = "source-forbidden"
        case asyncssh.ConnectionLost() | asyncssh.SFTPConnectionLost() | asyncssh.SFTPNoConnection():
            key = "source-broken-off"
        case socket.gaierror():
            key = "source-unknown-host"
        case OSError():
            key = "source-no-answer"
        case _:
            key = "source-server-said-no"
    return unreachable(place.name, key, **places)
