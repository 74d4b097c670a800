"""nano, the vision-language model that ships inside docpipe: `path()` is its checkpoint folder.

    from transformers import pipeline
    import docpipe.nano
    read = pipeline("image-text-to-text", model=docpipe.nano.path())

Importing `docpipe.nano.auto` registers its classes with transformers' Auto classes; `path()` does so.
"""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path

from docpipe.errors import ModelNotLoaded

NAME = "nano-1"
WEIGHTS = Path(__file__).parent / "weights"
CALIBRATION = Path(__file__).parent / "calibration.json"


def path() -> Path:
    """The folder of the weights, ready for transformers: its Auto classes know nano afterwards.

    Raises ModelNotLoaded as `folder` does.
    """
    checked = folder()
    import_module("docpipe.nano.auto")
    return checked


def folder(path: Path | None = None) -> Path:
    """The folder with config.json, model.safetensors and what else ships (`path`: another one like it).

    Raises ModelNotLoaded, which names the file, when one is missing or not what the hash in SHA256 says.
    """
    path = path or WEIGHTS
    hint = "reinstall docpipe: pip install --force-reinstall --no-deps docpipe"
    recorded = path / "SHA256"
    if not recorded.is_file():
        raise ModelNotLoaded(f"{path}: nano's weights are missing", hint=hint)
    for line in recorded.read_text("utf-8").splitlines():
        wanted, _, name = line.partition("  ")
        file = path / name
        if not file.is_file():
            raise ModelNotLoaded(f"{file}: a file of nano's weights is missing", hint=hint)
        if hashlib.sha256(file.read_bytes()).hexdigest() != wanted:
            raise ModelNotLoaded(f"{file}: damaged: its hash is not the one in {recorded.name}", hint=hint)
    return path


def weights_hash() -> str | None:
    """The SHA-256 of the weights that ship, as it is recorded beside them; None where it is not."""
    recorded = WEIGHTS / "SHA256"
    lines = recorded.read_text("utf-8").splitlines() if recorded.is_file() else []
    return next((line.partition("  ")[0] for line in lines if line.endswith("  model.safetensors")), None)


__all__ = ["CALIBRATION", "NAME", "WEIGHTS", "folder", "path", "weights_hash"]
