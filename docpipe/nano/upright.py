"""A page of ink becomes the quarter turn that sets it upright: the one at which nano's eye reads it most surely."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from docpipe.nano.model import NanoForConditionalGeneration
from docpipe.nano.page import CELL, ROUND, cells_with_ink

SIDE = 640  # pixels of the page that are looked at, each way: where most ink is
STEP = 4 * CELL
FEW = 20  # characters that are read at least, or nothing can be told
SURER = 0.05  # of probability that a turn has to gain


def sureness(read: torch.Tensor) -> float:
    """The mean probability of the characters in `read` (n, 4, 2, v), logits; 0 where there are few."""
    chances, best = read.detach().float().softmax(-1).max(-1)
    seen = chances[best > 4]
    return float(seen.mean()) if len(seen) >= FEW else 0.0


@torch.no_grad()
def turn_of(model: NanoForConditionalGeneration, page: NDArray[np.float32]) -> int:
    """Degrees clockwise, 0, 90, 180 or 270, by which a page of ink (height, width) has to be turned."""
    part = densest(page)
    sure = []
    for quarters in range(4):
        turned = np.rot90(part, -quarters)
        turned = np.pad(turned, ((0, -turned.shape[0] % ROUND), (0, -turned.shape[1] % ROUND)))
        kept = torch.from_numpy(cells_with_ink(turned, model.config.max_tokens))
        _, read = model.look(torch.from_numpy(turned).to(model.device), kept.to(model.device))
        sure.append(sureness(read))
    best_turn = int(np.argmax(sure))
    return 90 * best_turn if sure[best_turn] > sure[0] + SURER else 0


def densest(page: NDArray[np.float32]) -> NDArray[np.float32]:
    """The part of a page, at most SIDE pixels each way, that holds most ink."""
    height, width = min(page.shape[0], SIDE), min(page.shape[1], SIDE)
    sums = np.pad(page.astype(np.float64), ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    corners = [
        (y, x) for y in range(0, page.shape[0] - height + 1, STEP) for x in range(0, page.shape[1] - width + 1, STEP)
    ]

    def ink(corner: tuple[int, int]) -> float:
        y, x = corner
        return float(sums[y + height, x + width] - sums[y, x + width] - sums[y + height, x] + sums[y, x])

    y, x = max(corners, key=ink)
    return page[y : y + height, x : x + width]
