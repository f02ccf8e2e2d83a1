"""The call list's memory: notes of calls, reminders by mail, and when each unit reported last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from tonghop.domain.calls import CallNote, Reminded
from tonghop.store.connection import Database, chunks


class Calls:
    """Notes are never changed: a later one stands beside an earlier."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(
        self,
        campaign: str,
        day: date,
        unit: str,
        at: datetime,
        officer: str,
        note: str,
        promised_at: datetime | None = None,
    ) -> None:
        """Note a call with a unit about a day's report."""
        with self._database.writing() as transaction:
            transaction.run(
                "store/put_call_note",
                campaign=campaign,
                day=day,
                unit=unit,
                at=at,
                officer=officer,
                note=note,
                promised_at=promised_at,
            )

    def of_day(self, campaign: str, day: date) -> dict[str, tuple[CallNote, ...]]:
        """Return the calls about a day's report by unit, the last one first."""
        with self._database.reading() as transaction:
            rows = transaction.rows("desk/calls", campaign=campaign, day=day)
        found: dict[str, list[CallNote]] = {}
        for row in rows:
            found.setdefault(row["unit"], []).append(CallNote(**row))
        return {unit: tuple(notes) for unit, notes in found.items()}

    def reminders(self, campaign: str, day: date) -> dict[str, tuple[Reminded, ...]]:
        """Return the day's reminders by mail by unit, the last one first."""
        with self._database.reading() as transaction:
            rows = transaction.rows("desk/reminders", campaign=campaign, day=day)
        found: dict[str, list[Reminded]] = {}
        before = f"reminder/{campaign}/{day}/"
        for row in rows:
            unit = str(row["key"]).removeprefix(before).rsplit("/", 1)[0]
            found.setdefault(unit, []).append(Reminded(unit, row["made_at"], row["accepted_at"]))
        return {unit: tuple(sent) for unit, sent in found.items()}

    def last_reports(self, campaign: str, day: date, units: Sequence[str]) -> dict[str, date]:
        """Return the last day before ``day`` for which each of these units had a report accepted."""
        asked = {"campaign": campaign, "day": day}
        with self._database.reading() as transaction:
            rows = [
                row
                for part in chunks(units)
                for row in transaction.tuples("desk/last_reports", **asked, units=list(part))
            ]
        return {unit: last for unit, last in rows if last is not None}
