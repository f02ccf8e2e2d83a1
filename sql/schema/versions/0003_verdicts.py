"""Verdicts, waivers and officers: who decided what, and what came of it."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
APPEND_ONLY = ("verdict", "waiver", "waiver_end", "call_note")


def upgrade() -> None:
    _verdicts()
    _waivers()
    _officers()
    _standing()
    _forbid_changes()


def downgrade() -> None:
    raise RuntimeError("verdicts that were given cannot be taken back")


def _text(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, MOMENT, nullable=nullable)


def _day(name: str) -> sa.Column[Any]:
    return sa.Column(name, DAY, nullable=False)


def _id() -> sa.Column[Any]:
    return sa.Column("id", KEY, primary_key=True, autoincrement=True)


def _of(table: str, column: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(column or f"{table}_id", KEY, sa.ForeignKey(f"{table}.id"), nullable=nullable)


def _verdicts() -> None:
    op.create_table(
        "verdict",
        _id(),
        _text("campaign"),
        _day("day"),
        _text("unit", nullable=True),
        _moment("at"),
        _text("officer"),
        _text("decision"),
        _text("reason"),
        _of("submission"),
        _of("entry", nullable=True),
        _of("finding", nullable=True),
        _text("code", nullable=True),
        _text("indicator", nullable=True),
        _text("fingerprint", nullable=True),
        _text("field", nullable=True),
        _text("old_value", nullable=True),
        _text("new_value", nullable=True),
        _text("spoke_with", nullable=True),
        _of("verdict", "withdraws", nullable=True),
        sa.UniqueConstraint("withdraws"),
        sa.CheckConstraint("decision IN ('accept', 'correct', 'reject', 'withdraw')"),
        sa.CheckConstraint("(decision = 'withdraw') = (withdraws IS NOT NULL)"),
        sa.CheckConstraint("(decision = 'correct') = (field IS NOT NULL)"),
    )
    op.create_index("verdict_by_entry", "verdict", ["entry_id"])
    op.create_index("verdict_by_finding", "verdict", ["finding_id"])
    op.create_index("verdict_by_unit", "verdict", ["campaign", "unit", "day"])
    op.create_index("verdict_by_time", "verdict", ["campaign", "at"])
    op.create_index("audit_by_time", "audit", ["at"])
    op.create_index("verdict_by_fingerprint", "verdict", ["fingerprint"])


def _waivers() -> None:
    op.create_table(
        "waiver",
        _id(),
        _text("campaign"),
        _text("unit"),
        _text("code"),
        _day("since"),
        _day("until"),
        _moment("at"),
        _text("officer"),
        _text("reason"),
    )
    op.create_index("waiver_by_unit", "waiver", ["campaign", "unit", "code"])
    op.create_table(
        "waiver_end",
        sa.Column("waiver_id", KEY, sa.ForeignKey("waiver.id"), primary_key=True),
        _moment("at"),
        _text("officer"),
        _text("reason"),
    )
    op.create_table(
        "call_note",
        _id(),
        _text("campaign"),
        _day("day"),
        _text("unit"),
        _moment("at"),
        _text("officer"),
        _text("note"),
        _moment("promised_at", nullable=True),
    )
    op.create_index("call_note_by_day", "call_note", ["campaign", "day", "unit"])


def _officers() -> None:
    op.create_table(
        "officer",
        _id(),
        _text("name"),
        _text("title"),
        _text("password"),
        _text("role"),
        _text("branch", nullable=True),
        _moment("created_at"),
        _moment("disabled_at", nullable=True),
        sa.UniqueConstraint("name"),
        sa.CheckConstraint("role IN ('viewer', 'officer', 'admin')"),
    )
    op.create_table(
        "desk_session",
        sa.Column("token_hash", sa.Text(), primary_key=True),
        _of("officer"),
        _text("csrf"),
        _moment("created_at"),
        _moment("seen_at"),
        _moment("expires_at"),
        _moment("ended_at", nullable=True),
    )
    op.create_index("desk_session_by_officer", "desk_session", ["officer_id"])
    op.create_table(
        "login_attempt",
        _id(),
        _text("name"),
        _text("origin"),
        _moment("at"),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
    )
    op.create_index("login_attempt_by_name", "login_attempt", ["name", "at"])
    op.create_index("login_attempt_by_origin", "login_attempt", ["origin", "at"])


def _standing() -> None:
    """What verdicts come to, beside what they stand on: so that adding up and the queue need no history."""
    op.execute("DROP VIEW standing_entry")
    # In words: Alembic cannot add a column with a reference to a table of SQLite.
    for table, column, refers in (
        ("entry", "verdict_id", "verdict"),  # the correction that made this entry
        ("entry", "replaced_by", "entry"),  # the entry that a correction put in its place
        ("entry", "decided_by", "verdict"),  # the verdict that stands on the entry as a whole
        ("figure", "verdict_id", "verdict"),  # the correction that gave this figure
        ("finding", "verdict_id", "verdict"),
        ("finding", "waiver_id", "waiver"),
    ):
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} BIGINT REFERENCES {refers} (id)")
    for table, column in (
        ("entry", "verdict_id"),
        ("entry", "replaced_by"),
        ("entry", "decided_by"),
        ("finding", "verdict_id"),
        ("finding", "waiver_id"),
    ):
        given = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"{table}_by_{column}", table, [column], postgresql_where=given, sqlite_where=given)
    op.add_column("finding", sa.Column("settled", sa.Text(), nullable=True))
    unsettled = sa.text("settled IS NULL")
    op.create_index(
        "finding_unsettled",
        "finding",
        ["campaign", "day", "severity"],
        postgresql_where=unsettled,
        sqlite_where=unsettled,
    )
    op.execute(Path(__file__).with_name("0003_standing.sql").read_text(encoding="utf-8"))


def _forbid_changes() -> None:
    for table in APPEND_ONLY:
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
