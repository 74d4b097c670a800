"""Eight processes write to one database at once; prints how long that takes, and that every row is there.

python tests/benchmarks/store_writers.py [DATABASE] [TRANSACTIONS]    8 writers x 500 transactions on a new SQLite file
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from docpipe.ingest import open_source
from docpipe.schema import load_schema
from docpipe.settings import Settings
from docpipe.store import Origin, open_store
from docpipe.types import Record, Value

WRITERS = 8
SCHEMA = {
    "title": "Written",
    "type": "object",
    "properties": {
        "writer": {"type": ["string", "null"]},
        "lines": {"type": "array", "items": {"type": "object", "properties": {"number": {"type": ["number", "null"]}}}},
    },
}


def write(name: str, address: str, transactions: int) -> None:
    """Store one record after the other, each of a document of its own, as a pipeline does."""
    schema = load_schema(SCHEMA)
    files = None if "://" not in address else tempfile.mkdtemp()
    with open_store(Settings(database=address, files=files)) as store:
        for number in range(transactions):
            source = open_source(b"%PDF-1.7 " + f"{name} {number}".encode(), name=f"{name}-{number}.pdf")
            store.arrive(source)
            record = Record(
                source=source.name,
                sha256=source.sha256,
                schema_name=schema.name,
                schema_hash=schema.hash,
                status="ok",
                pages=1,
                page_sizes=[(595, 842)],
                data={"writer": name, "lines": [{"number": Decimal(number)}]},
                values=[Value(pointer="/writer", text=name, value=name, page=1)],
            )
            store.keep(source, record, schema, Origin(schema.hash, "none"))


def main(address: str, transactions: int) -> None:
    """Start the writers, wait for them, and count."""
    started = time.perf_counter()
    command = [sys.executable, __file__, "--writer"]
    writers = [subprocess.Popen([*command, str(n), address, str(transactions)]) for n in range(WRITERS)]
    failed = sum(writer.wait() != 0 for writer in writers)
    took = time.perf_counter() - started
    with open_store(Settings(database=address)) as store:
        stored = len(store.entries())
    each = took / (WRITERS * transactions) * 1000
    print(
        f"{WRITERS} writers x {transactions} records: {failed} failed, {stored} stored, {took:.1f} s,"
        f" {each:.1f} ms each"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--writer"]:
        write(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            main((sys.argv[1:2] or [f"{folder}/docpipe.db"])[0], int(sys.argv[2]) if len(sys.argv) > 2 else 500)
