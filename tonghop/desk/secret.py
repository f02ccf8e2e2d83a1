"""The installation's secret: from TONGHOP_SECRET_KEY, else made once and kept where only its owner reads it."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path

from tonghop.errors import ConfigurationError
from tonghop.settings import Settings

_SHORTEST = 16
_FILE = "secret.key"


def secret_of(settings: Settings) -> bytes:
    """Return 32 bytes that nobody else knows.

    Raises ``ConfigurationError`` for a key that can be guessed, or where none can be kept.
    """
    told = settings.secret_key
    if told and len(told) < _SHORTEST:
        raise ConfigurationError(
            f"TONGHOP_SECRET_KEY has fewer than {_SHORTEST} letters and could be guessed; the desk was not"
            " started; set a long random one, or none (docs/runbook.md#desk)"
        )
    return hashlib.sha256((told or _kept(settings.make_home() / _FILE)).encode()).digest()


def _kept(path: Path) -> str:
    try:
        _make(path)
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"{path}: the desk's secret can be neither read nor made ({error}); the desk was not started;"
            " grant the right to, or set TONGHOP_SECRET_KEY (docs/runbook.md#desk)"
        ) from error


def _make(path: Path) -> None:
    # Whole or not at all, and never readable by others even for a moment; of two that begin, one wins.
    if path.exists():
        return
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        with suppress(FileExistsError):
            os.link(aside, path)
    finally:
        aside.unlink()
