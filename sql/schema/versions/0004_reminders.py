"""Reminders: letters that are no submissions, what came back of our own mails, and who wishes for none."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
APPEND_ONLY = ("letter_noted", "returned", "contact_wish")


def upgrade() -> None:
    # bounce, stop or resume: what a message is beside, or instead of, a submission.
    op.add_column("submission", sa.Column("letter", sa.Text(), nullable=True))
    letters = sa.text("letter IS NOT NULL")
    op.create_index(
        "submission_letter", "submission", ["campaign"], postgresql_where=letters, sqlite_where=letters
    )
    op.create_index("submission_by_sender", "submission", ["campaign", "sender", "received_at"])
    op.create_index("outgoing_by_message_id", "outgoing", ["message_id"])
    op.create_table(
        "letter_noted",
        sa.Column("submission_id", KEY, sa.ForeignKey("submission.id"), primary_key=True),
        _text("outcome"),
        _moment("at"),
        sa.CheckConstraint("outcome IN ('counted', 'foreign', 'unclear')"),
    )
    _returned()
    _wishes()
    _forbid_changes()


def downgrade() -> None:
    raise RuntimeError("wishes that were expressed cannot be taken back")


def _text(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, MOMENT, nullable=False)


def _id() -> sa.Column[Any]:
    return sa.Column("id", KEY, primary_key=True, autoincrement=True)


def _of(table: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(f"{table}_id", KEY, sa.ForeignKey(f"{table}.id"), nullable=nullable)


def _returned() -> None:
    op.create_table(
        "returned",
        _id(),
        _text("campaign"),
        _of("submission", nullable=True),  # none where the first server refused it itself
        _of("outgoing"),
        _text("address"),
        _text("unit", nullable=True),
        _text("kind"),
        _text("status"),
        _text("said"),
        _text("contact"),
        _moment("at"),
        sa.UniqueConstraint("submission_id", "outgoing_id", "address"),
        sa.CheckConstraint("kind IN ('hard', 'soft', 'arrived')"),
    )
    op.create_index("returned_by_address", "returned", ["campaign", "address", "at"])
    op.create_index("returned_by_outgoing", "returned", ["outgoing_id"])


def _wishes() -> None:
    op.create_table(
        "contact_wish",
        _id(),
        _text("campaign"),
        _text("address"),
        _text("unit", nullable=True),
        _text("wish"),
        _text("actor"),
        _text("reason"),
        _of("submission", nullable=True),
        _moment("at"),
        sa.CheckConstraint("wish IN ('stop', 'resume')"),
    )
    op.create_index("contact_wish_by_address", "contact_wish", ["campaign", "address", "at"])


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
