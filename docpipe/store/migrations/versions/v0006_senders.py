"""Pages that are searched get an index of who sent them and when, so that a filter reads no page's text."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the index. PostgreSQL keeps long texts apart from their rows anyway, and could not index any length."""
    if op.get_bind().dialect.name == "sqlite":
        op.create_index("docpipe_words_senders", "docpipe_search", ["sender", "day", "document_id"])
