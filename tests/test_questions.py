"""The benchmark of questions: its documents are always the same, its truths are what a count by hand gives, and its
marks tell a right answer from a wrong one."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

import pytest

from docpipe.types import Answer, Citation
from tests.benchmarks.questions.documents import truths
from tests.benchmarks.questions.marking import mark
from tests.benchmarks.questions.papers import papers, print_paper
from tests.benchmarks.questions.truth import Absent, Expected, Turn, expected, load

DEV = {question.id: question for question in load("dev")}


def right(turn: Turn) -> Expected:
    """The only right answer of a turn."""
    (found,) = expected(turn)
    return found


def answer(**said: Any) -> Answer:
    """An answer of docpipe with these values, citing document and page pairs."""
    cited = [Citation(document=1, name=f"/inbox/{name}", page=page) for name, page in said.pop("cited", ())]
    return Answer(question="?", found=True, text="", how="plan", understood="total of invoice", citations=cited, **said)


def test_the_documents_are_always_the_same() -> None:
    """Made again they are equal, and they are the ones whose figures were published."""
    first = truths()
    truths.cache_clear()
    assert truths() == first
    assert len(first) == 500
    said = "\n".join(f"{t.schema} {sorted(t.fields.items())} {len(t.lines)}" for t in first)
    assert (
        hashlib.sha256(said.encode()).hexdigest() == "5216719e40fc7a2342f102b651dafa1bbbf61c08870c508b5b5bf10c75a380a8"
    )
    again = [print_paper(truth, f"scan-{number:04d}.pdf") for number, truth in enumerate(first[:20], start=1)]
    assert [paper.content for paper in again] == [paper.content for paper in papers()[:20]]


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        # Counted with sqlite3 on the typed tables.
        ("count-01", {(None, None): 23}),
        ("sum-05", {(None, "GBP"): Decimal("13579.40")}),
        ("average-01", {(None, "GBP"): Decimal("2532.54")}),
        (
            "sum-17",
            {(None, "CHF"): Decimal("22832.50"), (None, "EUR"): Decimal("7549.69"), (None, "GBP"): Decimal("70224.41")},
        ),
        ("group-by-02", {("2023", None): 75, ("2024", None): 83, ("2025", None): 74}),
    ],
)
def test_a_truth_is_what_a_count_by_hand_gives(name: str, figures: dict[Any, Any]) -> None:
    """Truths come from expressions over what was generated; these were counted another way."""
    found = right(DEV[name].turns[0])
    assert {(f.group, f.currency): f.value for f in found.figures} == figures


def test_every_truth_can_be_worked_out() -> None:
    """No question lacks its rows, none has two latest ones, and only absent ones have no answer."""
    for question in DEV.values():
        for turn in question.turns:
            absent = isinstance(turn.truth, Absent)
            assert bool(expected(turn)) != absent, question.id
            assert absent or question.kind != "absent", question.id


def test_a_mark_tells_right_from_wrong() -> None:
    """An amount, its currency, the documents and the pages must all be right; an answer without citation is none."""
    truth = right(DEV["sum-05"].turns[0])
    (figure,) = truth.figures
    pages = [(name, min(at.must)) for name, at in truth.pages.items()]
    columns, row = ["currency", "total"], [figure.currency, figure.value]
    good = mark(answer(columns=columns, rows=[row], cited=pages), [truth])
    assert good.right
    assert good.cited
    one_less = mark(answer(columns=columns, rows=[row], cited=pages[1:]), [truth])
    assert one_less.right
    assert not one_less.cited
    elsewhere = [(pages[0][0], pages[0][1] + 1), *pages[1:]]
    assert not mark(answer(columns=columns, rows=[row], cited=elsewhere), [truth]).cited
    assert not mark(answer(columns=columns, rows=[["CHF", figure.value]], cited=pages), [truth]).right
    assert not mark(answer(columns=columns, rows=[[figure.currency, figure.value + 1]], cited=pages), [truth]).right
    assert not mark(answer(columns=columns, rows=[row, ["CHF", 1]], cited=pages), [truth]).right
    assert mark(answer(value=figure.value), [truth]).uncited
    nothing = Answer(question="?", found=False, text="not in your documents", how="none")
    assert not mark(nothing, [truth]).right
    assert mark(nothing, []).right
    assert not mark(answer(value=1, cited=pages), []).right
