"""Held-out pages become figures: fonts, words and layouts that training never sees, whole pages, no teacher."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray

from docpipe.nano import characters
from docpipe.nano.generate import make_page
from docpipe.nano.generate.canvas import LabelledPage
from docpipe.nano.generate.damage import quarter_turns
from docpipe.nano.labels import Printed, everywhere, surest
from docpipe.nano.looks import Looks
from docpipe.nano.model import NanoForConditionalGeneration, Sight
from docpipe.nano.mouth import Memory
from docpipe.nano.page import ink
from docpipe.nano.reading import Answer, Ask, answer
from docpipe.nano.training.examples import prepare
from docpipe.nano.transcribing import lines
from docpipe.nano.upright import turn_of

FIRST_SEED = 900_000_000


@torch.no_grad()
def evaluate(model: NanoForConditionalGeneration, *, pages: int = 24) -> dict[str, float]:
    """Shares of values exact, absent right, first token right, absent invented, over `pages` held-out pages."""
    model.eval()
    right: dict[str, list[bool]] = {}
    for seed in range(FIRST_SEED, FIRST_SEED + pages):
        page = _upright(model, make_page(seed, evaluation=True))
        example = prepare(
            page,
            random.Random(seed),
            questions=60,
            spans=0,
            phrases=0,
            max_tokens=model.config.max_tokens,
            max_value=model.config.max_value,
        )
        if example is None:
            continue
        with torch.autocast("cpu", torch.bfloat16):
            sight = model.see(torch.from_numpy(example.ink).float(), torch.from_numpy(example.kept))
            questions = [q for q in example.questions if q.ask.type not in {"starts", "fits", "check"}]
            answers = _answers(
                model, example.ink.astype(np.float32), sight, [replace(q.ask, near=None) for q in questions]
            )
        full = example.slots > 0
        right.setdefault("slots", []).extend((sight.read.argmax(-1).numpy()[full] == example.slots[full]).tolist())
        for question, got in zip(questions, answers, strict=True):
            if question.target is None:
                right.setdefault("absent", []).append(got.text is None)
                continue
            truth = characters.decode(question.target.ids.tolist())
            group = "value" if question.ask.anchor < 0 else "cell"
            right.setdefault(group, []).append(got.text == truth)
            right.setdefault(f"{group}_pointed", []).append(got.token == question.first)
    model.train()
    return {name: round(sum(hits) / len(hits), 4) for name, hits in sorted(right.items())} | {
        f"n_{name}": len(right[name]) for name in ("value", "cell", "absent") if name in right
    }


def _upright(model: NanoForConditionalGeneration, page: LabelledPage) -> LabelledPage:
    """The page as nano would turn it."""
    with torch.autocast("cpu", torch.bfloat16):
        quarters = turn_of(model, ink(page.image)) // 90
    image, boxes = quarter_turns(page.image, page.boxes, quarters)
    return replace(page, image=image, boxes=boxes, turn=(page.turn + 90 * quarters) % 360)


def _answers(
    model: NanoForConditionalGeneration, page: NDArray[np.float32], sight: Sight, asks: Sequence[Ask]
) -> list[Answer]:
    """What nano answers about a page of ink after all its looks; the labels' places are looked for in what it reads."""

    def asking(seen: Sight, memory: Memory, some: Sequence[Ask]) -> list[Answer]:
        return answer(model, seen, memory, some)

    alone = [number for number, ask in enumerate(asks) if ask.anchor < 0]
    cells = [number for number, ask in enumerate(asks) if ask.anchor >= 0]
    printed = Printed(lines(sight))
    beside = everywhere([asks[number] for number in alone], printed)
    every = [ask for own in beside for ask in own] + [asks[number] for number in cells]
    found = iter(asking(sight, model.memorise(sight), every))
    grouped = [[next(found) for _ in own] for own in beside]
    looks = Looks(model, page, sight, printed, asking)
    _, fields, rows = looks.settled(beside, grouped, [asks[number] for number in cells], list(found))
    settled = dict(zip(alone, map(surest, fields), strict=True)) | dict(zip(cells, rows, strict=True))
    return [settled[number] for number in range(len(asks))]
