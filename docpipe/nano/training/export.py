"""A training run's folder becomes the weights that ship: half precision, processor, hash and a thinned log.

    python -m docpipe.nano.training.export runs/nano --mean docpipe/nano/weights

With `--mean` the weights are the mean of the checkpoint's and those in a folder, such as those that the run started
from: half-way between two ends of training a network often does better than at either (Wortsman et al. 2022).
What was written is loaded again through transformers' Auto classes, and has to give the parameters of the checkpoint
in half precision and the answers that the network gave before.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import torch
from safetensors.torch import load_file

from docpipe import nano
from docpipe.errors import ModelNotLoaded
from docpipe.nano.auto import NanoConfig, NanoForConditionalGeneration
from docpipe.nano.processor import new_processor
from docpipe.nano.reading import Ask, answer, look

MOST_MB = 40
LOG_LINES = 120  # of training losses; figures on held-out pages are all kept


def export(run: Path, to: Path, mean: Path | None = None) -> Path:
    """Write the weights of `run`/checkpoint.pt, and all that goes with them, to the folder `to`.

    They are averaged with those in the folder `mean`, where one is given.

    Returns the weights file. Raises ModelNotLoaded when there is no checkpoint, when it does not fit the network or
    when what was written is not what was read.
    """
    checkpoint = run / "checkpoint.pt"
    if not checkpoint.is_file():
        raise ModelNotLoaded(
            f"{checkpoint}: there is no checkpoint", hint=f"python -m docpipe.nano.training.train {run}"
        )
    state = torch.load(checkpoint, weights_only=True)
    model = NanoForConditionalGeneration(NanoConfig())
    try:
        model.load_state_dict(state["model"])
    except RuntimeError as error:
        raise ModelNotLoaded(f"{checkpoint}: {error}", hint="export with the version that trained it") from error
    half = {name: value.half() for name, value in model.state_dict().items()}
    if mean is not None:
        other = load_file(nano.folder(mean) / "model.safetensors")
        half = {name: ((value.float() + other[name].float()) / 2).half() for name, value in half.items()}
    model.load_state_dict(half)
    to.mkdir(parents=True, exist_ok=True)
    # Stored in half precision, computed in full: `dtype` is what transformers loads the parameters as.
    model.config.dtype = "float32"
    model.save_pretrained(to, state_dict=half)
    new_processor().save_pretrained(to)
    weights = to / "model.safetensors"
    weights.chmod(0o644)  # safetensors writes for its owner alone; in a wheel the weights are for everyone
    if weights.stat().st_size > MOST_MB * 1e6:
        raise ModelNotLoaded(f"{weights}: {weights.stat().st_size / 1e6:.0f} MB is over {MOST_MB} MB")
    log = run / "log.jsonl"
    if log.is_file():
        kept = thinned(log.read_text("utf-8").splitlines())
        (to / "log.jsonl").write_text("".join(f"{line}\n" for line in kept), "utf-8")
    files = sorted(path for path in to.iterdir() if path.name != "SHA256")
    hashes = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (to / "SHA256").write_text("".join(hashes), "utf-8")
    check(to, model.eval())
    return weights


def thinned(lines: list[str], most: int = LOG_LINES) -> list[str]:
    """Every line with held-out figures, the last one, and evenly spread lines of training losses."""
    parsed = [json.loads(line) for line in lines]
    losses = [number for number, row in enumerate(parsed) if not row.get("held_out")]
    step = max(1, -(-len(losses) // most))
    wanted = {*losses[::step], *(n for n, row in enumerate(parsed) if row.get("held_out")), len(lines) - 1}
    return [lines[number] for number in sorted(wanted) if number >= 0]


def check(folder: Path, model: NanoForConditionalGeneration) -> None:
    """Raise ModelNotLoaded unless the folder holds `model`, by its hash, its parameters and its answers."""
    weights = nano.folder(folder) / "model.safetensors"
    loaded = NanoForConditionalGeneration.from_pretrained(folder)
    for name, value in model.state_dict().items():
        if not torch.equal(value, loaded.state_dict()[name]):
            raise ModelNotLoaded(f"{weights}: {name} is not what was exported")
    page = torch.zeros(160, 320)
    page[40:56:3, 32:200:5] = 1.0
    asks = [Ask(("Total",), ()), Ask((), ("What is the number?",))]
    said = []
    for one in (model, loaded):
        with torch.no_grad():
            sight = look(one, page)
            said.append(answer(one, sight, one.memorise(sight), asks))
    if said[0] != said[1]:
        raise ModelNotLoaded(f"{weights}: loaded again it answers otherwise: {said[0]} became {said[1]}")


def main() -> None:
    """Parse the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path, help="folder of the training run, with checkpoint.pt and log.jsonl")
    parser.add_argument("--to", type=Path, default=nano.WEIGHTS, help="where to write")
    parser.add_argument("--mean", type=Path, help="folder with weights to average the checkpoint's with")
    plan = parser.parse_args()
    weights = export(plan.run, plan.to, plan.mean)
    print(f"{weights}: {weights.stat().st_size / 1e6:.1f} MB")
    print((plan.to / "SHA256").read_text("utf-8"), end="")


if __name__ == "__main__":
    main()
