"""Names of devices and of precisions become ones that this torch can compute with, or an error that says why not."""

from __future__ import annotations

import torch

from docpipe.errors import ModelNotLoaded

_BUILDS = "a build of torch with CUDA is chosen at https://pytorch.org/get-started/locally"


def usable(device: str) -> str:
    """The device of this name, after a number was put on it and came back. Raises ModelNotLoaded when it does not."""
    try:
        torch.ones(1, device=device).cpu()
    except (RuntimeError, AssertionError) as error:
        said = (str(error).strip() or type(error).__name__).splitlines()[0][:200]
        lacks = device.startswith("cuda") and torch.version.cuda is None
        hint = f"--device cpu; {_BUILDS}" if lacks else "--device cpu"
        raise ModelNotLoaded(f"device {device} cannot be used: {said}", hint=hint) from error
    return device


def precision(wanted: str, device: str) -> torch.dtype:
    """The precision of this name; `auto` is bfloat16 where the processor multiplies it in hardware, else single."""
    if wanted != "auto":
        return getattr(torch, wanted)
    if device.startswith("cuda"):
        fast = torch.cuda.is_bf16_supported(including_emulation=False)
    else:
        fast = device == "cpu" and (torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported())
    return torch.bfloat16 if fast else torch.float32


def no_memory(error: BaseException) -> bool:
    """Whether an error says that there was not enough memory: CUDA, MPS and a CPU say so each in its own words."""
    said = str(error).lower()
    words = "out of memory" in said or "can't allocate memory" in said
    return isinstance(error, MemoryError | torch.OutOfMemoryError) or (isinstance(error, RuntimeError) and words)
