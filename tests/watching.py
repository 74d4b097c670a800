"""What tests of the watched folder share: small documents of which all is known, processes, and what must hold."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from docpipe.intake import Filter, Intake
from docpipe.journal import Journal
from docpipe.pipeline import Pipeline
from docpipe.schema import Schema, load_schema
from docpipe.settings import Settings
from docpipe.store import Store, open_store
from docpipe.types import PageText, Reading, ReadRequest, Reply, View
from docpipe.watch import Watcher
from tests.handmade import one_page, text_at
from tests.readings import entry, write_replay
from tests.stores import query

ROOT = Path(__file__).resolve().parent.parent
NOTE = {
    "title": "Note",
    "type": "object",
    "properties": {"number": {"type": ["string", "null"], "x-labels": ["Note No."]}},
}
# Short times, so that tests do not wait.
QUICK: Mapping[str, Any] = {"settle_s": 0.2, "rescan_s": 0.5, "lease_s": 2, "backoff_s": 0.2, "backoff_max_s": 0.5}


def schema() -> Schema:
    """The schema of notes."""
    return load_schema(NOTE)


def note(number: int) -> bytes:
    """A document of a few hundred bytes with a number of its own."""
    return one_page(text_at(72, 760, f"Note No. N-{number:05}"))


def recorded(folder: Path, numbers: Iterable[int]) -> str:
    """What a perfect model says of notes, as a model's name."""
    asked = schema()
    lines = [entry(note(n), asked, [Reading("/number", f"N-{n:05}", 1, confidence=0.9)]) for n in numbers]
    return write_replay(folder / "notes.jsonl", lines)


class Reader:
    """A model that reads notes and keeps the names of the documents it was asked about. `fault` is called before."""

    name = "reader-1"

    def __init__(self, fault: Callable[[str], None] = lambda _: None) -> None:
        self.asked: list[str] = []
        self._fault = fault

    def extract(self, requests: Iterable[ReadRequest]) -> Iterator[Reply]:
        for request in requests:
            source = request.views[0].page.source
            self.asked.append(Path(source.name).name)
            self._fault(source.name)
            yield Reply((Reading("/number", Path(source.name).stem, 1, confidence=0.9),), self.name)

    def answer(self, views: Sequence[View], question: str, earlier: Sequence[tuple[str, str | None]] = ()) -> Reply:
        del earlier
        return Reply((Reading("", question, views[0].page.number),), self.name)

    def transcribe(self, view: View) -> PageText | None:
        return PageText(view.page, (), "nano")


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


def watcher(
    store: Store,
    settings: Settings,
    *folders: Path,
    clock: Callable[[], float] = time.monotonic,
    wanted: Filter | None = None,
    done: Path | None = None,
) -> Watcher:
    """A watcher of folders of notes."""
    (folders[0].parent / "note.json").write_text(json.dumps(NOTE), "utf-8")
    intake = Intake(settings, store, str(folders[0].parent / "note.json"))
    journal = Journal(quiet=True)
    return Watcher(folders, settings, store, intake, journal, wanted=wanted, done=done, clock=clock)


def undisturbed(folder: Path, inbox: Path, settings: Settings, model: Reader | None = None) -> list[dict[str, Any]]:
    """What plain reading makes of the documents in `inbox`, in a database of its own in `folder`."""
    settings = settings.model_copy(update={"database": str(folder / "docpipe.db")})
    with open_store(settings) as store, Pipeline(settings, store=store, model=model) as pipeline:
        for _ in pipeline.add(sorted(inbox.glob("*.pdf")), schema=schema()):
            pass
        return outputs(store)


def outputs(store: Store) -> list[dict[str, Any]]:
    """Every current record but for where its file lay and how long it took, by the document's content."""
    records = [kept.record.model_dump(mode="json", exclude={"timing", "source"}) for kept in store.records()]
    return sorted(records, key=lambda record: str(record["sha256"]))


def assert_nothing_lost_nothing_twice(store: Store, expected: list[dict[str, Any]]) -> None:
    """Every document is done once, with the output of an undisturbed run, and the database is whole."""
    assert store.problems() == []
    assert outputs(store) == expected
    (states,) = query(
        store,
        "SELECT count(*), sum(CASE WHEN state = 'done' THEN 1 ELSE 0 END), count(DISTINCT content) FROM docpipe_jobs",
    )
    assert states == (len(expected),) * 3, store.jobs.entries()
    assert query(store, "SELECT count(*) FROM docpipe_records") == [(len(expected),)]
    assert query(store, "SELECT count(*), count(DISTINCT number) FROM note") == [(len(expected),) * 2]


class Command:
    """A process of docpipe, in a folder, with what it says in a file."""

    def __init__(self, folder: Path, *arguments: str | Path, **settings: object) -> None:
        said = {f"DOCPIPE_{name.upper()}": str(value) for name, value in settings.items()}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DOCPIPE_")}
        self.log = folder / f"log-{time.monotonic_ns()}.txt"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "docpipe", *map(str, arguments)],
                cwd=folder,
                env={**kept, "PYTHONPATH": str(ROOT), **said},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        """What it wrote so far."""
        return self.log.read_text("utf-8", "replace")

    def wait(self, seconds: float = 120) -> int:
        """Its exit code."""
        return self.process.wait(seconds)

    def kill(self) -> None:
        """End it and all that it started, without a word."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def until(what: Callable[[], bool], seconds: float = 180, every_s: float = 0.02) -> None:
    """Wait for something to become true, and see whether it has so often."""
    last = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < last, "it did not happen in time"
        time.sleep(every_s)
