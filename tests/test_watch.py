"""A watched folder: what is in it is taken when it is still, whatever happened to it, and nothing else is touched."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from docpipe.intake import Filter
from docpipe.journal import Journal
from docpipe.settings import Settings
from docpipe.store import Store, open_store
from docpipe.work import Worker
from tests.stores import query
from tests.watching import NOTE, QUICK, Clock, Command, Reader, note, recorded, until, watcher

SETTLE_S = 6.0


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """An empty folder."""
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a database of their own, whose times are the usual ones where a clock of ours is looked at."""
    return Settings(database=str(tmp_path / "docpipe.db"), dpi=36, lease_s=30, settle_s=SETTLE_S)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """An open store."""
    with open_store(settings) as opened:
        yield opened


def work(store: Store, settings: Settings) -> list[str]:
    """Do every job; the documents that the model was asked about."""
    reader = Reader()
    Worker(settings, store, Journal(quiet=True), model=reader).run(once=True)
    return reader.asked


def names(store: Store) -> list[str]:
    """The numbers in the table of notes."""
    return sorted(str(number) for (number,) in query(store, "SELECT number FROM note"))


def test_a_file_is_taken_when_it_is_still(inbox: Path, settings: Settings, store: Store) -> None:
    """Not while it is written in drips with pauses of four seconds, nor when it was there at the start, nor in part."""
    clock = Clock()
    whole = note(1)
    watching = watcher(store, settings, inbox, clock=clock)
    file = inbox / "N-00001.pdf"
    for start in range(0, len(whole), 150):
        with file.open("ab") as out:
            out.write(whole[start : start + 150])
        assert watching.look() == 0
        clock.wait(4)
        assert watching.look() == 0
    assert watching.unsettled
    clock.wait(2)
    assert watching.look() == 1
    assert work(store, settings) == ["N-00001.pdf"]
    (entry,) = store.jobs.entries()
    assert (entry.state, store.file(1).read_bytes()) == ("done", whole)
    clock.wait(60)
    assert watching.look() == 0


def test_a_folder_that_is_full_at_the_start(inbox: Path, settings: Settings, store: Store) -> None:
    """What lies there is taken when it has been still before our eyes, and by the next watcher not once more."""
    for number in range(5):
        (inbox / f"N-{number:05}.pdf").write_bytes(note(number))
        os.utime(inbox / f"N-{number:05}.pdf", (0, 0))
    clock = Clock()
    first = watcher(store, settings, inbox, clock=clock)
    first.recall()
    assert first.look() == 0
    clock.wait(SETTLE_S)
    assert first.look() == 5
    second = watcher(store, settings, inbox, clock=clock)
    second.recall()
    assert (second.look(), second.unsettled) == (0, False)
    assert len(work(store, settings)) == 5


def test_a_folder_that_takes_long_to_look_through(inbox: Path, settings: Settings, store: Store) -> None:
    """However slow a drive is, each look takes some of what is still, and in the end all of it."""

    class Slow(Clock):
        def __call__(self) -> float:
            self.now += 1
            return self.now

    for number in range(8):
        (inbox / f"N-{number:05}.pdf").write_bytes(note(number))
    watching = watcher(store, settings, inbox, clock=Slow())
    taken = [watching.look() for _ in range(10)]
    assert sum(taken) == 8
    assert taken[0] == 0
    assert not watching.unsettled


def test_a_file_that_changes_while_it_is_copied_is_not_taken(inbox: Path, settings: Settings, store: Store) -> None:
    """What was hashed and what was copied must be the same; it is taken as it is later."""
    clock = Clock()
    file = inbox / "N-00001.pdf"
    file.write_bytes(note(1))
    watching = watcher(store, settings, inbox, clock=clock)
    watching.look()
    clock.wait(SETTLE_S)
    place = store.files.folder
    place.mkdir()
    real = type(store.files).keep

    def written_to(files: object, source: object) -> object:
        file.write_bytes(note(2))
        return real(files, source)  # type: ignore[arg-type]  # it is what the store gave

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(store.files), "keep", written_to)
        assert watching.look() == 0
    assert list(place.iterdir()) == []
    assert store.jobs.entries() == []
    watching.look()
    clock.wait(SETTLE_S)
    assert watching.look() == 1
    assert store.file(1).read_bytes() == note(2)


def test_a_file_that_is_replaced_takes_the_place_of_what_it_held(inbox: Path, settings: Settings, store: Store) -> None:
    """Also when the new one has the same size and keeps its time; the table holds the new content alone."""
    clock = Clock()
    file = inbox / "N-00001.pdf"
    file.write_bytes(note(1))
    watching = watcher(store, settings, inbox, clock=clock)

    def settle() -> None:
        watching.look()
        clock.wait(SETTLE_S)
        assert watching.look() == 1

    settle()
    work(store, settings)
    before = file.stat()
    (inbox.parent / "new").write_bytes(note(2))
    os.utime(inbox.parent / "new", ns=(before.st_atime_ns, before.st_mtime_ns))
    shutil.move(inbox.parent / "new", file)
    after = file.stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    settle()
    work(store, settings)
    assert query(store, "SELECT document_id FROM note") == [(2,)]
    assert [e.state for e in store.jobs.entries()] == ["done", "done"]
    # What was replaced before it was read does not count either, and what comes back counts again.
    file.write_bytes(note(3))
    settle()
    file.write_bytes(note(1))
    settle()
    work(store, settings)
    assert query(store, "SELECT document_id FROM note") == [(1,)]
    assert store.problems() == []


def test_renamed_into_the_folder_and_deleted_while_waiting(inbox: Path, settings: Settings, store: Store) -> None:
    """A file that is moved in is taken; one that is deleted then is read from our copy, one before never was."""
    clock = Clock()
    watching = watcher(store, settings, inbox, clock=clock)
    watching.look()
    (inbox.parent / "N-00001.part").write_bytes(note(1))
    (inbox.parent / "N-00001.part").rename(inbox / "N-00001.pdf")
    (inbox / "gone.pdf").write_bytes(note(2))
    watching.look()
    (inbox / "gone.pdf").unlink()
    clock.wait(SETTLE_S)
    assert watching.look() == 1
    (inbox / "N-00001.pdf").unlink()
    assert watching.look() == 0
    assert work(store, settings) == ["N-00001.pdf"]
    assert names(store) == ["N-00001"]
    assert len(store.jobs.entries()) == 1


def test_a_new_folder_below_that_is_filled_at_once(inbox: Path, settings: Settings, store: Store) -> None:
    """Files that are moved in with their folder are seen, how deep they may lie."""
    clock = Clock()
    watching = watcher(store, settings, inbox, clock=clock)
    watching.look()
    deep = inbox.parent / "new" / "deeper"
    deep.mkdir(parents=True)
    (deep / "N-00001.pdf").write_bytes(note(1))
    (inbox.parent / "new").rename(inbox / "new")
    watching.look()
    clock.wait(SETTLE_S)
    assert watching.look() == 1
    assert [Path(e.name) for e in store.jobs.entries()] == [inbox / "new" / "deeper" / "N-00001.pdf"]


def test_what_is_not_a_document_is_left_alone(inbox: Path, settings: Settings, store: Store) -> None:
    """Hidden files, those that programs are writing, those that are ignored and unknown kinds are no inputs."""
    (inbox / ".git").mkdir()
    for name in (".hidden.pdf", ".git/a.pdf", "b.pdf.part", "~$c.pdf", "drafts/d.pdf", "sub/e.tmp", "f.pdf", "g"):
        (inbox / name).parent.mkdir(exist_ok=True)
        (inbox / name).write_bytes(note(len(name)))
    (inbox / "letter.txt").write_text("Dear Sir or Madam,", "utf-8")
    (inbox / "store").mkdir()
    clock = Clock()
    watching = watcher(store, settings, inbox, clock=clock, wanted=Filter(ignore=("drafts/*",)))
    watching.look()
    clock.wait(SETTLE_S)
    watching.look()
    assert [Path(e.name).name for e in store.jobs.entries()] == ["f.pdf", "g"]
    only = watcher(store, settings, inbox, clock=clock, wanted=Filter(include=("*.txt",)))
    only.look()
    clock.wait(SETTLE_S)
    assert only.look() == 1
    assert work(store, settings)
    assert {Path(e.name).name: e.code for e in store.jobs.entries() if e.state == "failed"} == {
        "letter.txt": "source_unsupported"
    }


def test_the_store_may_lie_in_the_folder_that_is_watched(inbox: Path, settings: Settings) -> None:
    """docpipe's own copies of the documents are no documents that came in."""
    inside = settings.model_copy(update={"database": str(inbox / "docpipe.db")})
    (inbox / "N-00001.pdf").write_bytes(note(1))
    clock = Clock()
    with open_store(inside) as store:
        watching = watcher(store, inside, inbox, clock=clock)
        for _ in range(3):
            watching.look()
            clock.wait(SETTLE_S)
        assert len(store.jobs.entries()) == 1


def test_what_is_done_is_moved_only_then(inbox: Path, settings: Settings, store: Store, tmp_path: Path) -> None:
    """Not before, not what failed, not what changed since; nothing is overwritten, and the same name may come again."""
    clock = Clock()
    done = tmp_path / "done"
    (inbox / "sub").mkdir()
    file, other, bad = inbox / "sub" / "N-00001.pdf", inbox / "N-00002.pdf", inbox / "bad.pdf"
    file.write_bytes(note(1))
    other.write_bytes(note(2))
    bad.write_bytes(b"%PDF-1.7")
    watching = watcher(store, settings, inbox, clock=clock, done=done)
    watching.look()
    clock.wait(SETTLE_S)
    assert watching.look() == 3
    assert watching.move_done() == 0
    work(store, settings)
    other.write_bytes(note(3))
    assert watching.move_done() == 1
    assert (done / "sub" / "N-00001.pdf").read_bytes() == note(1)
    assert (file.exists(), other.exists(), bad.exists()) == (False, True, True)
    file.write_bytes(note(4))
    watching.look()
    clock.wait(SETTLE_S)
    assert watching.look() == 2
    work(store, settings)
    assert watching.move_done() == 2
    assert (done / "sub" / "N-00001.pdf").read_bytes() == note(1)
    assert (done / "sub" / "N-00001 (2).pdf").read_bytes() == note(4)
    # Two documents that came under one name, the second after the first was moved; and one that replaced another.
    assert [store.name_of(number) for (number,) in query(store, "SELECT document_id FROM note ORDER BY id")] == [
        str(file),
        str(other),
        str(file),
    ]
    assert query(store, "SELECT count(*) FROM docpipe_documents WHERE superseded") == [(1,)]
    assert store.problems() == []


@pytest.mark.parametrize("how", [(), ("--poll",)], ids=["events", "events switched off"])
def test_watching_reads_what_comes_in_and_stops_when_asked(inbox: Path, tmp_path: Path, how: tuple[str, ...]) -> None:
    """A process that watches reads what lies there and what comes, says so without the text, and ends on SIGTERM."""
    (tmp_path / "docpipe.toml").write_text("", "utf-8")
    (tmp_path / "note.json").write_text(json.dumps(NOTE), "utf-8")
    model = recorded(tmp_path, range(3))
    (inbox / "a.pdf").write_bytes(note(0))
    command = Command(
        tmp_path, "watch", "inbox", "-s", "note.json", "--log-format", "json", *how, **{**QUICK, "model": model}
    )
    try:
        until(lambda: '"job_ended"' in command.said)
        (inbox / "b.pdf").write_bytes(note(1))
        until(lambda: command.said.count('"job_ended"') == 2)
        command.process.terminate()
        assert command.wait() == 0
    finally:
        command.kill()
    lines = [json.loads(line) for line in command.said.splitlines()]
    events = [(line["event"], line.get("file"), line.get("state")) for line in lines]
    assert [event for event in events if event[0] in ("file_taken", "job_ended")] == [
        ("file_taken", "inbox/a.pdf", None),
        ("job_ended", "inbox/a.pdf", "done"),
        ("file_taken", "inbox/b.pdf", None),
        ("job_ended", "inbox/b.pdf", "done"),
    ]
    assert events[-1][0] == "stopped"
    assert "N-0000" not in command.said
    assert sorted(path.name for path in inbox.iterdir()) == ["a.pdf", "b.pdf"]
