"""Folders become jobs: what the system reports is a hint to look, and what is found is the truth.

A file is taken when its size and times have been still for a while. It is not moved, changed or locked, unless moving
what is done was asked for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import watchfiles

from docpipe.errors import SourceError, StoreError, UsageError
from docpipe.intake import Filter, Intake, Seen, signature_of, walk
from docpipe.journal import Journal
from docpipe.moving import move
from docpipe.settings import Settings
from docpipe.store import Store, path_text

# Seconds between two looks when there is something to see: a file that is not still yet, one that may be done, a hint.
SOON_S = 0.5
# Seconds that are spent on taking files before the folders are looked at again.
TAKE_S = 2.0
# How many times as long as it looked a watcher takes files, or rests: a look at very many files costs a while.
REST = 4
# How long a report of the system is waited for at a time, in milliseconds.
HINT_MS = 100


class Watcher:
    """Takes the files of folders. `wanted` says which, `done` where those go that are done, if anywhere.

    Raises UsageError when a folder is not there.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        settings: Settings,
        store: Store,
        intake: Intake,
        journal: Journal,
        *,
        wanted: Filter | None = None,
        done: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        missing = [folder for folder in folders if not folder.is_dir()]
        if missing:
            raise UsageError(f"{missing[0]}: is not a folder", hint="docpipe watch FOLDER")
        self.folders = list(folders)
        self._below = [below(folder) for folder in folders]
        self._settings = settings
        self._store = store
        self._intake = intake
        self._journal = journal
        self._wanted = wanted or Filter()
        self._done = None if done is None else done.resolve()
        # What lies in a watched folder and is docpipe's own.
        self._own = [store.files.folder.resolve(), *([self._done] if self._done is not None else [])]
        # What is known of files by their path: as they were taken, or passed over, and since when they are still.
        self._taken: dict[str, str] = {}
        self._passed: dict[str, str] = {}
        self._still: dict[str, tuple[str, float]] = {}
        self._clock = clock
        self._stopping = False

    def stop(self) -> None:
        """Take nothing more."""
        self._stopping = True

    @property
    def unsettled(self) -> bool:
        """Whether there are files that are not taken yet."""
        return bool(self._still)

    def recall(self) -> None:
        """Learn from the store what was taken before."""
        for folder in self.folders:
            for asked in self._intake.questions():
                known = self._store.jobs.known(asked, below(folder))
                # With another rule it is another question.
                self._taken |= {p: signature for p, signature in known.items() if self._intake.asked(Path(p)) == asked}

    def look(self) -> int:
        """See what lies in the folders and take what is still; how many files were taken. Raises StoreError."""
        begun = self._clock()
        there: set[str] = set()
        ready: list[Seen] = []
        for seen in self._walk():
            key, moment = seen.key, self._clock()  # looking through a folder can take long
            there.add(key)
            if seen.signature in (self._taken.get(key), self._passed.get(key)):
                continue
            signature, since = self._still.get(key, ("", moment))
            if signature != seen.signature:
                self._still[key] = (seen.signature, moment)
            elif moment - since >= self._settings.settle_s:
                ready.append(seen)
        for kept in (self._still, self._taken, self._passed):
            for key in kept.keys() - there:
                del kept[key]  # gone; what comes in its place is something else
        taken = 0
        seen_all = self._clock()
        last = seen_all + max(TAKE_S, REST * (seen_all - begun))
        for seen in ready:
            if self._stopping or self._clock() > last:
                break
            taken += self._take(seen)
        return taken

    def _walk(self) -> Iterator[Seen]:
        for folder in self.folders:
            yield from walk(folder, self._own)

    def _take(self, seen: Seen) -> bool:
        key = seen.key
        if signature_of(seen.path) != seen.signature:
            return False  # it changed since it was seen: the next look says what it is
        if not self._intake.admits(seen, self._wanted):
            self._passed[key] = seen.signature
            self._still.pop(key, None)
            return False
        try:
            job = self._intake.take(seen)
        except SourceError as error:
            # It changed, or is gone: the next look says which.
            self._still.pop(key, None)
            self._journal.say("file_not_still", file=seen.name, code=error.code)
            return False
        self._taken[key] = seen.signature
        self._still.pop(key, None)
        self._journal.say("file_taken", file=seen.name, job=job)
        return True

    def move_done(self) -> int:
        """Move the files whose jobs are done, and that did not change since; how many."""
        if self._done is None:
            return 0
        moved = 0
        for folder in self.folders:
            settled = self._store.jobs.done(below(folder))
            for seen in walk(folder, self._own) if settled else ():
                if settled.get(seen.key) == seen.signature and not self._stopping:
                    moved += self._move(seen, self._done)
        return moved

    def _move(self, seen: Seen, done: Path) -> bool:
        def claim(to: Path) -> bool:
            # Before it moves: should the machine stop now, the file is found again, known, and moved then.
            return self._store.jobs.moved(seen.key, path_text(to))

        try:
            to = move(seen.path, done / seen.below, lambda: signature_of(seen.path) == seen.signature, claim)
        except OSError as error:
            self._journal.say("file_not_moved", wrong=True, file=seen.name, code=error.strerror)
            return False
        self._journal.say("file_moved", file=seen.name, to=str(to))
        return True

    def run(self, tick: Callable[[], bool], *, poll: bool = False, once: bool = False) -> None:
        """Look whenever the system reports something, and every so often whatever it reports, until `stop`.

        `tick` is called several times a second and says whether to go on. With `poll` reports are not asked for; with
        `once` it ends when everything there was has been read. The database is waited for when it cannot be reached.
        """
        failures = 0
        earliest = due = 0.0
        hint = known = False
        for hinted in _hints(self.folders, self._journal, poll=poll):
            if self._stopping or not tick():
                return
            moment = self._clock()
            hint = hint or hinted
            if moment < due and not (hint and not failures and moment > earliest):
                continue
            hint = False
            try:
                if not known:
                    self.recall()
                    known = True
                taken = self.look()
                moved = self.move_done()
                busy = taken or moved or self.unsettled
                if once and not busy and self._store.jobs.left(self._below) == 0 and not self.move_done():
                    return
            except StoreError as error:
                failures += 1
                wait_s = min(self._settings.backoff_max_s, self._settings.backoff_s * 2 ** (failures - 1))
                self._journal.say("intake_paused", wrong=True, code=error.code, seconds=wait_s)
                due = self._clock() + wait_s
                continue
            failures = 0
            ended = self._clock()
            earliest = moment + SOON_S if taken or moved else ended + max(SOON_S, REST * (ended - moment))
            soon = once or self.unsettled or taken or moved or self._done is not None
            due = min(earliest, moment + self._settings.rescan_s) if soon else moment + self._settings.rescan_s


def below(folder: Path) -> str:
    """How the path of every file below a folder begins, as the database knows it."""
    return path_text(folder.resolve()).rstrip("/") + "/"


def _hints(folders: Sequence[Path], journal: Journal, *, poll: bool) -> Iterator[bool]:
    """Whether the system reported a change, again and again; False after a little while without one."""
    if not poll:
        try:
            for changes in watchfiles.watch(
                *folders, watch_filter=None, debounce=400, rust_timeout=HINT_MS, yield_on_timeout=True
            ):
                yield bool(changes)
        except (OSError, RuntimeError):
            # Too many folders for the system, or a file system that reports nothing.
            journal.say("no_events", wrong=True)
    while True:
        time.sleep(HINT_MS / 1000)
        yield False
