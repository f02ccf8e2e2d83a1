"""The first schema: register, ledger, entries, editions, outbox, audit."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# SQLite numbers rows only in an INTEGER key and has no type for moments: ISO text in UTC sorts right.
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
APPEND_ONLY = ("edition", "edition_line", "edition_figure", "edition_rate", "attempt", "audit")


def upgrade() -> None:
    _register_and_ledger()
    _entries()
    _editions()
    _outbox_and_audit()
    op.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    _forbid_changes()


def downgrade() -> None:
    raise RuntimeError("the first schema has nothing before it")


def _text(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _day(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, DAY, nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, MOMENT, nullable=nullable)


def _count(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _id() -> sa.Column[Any]:
    return sa.Column("id", KEY, primary_key=True, autoincrement=True)


def _of(table: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(f"{table}_id", KEY, sa.ForeignKey(f"{table}.id"), nullable=nullable)


def _one_of(column: str, *values: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})")


def _register_and_ledger() -> None:
    op.create_table(
        "unit",
        _text("campaign"),
        _text("code"),
        _day("valid_from"),
        _day("valid_to", nullable=True),
        _text("name"),
        _text("kind"),
        _text("parent", nullable=True),
        _flag("reports"),
        _text("emails"),
        _text("phone"),
        sa.PrimaryKeyConstraint("campaign", "code", "valid_from"),
    )
    op.create_index("unit_by_parent", "unit", ["campaign", "parent", "valid_from"])
    op.create_table(
        "submission",
        _id(),
        _text("campaign"),
        _text("sha256"),
        _text("name"),
        _count("size"),
        _text("sender", nullable=True),
        _text("branch", nullable=True),
        _moment("received_at"),
        _day("received_day"),
        _text("state"),
        _text("reading", nullable=True),
        sa.UniqueConstraint("campaign", "sha256", "name"),
        _one_of("state", "received", "read", "unreadable", "duplicate", "ignored", "quarantined"),
    )
    op.create_index("submission_by_state", "submission", ["campaign", "state", "received_at"])
    op.create_index("submission_by_day", "submission", ["campaign", "received_day"])
    op.create_index("submission_by_reading", "submission", ["reading"])
    op.create_table(
        "sighting",
        _id(),
        _text("campaign"),
        _text("source"),
        _text("key"),
        _of("submission"),
        _moment("seen_at"),
        _moment("acknowledged_at", nullable=True),
        sa.UniqueConstraint("campaign", "source", "key"),
    )
    op.create_index("sighting_by_submission", "sighting", ["submission_id"])
    pending = sa.text("acknowledged_at IS NULL")
    op.create_index(
        "sighting_to_acknowledge",
        "sighting",
        ["campaign", "source"],
        postgresql_where=pending,
        sqlite_where=pending,
    )


def _entries() -> None:
    op.create_table(
        "entry",
        _id(),
        _text("campaign"),
        _of("submission"),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        _text("unit", nullable=True),
        _text("label"),
        _day("day"),
        _day("stated_day", nullable=True),
        _text("origin"),
        _moment("received_at"),
        _text("document"),
        _text("sheet"),
        _text("cell"),
        _text("state"),
        _text("fingerprint"),
        sa.UniqueConstraint("submission_id", "ordinal"),
        _one_of("origin", "own", "consolidated"),
        _one_of("state", "held", "accepted", "rejected"),
        sa.CheckConstraint("unit IS NOT NULL OR state <> 'accepted'"),
    )
    op.create_index("entry_by_unit", "entry", ["campaign", "unit", "day", "state"])
    op.create_index("entry_by_day", "entry", ["campaign", "day", "state"])
    op.create_table(
        "figure",
        _of("entry"),
        _text("indicator"),
        _count("value", nullable=True),
        _text("raw"),
        _text("sheet"),
        _text("cell"),
        _text("doubt", nullable=True),
        sa.PrimaryKeyConstraint("entry_id", "indicator"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "finding",
        _id(),
        _of("submission"),
        _of("entry", nullable=True),
        _text("campaign"),
        _day("day"),
        _flag("is_reason"),
        _text("code"),
        _text("severity"),
        _text("unit", nullable=True),
        _text("indicator", nullable=True),
        _text("document"),
        _text("sheet", nullable=True),
        _text("cell", nullable=True),
        _text("found", nullable=True),
        _text("expected", nullable=True),
        _text("arguments"),
        _moment("made_at"),
        _one_of("severity", "critical", "warning", "info"),
    )
    op.create_index("finding_by_submission", "finding", ["submission_id", "entry_id"])
    op.create_index("finding_by_entry", "finding", ["entry_id"])
    op.create_index("finding_by_code", "finding", ["campaign", "code", "day"])


def _editions() -> None:
    op.create_table(
        "edition",
        _id(),
        _text("campaign"),
        _day("day"),
        sa.Column("number", sa.Integer(), nullable=False),
        _text("digest"),
        _moment("made_at"),
        _moment("as_of_at"),
        sa.UniqueConstraint("campaign", "day", "number"),
    )
    op.create_table(
        "edition_line",
        _of("edition"),
        _text("unit"),
        sa.Column("position", sa.Integer(), nullable=False),
        _text("name"),
        _text("kind"),
        _text("parent", nullable=True),
        sa.Column("depth", sa.Integer(), nullable=False),
        _text("state"),
        _text("timeliness", nullable=True),
        _moment("received_at", nullable=True),
        _count("expected"),
        _count("reported"),
        _count("on_time"),
        _flag("is_leaf"),
        sa.PrimaryKeyConstraint("edition_id", "unit"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "edition_figure",
        _of("edition"),
        _text("unit"),
        _text("indicator"),
        sa.Column("position", sa.Integer(), nullable=False),
        _count("value", nullable=True),
        _count("previous", nullable=True),
        _day("previous_day", nullable=True),
        _day("carried_from", nullable=True),
        _flag("is_stated"),
        _of("entry", nullable=True),
        sa.PrimaryKeyConstraint("edition_id", "unit", "indicator"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "edition_rate",
        _of("edition"),
        _text("unit"),
        _text("rate"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("previous", sa.Double(), nullable=True),
        sa.Column("target", sa.Double(), nullable=True),
        _count("gap", nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("edition_id", "unit", "rate"),
        sqlite_with_rowid=False,
    )


def _outbox_and_audit() -> None:
    op.create_table(
        "outgoing",
        _id(),
        _text("campaign"),
        _day("day"),
        _text("kind"),
        _text("key"),
        _text("message_id"),
        _text("sender"),
        _text("subject"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _moment("made_at"),
        _of("edition", nullable=True),
        sa.UniqueConstraint("key"),
    )
    op.create_index("outgoing_by_day", "outgoing", ["campaign", "day", "kind"])
    op.create_index("outgoing_by_edition", "outgoing", ["edition_id"])
    op.create_table(
        "delivery",
        _id(),
        _of("outgoing"),
        _text("address"),
        _text("kind"),
        _text("state"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _text("claimed_by", nullable=True),
        _moment("claimed_at", nullable=True),
        _moment("tried_at", nullable=True),
        _moment("retry_at", nullable=True),
        _moment("accepted_at", nullable=True),
        _text("reply"),
        sa.UniqueConstraint("outgoing_id", "address"),
        _one_of("kind", "to", "cc", "witness"),
        _one_of("state", "ready", "in_data", "accepted", "deferred", "failed", "unknown"),
    )
    op.create_index("delivery_by_state", "delivery", ["state"])
    op.create_table(
        "attempt",
        _id(),
        _of("delivery"),
        _moment("at"),
        _text("stage"),
        sa.Column("code", sa.Integer(), nullable=True),
        _text("state"),
        _text("reply"),
    )
    op.create_index("attempt_by_delivery", "attempt", ["delivery_id"])
    op.create_table(
        "audit",
        _id(),
        _moment("at"),
        _text("actor"),
        _text("action"),
        _text("subject"),
        _text("detail"),
    )
    op.create_index("audit_by_subject", "audit", ["subject"])


def _forbid_changes() -> None:
    """What was reported, tried or done stays as it was, whoever holds the connection."""
    if op.get_bind().dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_keeps_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
