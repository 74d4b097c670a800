"""The fixed tables of the database. Each starts with `docpipe_`, so that a schema's own tables can have any name."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

PREFIX = "docpipe_"
# The migration that a database must have reached.
VERSION = "0006"
VERSION_TABLE = f"{PREFIX}version"

metadata = MetaData()


def _document(*, primary_key: bool = False, index: bool = False) -> Column[int]:
    key = ForeignKey("docpipe_documents.id", ondelete="CASCADE")
    return Column("document_id", key, nullable=False, primary_key=primary_key, index=index)


# One row for each content that came in. `superseded`: every file that held it holds something else now.
documents = Table(
    "docpipe_documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("file_sha256", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("superseded", Boolean, nullable=False, server_default=false()),
    Column("added_at", DateTime(timezone=True), nullable=False),
    sqlite_autoincrement=True,
)

# Where a document was read from: what tells a replaced file from another document.
places = Table(
    "docpipe_places",
    metadata,
    Column("path", Text, primary_key=True),
    _document(index=True),
)

pages = Table(
    "docpipe_pages",
    metadata,
    _document(primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("width_pt", Float, nullable=False),
    Column("height_pt", Float, nullable=False),
)

schemas = Table(
    "docpipe_schemas",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("document", Text, nullable=False),
)

# Every record there ever was; `current` is the one of its document and schema that the typed tables hold.
records = Table(
    "docpipe_records",
    metadata,
    Column("id", Integer, primary_key=True),
    _document(),
    Column("schema_name", Text, nullable=False),
    Column("schema_hash", String(64), nullable=False),
    Column("asked", String(64), nullable=False),
    Column("model", Text, nullable=False),
    Column("pages_asked", Text, nullable=False),
    Column("how", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("current", Boolean, nullable=False),
    Column("identity", String(64)),
    Column("digest", String(64), nullable=False),
    Column("content", Text, nullable=False),
    Column("stored_at", DateTime(timezone=True), nullable=False),
    Index("docpipe_records_of", "document_id", "schema_name"),
    Index("docpipe_records_like", "schema_name", "identity"),
    sqlite_autoincrement=True,
)

# The values of every record, to be asked with SQL. `value` is the typed value as text: 1234.56, 2024-09-17, true.
values = Table(
    "docpipe_values",
    metadata,
    Column("record_id", ForeignKey("docpipe_records.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("pointer", Text, nullable=False),
    Column("text", Text),
    Column("value", Text),
    Column("page", Integer),
    Column("x0", Float),
    Column("y0", Float),
    Column("x1", Float),
    Column("y1", Float),
    Column("confidence", Float),
    Column("status", String(16), nullable=False),
    Column("model", Text, nullable=False),
)

# What models said. `asked` is the hash of the fields and what was said about them, `fields` each field's own hash,
# `again` marks the second look at some values, which cannot stand for a reading of the page.
readings = Table(
    "docpipe_readings",
    metadata,
    Column("id", Integer, primary_key=True),
    _document(),
    Column("pages", Text, nullable=False),
    Column("dpi", Float, nullable=False),
    Column("clip", Text, nullable=False),
    Column("asked", String(64), nullable=False),
    Column("fields", Text, nullable=False),
    Column("again", Boolean, nullable=False),
    Column("only", Text, nullable=False),
    Column("schema_hash", String(64), nullable=False),
    Column("model", Text, nullable=False),
    Column("prompt", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("reply", Text, nullable=False),
    Column("read_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint(
        "document_id", "pages", "dpi", "clip", "asked", "model", "prompt", "attempt", name="docpipe_readings_key"
    ),
)

# Which table holds which part of a schema, and which column which field. A field whose type changed has two columns.
typed_tables = Table(
    "docpipe_tables",
    metadata,
    Column("name", Text, primary_key=True),
    Column("schema_name", Text, nullable=False),
    Column("path", Text, nullable=False),
    UniqueConstraint("schema_name", "path", name="docpipe_tables_key"),
)
typed_columns = Table(
    "docpipe_columns",
    metadata,
    Column("table_name", ForeignKey("docpipe_tables.name", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("path", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    UniqueConstraint("table_name", "path", "kind", name="docpipe_columns_key"),
)

# What people said of values: the truth for measuring and training. `record_id` is the record that came of it.
reviews = Table(
    "docpipe_reviews",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record_id", ForeignKey("docpipe_records.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("pointer", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("reviewed_at", DateTime(timezone=True), nullable=False),
)

# What every page holds, to be searched: `text` as it stands there (`origin` says who read it, NULL where nobody did),
# `fields` as it was read by the current records, a line a field. `sender` and `day` are those of its document.
entries = Table(
    "docpipe_search",
    metadata,
    Column("id", Integer, primary_key=True),
    _document(),
    Column("page", Integer, nullable=False),
    Column("origin", String(8)),
    Column("text", Text, nullable=False),
    Column("fields", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("day", Date),
    UniqueConstraint("document_id", "page", name="docpipe_search_key"),
    sqlite_autoincrement=True,
)

# What is to be read, was read or failed: a row for each content and schema that was asked. `content` is its SHA-256,
# or that of its path for a file that could not be taken. Moments are seconds since 1970 by the database's clock.
# `code` and `reason` say why a job failed, waits for another attempt, or wants a person.
jobs = Table(
    "docpipe_jobs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("content", String(64), nullable=False),
    Column("asked", String(64), nullable=False),
    Column("document_id", ForeignKey("docpipe_documents.id", ondelete="CASCADE"), index=True),
    Column("schema_name", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("worker", Text),
    Column("lease_until", Double),
    Column("not_before", Double, nullable=False),
    Column("code", Text),
    Column("reason", Text),
    Column("hint", Text),
    Column("record_id", ForeignKey("docpipe_records.id", ondelete="SET NULL"), index=True),
    Column("taken_at", Double, nullable=False),
    Column("started_at", Double),
    Column("ended_at", Double),
    UniqueConstraint("content", "asked", name="docpipe_jobs_key"),
    Index("docpipe_jobs_next", "state", "attempts", "id"),
    sqlite_autoincrement=True,
)

# Every path that a job's content came under. `signature` is the file's size and times as it was taken, NULL once the
# path holds something else; `rule` the folder rule that it came by.
inputs = Table(
    "docpipe_inputs",
    metadata,
    Column("job_id", ForeignKey("docpipe_jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("path", Text, primary_key=True, index=True),
    Column("signature", Text),
    Column("rule", Text, nullable=False),
)

# What was asked, and the answer with everything it cited, as JSON. `follows` is the question that it went on from.
questions = Table(
    "docpipe_questions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("question", Text, nullable=False),
    Column("follows", Integer),
    Column("plan", Text),
    Column("answer", Text, nullable=False),
)
