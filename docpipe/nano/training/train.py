"""Seeds become weights: the whole training run, resumable, on CPU or GPU machines.

    python -m docpipe.nano.training.train runs/nano --minutes 90

Training runs in `--processes` processes of one thread each, which average their gradients: on a busy machine that
loses far less than one process of many threads. Each has a worker that generates its pages as training goes. For the
first EYE_STEPS steps, and in a run with `--eye alone`, only the eye learns, to read; with `--eye rests` all but the eye
learns, at two thirds of the cost. The learning rate warms up, stays, and falls to zero over the last three quarters of
the time asked for; with `--more` it stays, for a run that will be gone on with. The log is one JSON object a line:
training losses every 25 steps, figures on held-out pages every `--every`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.queues import Queue
from pathlib import Path

import torch
import torch.distributed as dist
from torch.multiprocessing.spawn import spawn

from docpipe.nano.configuration import NanoConfig
from docpipe.nano.generate import make_page
from docpipe.nano.model import NanoForConditionalGeneration
from docpipe.nano.training.evaluate import evaluate
from docpipe.nano.training.examples import Example, crop, prepare
from docpipe.nano.training.going_on import take_up
from docpipe.nano.training.losses import WEIGHTS, forward, forward_eye

WARM_UP = 150
FALLS = 0.75  # share of a run over which the learning rate falls to zero (Bergsma et al. 2025)
SAVE_EVERY = 100
EYE_STEPS = 2200  # the eye learns to read before anything is asked about what it reads
STAGES = (
    (0, (150_000, 250_000)),
    (EYE_STEPS, (200_000, 400_000)),
    (2600, (300_000, 600_000, 900_000)),
    (3200, (400_000, 800_000, 1_300_000)),
    (34_200, (600_000, 1_300_000)),
)


def _work(queue: Queue[Example], first: int, stride: int, step: object) -> None:
    """Make examples for ever: two parts of each page, five while the eye learns alone."""
    os.nice(5)
    torch.set_num_threads(1)
    seed = first
    while True:
        rng = random.Random(seed)
        page = make_page(seed)
        sizes = next(s for begin, s in reversed(STAGES) if step.value >= begin)  # type: ignore[attr-defined]  # a shared value
        early = step.value < EYE_STEPS  # type: ignore[attr-defined]  # a shared value
        for _ in range(5 if early else 2):
            part = crop(page, rng, rng.choice(sizes))
            example = prepare(part, rng, questions=0, spans=0, phrases=0) if early else prepare(part, rng)
            if example is not None:
                queue.put(example)
        seed += stride


def optimizers(model: NanoForConditionalGeneration, rate: float) -> list[torch.optim.Optimizer]:
    """Muon (Jordan et al. 2024) for the matrices inside blocks, AdamW for everything else."""
    inner = [p for n, p in model.named_parameters() if p.ndim == 2 and ("layers." in n)]
    chosen = {id(p) for p in inner}
    rest = [p for p in model.parameters() if id(p) not in chosen]
    return [
        torch.optim.Muon(inner, lr=2 * rate, momentum=0.95, weight_decay=0.02, adjust_lr_fn="match_rms_adamw"),
        torch.optim.AdamW(rest, lr=rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True),
    ]


@dataclass(frozen=True)
class Plan:
    """What the command line asked for."""

    folder: Path
    minutes: float
    rate: float
    batch: int
    every: int
    processes: int
    more: bool
    eye: str
    seed: int
    start: Path | None


class Log:
    """Sums of losses and counts since the last line, and the file they go to."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("a")
        self.begun = time.time()
        self.totals: dict[str, tuple[float, float]] = {}
        self.counts: dict[str, tuple[float, float]] = {}

    def add(self, losses: dict[str, torch.Tensor], right: dict[str, tuple[float, float]]) -> None:
        """Count one page in."""
        for into, values in ((self.totals, {k: (float(v), 1.0) for k, v in losses.items()}), (self.counts, right)):
            for name, (hit, every) in values.items():
                a, b = into.get(name, (0.0, 0.0))
                into[name] = (a + hit, b + every)

    def line(self, **row: object) -> None:
        """Write a line with what was counted."""
        means = {f"loss_{k}": round(a / b, 3) for k, (a, b) in self.totals.items()} | {
            k: round(a / b, 3) for k, (a, b) in self.counts.items() if b
        }
        print(
            json.dumps({**row, "minutes": round((time.time() - self.begun) / 60, 1), **means}),
            file=self.file,
            flush=True,
        )
        self.totals, self.counts = {}, {}


def _average(model: NanoForConditionalGeneration, processes: int, *, alone: bool) -> None:
    """Replace every gradient by its mean over the processes. What the eye alone did not use stays without."""
    if processes == 1:
        return
    parameters = [p for p in model.parameters() if p.requires_grad and (not alone or p.grad is not None)]
    for parameter in parameters:
        if parameter.grad is None:
            parameter.grad = torch.zeros_like(parameter)
    flat = torch.cat([p.grad.flatten() for p in parameters])
    dist.all_reduce(flat)
    flat /= processes
    for parameter, part in zip(parameters, flat.split([p.numel() for p in parameters]), strict=True):
        # Into the gradient's own memory layout: the fused optimizer takes it to be the parameter's.
        parameter.grad.copy_(part.view_as(parameter))


def _train(rank: int, plan: Plan) -> None:
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(plan.seed)
    if plan.processes > 1:
        dist.init_process_group(
            "gloo",
            init_method=f"file://{plan.folder.resolve()}/meeting",
            rank=rank,
            world_size=plan.processes,
            timeout=timedelta(hours=2),
        )
    model = NanoForConditionalGeneration(NanoConfig()).to(memory_format=torch.channels_last)
    model.quiet()
    steps = optimizers(model, plan.rate)
    step, seen = 0, 0
    checkpoint = plan.folder / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        for optimizer, kept in zip(steps, state["optimizers"], strict=True):
            optimizer.load_state_dict(kept)
        step, seen = state["step"], state["seen"]
    elif plan.start is not None:
        step, seen = take_up(model, plan.start)
    begun = step
    for part in (model.eye, model.eye_norm, model.reader):
        part.requires_grad_(plan.eye != "rests")
    generator = torch.Generator().manual_seed(plan.seed + step * plan.processes + rank)
    context = get_context("spawn")
    shared = context.Value("l", 0 if plan.eye == "alone" else step)
    queue: Queue[Example] = context.Queue(24)
    context.Process(
        target=_work, args=(queue, plan.seed * 10_000_000 + seen + rank, plan.processes, shared), daemon=True
    ).start()
    log = Log(plan.folder / "log.jsonl") if rank == 0 else None
    end = torch.tensor([time.time() + plan.minutes * 60], dtype=torch.float64)
    if plan.processes > 1:
        dist.broadcast(end, 0)
    going = torch.ones(1)

    def save() -> None:
        part = checkpoint.with_suffix(".part")
        torch.save(
            {"model": model.state_dict(), "optimizers": [o.state_dict() for o in steps], "step": step, "seen": seen},
            part,
        )
        part.replace(checkpoint)

    while going:
        alone = plan.eye == "alone" or step < EYE_STEPS
        left = float(end) - time.time()
        share = min(1.0, (step - begun + 1) / WARM_UP) * (
            1.0 if plan.more else min(1.0, max(0.0, left) / (plan.minutes * 60 * FALLS))
        )
        for optimizer, most in zip(steps, (2 * plan.rate, plan.rate), strict=True):
            for group in optimizer.param_groups:
                group["lr"] = most * share
        for _ in range(plan.batch // plan.processes):
            with torch.autocast("cpu", torch.bfloat16):
                example = queue.get()
                losses, right = forward_eye(model, example) if alone else forward(model, example, generator)
            loss = sum(WEIGHTS[name] * value for name, value in losses.items()) / (plan.batch // plan.processes)
            loss.backward()  # type: ignore[union-attr]  # a page has at least one loss
            if log:
                log.add(losses, right)
        _average(model, plan.processes, alone=alone)
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in steps:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        step += 1
        seen += plan.batch
        shared.value = 0 if plan.eye == "alone" else step
        if log and step % 25 == 0:
            log.line(step=step, pages=seen, rate=round(plan.rate * share, 6))
        if log and step % plan.every == 0:
            log.line(step=step, pages=seen, held_out=None if alone else evaluate(model))
        if log and step % SAVE_EVERY == 0:
            save()
        going.fill_(float(end) > time.time())
        if plan.processes > 1:
            dist.broadcast(going, 0)
    if log:
        save()
        log.line(step=step, pages=seen, held_out=evaluate(model, pages=60))
    if plan.processes > 1:
        dist.barrier()
        dist.destroy_process_group()


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="checkpoint and log go here; a checkpoint found here is gone on from")
    parser.add_argument("--minutes", type=float, default=60, help="wall time of this run")
    parser.add_argument("--rate", type=float, default=1e-3, help="learning rate after warm-up")
    parser.add_argument("--batch", type=int, default=4, help="pages an optimizer step, over all processes")
    parser.add_argument("--every", type=int, default=200, help="steps between evaluations")
    parser.add_argument("--processes", type=int, default=2, help="training processes")
    parser.add_argument(
        "--more", action="store_true", help="do not let the learning rate fall: there will be another run"
    )
    parser.add_argument(
        "--eye", choices=("learns", "alone", "rests"), default="learns", help="whether the eye learns, and what else"
    )
    parser.add_argument("--seed", type=int, default=1, help="where the seeds of pages begin")
    parser.add_argument("--start", type=Path, help="folder with weights to start from, such as docpipe/nano/weights")
    plan = Plan(**vars(parser.parse_args()))
    plan.folder.mkdir(parents=True, exist_ok=True)
    (plan.folder / "meeting").unlink(missing_ok=True)
    spawn(_train, (plan,), nprocs=plan.processes)


if __name__ == "__main__":
    main()
