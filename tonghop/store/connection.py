"""The connection to SQLite or PostgreSQL: transactions, and database faults said in the product's words."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError, StatementError

from tonghop.errors import ConfigurationError, DatabaseUnavailable
from tonghop.store.many import run_columns, run_for_each
from tonghop.store.statements import query, statement
from tonghop.store.texts import storable

BUSY_SECONDS = 30.0
CONNECT_SECONDS = 10
LARGE_CHANGE = 500
_MOST_LISTED = 500  # values in one list parameter
# FULL: a commit is on the disk before the mailbox is marked or the first byte of a report leaves.
_SQLITE_SETTINGS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "temp_store": "MEMORY",  # the sums of a whole country would otherwise be sorted on the disk
    "cache_size": "-32768",  # KiB; the default of 2 MB holds no day of a country
}


class Transaction:
    """One transaction: runs the statements of sql/ by name."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def connection(self) -> Connection:
        """Return the connection underneath, for migrations only."""
        return self._connection

    def rows(self, name: str, /, **parameters: Any) -> list[Mapping[str, Any]]:
        """Return the rows of a query (or of ``RETURNING``), each by column name."""
        result = self._connection.execute(query(name), storable(parameters))
        columns = tuple(result.keys())
        return [dict(zip(columns, row, strict=True)) for row in result.all()]

    def tuples(self, name: str, /, **parameters: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a query as plain tuples, in the order of its columns."""
        return list(map(tuple, self._connection.execute(query(name), storable(parameters)).all()))

    def column(self, name: str, /, **parameters: Any) -> list[Any]:
        """Return the first column of a query."""
        return list(self._connection.execute(query(name), storable(parameters)).scalars())

    def stream(self, name: str, **parameters: Any) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
        """Return a query's columns, and its rows one by one: the whole answer is never in memory."""
        options = {"stream_results": True, "max_row_buffer": 500}
        result = self._connection.execute(query(name), storable(parameters), execution_options=options)
        return tuple(result.keys()), map(tuple, result)

    def run(self, name: str, /, **parameters: Any) -> int:
        """Run one statement; return how many rows it touched."""
        return self._connection.execute(statement(name), storable(parameters)).rowcount

    def run_many(self, name: str, rows: Iterable[Mapping[str, Any]]) -> int:
        """Run one statement for many rows at once; return how many rows it touched in all."""
        batch = list(rows)
        return run_for_each(self._connection, name, batch) if batch else 0

    def run_columns(self, name: str, columns: Mapping[str, Sequence[Any]]) -> int:
        """Do as ``run_many`` with the rows laid column by column: a parameter's values in their order."""
        return run_columns(self._connection, name, columns) if all(columns.values()) else 0


class Database:
    """Where transactions begin. Faults leave it as ``DatabaseUnavailable``, never with a password."""

    def __init__(self, url: str) -> None:
        self._url = _parse(url)
        self._engine = _engine(self._url)

    @property
    def name(self) -> str:
        """Return the URL without password or options, for messages."""
        return self._url.set(query={}).render_as_string(hide_password=True)

    @property
    def is_sqlite(self) -> bool:
        """Return whether this is the embedded database."""
        return self._url.get_backend_name() == "sqlite"

    @property
    def path(self) -> Path | None:
        """Return the file of the embedded database."""
        return Path(self._url.database) if self.is_sqlite and self._url.database else None

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Yield a transaction that sees one state of the database throughout."""
        options: dict[str, Any] = {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}
        yield from self._transaction({} if self.is_sqlite else options)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Yield a transaction that is committed at the end, or undone where anything raises."""
        yield from self._transaction({"tonghop_writes": True})

    def learn(self, name: str, changed: int) -> None:
        """Let PostgreSQL count its rows anew after a large change.

        Its own daemon does so a minute later; until then it would plan as for empty tables, and a first run
        for a whole country would compare every unit with every other. SQLite plans by the indices alone.
        """
        if changed >= LARGE_CHANGE and not self.is_sqlite:
            with self.writing() as transaction:
                transaction.run(name)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def _transaction(self, options: Mapping[str, Any]) -> Iterator[Transaction]:
        try:
            with self._engine.connect().execution_options(**options) as connection, connection.begin():
                yield Transaction(connection)
        except SQLAlchemyError as error:
            raise self._explained(error) from error

    def _explained(self, error: SQLAlchemyError) -> Exception:
        if isinstance(error, StatementError) and not isinstance(error, DBAPIError) and error.orig is not None:
            return (
                error.orig if isinstance(error.orig, Exception) else error
            )  # a wrong argument of the caller
        # The first line only: the lines after it may quote a row, and with it personal data.
        reason = (str(getattr(error, "orig", None) or error).strip().splitlines() or ["unknown"])[0]
        return DatabaseUnavailable(
            f"database {self.name}: {reason}; this step recorded nothing; {_advice(reason, self.is_sqlite)}"
        )


def _advice(reason: str, is_sqlite: bool) -> str:
    if "locked" in reason or "lock timeout" in reason:
        return "another process holds it: wait for it or end it, then run again (docs/runbook.md#database)"
    if is_sqlite:
        return "see that file and folder can be written and the disk is not full (docs/runbook.md#database)"
    return "start the server or mend TONGHOP_DATABASE_URL, then run again (docs/runbook.md#database)"


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ConfigurationError(
            "TONGHOP_DATABASE_URL is no database URL; allowed: sqlite:///path or postgresql://user:password@host/name"
        ) from None
    backend = parsed.get_backend_name()
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and parsed.database not in (None, "", ":memory:"):
        return parsed.set(drivername="sqlite+pysqlite")
    raise ConfigurationError(
        f"TONGHOP_DATABASE_URL begins with {parsed.drivername}; allowed: sqlite:///path (a file) or postgresql://"
    )


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        waiting = {} if "timeout" in url.query else {"timeout": BUSY_SECONDS}
        engine = create_engine(url, connect_args=waiting, hide_parameters=True)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    settings = (
        f"-c timezone=UTC -c lock_timeout={int(BUSY_SECONDS * 1000)} {url.query.get('options', '')}".strip()
    )
    arguments = {"connect_timeout": CONNECT_SECONDS, "application_name": "tonghop", "options": settings}
    return create_engine(url, connect_args=arguments, hide_parameters=True, pool_pre_ping=True)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # Without this, the driver begins transactions by itself and late, and DDL would commit half a migration.
    connection.isolation_level = None
    for key, value in _SQLITE_SETTINGS.items():
        _set(connection, f"PRAGMA {key} = {value}")


def _set(connection: Any, pragma: str, tries: int = 100) -> None:
    """Set one; the change to WAL of a new file does not wait its turn beside others that open it, so we do."""
    for left in range(tries, 0, -1):
        try:
            connection.execute(pragma)
        except sqlite3.OperationalError:
            if left == 1:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE: a writer that began as a reader would fail at its first write instead of waiting its turn.
    writes = connection.get_execution_options().get("tonghop_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield the values in parts that fit into one list parameter."""
    for start in range(0, len(values), _MOST_LISTED):
        yield values[start : start + _MOST_LISTED]
