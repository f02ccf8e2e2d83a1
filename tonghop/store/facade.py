"""The store: one object that the rest of the product asks, whatever database stands behind it."""

from __future__ import annotations

from datetime import datetime
from types import TracebackType

from tonghop.errors import DatabaseUnavailable
from tonghop.store.aggregate import Aggregate
from tonghop.store.answers import Answers
from tonghop.store.bounces import Contacts
from tonghop.store.calls import Calls
from tonghop.store.connection import Database
from tonghop.store.desk import DeskLook
from tonghop.store.editions import Editions
from tonghop.store.entries import Entries
from tonghop.store.export import Export
from tonghop.store.ledger import Ledger
from tonghop.store.officers import Officers
from tonghop.store.outbox import Outbox
from tonghop.store.review import Review
from tonghop.store.schema import ensure_schema, upgrade_schema
from tonghop.store.units import Units
from tonghop.store.verdicts import Verdicts


class Store:
    """An open database. Safe to share between threads; every method is a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.units = Units(database)
        self.ledger = Ledger(database)
        self.entries = Entries(database)
        self.aggregate = Aggregate(database)
        self.editions = Editions(database)
        self.outbox = Outbox(database)
        self.answers = Answers(database)
        self.contacts = Contacts(database)
        self.export = Export(database)
        self.review = Review(database)
        self.verdicts = Verdicts(database)
        self.officers = Officers(database)
        self.calls = Calls(database)
        self.desk = DeskLook(database)

    def audit(self, at: datetime, actor: str, action: str, subject: str, detail: str) -> None:
        """Write down for ever who did what to what; the database itself refuses to change it."""
        with self._database.writing() as transaction:
            transaction.run(
                "store/put_audit", at=at, actor=actor, action=action, subject=subject, detail=detail
            )

    def is_audited(self, action: str, subject: str) -> bool:
        """Return whether this was done to this before."""
        with self._database.reading() as transaction:
            return bool(transaction.rows("store/audited", action=action, subject=subject)[0]["times"])

    def clock(self) -> datetime:
        """Return the moment by PostgreSQL's own clock; the embedded database has none of its own."""
        with self._database.reading() as transaction:
            at: datetime = transaction.rows("store/clock")[0]["at"]
            return at

    def close(self) -> None:
        """Close every connection."""
        self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(url: str, *, create: bool = True) -> Store:
    """Return the store of a database; an empty one gets its schema if ``create``.

    Raises ``DatabaseUnavailable`` where it cannot be reached, ``DatabaseOutdated`` where its schema is
    another version's, ``ConfigurationError`` where ``url`` is none of ``sqlite:///path`` and ``postgresql://``.
    """
    database = _database(url, create=create)
    try:
        ensure_schema(database, create=create)
    except BaseException:
        database.close()
        raise
    return Store(database)


def upgrade(url: str) -> str:
    """Raise the schema of a database to this version and return its revision. Raises as ``open_store``."""
    database = _database(url, create=True)
    try:
        return upgrade_schema(database)
    finally:
        database.close()


def _database(url: str, *, create: bool) -> Database:
    database = Database(url)
    path = database.path
    if path is not None and create:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseUnavailable(
                f"database {database.name}: its folder cannot be made: {error.strerror}; "
                "nothing was recorded; mend TONGHOP_HOME or the folder's rights (docs/runbook.md#database)"
            ) from error
    if path is not None and not create and not path.exists():
        raise DatabaseUnavailable(
            f"database {database.name}: no such file; nothing was read; mend TONGHOP_DATABASE_URL or run "
            "`tonghop database upgrade` to make it (docs/runbook.md#database)"
        )
    return database
