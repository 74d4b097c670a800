"""Text goes to standard output and standard error, with nothing in it that commands a terminal."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Self

import typer

import docpipe

if TYPE_CHECKING:
    from rich.status import Status

    from docpipe.job import Progress


def say(message: str) -> None:
    """A line on standard error."""
    print(docpipe.printable(message), file=sys.stderr, flush=True)


def write(text: str) -> None:
    """Text on standard output, at once. When whoever reads it has enough, the command is done."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes standard output once more on exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


def width() -> int:
    """Columns to fill: the terminal's, or 100 where there is none."""
    return shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100


def coloured() -> bool:
    """Whether standard output is a terminal whose user has not asked for no colour (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


class Meter(AbstractContextManager["Meter"]):
    """Shows on standard error how far a pipeline is: one moving line on a terminal, else nothing, or lines if asked."""

    def __init__(self, documents: int, *, verbose: bool, quiet: bool) -> None:
        self._documents = documents
        self._done = 0
        self._lines = verbose and not quiet
        self._moving = sys.stderr.isatty() and not quiet
        self._status: Status | None = None

    def __enter__(self) -> Self:
        if self._moving:
            from rich.console import Console

            self._status = Console(stderr=True).status("starting")
            self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._status is not None:
            self._status.stop()

    def show(self, progress: Progress) -> None:
        """Take the next step of a pipeline."""
        if progress.stage == "done":
            self._done += 1
        line = self._line(progress)
        if self._status is not None:
            from rich.text import Text

            self._status.update(Text(docpipe.printable(line)))
        if self._lines:
            self.say(line)

    def say(self, message: str) -> None:
        """A line that stays, above the moving one."""
        if self._status is not None:
            from rich.text import Text

            self._status.console.print(Text(docpipe.printable(message)))
        else:
            say(message)

    def pause(self) -> None:
        """Leave the terminal to a question."""
        if self._status is not None:
            self._status.stop()

    def resume(self) -> None:
        """Take the terminal back."""
        if self._status is not None:
            self._status.start()

    def _line(self, progress: Progress) -> str:
        if progress.stage == "model":
            return f"loading model {progress.document}"
        count = f"[{min(self._done + 1, self._documents)}/{self._documents}] " if self._documents > 1 else ""
        page = f", page {progress.page} of {progress.pages}" if progress.page else ""
        verb = {"open": "opening", "read": "reading", "again": "asking again", "done": "done with"}[progress.stage]
        return f"{count}{verb} {progress.document}{page if progress.stage != 'done' else ''}"
