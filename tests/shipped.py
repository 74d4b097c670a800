"""The network that ships, loaded once for all tests that ask it directly."""

from __future__ import annotations

from functools import lru_cache

import torch

from docpipe import nano
from docpipe.nano.model import NanoForConditionalGeneration


@lru_cache(maxsize=1)
def network() -> NanoForConditionalGeneration:
    """nano in single precision."""
    loaded: NanoForConditionalGeneration = NanoForConditionalGeneration.from_pretrained(
        nano.folder(), dtype=torch.float32
    ).eval()
    return loaded
