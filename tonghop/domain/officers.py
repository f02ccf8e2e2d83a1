"""Who sits at the desk: officers, their roles, and one's being logged in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tonghop.domain.units import UnitCode


class Role(StrEnum):
    """What an officer may do: look; also decide, note calls and hand in; also what touches the whole campaign."""

    VIEWER = "viewer"
    OFFICER = "officer"
    ADMIN = "admin"

    @property
    def may_act(self) -> bool:
        """Return whether the role may change anything at all."""
        return self is not Role.VIEWER


@dataclass(frozen=True, slots=True)
class Officer:
    """A person with an account. ``branch``: the unit to which, with all below it, the account is limited."""

    id: int
    name: str
    title: str
    role: Role
    branch: UnitCode | None
    created_at: datetime
    disabled_at: datetime | None = None

    @property
    def shown_name(self) -> str:
        """Return the person's full name, or the account's where none was given."""
        return self.title or self.name


@dataclass(frozen=True, slots=True)
class DeskSession:
    """An officer's being logged in. ``csrf`` is the token that every form of this session carries."""

    officer: Officer
    csrf: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
