"""An example goes through the model and comes out as losses and as counts of what was right."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from docpipe.nano import characters
from docpipe.nano.model import Found, NanoForConditionalGeneration, Sight
from docpipe.nano.mouth import Memory
from docpipe.nano.page import CELL
from docpipe.nano.reading import queries_of
from docpipe.nano.training.examples import Example, Question, Target

Losses = dict[str, Tensor]
Counts = dict[str, tuple[float, float]]
WEIGHTS = {
    "read": 1.0,
    "label": 0.1,
    "mask": 0.5,
    "start": 1.0,
    "name": 0.7,
    "point": 0.3,
    "fits": 1.0,
    "check": 1.0,
    "turn": 0.1,
}


def reading(read: Tensor, example: Example) -> tuple[Tensor, tuple[float, float]]:
    """Loss and (right, all) of the characters in half cells; an empty one counts an eighth."""
    slots = torch.from_numpy(example.slots).long()
    weight = torch.where(slots == 0, 0.12, 1.0)
    each = F.cross_entropy(read.float().flatten(0, 2), slots.flatten(), reduction="none").view_as(weight)
    full = slots > 0
    return (each * weight).sum() / weight.sum(), (
        float((read.argmax(-1)[full] == slots[full]).sum()),
        float(full.sum()),
    )


def forward_eye(model: NanoForConditionalGeneration, example: Example) -> tuple[Losses, Counts]:
    """The reading loss alone: an eighth of the work of a whole step, and what everything else waits for."""
    _, read = model.look(torch.from_numpy(example.ink).float(), torch.from_numpy(example.kept))
    loss, right = reading(read, example)
    return {"read": loss}, {"slots": right}


def forward(model: NanoForConditionalGeneration, example: Example, generator: torch.Generator) -> tuple[Losses, Counts]:
    """Losses of one page, and (right, all) counts by name."""
    sight = model.see(torch.from_numpy(example.ink).float(), torch.from_numpy(example.kept))
    losses: Losses = {}
    counts: Counts = {}
    if sight.read.requires_grad:
        losses["read"], counts["slots"] = reading(sight.read, example)
    losses["turn"] = F.cross_entropy(sight.turn[None], torch.tensor([example.turn]))

    mask_bias: list[Tensor] = []
    starts: list[int] = []
    targets: list[Target] = []
    kinds: list[Tensor] = []
    if example.questions:
        found = model.ask(sight, queries_of([q.ask for q in example.questions], model.config.max_label))
        _ask(found, example.questions, losses, counts)
        for row, question in enumerate(example.questions):
            if question.target is not None:
                targets.append(question.target)
                starts.append(question.first)
                own = bool(torch.rand((), generator=generator) < 0.5)
                mask_bias.append(
                    found.mask[row].detach() if own else _noisy(question.target, len(example.kept), generator)
                )
                kinds.append(found.fields[row])
    for target in example.spans:
        targets.append(target)
        starts.append(
            int(target.tokens[np.abs(_token_places(example)[target.tokens] - target.at[0] / CELL).sum(1).argmin()])
        )
        mask_bias.append(_noisy(target, len(example.kept), generator))
        kinds.append(torch.zeros(model.config.width))
    if targets:
        _speak(model, sight, targets, torch.stack(mask_bias), torch.tensor(starts), torch.stack(kinds), losses, counts)
    return losses, counts


def _token_places(example: Example) -> np.ndarray:
    columns = example.ink.shape[1] // CELL
    return np.stack([example.kept % columns, example.kept // columns], 1) + 0.5


def _noisy(target: Target, count: int, generator: torch.Generator) -> Tensor:
    """What a good but imperfect mask would say of this target."""
    bias = torch.full((count,), -4.5)
    bias[torch.from_numpy(target.tokens)] = 4.0
    return bias + torch.randn(count, generator=generator) * 1.3


def _ask(found: Found, questions: tuple[Question, ...], losses: Losses, counts: Counts) -> None:
    nowhere = found.label.shape[1] - 1
    label = torch.zeros_like(found.label)
    mask = torch.zeros_like(found.mask)
    start = torch.full((len(questions),), nowhere)
    ask_label, ask_start, ask_mask = (torch.zeros(len(questions), dtype=torch.bool) for _ in range(3))
    phrases = torch.tensor([q.only_label for q in questions])
    starts_type = torch.tensor([q.ask.type == "starts" for q in questions])
    for row, question in enumerate(questions):
        if question.ask.type == "fits":
            continue
        label[row, torch.from_numpy(question.label) if len(question.label) else nowhere] = 1
        ask_label[row] = True
        if question.state is None and not question.only_label:
            mask[row, torch.from_numpy(question.mask)] = 1
            ask_mask[row] = True
            ask_start[row] = question.ask.type != "starts"
            if question.first >= 0:
                start[row] = question.first
    if ask_label.any():
        chance = (found.label * label).sum(1).clamp(min=1e-6)
        losses["label"] = -chance[ask_label].log().mean()
        printed = ask_label & (label[:, nowhere] == 0)
        hit = label.gather(1, found.label.argmax(1, keepdim=True))[:, 0] > 0
        for name, rows in (("labels", printed & ~phrases), ("phrases", printed & phrases)):
            counts[name] = (float(hit[rows].sum()), float(rows.sum()))
    if ask_mask.any():
        each = F.binary_cross_entropy_with_logits(found.mask, mask, reduction="none")
        focal = torch.where(mask > 0, each, each * torch.sigmoid(found.mask.detach()).clamp(min=0.02) * 2)
        each_row = focal.sum(1) / (mask.sum(1) + 2)
        weight = torch.where(starts_type, 5.0, 1.0) * ask_mask  # a page asks for starts once or twice, for values often
        losses["mask"] = (each_row * weight).sum() / weight.sum()
        near = ask_mask & ~starts_type
        both, either = ((found.mask > 0) & (mask > 0)).float().sum(1), ((found.mask > 0) | (mask > 0)).float().sum(1)
        counts["mask"] = (
            float((both / either.clamp(min=1))[near & (mask.sum(1) > 0)].sum()),
            float((near & (mask.sum(1) > 0)).sum()),
        )
        counts["starts"] = (
            float((both / either.clamp(min=1))[ask_mask & starts_type & (mask.sum(1) > 0)].sum()),
            float((ask_mask & starts_type & (mask.sum(1) > 0)).sum()),
        )
    if ask_start.any():
        losses["start"] = F.cross_entropy(found.start[ask_start], start[ask_start])
        best = found.start.argmax(1)
        there, gone = ask_start & (start < nowhere), ask_start & (start == nowhere)
        counts["start"] = (float((best == start)[there].sum()), float(there.sum()))
        counts["absent"] = (float((best == nowhere)[gone].sum()), float(gone.sum()))
    state = torch.tensor([-1 if q.state is None else int(q.state) for q in questions])
    fits = torch.tensor([q.ask.type == "fits" for q in questions])
    for name, rows in (("fits", (state >= 0) & fits), ("check", (state >= 0) & ~fits)):
        if rows.any():
            losses[name] = F.binary_cross_entropy_with_logits(found.state[rows], state[rows].float())
            counts[f"{name}_right"] = (float(((found.state > 0) == (state > 0))[rows].sum()), float(rows.sum()))


def _speak(
    model: NanoForConditionalGeneration,
    sight: Sight,
    targets: list[Target],
    mask: Tensor,
    starts: Tensor,
    kinds: Tensor,
    losses: Losses,
    counts: Counts,
) -> None:
    """Short values, then long ones, which need more cells: together they would all be padded to the longest."""
    memory = model.memorise(sight)
    named, pointed, totals = [], [], np.zeros((3, 2))
    sizes = torch.tensor([len(t.tokens) for t in targets])
    for rows, count in ((torch.where(sizes <= 12)[0], 18), (torch.where(sizes > 12)[0], model.config.focus)):
        if len(rows):
            some = [targets[int(r)] for r in rows]
            rows = torch.cat([rows, rows[:1].expand(-len(rows) % 8)])  # a round number, of which nothing is asked
            name, point, right = _read(model, sight, memory, some, mask[rows], starts[rows], kinds[rows], count)
            named.append(name)
            pointed.append(point)
            totals += right
    losses["name"], losses["point"] = torch.cat(named).mean(), torch.cat(pointed).mean()
    for key, (right, every) in zip(("chars", "texts", "points"), totals, strict=True):
        counts[key] = (float(right), float(every))


def _read(
    model: NanoForConditionalGeneration,
    sight: Sight,
    memory: Memory,
    targets: list[Target],
    mask: Tensor,
    starts: Tensor,
    kinds: Tensor,
    count: int,
) -> tuple[Tensor, Tensor, np.ndarray]:
    start_at = sight.places[starts]
    prepared = model.focus(sight, memory, mask, start_at, count)
    most = max(len(t.ids) for t in targets)
    most += -most % 8  # round numbers: see docpipe.nano.page.ROUND
    ids = torch.zeros(len(starts), most, dtype=torch.long)
    at = torch.full((len(starts), most, 2), -1.0)
    for row, target in enumerate(targets):
        ids[row, : len(target.ids)] = torch.from_numpy(target.ids)
        at[row, : len(target.ids)] = torch.from_numpy(target.at) / CELL
    stands = at[..., 0] >= 0
    slot = torch.stack([((at[..., 0] * 4).floor() + 0.5) / 4, ((at[..., 1] * 2).floor() + 0.5) / 2], -1)
    before = torch.empty_like(at)  # the place of the character before, held over spaces
    current = start_at.clone()
    for step in range(most):
        before[:, step] = current
        current = torch.where(stands[:, step, None], slot[:, step], current)
    inputs = torch.cat([torch.full((len(starts), 1), characters.BEGIN), ids[:, :-1]], 1)
    logits, pointed = model.mouth(prepared, model.characters.weight, inputs, before, kinds)
    real = ids > 0
    right = logits.argmax(-1) == ids
    hit = ((prepared.places / 4)[:, None] - slot[:, :, None]).abs().amax(-1) < 0.01
    hit &= stands[..., None]
    ask = hit.any(-1)
    chance = (pointed.softmax(-1) * hit).sum(-1)[ask].clamp(min=1e-5)
    best = hit.gather(2, pointed.argmax(-1, keepdim=True))[..., 0][ask]
    totals = np.array(
        [
            [float(right[real].sum()), float(real.sum())],
            [float((right | ~real).all(1)[: len(targets)].sum()), len(targets)],
            [float(best.sum()), float(ask.sum())],
        ]
    )
    return F.cross_entropy(logits[real], ids[real], reduction="none"), -chance.log(), totals
