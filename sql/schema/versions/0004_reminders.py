"""Reminders: letters that are no submissions, what came back of our own mails, and who wishes for none."""

import sqlalchemy as sa
from alembic import op

from sql.schema.columns import KEY, key, moment, of, only_grows, text

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

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
        text("outcome"),
        moment("at"),
        sa.CheckConstraint("outcome IN ('counted', 'foreign', 'unclear')"),
    )
    _returned()
    _wishes()
    only_grows(APPEND_ONLY)


def downgrade() -> None:
    raise RuntimeError("wishes that were expressed cannot be taken back")


def _returned() -> None:
    op.create_table(
        "returned",
        key(),
        text("campaign"),
        of("submission", nullable=True),  # none where the first server refused it itself
        of("outgoing"),
        text("address"),
        text("unit", nullable=True),
        text("kind"),
        text("status"),
        text("said"),
        text("contact"),
        moment("at"),
        sa.UniqueConstraint("submission_id", "outgoing_id", "address"),
        sa.CheckConstraint("kind IN ('hard', 'soft', 'arrived')"),
    )
    op.create_index("returned_by_address", "returned", ["campaign", "address", "at"])
    op.create_index("returned_by_outgoing", "returned", ["outgoing_id"])


def _wishes() -> None:
    op.create_table(
        "contact_wish",
        key(),
        text("campaign"),
        text("address"),
        text("unit", nullable=True),
        text("wish"),
        text("actor"),
        text("reason"),
        of("submission", nullable=True),
        moment("at"),
        sa.CheckConstraint("wish IN ('stop', 'resume')"),
    )
    op.create_index("contact_wish_by_address", "contact_wish", ["campaign", "address", "at"])
