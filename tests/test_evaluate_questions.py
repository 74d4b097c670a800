"""How well a search answers a file of questions: figures worked by hand, and the command on a real database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from docpipe.cli import app
from docpipe.errors import UsageError
from docpipe.evaluate.questions import Question, load_questions, searched
from docpipe.types import Hit
from tests.readings import replay_of, sample


def hits(*places: tuple[str, int]) -> Sequence[Hit]:
    """Pages that were found, the best first."""
    return [Hit(document=ord(name[0]), name=f"in/{name}", page=page, score=1.0) for name, page in places]


A_SECOND = 1 / 1.5849625007  # 1 / log2(3): what a right answer in the second place is worth
CASES = {
    "first": ((("a.pdf", None),), hits(("a.pdf", 3), ("b.pdf", 1)), (1, 1, 1, 1), (1,)),
    "second": ((("a.pdf", None),), hits(("b.pdf", 3), ("a.pdf", 1)), (0, 1, 1, A_SECOND), (2,)),
    "not found": ((("a.pdf", None),), hits(("b.pdf", 3)), (0, 0, 0, 0), ()),
    "nothing": ((("a.pdf", None),), hits(), (0, 0, 0, 0), ()),
    "the wrong page": ((("a.pdf", 2),), hits(("a.pdf", 1), ("a.pdf", 2)), (0, 1, 1, A_SECOND), (2,)),
    "more pages of it": (
        (("a.pdf", None), ("c.pdf", None)),
        hits(("a.pdf", 1), ("a.pdf", 2), ("c.pdf", 1)),
        (0.5, 1, 1, 1),
        (1, 2),
    ),
    "sixth": ((("a.pdf", None),), hits(*((f"{c}.pdf", 1) for c in "bcdef"), ("a.pdf", 1)), (0, 0, 1, 0), (6,)),
    "by number": (((ord("a"), 1),), hits(("a.pdf", 1)), (1, 1, 1, 1), (1,)),
}


@pytest.mark.parametrize(("places", "found", "figures", "ranks"), CASES.values(), ids=CASES)
def test_a_ranking_worked_by_hand(
    places: tuple[tuple[str, int | None], ...],
    found: Sequence[Hit],
    figures: tuple[float, ...],
    ranks: tuple[int, ...],
) -> None:
    """Recall in the first 1, 5 and 10, nDCG in the first 5; a document counts once, whichever page is found."""
    result = searched([Question("?", places)], lambda _, limit: found[:limit])
    values = [result.measures[name].value for name in ("recall_at_1", "recall_at_5", "recall_at_10", "ndcg_at_5")]
    assert values == pytest.approx(figures)
    assert result.found[0].ranks == ranks


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"question": "a"}', '{"question": " ", "documents": ["a"]}', '{"question": "a", "pages": [["a"]]}'],
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str) -> None:
    """With its place, and a line that is one."""
    file = tmp_path / "questions.jsonl"
    file.write_text(f'{{"question": "oak", "documents": ["a.pdf"]}}\n{line}\n', "utf-8")
    with pytest.raises(UsageError, match=r"questions\.jsonl:2 is no question") as caught:
        load_questions(file)
    assert "invoice-01.pdf" in (caught.value.hint or "")


def test_search_is_measured_on_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two invoices; a question is answered by the right one, and one asks for what is not there. All three outputs."""
    monkeypatch.chdir(tmp_path)
    database = ["--database", "docs.db"]
    for name in ("invoice-01", "invoice-02"):
        model = replay_of(sample(name), tmp_path / f"{name}.jsonl")
        added = CliRunner().invoke(app, ["add", str(sample(name)), "-s", "invoice", "-m", model, *database])
        assert added.exit_code in (0, 3), added.output
    asked = [
        {"question": "Harbour Lane Joinery", "documents": ["invoice-01.pdf"]},
        {"question": "Copper Ridge Electric", "pages": [["invoice-01.pdf", 1]]},
    ]
    Path("questions.jsonl").write_text("".join(json.dumps(line) + "\n" for line in asked), "utf-8")
    told = CliRunner().invoke(app, ["eval", "--questions", "questions.jsonl", *database, "--json", "--html", "s.html"])
    assert told.exit_code == 0, told.output
    data = json.loads(told.stdout)
    assert data["measures"]["recall_at_1"]["value"] == 0.5
    assert [one["ranks"] for one in data["by_question"]] == [[1], data["by_question"][1]["ranks"]]
    assert 1 not in data["by_question"][1]["ranks"]
    page = Path("s.html").read_text("utf-8")
    assert "1 of 2 questions have another first hit" in page
    assert "Copper Ridge Electric" in page
    shown = CliRunner().invoke(app, ["eval", "--questions", "questions.jsonl", *database])
    assert "Recall@1 (search)" in shown.output
    assert "questions whose first hit is wrong" in shown.output
