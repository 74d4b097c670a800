"""What the page says about a value: a status, and the place that it is about."""

from __future__ import annotations

from dataclasses import dataclass

from docpipe.ground.find import Near
from docpipe.ground.layout import Place
from docpipe.types import ValueStatus


@dataclass(frozen=True)
class Verdict:
    """What the page says about a value. `instead` is what stands in its place, where that is something else.

    `debit` says that an amount stands in a column of money going out. `shared` are the pointers of all values that
    were read from this one place where nothing says whose it is.
    """

    status: ValueStatus
    place: Place | None = None
    instead: Near | None = None
    debit: bool = False
    shared: tuple[str, ...] = ()
