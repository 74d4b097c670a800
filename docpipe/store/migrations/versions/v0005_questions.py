"""A database without questions gets a table of what was asked, what was answered, and what that cited."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "docpipe_questions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("follows", sa.Integer),
        sa.Column("plan", sa.Text),
        sa.Column("answer", sa.Text, nullable=False),
    )
