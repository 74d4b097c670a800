"""`docpipe status`: how far the work is, how fast it goes, and how long it will take."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Annotated

import typer

import docpipe
from docpipe.cli import options, terminal

if TYPE_CHECKING:
    from docpipe.store import Standing

# Seconds between two looks.
EVERY_S = 1.0


def command(
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on showing it, until Ctrl-C.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    database: options.Database = None,
) -> None:
    """How many documents are read, wait, want a look or failed; how many a minute; how long the rest will take."""
    from docpipe.store import open_store

    with open_store(options.settings_of(database=database), create=False) as store:
        if not follow:
            terminal.write(_text(store.jobs.standing(), as_json=as_json))
            return
        from rich.console import Console
        from rich.live import Live
        from rich.text import Text

        with Live(console=Console(), auto_refresh=False) as live:
            while True:
                text = _text(store.jobs.standing(), as_json=as_json)
                if as_json or not live.console.is_terminal:
                    terminal.write(text)
                else:
                    live.update(Text(text.rstrip("\n")), refresh=True)
                time.sleep(EVERY_S)


def _text(standing: Standing, *, as_json: bool) -> str:
    left = standing.seconds_left
    if as_json:
        whole: dict[str, object] = {
            "inputs": standing.inputs,
            "files": standing.files,
            **dict(standing.states.items()),
            "per_minute": None if standing.rate is None else round(60 * standing.rate, 2),
            "seconds_left": None if left is None else round(left),
            "paused": standing.paused,
        }
        return json.dumps(whole) + "\n"
    lines = [f"{state.replace('_', ' '):<13} {count:>7}" for state, count in standing.states.items()]
    lines.append(f"{'inputs':<13} {standing.inputs:>7}   in {standing.files} files")
    if standing.rate is not None:
        rest = "" if left is None else f"   {_duration(left)} left"
        lines.append(f"{'a minute':<13} {60 * standing.rate:>7.1f}{rest}")
    if standing.paused is not None:
        lines.append(f"paused: {standing.paused}")
    return "".join(f"{docpipe.printable(line)}\n" for line in lines)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
