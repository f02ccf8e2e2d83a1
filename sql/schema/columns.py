"""What migrations are written in: columns as both databases have them, and tables that only grow."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

# SQLite numbers rows only in an INTEGER key and has no type for moments: ISO text in UTC sorts right.
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")


def text(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def day(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, DAY, nullable=nullable)


def moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, MOMENT, nullable=nullable)


def key() -> sa.Column[Any]:
    return sa.Column("id", KEY, primary_key=True, autoincrement=True)


def of(table: str, column: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(column or f"{table}_id", KEY, sa.ForeignKey(f"{table}.id"), nullable=nullable)


def only_grows(tables: Iterable[str]) -> None:
    """What was reported, tried, said or done stays as it was, whoever holds the connection."""
    for table in tables:
        if op.get_bind().dialect.name == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_keeps_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        else:
            op.execute(
                f"CREATE TRIGGER {table}_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
