"""A device's name becomes one that this torch can compute on, or an error that says why not."""

from __future__ import annotations

import torch

from docpipe.errors import ModelNotLoaded


def usable(device: str) -> str:
    """The device of this name. Raises ModelNotLoaded when it is not there."""
    try:
        torch.empty(0, device=device)
    except (RuntimeError, AssertionError) as error:
        said = (str(error).strip() or type(error).__name__).splitlines()[0][:300]
        raise ModelNotLoaded(f"device {device} cannot be used: {said}", hint="--device cpu") from error
    return device
