"""What officers decide on findings, and standing decisions with an expiry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tonghop.domain.units import UnitCode

UNIT_FIELD = "unit"
DAY_FIELD = "day"


class Decision(StrEnum):
    """What an officer decides.

    ``accept``: the figures stand as they are. ``correct``: one figure, the unit or the day was wrong and is
    replaced. ``reject``: the entry does not count and its submitter is asked again. ``withdraw``: an earlier
    verdict no longer holds; both stay in the history.
    """

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Correction:
    """What is put in place of what was read.

    ``field`` is an indicator's code, ``unit`` or ``day``; ``value`` the new count (people) as a plain integer,
    unit code or ISO day. ``spoke_with``: who at the unit gave it, and how ("bà Lan, điện thoại").
    """

    field: str
    value: str
    spoke_with: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision as an officer hands it in.

    It stands on one finding (``finding``), or on a whole entry (``entry`` alone). ``seen`` is the number of the
    last verdict that the officer saw on that entry or finding (0: none): where another officer decided
    meanwhile, the ruling is refused instead of overwriting. ``also`` are further findings of the same entry
    that a correction settles with it.
    """

    decision: Decision
    officer: str
    reason: str
    entry: int | None = None
    finding: int | None = None
    correction: Correction | None = None
    withdraws: int | None = None
    also: tuple[int, ...] = ()
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision as it is kept for ever.

    ``code`` is the rule of the finding it stands on, None for a whole entry. ``old`` and ``new`` are what a
    correction replaced and put in its place. ``withdrawn_by``: the number of the verdict that took it back.
    """

    id: int
    decision: Decision
    officer: str
    at: datetime
    reason: str
    campaign: str
    day: date
    unit: UnitCode | None
    entry: int | None
    finding: int | None
    code: str | None
    field: str | None
    old: str | None
    new: str | None
    spoke_with: str | None
    withdraws: int | None
    withdrawn_by: int | None


@dataclass(frozen=True, slots=True)
class CorrectedBy:
    """Who put a figure in place of the one that was read, when, why, and by whose word."""

    verdict: int
    officer: str
    at: datetime
    reason: str
    spoke_with: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """A standing verdict: findings of a rule on a unit do not hold its entries, from and up to a day (both in)."""

    id: int
    campaign: str
    unit: UnitCode
    code: str
    since: date
    until: date
    officer: str
    at: datetime
    reason: str
    ended_at: datetime | None = None
    ended_by: str | None = None
