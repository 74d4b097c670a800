"""A view becomes the quarter turn that sets it upright, by the eye of nano, for models that cannot tell themselves."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from docpipe.types import View

if TYPE_CHECKING:
    from docpipe.nano.model import NanoForConditionalGeneration


def turn_of_view(view: View) -> int:
    """Degrees clockwise, 0, 90, 180 or 270, by which a view has to be turned to stand upright."""
    import torch

    from docpipe.models.device import precision
    from docpipe.nano.page import at_most, ink
    from docpipe.nano.upright import turn_of

    image, _ = at_most(view.image, view.dpi)
    lower = precision("auto", "cpu")
    with torch.autocast("cpu", lower, enabled=lower is not torch.float32):
        return turn_of(_eye(), ink(image))


@lru_cache(maxsize=1)
def _eye() -> NanoForConditionalGeneration:
    import torch
    from transformers.utils import logging

    from docpipe import nano
    from docpipe.nano.model import NanoForConditionalGeneration

    logging.disable_progress_bar()  # there is one file, and it is small
    network: NanoForConditionalGeneration = NanoForConditionalGeneration.from_pretrained(nano.folder()).eval()
    return network.to(memory_format=torch.channels_last)  # otherwise convolutions take four times as long
