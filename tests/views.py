"""Pictures as the renderer gives them to a model, without rendering anything."""

from __future__ import annotations

import numpy as np

from docpipe.types import Page, Source, View


def view(number: int = 1, *, seed: int = 0, width: int = 160, height: int = 220) -> View:
    """A page of noise; other seeds are other pixels."""
    source = Source("a.png", "0" * 64, "image/png")
    pixels = np.random.default_rng(seed).integers(0, 255, (height, width, 3)).astype(np.uint8)
    return View(Page(source, number, float(width), float(height)), 72.0, None, pixels, (0.0, 0.0, 1.0, 1.0))
