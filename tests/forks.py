"""Starts processes of docpipe by forking one that has imported it already, so that a test can afford many of them.

`python tests/forks.py` reads a JSON object a line (folder, arguments, settings, log, traced) and prints the new
process's number. With the arguments ["both", FOLDER] a process takes what lies in a folder, and then reads it.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


class Forks:
    """The process that is forked, and those that came of it."""

    def __init__(self) -> None:
        self._first = subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            text=True,
        )
        self._started: list[int] = []

    def start(self, folder: Path, *arguments: str, traced: bool = False, **settings: object) -> int:
        """A new process; `traced`: it waits for a tracer before it does anything."""
        assert self._first.stdin is not None
        assert self._first.stdout is not None
        said = {f"DOCPIPE_{name.upper()}": str(value) for name, value in settings.items()}
        asked = {"folder": str(folder), "arguments": arguments, "settings": said, "traced": traced}
        self._first.stdin.write(json.dumps(asked) + "\n")
        self._first.stdin.flush()
        number = int(self._first.stdout.readline())
        self._started.append(number)
        return number

    def close(self) -> None:
        """End all that was started."""
        for number in self._started:
            if alive(number):
                kill(number)
        self._first.kill()
        self._first.communicate()


def alive(number: int) -> bool:
    """Whether a process of ours is still there."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def kill(number: int) -> None:
    """End a process without a word, and wait until it is gone."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(number, signal.SIGKILL)
    last = time.monotonic() + 60
    while alive(number):
        assert time.monotonic() < last
        time.sleep(0.005)


def both(folder: Path) -> None:
    """Take every file of a folder of notes, then read them: all that is written, by one thread in one order."""
    from docpipe.journal import Journal
    from docpipe.settings import load_settings
    from docpipe.store import open_store
    from docpipe.work import Worker
    from tests.watching import Reader, watcher

    settings = load_settings()
    with open_store(settings) as store:
        watching = watcher(store, settings, folder)
        watching.recall()
        watching.look()
        watching.look()
        Worker(settings, store, Journal(), model=Reader()).run(once=True)


def run(asked: dict[str, Any]) -> None:
    """Be the process that was asked for."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    os.chdir(asked["folder"])
    os.environ.update(asked["settings"])
    log = os.open("log.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, place in ((0, nothing), (1, log), (2, log)):
        os.dup2(place, number)
    while asked["traced"] and "TracerPid:\t0" in Path("/proc/self/status").read_text("utf-8"):
        time.sleep(0.005)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115  # theirs to close
    if asked["arguments"][0] == "both":
        both(Path(asked["arguments"][1]))
        return
    from docpipe.cli import main

    sys.argv = ["docpipe", *asked["arguments"]]
    main()


def serve() -> None:
    """Fork for every line."""
    for name in ("docpipe.cli", "docpipe.crew", "docpipe.store.store", "docpipe.work", "tests.watching"):
        import_module(name)  # all that a process imports
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        number = os.fork()
        if number == 0:
            code = 1
            try:
                run(json.loads(line))
                code = 0
            except SystemExit as left:
                code = left.code if isinstance(left.code, int) else 0
            finally:
                sys.stderr.flush()
                os._exit(code)
        print(number, flush=True)


if __name__ == "__main__":
    serve()
