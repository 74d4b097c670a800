"""Records go into the database with everything about them, and come out again as they were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Row, and_, insert, select

from docpipe.errors import RecordNotFound, StoreBusy
from docpipe.schema import Schema
from docpipe.settings import Settings, data_folder, settings_file
from docpipe.store import coding
from docpipe.store.catalogue import list_entries
from docpipe.store.checking import Info, info, problems
from docpipe.store.database import Database
from docpipe.store.entries import Entry, Filter, Kept, Origin, PageWords, Reviewed, SearchQuery
from docpipe.store.examples import Examples
from docpipe.store.files import Files
from docpipe.store.forgetting import compact, forget
from docpipe.store.fulltext import fulltext
from docpipe.store.indexing import put_entries
from docpipe.store.job_rows import end, enter, now
from docpipe.store.jobs import Jobs
from docpipe.store.keeping import is_settled, put, settle
from docpipe.store.leases import Lease, Order
from docpipe.store.plans import Plans
from docpipe.store.questions import Questions
from docpipe.store.readings import Readings
from docpipe.store.reviewed import corrected, reviewed_records, truth_of
from docpipe.store.rows import keep_pages, kept_of, kept_rows, place_of, schema_of
from docpipe.store.searching import Finder
from docpipe.store.tables import documents, records, reviews
from docpipe.types import Hit, Page, Record, Source, Value

FILE_NAME = "docpipe.db"


class Store:
    """One database and the folder of files beside it. Safe to use from several processes at once."""

    def __init__(self, database: Database, files: Files) -> None:
        self.database = database
        self.files = files
        self.readings = Readings(database)
        self.jobs = Jobs(database)
        self.plans = Plans(database)
        self.questions = Questions(database)
        self.finder = Finder(database)

    @classmethod
    def open(cls, settings: Settings, *, create: bool = True) -> Self:
        """The store that the settings name; see `docpipe.store.open_store`."""
        store = cls.at(settings)
        try:
            if create:
                store.files.folder.parent.mkdir(parents=True, exist_ok=True)
            store.database.prepare(create=create)
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def at(cls, settings: Settings) -> Self:
        """The store that the settings name, as it is: it may be missing, or of another version."""
        beside = settings_file()
        folder = beside.parent if beside is not None else data_folder()
        address: str | Path = settings.database or FILE_NAME
        if "://" not in str(address):
            address = folder / address
            folder = address.parent
        return cls(Database(address), Files(folder / (settings.files or "files")))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    # In.

    def arrive(self, source: Source) -> int:
        """Keep the bytes of a document and give it a number, or find the number it has. Nothing is read yet."""
        with self.database.read() as connection:
            known = _document_of(connection, source)
        kept, size = self.files.keep(source)  # before the row, so that no row is ever without its file
        if known is not None:
            return known
        with self.database.write() as connection:
            return self._number(connection, source, kept, size)

    def order(self, source: Source, order: Order) -> int:
        """Keep the bytes of a file that is to be read, and make a job of it, or find the job it has; its number.

        Raises SourceError when the file changed since it was opened.
        """
        kept, size = self.files.keep(source)
        with self.database.write() as connection:
            document = self._number(connection, source, kept, size)
            return enter(connection, order, source.sha256, document, now(self.database))

    def _number(self, connection: Connection, source: Source, kept: str, size: int) -> int:
        """The number of a document whose bytes are kept; another process may have been quicker to give it one."""
        known = _document_of(connection, source)
        if known is not None:
            return known
        row = insert(documents).values(
            sha256=source.sha256,
            file_sha256=kept,
            name=coding.storable(source.name),
            media_type=source.media_type,
            size_bytes=size,
            added_at=datetime.now(UTC),
        )
        return int(connection.execute(row.returning(documents.c.id)).scalar_one())

    def known(self, source: Source, origin: Origin) -> Kept | None:
        """The current record of a document, if it came about in just this way and is whole."""
        same = and_(
            documents.c.sha256 == source.sha256,
            records.c.current,
            records.c.asked == origin.asked,
            records.c.model == origin.model,
            records.c.pages_asked == origin.pages,
            records.c.how == origin.how,
            records.c.status.in_(("ok", "needs_review")),
        )
        with self.database.read() as connection:
            row = connection.execute(kept_rows().where(same)).first()
            settled = row is None or is_settled(connection, place_of(source), row.document_id)
        if row is None:
            return None
        kept = kept_of(row)
        if not settled:
            with self.database.write() as connection:
                kept = replace(kept, replaced=settle(connection, place_of(source), kept.document))
        return replace(kept, record=kept.record.model_copy(update={"source": source.name}))

    def keep(
        self,
        source: Source,
        record: Record,
        schema: Schema | None,
        origin: Origin,
        shown: Sequence[Page] = (),
        *,
        words: Sequence[PageWords] = (),
        lease: Lease | None = None,
    ) -> Kept:
        """Store a record of a document that has arrived, and make it the current one of its schema.

        The record that was current stays in the history. One that says the same as one that is stored already changes
        nothing but which is current; one that failed does not take the place of one that did not. `shown` are the
        document's pages, `words` what stands on them, for search. The job that `lease` is for ends with it; raises
        JobLost when that is another worker's.
        """
        with self.database.write() as connection:
            document = _document_of(connection, source)
            if document is None:
                raise RecordNotFound(f"{source.name} was forgotten while it was read")
            replaced = settle(connection, place_of(source), document)
            keep_pages(connection, document, shown)
            kept = put(connection, document, record, schema, origin)
            put_entries(connection, document, words)
            if lease is not None:
                end(connection, lease, kept.record, None, now(self.database))
        return replace(kept, replaced=replaced)

    def reviewed(self, sha256: str, schema_name: str) -> tuple[Value, ...]:
        """The values of a document's current record, when a person reviewed some of them; else nothing."""
        same = and_(documents.c.sha256 == sha256, records.c.schema_name == schema_name, records.c.current)
        with self.database.read() as connection:
            row = connection.execute(kept_rows().where(same)).first()
        found = () if row is None else tuple(coding.decode(row.content).values)
        return found if any(value.status == "reviewed" for value in found) else ()

    def review(self, kept: Kept, record: Record) -> Kept:
        """Store what a person made of the record `kept`, and what they changed or confirmed in it.

        Raises StoreBusy when another record became the current one meanwhile.
        """
        before = {value.pointer: value for value in kept.record.values}
        with self.database.write() as connection:
            now = connection.execute(select(records.c.current).where(records.c.id == kept.number)).scalar()
            if not now:
                raise StoreBusy(
                    f"document {kept.document} was read again meanwhile", hint=f"docpipe show {kept.document}"
                )
            schema = schema_of(connection, record.schema_hash)
            made = put(connection, kept.document, record, schema, kept.origin, at_once=True)
            put_entries(connection, kept.document)
            said = [
                {
                    "record_id": made.number,
                    "pointer": value.pointer,
                    "before": coding.value_text(before[value.pointer].value) if value.pointer in before else None,
                    "after": coding.value_text(value.value),
                    "reviewed_at": datetime.now(UTC),
                }
                for value in record.values
                if value.status == "reviewed" and value != before.get(value.pointer)
            ]
            if said and made.change != "unchanged":
                connection.execute(insert(reviews), said)
        return replace(made, change="reviewed")

    def put_words(self, document: int, words: Sequence[PageWords]) -> None:
        """Make a document's entries in the index anew, with what stands on its pages."""
        with self.database.write() as connection:
            put_entries(connection, document, words)

    def rebuild_words(self) -> None:
        """Make the index of words anew from its entries."""
        with self.database.write() as connection:
            fulltext(connection).rebuild()

    def forget(self, document: int) -> None:
        """Erase a document: its rows, its file, its readings, and every trace of them. Raises RecordNotFound."""
        with self.database.read() as connection:
            sha256 = self._document(connection, document).file_sha256
        forget(self.database, self.files, document, sha256)

    # Out.

    def entries(self, wanted: Filter | None = None) -> list[Entry]:
        """What is stored, the latest document last."""
        with self.database.read() as connection:
            return list_entries(connection, wanted or Filter())

    def search(self, wanted: SearchQuery) -> list[Hit]:
        """The pages that hold the words of a query, the best first. Whatever the text is, it is a valid query."""
        return self.finder.search(wanted)

    def get(self, document: int, *, schema: str | None = None, number: int | None = None) -> Kept:
        """The current record of a document, of one schema where it was read with several; or the record `number`.

        Raises RecordNotFound, which says what there is.
        """
        found = self.history(document, schema=schema)
        chosen = [k for k in found if (k.current if number is None else k.number == number)]
        if len(chosen) == 1:
            return chosen[0]
        if chosen:
            names = ", ".join(kept.record.schema_name for kept in chosen)
            raise RecordNotFound(
                f"document {document} was read with several schemas: {names}",
                hint=f"--schema {chosen[0].record.schema_name}",
            )
        what = f"record {number}" if number is not None else f"record of schema {schema}" if schema else "record"
        raise RecordNotFound(f"document {document} has no {what}", hint="docpipe list")

    def history(self, document: int, *, schema: str | None = None) -> list[Kept]:
        """Every record of a document, the oldest first. Raises RecordNotFound when there is no such document."""
        query = kept_rows().where(records.c.document_id == document).order_by(records.c.id)
        with self.database.read() as connection:
            self._document(connection, document)
            found = connection.execute(query if schema is None else query.where(records.c.schema_name == schema))
            return [kept_of(row) for row in found]

    def file(self, document: int) -> Path:
        """Where the bytes of a document lie. Raises RecordNotFound."""
        with self.database.read() as connection:
            return self.files.place(self._document(connection, document).file_sha256)

    def schema(self, kept: Kept) -> Schema:
        """The schema that a record was read with, as it was then."""
        with self.database.read() as connection:
            return schema_of(connection, kept.record.schema_hash)

    def records(self, wanted: Filter | None = None) -> Iterator[Kept]:
        """The current records of what `entries` lists."""
        for entry in self.entries(wanted):
            if entry.schema is not None:
                yield self.get(entry.document, schema=entry.schema)

    def reviewed_truth(self, wanted: Filter | None = None) -> Iterator[Reviewed]:
        """What people said stands in the documents that `wanted` admits, one for each schema a document was read with.

        A document of which nobody reviewed a whole field has no truth.
        """
        with self.database.read() as connection:
            numbers = reviewed_records(connection)
        for kept in self.records(wanted):
            if kept.number in numbers:
                with self.database.read() as connection:
                    row = self._document(connection, kept.document)
                    schema = schema_of(connection, kept.record.schema_hash)
                    changed = corrected(connection, kept)
                truth = truth_of(kept, row.name, self.files.place(row.file_sha256), schema, changed)
                if truth.data:
                    yield truth

    def examples(self, most: int) -> Examples | None:
        """Up to `most` reviewed documents of each schema, to be told to models; None for 0."""
        return Examples(self.reviewed_truth, most) if most else None

    def name_of(self, document: int) -> str:
        """What a document was called when it came in. Raises RecordNotFound."""
        with self.database.read() as connection:
            name: str = self._document(connection, document).name
        return name

    # As a whole.

    def info(self) -> Info:
        """Where the store lies and how much is in it, be it made yet or not."""
        return info(self.database, self.files)

    def problems(self) -> list[str]:
        """What is not whole, a sentence each."""
        return problems(self.database, self.files)

    def compact(self) -> None:
        """Rewrite the database without what was deleted from it."""
        compact(self.database)

    def _document(self, connection: Connection, document: int) -> Row[Any]:
        row = connection.execute(select(documents).where(documents.c.id == document)).first()
        if row is None:
            raise RecordNotFound(f"there is no document {document} in {self.database.name}", hint="docpipe list")
        return row


def _document_of(connection: Connection, source: Source) -> int | None:
    known: int | None = connection.execute(select(documents.c.id).where(documents.c.sha256 == source.sha256)).scalar()
    return known
