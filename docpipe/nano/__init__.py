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


def path() -> Path:
    """The folder of the weights, ready for transformers: its Auto classes know nano afterwards.

    Raises ModelNotLoaded as `folder` does.
    """
    checked = folder()
    import_module("docpipe.nano.auto")
    return checked


def folder(path: Path = WEIGHTS) -> Path:
    """The folder with config.json and model.safetensors, after a look at their hash.

    Raises ModelNotLoaded, which names the file, when the weights are missing or not those that were shipped.
    """
    weights, recorded = path / "model.safetensors", path / "SHA256"
    hint = "reinstall docpipe: pip install --force-reinstall --no-deps docpipe"
    if not weights.is_file() or not recorded.is_file():
        raise ModelNotLoaded(f"{weights}: nano's weights are missing", hint=hint)
    if hashlib.sha256(weights.read_bytes()).hexdigest() != recorded.read_text("utf-8").split()[0]:
        raise ModelNotLoaded(f"{weights}: nano's weights are damaged: their hash is not the one in {recorded.name}", hint=hint)
    return path


__all__ = ["NAME", "WEIGHTS", "folder", "path"]
