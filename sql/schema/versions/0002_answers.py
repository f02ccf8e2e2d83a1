"""Answers: who vouches for a sender, and which answers lie in folders."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    # Empty for what came before this revision: such a submission is not answered afterwards.
    op.add_column("submission", sa.Column("provenance", sa.Text(), nullable=True))
    op.create_index("outgoing_by_time", "outgoing", ["campaign", "made_at"])
    op.create_table(
        "folder_answer",
        sa.Column("submission_id", KEY, sa.ForeignKey("submission.id"), primary_key=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.CheckConstraint("state IN ('writing', 'written', 'refused')"),
    )
    op.create_index("folder_answer_by_source", "folder_answer", ["source", "made_at"])


def downgrade() -> None:
    raise RuntimeError("answers that were given cannot be taken back")
