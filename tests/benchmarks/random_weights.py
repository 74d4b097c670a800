"""Random weights of every family read with every shipped schema; prints how many replies keep to their schema.

python tests/benchmarks/random_weights.py [SEEDS] [FAMILY ...]
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import torch
from jsonschema import Draft202012Validator

from docpipe.models.decoding import Bounds, Wanted, decoding_schema
from docpipe.models.local import Local
from docpipe.schema import list_schemas
from docpipe.settings import load_settings
from docpipe.types import ReadRequest
from tests import tiny_models
from tests.views import view

BOUNDS = Bounds(text=8, rows=2, groups=2, cells=2)


def main(seeds: int, families: list[str]) -> None:
    """One line for each family, and a sum."""
    torch.set_num_threads(1)
    read = kept = 0
    with tempfile.TemporaryDirectory() as folder:
        for family in families:
            place = tiny_models.save(family, Path(folder) / family)
            model = Local(str(place), load_settings(device="cpu", page_timeout_s=600), BOUNDS)
            begun, good, of = time.perf_counter(), 0, 0
            for seed in range(seeds):
                tiny_models.shake(model.checkpoint.model, seed)
                requests = [ReadRequest((view(seed=seed),), schema) for schema in list_schemas()]
                for request, reply in zip(requests, model.extract(requests), strict=True):
                    validator = Draft202012Validator(decoding_schema(Wanted.by(request), BOUNDS))
                    good += reply.finish_reason == "stop" and validator.is_valid(json.loads(reply.raw))
                    of += 1
            print(f"{family:24} {good} of {of} replies keep to their schema, {time.perf_counter() - begun:.0f} s")
            read, kept = read + of, kept + good
    print(f"{'all':24} {kept} of {read}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 13, sys.argv[2:] or list(tiny_models.FAMILIES))
