"""A record that failed for want of a password becomes a question, and what a person types its answer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

import docpipe

if TYPE_CHECKING:
    from docpipe.cli.terminal import Meter
    from docpipe.showing import SourceRef
    from docpipe.types import Record


def asks_for_password(record: Record, ref: SourceRef) -> bool:
    """Whether a document is encrypted, can be opened once more, and somebody is there to ask."""
    if record.error is None or record.error.code != "source_encrypted" or str(ref) == "-":
        return False
    return sys.stdin.isatty() and sys.stderr.isatty()


def typed_password(meter: Meter, ref: SourceRef) -> str | None:
    """What a person types, which is not shown; None when they type nothing."""
    meter.pause()
    try:
        typed: str = typer.prompt(
            f"password of {docpipe.printable(str(ref))}", "", hide_input=True, show_default=False, err=True
        )
    finally:
        meter.resume()
    return typed or None
