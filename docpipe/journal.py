"""What happens while documents are taken and read becomes lines on standard error, with no text of a document in them.

A line says what happened, to which job and file, and the code of an error; its message stands in the database.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Literal

LogFormat = Literal["text", "json"]


class Journal:
    """Lines for people, or JSON for programs; `quiet` leaves only what went wrong."""

    def __init__(self, form: LogFormat = "text", *, quiet: bool = False) -> None:
        self._form = form
        self._quiet = quiet

    def say(self, event: str, *, wrong: bool = False, **facts: str | float | None) -> None:
        """One line, at once and whole, whoever else writes to the same place."""
        if self._quiet and not wrong:
            return
        said = {name: fact for name, fact in facts.items() if fact is not None}
        if self._form == "json":
            line = json.dumps({"at": round(time.time(), 3), "event": event, "process": os.getpid(), **said})
        else:
            rest = " ".join(f"{name}={_plain(fact)}" for name, fact in said.items())
            line = f"{time.strftime('%H:%M:%S')} {event.replace('_', ' ')} {rest}".rstrip()
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()


def _plain(fact: str | float) -> str:
    if isinstance(fact, float):
        return f"{fact:.1f}"
    # Names of files can hold what commands a terminal.
    text = str(fact).encode("utf-8", "backslashreplace").decode()
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
