"""Officers, their sessions and their tries to log in. Passwords and tokens stand here as hashes only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tonghop.domain.officers import DeskSession, Officer, Role
from tonghop.store.connection import Database


@dataclass(frozen=True, slots=True)
class Failures:
    """How many tries to log in failed within the time asked about."""

    of_name: int
    of_origin: int


class Officers:
    """Who may sit at the desk, and who does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, name: str, title: str, password_hash: str, role: Role, branch: str | None, at: datetime
    ) -> bool:
        """Add an officer; return False where the name is taken."""
        with self._database.writing() as transaction:
            added = transaction.run(
                "officer/put",
                name=name,
                title=title,
                password=password_hash,
                role=str(role),
                branch=branch,
                created_at=at,
            )
        return added == 1

    def all(self) -> tuple[Officer, ...]:
        """Return every officer, the disabled ones too, by name."""
        with self._database.reading() as transaction:
            return tuple(map(_officer, transaction.rows("officer/all")))

    def with_hash(self, name: str) -> tuple[Officer, str] | None:
        """Return an officer and the password's hash; None for an unknown name."""
        with self._database.reading() as transaction:
            rows = transaction.rows("officer/by_name", name=name)
        return (_officer(rows[0]), rows[0]["password"]) if rows else None

    def disable(self, name: str, at: datetime) -> bool:
        """Disable an officer and end every session of theirs; return whether there was one to disable."""
        with self._database.writing() as transaction:
            transaction.run("officer/end_sessions", name=name, at=at)
            return transaction.run("officer/disable", name=name, at=at) == 1

    def set_password(self, name: str, password_hash: str, at: datetime) -> bool:
        """Give an officer another password and end every session of theirs; False for an unknown name."""
        with self._database.writing() as transaction:
            transaction.run("officer/end_sessions", name=name, at=at)
            return transaction.run("officer/set_password", name=name, password=password_hash) == 1

    def rehash(self, name: str, password_hash: str) -> None:
        """Keep the same password under a stronger hash; sessions go on."""
        with self._database.writing() as transaction:
            transaction.run("officer/set_password", name=name, password=password_hash)

    def begin_session(
        self, token_hash: str, officer_id: int, csrf: str, at: datetime, expires_at: datetime
    ) -> None:
        """Begin a session that ends by itself at ``expires_at``."""
        with self._database.writing() as transaction:
            transaction.run(
                "officer/begin_session",
                token_hash=token_hash,
                officer_id=officer_id,
                csrf=csrf,
                created_at=at,
                expires_at=expires_at,
            )

    def session(self, token_hash: str, at: datetime, idle_since: datetime) -> DeskSession | None:
        """Return the session of a token; None where it is unknown, over, idle, or its officer disabled."""
        with self._database.reading() as transaction:
            rows = transaction.rows("officer/session", token_hash=token_hash, at=at, idle_at=idle_since)
        if not rows:
            return None
        row = rows[0]
        return DeskSession(_officer(row), row["csrf"], row["began_at"], row["seen_at"], row["expires_at"])

    def touch_session(self, token_hash: str, at: datetime) -> None:
        """Note that the session was used by its officer now."""
        with self._database.writing() as transaction:
            transaction.run("officer/touch_session", token_hash=token_hash, at=at)

    def end_session(self, token_hash: str, at: datetime) -> None:
        """End a session for good."""
        with self._database.writing() as transaction:
            transaction.run("officer/end_session", token_hash=token_hash, at=at)

    def attempt(self, name: str, origin: str, at: datetime, since: datetime) -> tuple[int, Failures]:
        """Note a try to log in, failed until it is known better; return its number and the failures since.

        The try itself is counted, and noted before the password is looked at: many at once do not slip through.
        """
        with self._database.writing() as transaction:
            number = transaction.rows("officer/put_attempt", name=name, origin=origin, at=at)[0]["id"]
            row = transaction.rows("officer/failures", name=name, origin=origin, since_at=since)[0]
        return number, Failures(row["of_name"], row["of_origin"])

    def attempt_succeeded(self, number: int) -> None:
        """Note that a try was right."""
        with self._database.writing() as transaction:
            transaction.run("officer/attempt_succeeded", id=number)


def _officer(row: Mapping[str, Any]) -> Officer:
    return Officer(
        id=row["id"],
        name=row["name"],
        title=row["title"],
        role=Role(row["role"]),
        branch=row["branch"],
        created_at=row["created_at"],
        disabled_at=row["disabled_at"],
    )
