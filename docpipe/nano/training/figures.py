"""Weights become figures on generated pages whose fonts, words and, half of them, layouts were never trained on.

    python -m docpipe.nano.training.figures [--pages 200] [--weights FOLDER]

The shares are those of the training log's `held_out`, over more pages: values and cells exact to the character, the
first cell of each pointed at, fields that are not there found to be absent, characters of half cells read.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from docpipe import nano
from docpipe.nano.model import NanoForConditionalGeneration
from docpipe.nano.training.evaluate import evaluate


def table(figures: dict[str, float]) -> str:
    """Shares as a table in Markdown, with the number of cases where it is known."""
    rows = ["| share of | right | of |", "|---|---|---|"]
    for name, share in figures.items():
        if not name.startswith("n_"):
            count = figures.get(f"n_{name.removesuffix('_pointed')}")
            rows.append(f"| {name.replace('_', ' ')} | {share:.1%} | {'' if count is None else f'{count:.0f}'} |")
    return "\n".join(rows)


def main() -> None:
    """Parse the command line, read the pages, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--weights", type=Path, default=nano.WEIGHTS, help="folder that the export command wrote")
    plan = parser.parse_args()
    model = NanoForConditionalGeneration.from_pretrained(nano.folder(plan.weights)).eval()
    print(table(evaluate(model, pages=plan.pages)))


if __name__ == "__main__":
    main()
