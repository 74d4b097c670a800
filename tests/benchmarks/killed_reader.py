"""A process that reads a long document is killed near its end, and started again; prints what each run asked a model.

python tests/benchmarks/killed_reader.py [PAGES]    400 pages, killed at page 399; ends with 1 if the results differ
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from docpipe.settings import Settings
from docpipe.store import Store, open_store
from tests.handmade import many_pages
from tests.stores import dump, query

ROOT = Path(__file__).resolve().parents[2]
WINDOW = 4  # pages that a model is shown at once, as the settings have it


@dataclass(frozen=True)
class Killed:
    """The windows that a model was asked for, each as the numbers of its pages, and what came of them.

    `first` was killed, `second` went on, `third` had nothing to do, `undisturbed` wrote to another database.
    """

    first: list[str]
    ended: int
    second: list[str]
    third: list[str]
    undisturbed: list[str]
    equal: bool
    unchanged: bool
    rows: int


def killed(settings: Settings, folder: Path, pages: int) -> Killed:
    """Read a document of so many pages into the database of `settings`, killed at the last but one; then go on."""
    document = folder / "long.pdf"
    document.write_bytes(many_pages(pages))
    other = Settings(database=str(folder / "undisturbed" / "docpipe.db"))
    first, ended = read_long(document, settings, stop_at=pages - 1)
    second, _ = read_long(document, settings)
    undisturbed, _ = read_long(document, other)
    with open_store(settings) as one, open_store(other) as another:
        record, wanted = one.get(1).record, another.get(1).record
        equal = record.model_copy(update={"timing": wanted.timing}) == wanted and rows(one) == rows(another)
        before = dump(one)
    third, _ = read_long(document, settings)
    with open_store(settings) as one:
        unchanged = dump(one) == before and one.problems() == []
    return Killed(first, ended, second, third, undisturbed, equal, unchanged, len(record.data["lines"]))


def read_long(document: Path, settings: Settings, *, stop_at: int | None = None) -> tuple[list[str], int]:
    """Read in a process of its own, which kills itself at a page; the windows it asked for, and how it ended."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]),
        "DOCPIPE_DATABASE": settings.database or "",
        **({} if settings.files is None else {"DOCPIPE_FILES": settings.files}),
    }
    arguments = [str(document), *([str(stop_at)] if stop_at else [])]
    process = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "long_reader.py"), *arguments],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    if process.returncode not in (0, -signal.SIGKILL):
        raise RuntimeError(process.stderr)
    return process.stdout.split(), process.returncode


def rows(store: Store) -> list[tuple[object, ...]]:
    """What the typed tables hold."""
    return query(store, "SELECT title, position, page FROM pages_lines ORDER BY position")


def main(pages: int) -> int:
    """Read, kill, read, compare."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        found = killed(Settings(database=f"{folder}/docpipe.db"), Path(folder), pages)
    print(f"first run: {len(found.first)} windows of {WINDOW} pages asked, killed at page {pages - 1} ({found.ended})")
    print(f"second run: {len(found.second)} window asked, pages {' and '.join(found.second)}")
    print(f"third run: {len(found.third)} windows asked, database {'un' if found.unchanged else ''}changed")
    print(f"undisturbed run: {len(found.undisturbed)} windows, result {'equal' if found.equal else 'DIFFERENT'}")
    print(f"{found.rows} rows; {time.perf_counter() - started:.0f} s altogether")
    whole = found.equal and found.unchanged and len(found.second) == 1 and not found.third
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 400))
