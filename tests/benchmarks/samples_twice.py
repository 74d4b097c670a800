"""All samples are added twice; prints what the second time read and changed, and ends with 1 if that is anything.

python tests/benchmarks/samples_twice.py [DATABASE]    a path or postgresql://..., a new SQLite file by default
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from docpipe.pipeline import Pipeline
from docpipe.settings import Settings
from docpipe.store import Store, open_store
from docpipe.types import RecordStatus
from tests.readings import SAMPLES, truth
from tests.stores import Perfect, by_hash, dump


def add_all(store: Store, settings: Settings) -> tuple[int, Counter[RecordStatus]]:
    """Add every sample, read as its truth says; how many requests a model got, and the statuses of the records."""
    model = Perfect()
    with Pipeline(settings, model=model, store=store) as pipeline:
        statuses = Counter(
            added.record.status
            for document in sorted(by_hash().values())
            for added in pipeline.add([document], schema=schema_of(document))
        )
    return len(model.asked), statuses


def schema_of(document: Path) -> str | Path:
    """The name or the file of the schema that a sample's truth is in."""
    name: str = truth(document)["schema"]
    return SAMPLES / name if name.endswith(".json") else name


def main(address: str) -> int:
    """Add everything, again, and compare."""
    started = time.process_time()
    settings = Settings(database=address)
    with open_store(settings) as store:
        asked, statuses = add_all(store, settings)
        before = dump(store)
        asked_again, statuses_again = add_all(store, settings)
        same = dump(store) == before and statuses == statuses_again
        problems = store.problems()
    told = ", ".join(f"{number} {status}" for status, number in sorted(statuses.items()))
    print(f"first: {sum(statuses.values())} documents ({told}), {asked} requests")
    print(
        f"second: {asked_again} requests, {'nothing' if same else 'SOMETHING'} changed in {len(before)} bytes of dump"
    )
    print(f"docpipe db check: {problems or 'all is well'}; {time.process_time() - started:.0f} s of CPU")
    return 0 if same and asked_again == 0 and not problems else 1


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(main(sys.argv[1]))
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(main(f"{folder}/docpipe.db"))
