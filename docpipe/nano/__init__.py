"""nano, the vision-language model that ships inside docpipe: `path()` is its checkpoint folder.

Importing `docpipe.nano.auto` registers it with transformers' Auto classes.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from docpipe.errors import ModelNotLoaded

NAME = "nano-1"
_FOLDER = Path(__file__).parent / "weights"


def path() -> Path:
    """The folder with config.json and model.safetensors.

    Raises ModelNotLoaded, which names the file, when the weights are missing or not those that were shipped.
    """
    weights, recorded = _FOLDER / "model.safetensors", _FOLDER / "SHA256"
    hint = "reinstall docpipe: pip install --force-reinstall --no-deps docpipe"
    if not weights.is_file() or not recorded.is_file():
        raise ModelNotLoaded(f"{weights}: nano's weights are missing", hint=hint)
    if hashlib.sha256(weights.read_bytes()).hexdigest() != recorded.read_text("utf-8").split()[0]:
        raise ModelNotLoaded(f"{weights}: nano's weights are damaged: their hash is not the one in {recorded.name}", hint=hint)
    return _FOLDER


__all__ = ["NAME", "path"]
