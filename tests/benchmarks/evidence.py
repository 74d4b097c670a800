"""What the evidence says about what a model reads on samples/: boxes, lines, and how many wrong values are verified.

python tests/benchmarks/evidence.py [--model NAME] [--pixels-only] [--verify rapidocr] [--only PATTERN] [--record FILE]

Without `--model` the readings are the truth, as a model that errs nowhere would give them, without boxes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from docpipe.evaluate.compare import Outcome
from docpipe.evaluate.runner import run
from docpipe.evaluate.truth import Truth, load_truths
from docpipe.settings import Settings, load_settings
from tests.readings import SAMPLES, entry, perfect, truth, write_replay

# A box whose middle is no further over or under the true one, in points, is on its line.
SLACK = 2.0


def told(truths: Sequence[Truth], file: Path, window: int) -> str:
    """The name of a model that says what each document says."""
    lines = []
    for one in truths:
        last = max((box[0] for box in truth(one.document)["boxes"].values()), default=1)
        readings = [replace(r, box=None) for r in perfect(one.document, one.schema)]
        for first in range(1, last + 1, window):
            pages = range(first, min(first + window, last + 1))
            here = [r for r in readings if r.page in pages or (r.page is None and first == 1)]
            lines.append(entry(one.document, one.schema, here, pages=pages))
    return write_replay(file, lines)


def centred(outcome: Outcome) -> bool:
    """Whether the middle of the box lies in the true box."""
    if outcome.box is None or outcome.true_box is None or outcome.page != outcome.true_page:
        return False
    x, y = (outcome.box[0] + outcome.box[2]) / 2, (outcome.box[1] + outcome.box[3]) / 2
    x0, y0, x1, y1 = outcome.true_box
    return x0 <= x <= x1 and y0 <= y <= y1


def astray(outcome: Outcome) -> bool:
    """Whether the box is on another page or line than the true one."""
    if outcome.box is None or outcome.true_box is None:
        return False
    middle = (outcome.box[1] + outcome.box[3]) / 2
    on_line = outcome.true_box[1] - SLACK <= middle <= outcome.true_box[3] + SLACK
    return outcome.page != outcome.true_page or not on_line


def main() -> int:
    """Read, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model")
    parser.add_argument("--pixels-only", action="store_true")
    parser.add_argument("--verify")
    parser.add_argument("--only")
    parser.add_argument("--record", type=Path)
    plan = parser.parse_args()
    truths = load_truths(SAMPLES, only=plan.only)
    with tempfile.TemporaryDirectory() as folder:
        settings: Settings = load_settings()
        model = plan.model or told(truths, Path(folder) / "truth.jsonl", settings.window_pages)
        settings = settings.model_copy(update={"model": model, "verify": plan.verify, "calibration": "none"})
        done = run(truths, settings, pixels_only=plan.pixels_only, kept=plan.record)
    outcomes = [outcome for score in done.scores for outcome in score.outcomes]
    right = [outcome for outcome in outcomes if outcome.verdict == "right" and outcome.status is not None]
    placed = [outcome for outcome in right if outcome.true_box is not None]
    wrong = [outcome for outcome in outcomes if outcome.verdict in ("wrong", "invented") and outcome.status is not None]
    lost = [outcome for outcome in placed if outcome.status == "verified" and astray(outcome)]
    share = 100 * sum(map(centred, placed)) / max(1, len(placed))
    print(
        f"{len(done.scores)} documents; right values: {len(right)}, by status: {dict(Counter(o.status for o in right))}"
    )
    print(f"right values with a known place: {len(placed)}; the box's middle lies in it: {share:.1f}%")
    print(f"verified right values on another line than the truth: {len(lost)}")
    print(f"wrong and invented values: {len(wrong)}, by status: {dict(Counter(o.status for o in wrong))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
