"""An empty database becomes the first one: documents, records, values, readings, and what the typed tables hold."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _document(*, primary_key: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey("docpipe_documents.id", ondelete="CASCADE")
    return sa.Column("document_id", sa.Integer, key, nullable=False, primary_key=primary_key)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "docpipe_documents",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False, unique=True),
        sa.Column("file_sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("size_bytes", sa.Integer, nullable=False),
        sa.Column("superseded", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table("docpipe_places", sa.Column("path", sa.Text, primary_key=True), _document())
    op.create_index("ix_docpipe_places_document_id", "docpipe_places", ["document_id"])
    op.create_table(
        "docpipe_pages",
        _document(primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("width_pt", sa.Float, nullable=False),
        sa.Column("height_pt", sa.Float, nullable=False),
    )
    op.create_table(
        "docpipe_schemas",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "docpipe_records",
        sa.Column("id", sa.Integer, primary_key=True),
        _document(),
        sa.Column("schema_name", sa.Text, nullable=False),
        sa.Column("schema_hash", sa.String(64), nullable=False),
        sa.Column("asked", sa.String(64), nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("pages_asked", sa.Text, nullable=False),
        sa.Column("how", sa.Text, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("current", sa.Boolean, nullable=False),
        sa.Column("identity", sa.String(64)),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("docpipe_records_of", "docpipe_records", ["document_id", "schema_name"])
    op.create_index("docpipe_records_like", "docpipe_records", ["schema_name", "identity"])
    op.create_table(
        "docpipe_values",
        sa.Column("record_id", sa.Integer, sa.ForeignKey("docpipe_records.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("pointer", sa.Text, nullable=False),
        sa.Column("text", sa.Text),
        sa.Column("value", sa.Text),
        sa.Column("page", sa.Integer),
        *(sa.Column(name, sa.Float) for name in ("x0", "y0", "x1", "y1", "confidence")),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("model", sa.Text, nullable=False),
    )
    op.create_table(
        "docpipe_readings",
        sa.Column("id", sa.Integer, primary_key=True),
        _document(),
        sa.Column("pages", sa.Text, nullable=False),
        sa.Column("dpi", sa.Float, nullable=False),
        sa.Column("clip", sa.Text, nullable=False),
        sa.Column("asked", sa.String(64), nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("again", sa.Boolean, nullable=False),
        sa.Column("only", sa.Text, nullable=False),
        sa.Column("schema_hash", sa.String(64), nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("prompt", sa.Text, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("reply", sa.Text, nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint(
            "document_id", "pages", "dpi", "clip", "asked", "model", "prompt", "attempt", name="docpipe_readings_key"
        ),
    )
    op.create_table(
        "docpipe_tables",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("schema_name", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.UniqueConstraint("schema_name", "path", name="docpipe_tables_key"),
    )
    op.create_table(
        "docpipe_columns",
        sa.Column("table_name", sa.Text, sa.ForeignKey("docpipe_tables.name", ondelete="CASCADE"), primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.UniqueConstraint("table_name", "path", "kind", name="docpipe_columns_key"),
    )
