"""Passwords: argon2 hashes, and as much work for a name that nobody has."""

from __future__ import annotations

import unicodedata
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 10, 256
# Each takes 64 MiB: a crowd at the door must not take the machine's memory.
_AT_ONCE = BoundedSemaphore(2)
_HASHER = PasswordHasher()  # argon2id, t=3, 64 MiB, 4 lanes: RFC 9106's second recommendation


def is_allowed(password: str) -> bool:
    """Return whether a new password is neither too short nor absurdly long (letters, after NFC)."""
    return SHORTEST <= len(unicodedata.normalize("NFC", password)) <= LONGEST


def hash_of(password: str) -> str:
    """Return the hash that is kept of a password."""
    with _AT_ONCE:
        return _HASHER.hash(_same(password))


def is_right(kept: str | None, password: str) -> bool:
    """Return whether the password is the one of the hash; without one (no such officer) the work is the same."""
    with _AT_ONCE:
        try:
            matches = _HASHER.verify(kept or _nobodys(), _same(password))
        except (VerificationError, InvalidHashError):
            return False
    return matches and kept is not None


def is_outdated(kept: str) -> bool:
    """Return whether a hash was made with less work than is asked today."""
    return _HASHER.check_needs_rehash(kept)


def _same(password: str) -> str:
    # Keyboards of one person send the same Vietnamese letter composed or decomposed.
    return unicodedata.normalize("NFC", password)[: LONGEST + 1]


@cache
def _nobodys() -> str:
    return _HASHER.hash("a password that nobody has")
