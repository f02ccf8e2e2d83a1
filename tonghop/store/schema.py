"""The schema's revision: compared at each opening without Alembic, built and raised with it."""

from __future__ import annotations

from importlib.resources import files

from sqlalchemy import inspect

from tonghop.errors import DatabaseOutdated
from tonghop.store.connection import Database, Transaction

HEAD = "0004"
_LOCK = 7_468_616_468  # any number that other users of the same server do not lock


def ensure_schema(database: Database, *, create: bool) -> None:
    """Return when the database has the schema of this version; build it in an empty one if ``create``.

    Raises ``DatabaseOutdated`` where the schema is older, newer or wanting.
    """
    with database.reading() as transaction:
        found = _revision(transaction)
    if found is None and create:
        upgrade_schema(database)
    elif found != HEAD:
        raise _outdated(database, found)


def upgrade_schema(database: Database) -> str:
    """Raise the schema to this version and return its revision. Two processes at once take turns."""
    with database.writing() as transaction:
        if not database.is_sqlite:
            transaction.run("store/lock_schema", key=_LOCK)
        found = _revision(transaction)
        if found is not None and found > HEAD:
            raise _outdated(database, found)
        if found != HEAD:
            _migrate(transaction)
    return HEAD


def _revision(transaction: Transaction) -> str | None:
    if not inspect(transaction.connection).has_table("tonghop_revision"):
        return None
    found = transaction.rows("store/revision")
    return str(found[0]["version_num"]) if found else None


def _migrate(transaction: Transaction) -> None:
    # Imported here: Alembic costs more to import than a whole run with the right schema needs of it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(files("sql").joinpath("schema")).replace("%", "%%"))
    config.attributes["connection"] = transaction.connection
    command.upgrade(config, "head")


def _outdated(database: Database, found: str | None) -> DatabaseOutdated:
    if found is not None and found > HEAD:
        return DatabaseOutdated(
            f"database {database.name}: its schema {found} is newer than {HEAD}, which this version works "
            "with; nothing was touched; install the version that made it (`tonghop database upgrade` cannot "
            "go back)"
        )
    return DatabaseOutdated(
        f"database {database.name}: its schema is {found or 'not there'}, this version works with {HEAD}; "
        "nothing was touched; run `tonghop database upgrade`"
    )
