"""Exported weights become the start of another run, of a network with as many layers or with more."""

from __future__ import annotations

import json
import re
from pathlib import Path

from safetensors.torch import load_file

from docpipe.errors import ModelNotLoaded
from docpipe.nano.model import NanoForConditionalGeneration

LAYER = re.compile(r"(^|\.)\w*layers\.\d+\.")


def take_up(model: NanoForConditionalGeneration, folder: Path) -> tuple[int, int]:
    """Load the weights in `folder` into `model`; returns the steps and the pages they were trained for.

    Layers that the weights lack stay as they are: of a model that is `quiet` they add nothing, so that it answers as
    before (Chen et al. 2016, "Net2Net"). Raises ModelNotLoaded where anything else is lacking or too much.
    """
    weights = {name: value.float() for name, value in load_file(folder / "model.safetensors").items()}
    lacking, unknown = model.load_state_dict(weights, strict=False)
    wrong = [*unknown, *(name for name in lacking if not LAYER.search(name))]
    if wrong:
        raise ModelNotLoaded(f"{folder}: not weights of this network: {wrong[0]}", hint="start without --start")
    last = json.loads((folder / "log.jsonl").read_text("utf-8").splitlines()[-1])
    return last["step"], last["pages"]
