"""Ask every question of a half, and print how many answers are right, and rightly cited, by kind.

python tests/benchmarks/questions/score.py                      the half that development may see
python tests/benchmarks/questions/score.py --half heldout       the other one, whose misses nobody reads
python tests/benchmarks/questions/score.py --store FOLDER       the store is kept there, for the next time

There are five sets, each by somebody who had not seen the planner. Of the first, one half was held out; it moved
to development once its misses had been read. Since then the held-out half is that of the second set: its figures are
printed, and nothing of it is ever shown, so that it stays held out. The third to fifth are all for development.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
os.environ.setdefault("HF_HUB_OFFLINE", "1")

from docpipe.pipeline import Pipeline
from docpipe.store import open_store
from docpipe.types import Answer
from tests.benchmarks.questions.build import build, settings_in
from tests.benchmarks.questions.marking import Mark, mark
from tests.benchmarks.questions.truth import Question, expected, load

LOOK_UPS, ABSENT, AMBIGUOUS = ("look-up",), ("absent",), ("ambiguous",)
_PARTS = ("aggregates and filters", "look-ups", "absent")


@dataclass(frozen=True)
class Asked:
    """One question of a run, its mark and how long its answer took."""

    id: str
    kind: str
    language: str
    question: str
    said: str
    understood: str
    mark: Mark
    seconds: float


def run(pipeline: Pipeline, questions: Iterable[Question]) -> Iterator[Asked]:
    """Ask, turn by turn. An error is an answer that is wrong."""
    for question in questions:
        for number, turn in enumerate(question.turns):
            started = time.perf_counter()
            try:
                answer = pipeline.ask(turn.question, goes_on=number > 0, today=question.today)
                given = mark(Answer.model_validate_json(answer.model_dump_json()), expected(turn))
            except Exception as error:  # noqa: BLE001  # a crash is a figure here too, and the rest is still asked
                answer = Answer(question=turn.question, found=False, text=repr(error), how="none")
                given = Mark(False, False, False, False, False, f"failed: {error!r}")
            took = time.perf_counter() - started
            yield Asked(
                question.id,
                question.kind,
                question.language,
                turn.question,
                answer.text,
                answer.understood,
                given,
                took,
            )


def table(asked: Sequence[Asked]) -> Iterator[str]:
    """The figures, a line a kind, and the goals."""
    yield f"{'kind':<18}{'asked':>7}{'answered':>10}{'right':>7}{'and cited':>11}{'seconds each':>14}"
    for kind in dict.fromkeys(one.kind for one in asked):
        yield _line(kind, [one for one in asked if one.kind == kind])
    yield _line("all", asked)
    yield ""
    others = [one for one in asked if one.kind not in (*LOOK_UPS, *ABSENT, *AMBIGUOUS)]
    yield _goal("aggregates and filters right", [one.mark.right for one in others], 90)
    yield _goal("  ... with the true rows and pages", [one.mark.cited for one in others], None)
    yield _goal("look-ups right, right page cited", [one.mark.cited for one in asked if one.kind in LOOK_UPS], 85)
    yield _goal("absent ones not found", [one.mark.right for one in asked if one.kind in ABSENT], 95)
    doubtful = [one.mark for one in asked if one.kind in AMBIGUOUS]
    yield _goal("ambiguous ones say how understood", [m.answered and m.said for m in doubtful], 100)
    yield _goal("  ... and are right in that sense", [m.right and m.said for m in doubtful], None)
    for language in dict.fromkeys(one.language for one in asked):
        own = [one for one in asked if one.language == language]
        tables = [one.mark.right for one in own if one in others]
        pages = [one.mark.cited for one in own if one.kind in LOOK_UPS]
        absent = [one.mark.right for one in own if one.kind in ABSENT]
        told = (
            f"{name} {sum(marks)} of {len(marks)}" for name, marks in zip(_PARTS, (tables, pages, absent), strict=True)
        )
        yield f"  {language}: {', '.join(told)}"
    bare = sum(one.mark.uncited for one in asked)
    yield f"{'answers without a citation':<40}{bare:>4}{'':<13}goal 0{'' if bare == 0 else '  MISSED'}"


def _line(kind: str, some: Sequence[Asked]) -> str:
    marks = [one.mark for one in some]
    counts = (len(marks), sum(m.answered for m in marks), sum(m.right for m in marks), sum(m.cited for m in marks))
    mean = sum(one.seconds for one in some) / max(1, len(some))
    return f"{kind:<18}{counts[0]:>7}{counts[1]:>10}{counts[2]:>7}{counts[3]:>11}{mean:>14.2f}"


def _goal(name: str, marks: Sequence[bool], goal: int | None) -> str:
    if not marks:
        return f"{name:<40}none asked"
    share = 100 * sum(marks) / len(marks)
    wanted = "" if goal is None else f"  goal {goal} %{'' if share >= goal else '  MISSED'}"
    return f"{name:<40}{sum(marks):>4} of {len(marks):>4} {share:>5.1f} %{wanted}"


def main() -> None:
    """Build or reuse the store, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("dev", "heldout"), default="dev")
    parser.add_argument("--store", type=Path, help="folder of the store; a temporary one when left out")
    parser.add_argument("--model", default="nano")
    parser.add_argument("--kind", help="only the questions of this kind")
    parser.add_argument("--only", default="", help="only the questions whose name begins so: second-, second-look-up")
    parser.add_argument("--json", action="store_true", help="every answer with its mark, a line each")
    parser.add_argument("--verbose", action="store_true", help="print every miss")
    given = parser.parse_args()
    if given.half == "heldout" and (given.json or given.verbose or given.kind or given.only):
        parser.error("of what is held out only the figures of the whole are printed")
    questions = [one for one in load(given.half) if given.kind in (None, one.kind) and one.id.startswith(given.only)]
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.store or Path(temporary) / "store"
        started = time.perf_counter()
        build(folder)
        print(f"{folder}: {time.perf_counter() - started:.0f} s to build or find", file=sys.stderr)
        settings = settings_in(folder, given.model)
        with open_store(settings) as store, Pipeline(settings, store=store) as pipeline:
            asked = []
            for one in run(pipeline, questions):
                asked.append(one)
                if given.json:
                    print(json.dumps(asdict(one), ensure_ascii=False), flush=True)
    if given.json:
        return
    for one in asked if given.verbose else ():
        if not one.mark.cited or not one.mark.said:
            flaw = "wrong" if not one.mark.right else "wrongly cited" if not one.mark.cited else "not said"
            print(f"{one.id} [{flaw}] {one.question}\n    {one.said[:200]!r}\n    {one.understood}\n    {one.mark.why}")
    print("\n".join(table(asked)))


if __name__ == "__main__":
    main()
