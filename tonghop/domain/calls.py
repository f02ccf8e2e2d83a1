"""What was said on the telephone with a unit that still owes its report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tonghop.domain.units import UnitCode


@dataclass(frozen=True, slots=True)
class CallNote:
    """One call. ``promised_at``: by when the unit said it would send; None where it promised nothing."""

    id: int
    day: date
    unit: UnitCode
    at: datetime
    officer: str
    note: str
    promised_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder by mail to a unit: when it was made, and when a server accepted it (None: not yet, or never)."""

    unit: UnitCode
    at: datetime
    accepted_at: datetime | None
