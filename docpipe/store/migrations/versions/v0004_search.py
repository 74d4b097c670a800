"""A database without search gets a table of what every page holds, and the database's own index of its words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_SQLITE = (
    "CREATE VIRTUAL TABLE docpipe_words USING fts5(text, fields, content='docpipe_search', content_rowid='id',"
    " tokenize='unicode61 remove_diacritics 2')",
    # What was read as a value counts for more than what merely stands on the page.
    "INSERT INTO docpipe_words (docpipe_words, rank) VALUES ('rank', 'bm25(1.0, 2.0)')",
    "CREATE VIRTUAL TABLE docpipe_words_terms USING fts5vocab('docpipe_words', 'row')",
    "CREATE TRIGGER docpipe_words_in AFTER INSERT ON docpipe_search BEGIN"
    " INSERT INTO docpipe_words (rowid, text, fields) VALUES (new.id, new.text, new.fields); END",
    "CREATE TRIGGER docpipe_words_out AFTER DELETE ON docpipe_search BEGIN"
    " INSERT INTO docpipe_words (docpipe_words, rowid, text, fields)"
    " VALUES ('delete', old.id, old.text, old.fields); END",
    "CREATE TRIGGER docpipe_words_new AFTER UPDATE OF text, fields ON docpipe_search BEGIN"
    " INSERT INTO docpipe_words (docpipe_words, rowid, text, fields)"
    " VALUES ('delete', old.id, old.text, old.fields);"
    " INSERT INTO docpipe_words (rowid, text, fields) VALUES (new.id, new.text, new.fields); END",
)
_POSTGRES = (
    "CREATE TABLE docpipe_words (entry_id INTEGER PRIMARY KEY REFERENCES docpipe_search (id) ON DELETE CASCADE,"
    " words tsvector NOT NULL)",
    "CREATE INDEX docpipe_words_of ON docpipe_words USING gin (words)",
    'CREATE TABLE docpipe_words_terms (term TEXT COLLATE "C" PRIMARY KEY)',
)


def upgrade() -> None:
    """Make the tables. The pages that are stored already get into them with `docpipe db reindex`."""
    op.create_table(
        "docpipe_search",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "document_id", sa.Integer, sa.ForeignKey("docpipe_documents.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("origin", sa.String(8)),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("day", sa.Date),
        sa.UniqueConstraint("document_id", "page", name="docpipe_search_key"),
        sqlite_autoincrement=True,
    )
    connection = op.get_bind()
    lite = connection.dialect.name == "sqlite"
    for statement in _SQLITE if lite else _POSTGRES:
        connection.exec_driver_sql(statement)
    kind = "BLOB" if lite else _vector(connection)
    connection.exec_driver_sql(
        "CREATE TABLE docpipe_words_vectors"
        " (entry_id INTEGER PRIMARY KEY REFERENCES docpipe_search (id) ON DELETE CASCADE,"
        f" model TEXT NOT NULL, vector {kind} NOT NULL)"
    )


def _vector(connection: sa.Connection) -> str:
    """pgvector's type where the server has it and the user may have it; else plain bytes do."""
    there = "SELECT 1 FROM pg_available_extensions WHERE name = 'vector'"
    if connection.exec_driver_sql(there).first() is None:
        return "bytea"
    try:
        with connection.begin_nested():
            connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS vector")
    except sa.exc.DBAPIError:
        return "bytea"
    return "halfvec"
