"""A file of questions with the pages that answer them, and what a search finds, become Recall@k and nDCG@5.

A line is a question: {"question": "harbour lane oak", "documents": ["invoice-01.pdf"]}, where any page of a document
will do, or with its pages: {"question": "...", "pages": [["invoice-01.pdf", 2], [17, 1]]}. A document goes by its
number in `docpipe list`, or by its name: the whole of it, or the end after a slash.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docpipe.errors import UsageError
from docpipe.evaluate.extra import package
from docpipe.evaluate.summary import Measure, Ratios, drawn_measures
from docpipe.types import Hit

# How many hits are looked at.
DEPTH = 10
MEASURED = {"recall_at_1": "R@1", "recall_at_5": "R@5", "recall_at_10": "R@10", "ndcg_at_5": "nDCG@5"}
FORM = '{"question": "oak boards", "documents": ["invoice-01.pdf"]}, or "pages": [["invoice-01.pdf", 2]]'

Place = tuple[str | int, int | None]


@dataclass(frozen=True)
class Question:
    """What is looked for, and where it stands: documents by name or number, each with its page, None for any."""

    text: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Found:
    """One question and its hits, the best first; `ranks` are the places of those that are right, from 1."""

    question: Question
    hits: tuple[Hit, ...]
    ranks: tuple[int, ...]
    ratios: Ratios


@dataclass(frozen=True)
class Searched:
    """All questions of a file, with the measures over them."""

    measures: Mapping[str, Measure]
    found: tuple[Found, ...]


def load_questions(path: Path) -> tuple[Question, ...]:
    """The questions of a JSONL file. Raises UsageError naming the line that is none."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read: {error}", hint=f"a line of it: {FORM}") from error
    questions = tuple(_question(line, f"{path}:{n}") for n, line in enumerate(lines, start=1) if line.strip())
    if not questions:
        raise UsageError(f"{path} has no questions", hint=f"a line of it: {FORM}")
    return questions


def _question(line: str, place: str) -> Question:
    try:
        told = json.loads(line)
        places: list[Place] = [(document, None) for document in told.get("documents", ())]
        places += [(document, int(page)) for document, page in told.get("pages", ())]
        if not str(told["question"]).strip() or not places:
            raise ValueError("no question, or nothing that answers it")
        if not all(isinstance(document, str | int) for document, _ in places):
            raise ValueError("a document goes by its name or its number")
        return Question(str(told["question"]), tuple(places))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{place} is no question: {error}", hint=FORM) from error


def searched(questions: Sequence[Question], search: Callable[[str, int], Sequence[Hit]]) -> Searched:
    """Ask each question. `search` gets its text and how many pages are wanted. Raises MissingDependency without
    ir-measures.
    """
    found = tuple(_found(question, tuple(search(question.text, DEPTH))) for question in questions)
    return Searched(drawn_measures([one.ratios for one in found]), found)


def _found(question: Question, hits: tuple[Hit, ...]) -> Found:
    """A place that was found counts once: more pages of a document that any page of would do are passed over."""
    ranked: list[str] = []
    left = dict(enumerate(question.places))
    for hit in hits:
        known = [number for number, place in enumerate(question.places) if _is(hit, place)]
        new = [str(number) for number in known if left.pop(number, None) is not None]
        ranked += new if known else [f"page {hit.page} of {hit.document}"]
    measures = package("ir_measures")
    named = {measures.parse_measure(text): name for name, text in MEASURED.items()}
    wanted = [measures.Qrel("q", str(number), 1) for number, _ in enumerate(question.places)]
    listed = [measures.ScoredDoc("q", name, -rank) for rank, name in enumerate(ranked, start=1)]
    shares = {named[one.measure]: float(one.value) for one in measures.iter_calc(list(named), wanted, listed)}
    ranks = tuple(rank for rank, name in enumerate(ranked, start=1) if name.isdigit())
    return Found(question, hits, ranks, {name: (shares.get(name, 0.0), 1.0) for name in MEASURED})


def _is(hit: Hit, place: Place) -> bool:
    document, page = place
    if page is not None and page != hit.page:
        return False
    if isinstance(document, int):
        return hit.document == document
    return hit.name == document or hit.name.endswith(f"/{document}")
