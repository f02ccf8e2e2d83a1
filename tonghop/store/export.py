"""Everything that is recorded of one day, as one state of the database shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from tonghop.store.connection import Database, Transaction, chunks
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


_OF_SUBMISSIONS = frozenset({"submissions", "sightings", "entries", "figures", "findings", "verdicts"})


@dataclass(frozen=True, slots=True)
class DayRecord:
    """A day as it stood when the record was opened; good only while it is open.

    ``originals``: hash and name of every different submission, the first name of each. ``messages``: number
    and kind of every message that was made for sending.
    """

    originals: tuple[tuple[str, str], ...]
    messages: tuple[tuple[int, str], ...]
    _transaction: Transaction
    _submissions: tuple[int, ...]
    _parameters: dict[str, Any]

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is known of the day: nothing came, no edition or mail was made, nobody was called.

        The register of units and what else stands for many days says nothing of this one.
        """
        if self.originals or self.messages:
            return False
        return not any(list(self.table(name)[1]) for name in ("editions", "calls"))

    @property
    def revision(self) -> str:
        """Return the schema's revision, which says what the columns mean."""
        return HEAD

    def table(self, name: str) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
        """Return the columns of one of ``TABLES`` and its rows, in an order that is always the same."""
        if name in _OF_SUBMISSIONS:
            return _streamed(self._transaction, name, self._submissions)
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
        about = {"campaign": campaign, "day": day}
        with self._database.reading() as transaction:
            submissions = tuple(transaction.column("export/of_day", **about))
            first: dict[str, str] = {}
            for row in _named(*_streamed(transaction, "submissions", submissions)):
                first.setdefault(row["sha256"], row["name"])
            messages = tuple(
                (row["id"], row["kind"]) for row in _named(*transaction.stream("export/messages", **about))
            )
            verdicts = [row["id"] for row in _named(*_streamed(transaction, "verdicts", submissions))]
            subjects = [f"{campaign} {day}", *(f"verdict {number}" for number in verdicts)]
            parameters = {**about, "since_at": since, "until_at": until, "subjects": subjects}
            yield DayRecord(tuple(first.items()), messages, transaction, submissions, parameters)


def _streamed(
    transaction: Transaction, name: str, submissions: Sequence[int]
) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
    """Return a table of the submissions: asked for in parts, so that what it costs is the day and no history."""
    parts = list(chunks(submissions)) or [[]]
    columns, rows = transaction.stream(f"export/{name}", submissions=list(parts[0]))
    more = (transaction.stream(f"export/{name}", submissions=list(part))[1] for part in parts[1:])
    return columns, chain(rows, chain.from_iterable(more))


def _named(columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    return (dict(zip(columns, row, strict=True)) for row in rows)
