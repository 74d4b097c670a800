"""A page of ink whose print is larger or smaller than usual becomes the scale at which nano's eye reads it best.

A picture without a resolution counts as an A4 page. Where it shows less than that, as a till receipt that was cut out,
its print is far larger than any that nano learned to read.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from docpipe.nano.model import NanoForConditionalGeneration
from docpipe.nano.page import CELL, ROUND, cells_with_ink
from docpipe.nano.upright import densest, sureness

SURE = 0.93  # mean probability of the characters of a page, from which on its print is of a good size
SCALES = (1.0, 0.8, 0.64, 0.5, 0.4)
SURER = 0.02  # of probability that a scale has to gain


@torch.no_grad()
def scale_of(model: NanoForConditionalGeneration, page: NDArray[np.float32]) -> float:
    """By how much a page of ink (height, width) has to be made smaller, 1 for not at all."""
    part = densest(page)
    sure = []
    for scale in SCALES:
        size = max(CELL, round(part.shape[1] * scale)), max(CELL, round(part.shape[0] * scale))
        small = np.asarray(Image.fromarray(part).resize(size, Image.Resampling.LANCZOS)) if scale < 1 else part
        small = np.pad(np.clip(small, 0.0, 1.0), ((0, -size[1] % ROUND), (0, -size[0] % ROUND)))
        kept = torch.from_numpy(cells_with_ink(small, model.config.max_tokens))
        _, read = model.look(torch.from_numpy(small).to(model.device), kept.to(model.device))
        sure.append(sureness(read))
    best = int(np.argmax(sure))
    return SCALES[best] if sure[best] > sure[0] + SURER else 1.0
