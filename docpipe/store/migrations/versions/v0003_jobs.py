"""A database without jobs gets a table of what is to be read, and one of the files that it came in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "docpipe_jobs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("content", sa.String(64), nullable=False),
        sa.Column("asked", sa.String(64), nullable=False),
        sa.Column("document_id", sa.Integer, sa.ForeignKey("docpipe_documents.id", ondelete="CASCADE")),
        sa.Column("schema_name", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("worker", sa.Text),
        sa.Column("lease_until", sa.Double),
        sa.Column("not_before", sa.Double, nullable=False),
        sa.Column("code", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("hint", sa.Text),
        sa.Column("record_id", sa.Integer, sa.ForeignKey("docpipe_records.id", ondelete="SET NULL")),
        sa.Column("taken_at", sa.Double, nullable=False),
        sa.Column("started_at", sa.Double),
        sa.Column("ended_at", sa.Double),
        sa.UniqueConstraint("content", "asked", name="docpipe_jobs_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("docpipe_jobs_next", "docpipe_jobs", ["state", "attempts", "id"])
    op.create_index("ix_docpipe_jobs_document_id", "docpipe_jobs", ["document_id"])
    op.create_index("ix_docpipe_jobs_record_id", "docpipe_jobs", ["record_id"])
    op.create_table(
        "docpipe_inputs",
        sa.Column("job_id", sa.Integer, sa.ForeignKey("docpipe_jobs.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column("signature", sa.Text),
        sa.Column("rule", sa.Text, nullable=False),
    )
    op.create_index("ix_docpipe_inputs_path", "docpipe_inputs", ["path"])
