"""Verdicts, waivers and officers: who decided what, and what came of it."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from sql.schema.columns import KEY, day, key, moment, of, only_grows, text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

APPEND_ONLY = ("verdict", "waiver", "waiver_end", "call_note")


def upgrade() -> None:
    _verdicts()
    _waivers()
    _officers()
    _standing()
    only_grows(APPEND_ONLY)


def downgrade() -> None:
    raise RuntimeError("verdicts that were given cannot be taken back")


def _verdicts() -> None:
    op.create_table(
        "verdict",
        key(),
        text("campaign"),
        day("day"),
        text("unit", nullable=True),
        moment("at"),
        text("officer"),
        text("decision"),
        text("reason"),
        of("submission"),
        of("entry", nullable=True),
        of("finding", nullable=True),
        text("code", nullable=True),
        text("indicator", nullable=True),
        text("fingerprint", nullable=True),
        text("field", nullable=True),
        text("old_value", nullable=True),
        text("new_value", nullable=True),
        text("spoke_with", nullable=True),
        of("verdict", "withdraws", nullable=True),
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
        key(),
        text("campaign"),
        text("unit"),
        text("code"),
        day("since"),
        day("until"),
        moment("at"),
        text("officer"),
        text("reason"),
    )
    op.create_index("waiver_by_unit", "waiver", ["campaign", "unit", "code"])
    op.create_table(
        "waiver_end",
        sa.Column("waiver_id", KEY, sa.ForeignKey("waiver.id"), primary_key=True),
        moment("at"),
        text("officer"),
        text("reason"),
    )
    op.create_table(
        "call_note",
        key(),
        text("campaign"),
        day("day"),
        text("unit"),
        moment("at"),
        text("officer"),
        text("note"),
        moment("promised_at", nullable=True),
    )
    op.create_index("call_note_by_day", "call_note", ["campaign", "day", "unit"])


def _officers() -> None:
    op.create_table(
        "officer",
        key(),
        text("name"),
        text("title"),
        text("password"),
        text("role"),
        text("branch", nullable=True),
        moment("created_at"),
        moment("disabled_at", nullable=True),
        sa.UniqueConstraint("name"),
        sa.CheckConstraint("role IN ('viewer', 'officer', 'admin')"),
    )
    op.create_table(
        "desk_session",
        sa.Column("token_hash", sa.Text(), primary_key=True),
        of("officer"),
        text("csrf"),
        moment("created_at"),
        moment("seen_at"),
        moment("expires_at"),
        moment("ended_at", nullable=True),
    )
    op.create_index("desk_session_by_officer", "desk_session", ["officer_id"])
    op.create_table(
        "login_attempt",
        key(),
        text("name"),
        text("origin"),
        moment("at"),
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
