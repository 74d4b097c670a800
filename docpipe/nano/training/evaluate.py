"""Held-out pages become figures: fonts, words and layouts that training never sees, whole pages, no teacher."""

from __future__ import annotations

import random
from dataclasses import replace

import torch

from docpipe.nano import characters
from docpipe.nano.generate import make_page
from docpipe.nano.labels import Printed, everywhere, surest
from docpipe.nano.model import NanoForConditionalGeneration
from docpipe.nano.reading import answer
from docpipe.nano.training.examples import prepare
from docpipe.nano.transcribing import lines

FIRST_SEED = 900_000_000


@torch.no_grad()
def evaluate(model: NanoForConditionalGeneration, *, pages: int = 24) -> dict[str, float]:
    """Shares of values exact, absent right, first token right, absent invented, over `pages` held-out pages."""
    model.eval()
    right: dict[str, list[bool]] = {}
    for seed in range(FIRST_SEED, FIRST_SEED + pages):
        page = make_page(seed, evaluation=True)
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
            printed = Printed(lines(sight))  # the labels' places are looked for, not taken from the truth
            asks = everywhere([replace(q.ask, near=None) for q in questions], printed)
            found = iter(answer(model, sight, model.memorise(sight), [ask for group in asks for ask in group]))
            answers = [surest([next(found) for _ in group]) for group in asks]
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
