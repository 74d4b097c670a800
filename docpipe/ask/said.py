"""What phrases of a question are: the name of a column, the name of a kind of document, what is grouped by."""

from __future__ import annotations

from dataclasses import dataclass

from docpipe.ask.vocabulary import Meant
from docpipe.plan import Step


@dataclass(frozen=True)
class Mention:
    """A phrase that names a column; `at` is where in the sentence it stands."""

    meant: tuple[Meant, ...]
    at: int
    said: str


@dataclass(frozen=True)
class Kinds:
    """A phrase for a kind of document or list: the tables it may mean, none for anything that is stored.

    `weak`: it says what was done ("ordered"), and counts where no kind is named. `of`: a French "de" leads it.
    """

    tables: tuple[str, ...]
    at: int
    said: str
    plural: bool
    weak: bool = False
    of: bool = False


@dataclass(frozen=True)
class Group:
    """What is grouped by: a mentioned column, or a step of time."""

    mention: Mention | None = None
    step: Step = "value"
