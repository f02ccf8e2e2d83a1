"""What the desk shows beside totals and findings: what changed lately, and what was handed in there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tonghop.store.connection import Database
from tonghop.store.records import SubmissionState

DESK = "desk"
_TRIED = 62  # days: no report is corrected and sent again later


@dataclass(frozen=True, slots=True)
class Arrived:
    """A submission that came lately. ``unit``: whose branch it lay in, else the first unit it told of."""

    id: int
    at: datetime
    name: str
    sender: str | None
    unit: str | None
    state: SubmissionState


@dataclass(frozen=True, slots=True)
class Decided:
    """A verdict that was given lately."""

    id: int
    at: datetime
    officer: str
    decision: str
    unit: str | None
    code: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A report or alarm that was tried to be delivered lately."""

    id: int
    at: datetime
    address: str
    state: str
    kind: str
    subject: str


@dataclass(frozen=True, slots=True)
class Deed:
    """One entry of the audit."""

    at: datetime
    actor: str
    action: str
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A submission handed in at the desk. ``officer``: the account that did so, ``at``: when it did."""

    id: int
    name: str
    branch: str | None
    state: SubmissionState
    size: int
    received_at: datetime
    officer: str
    at: datetime


def upload_key(day: date, officer: str, sha256: str, name: str) -> str:
    """Return the ledger's key of a file handed in at the desk: which day it is for, by whom, its bytes and name."""
    return f"{day}/{officer}/{sha256}/{name}"


class DeskLook:
    """Looks at the whole of the database for the desk's pages. Nothing is written."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def change(self) -> tuple[int, ...]:
        """Return numbers that differ whenever something was recorded since: cheap to ask every second."""
        with self._database.reading() as transaction:
            return tuple(number or 0 for number in transaction.tuples("desk/change")[0])

    def arrivals(self, campaign: str, since: datetime, until: datetime, most: int) -> tuple[Arrived, ...]:
        """Return the submissions that came between two moments, the last one first."""
        return tuple(
            Arrived(
                row["id"],
                row["received_at"],
                row["name"],
                row["sender"],
                row["branch"] or row["unit"],
                SubmissionState(row["state"]),
            )
            for row in self._rows("arrivals", since, until, most, campaign=campaign)
        )

    def verdicts(self, campaign: str, since: datetime, until: datetime, most: int) -> tuple[Decided, ...]:
        """Return the verdicts given between two moments, the last one first."""
        return tuple(Decided(**row) for row in self._rows("verdicts", since, until, most, campaign=campaign))

    def deliveries(self, campaign: str, since: datetime, until: datetime, most: int) -> tuple[Tried, ...]:
        """Return the reports and alarms tried between two moments, the last one first; of the last two months."""
        days = [until.date() + timedelta(days=1 - back) for back in range(_TRIED)]
        return tuple(
            Tried(row["id"], row["tried_at"], row["address"], row["state"], row["kind"], row["subject"])
            for row in self._rows("deliveries", since, until, most, campaign=campaign, on_day=days)
        )

    def deeds(self, since: datetime, until: datetime, most: int) -> tuple[Deed, ...]:
        """Return the audit between two moments, the last one first."""
        return tuple(Deed(**row) for row in self._rows("audit", since, until, most))

    def uploads(self, campaign: str, day: date, most: int) -> tuple[Uploaded, ...]:
        """Return what was handed in at the desk for a day, the last one first."""
        with self._database.reading() as transaction:
            rows = transaction.rows("desk/uploads", campaign=campaign, prefix=f"{day}/", most=most)
        return tuple(
            Uploaded(
                id=row["id"],
                name=row["name"],
                branch=row["branch"],
                state=SubmissionState(row["state"]),
                size=row["size"],
                received_at=row["received_at"],
                officer=str(row["key"]).split("/", 2)[1],
                at=row["seen_at"],
            )
            for row in rows
        )

    def _rows(
        self, what: str, since: datetime, until: datetime, most: int, **more: Any
    ) -> list[Mapping[str, Any]]:
        with self._database.reading() as transaction:
            return transaction.rows(f"desk/recent_{what}", since_at=since, until_at=until, most=most, **more)
