"""Everything that is recorded of one day, as one state of the database shows it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tonghop.store.connection import Database, Transaction
from tonghop.store.schema import HEAD

# In the order in which an auditor follows a figure: from what came to what was sent, and what was done.
TABLES = (
    "units",
    "submissions",
    "sightings",
    "entries",
    "figures",
    "findings",
    "verdicts",
    "waivers",
    "calls",
    "editions",
    "edition_lines",
    "edition_figures",
    "edition_rates",
    "messages",
    "deliveries",
    "attempts",
    "returned",
    "wishes",
    "audit",
)


@dataclass(frozen=True, slots=True)
class DayRecord:
    """A day as it stood when the record was opened; good only while it is open.

    ``originals``: hash and name of every different submission, the first name of each. ``messages``: number
    and kind of every message that was made for sending.
    """

    originals: tuple[tuple[str, str], ...]
    messages: tuple[tuple[int, str], ...]
    _transaction: Transaction
    _parameters: dict[str, Any]

    @property
    def revision(self) -> str:
        """Return the schema's revision, which says what the columns mean."""
        return HEAD

    def table(self, name: str) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
        """Return the columns of one of ``TABLES`` and its rows, in an order that is always the same."""
        return self._transaction.stream(f"export/{name}", **self._parameters)

    def content(self, message: int) -> bytes:
        """Return the exact bytes of a message."""
        return bytes(self._transaction.rows("export/content", id=message)[0]["content"])


class Export:
    """Reads only, and everything in one transaction: no run that goes on meanwhile is half in it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def day(self, campaign: str, day: date, since: datetime, until: datetime) -> Iterator[DayRecord]:
        """Yield the record of a day. ``since`` and ``until``: the moments between which its deeds were done."""
        parameters = {"campaign": campaign, "day": day}
        spans = {"since_at": since, "until_at": until, "subject": f"{campaign} {day}"}
        with self._database.reading() as transaction:
            first: dict[str, str] = {}
            for sha256, name in transaction.stream("export/originals", **parameters)[1]:
                first.setdefault(sha256, name)
            columns, rows = transaction.stream("export/messages", **parameters)
            number, kind = columns.index("id"), columns.index("kind")
            messages = tuple((row[number], row[kind]) for row in rows)
            yield DayRecord(tuple(first.items()), messages, transaction, parameters | spans)
