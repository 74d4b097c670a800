"""A model's name becomes a model that is ready to read.

A backend is one file, one class with the three methods of `base.Model`, built as `Class(name, settings)` with the
name as the user wrote it, and one line in `_BACKENDS`. Other packages register theirs as an entry point of the group
`docpipe.models`, whose name is the word before the colon of `--model word:rest`. A name with a slash in it, or of a
folder, is a checkpoint of transformers.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, cast

from docpipe.errors import ModelNotLoaded, UnknownModel
from docpipe.models.base import Model, Turns

if TYPE_CHECKING:
    from docpipe.settings import Settings

# The word before the colon of `--model`, and the class that reads it. Imported when chosen: torch is heavy.
_BACKENDS = {
    "nano": "docpipe.models.nano:Nano",
    "replay": "docpipe.models.replay:Replay",
}
_SERVER = "docpipe.models.server:Server"
_CHECKPOINT = "docpipe.models.local:Local"
ENTRY_POINTS = "docpipe.models"


def model_names() -> tuple[str, ...]:
    """The words `--model` knows, ours first, then those that installed packages bring."""
    others = sorted(point.name for point in entry_points(group=ENTRY_POINTS) if point.name not in _BACKENDS)
    return (*_BACKENDS, *others)


def open_model(name: str, settings: Settings) -> Model:
    """The model called `name`, loaded as `settings` say.

    A name is `nano`, `replay:FILE`, `http(s)://HOST/v1#MODEL`, an entry point's, or a checkpoint: a folder, or
    owner/name on the hub.

    Raises UnknownModel when nobody answers to the name, ModelNotLoaded when its weights or packages fail.
    """
    build = _backend(name.partition(":")[0], name)
    return build(name, settings)


def known_name(name: str) -> str | None:
    """What the model called `name` will sign its readings with, None where it has to be loaded to say so."""
    word = name.partition(":")[0]
    if word == "nano":
        signed: str = import_module("docpipe.nano").NAME
        return signed
    return name if word == "replay" else None


def weights_of(signed: str) -> str | None:
    """The hash of the weights behind readings that are signed so, where they ship with docpipe; else None."""
    nano = import_module("docpipe.nano")
    found: str | None = nano.weights_hash() if signed == nano.NAME else None
    return found


def shipped_calibration(signed: str) -> Path | None:
    """The file with the calibration of readings that are signed so, where one ships with docpipe; else None."""
    nano = import_module("docpipe.nano")
    place: Path = nano.CALIBRATION
    return place if signed == nano.NAME and place.is_file() else None


def list_models() -> tuple[tuple[str, str], ...]:
    """What `--model` takes, each with a few words about it: ours, those of packages, checkpoints in the hub's cache."""
    ours = {"nano": "ships with docpipe", "replay": "recorded replies: replay:FILE; replay: for those in the database"}
    return (
        *((name, ours.get(name, f"of an installed package: {name}:WHAT")) for name in model_names()),
        ("http://HOST/v1#MODEL", "a server: vLLM, Ollama, llama.cpp, LM Studio; its token in DOCPIPE_API_KEY"),
        ("FOLDER, OWNER/NAME", "a checkpoint of transformers, held to the schema"),
        *_cached(),
    )


def _cached() -> Iterator[tuple[str, str]]:
    """The checkpoints in the hub's cache, found without loading anything."""
    home = Path(os.environ.get("HF_HOME", Path.home() / ".cache" / "huggingface"))
    for place in sorted(Path(os.environ.get("HF_HUB_CACHE", home / "hub")).glob("models--*--*")):
        kinds = {kind for config in place.glob("snapshots/*/config.json") if (kind := _architecture(config))}
        if kinds:
            yield "/".join(place.name.split("--")[1:]), f"in the hub's cache: {', '.join(sorted(kinds))}"


def _architecture(config: Path) -> str | None:
    try:
        found = json.loads(config.read_text("utf-8")).get("model_type")
    except (OSError, ValueError, AttributeError):
        return None
    return found if isinstance(found, str) else None


def _backend(word: str, name: str) -> Callable[[str, Settings], Model]:
    if word in _BACKENDS:
        return _class(_BACKENDS[word])
    if word in ("http", "https"):
        return _class(_SERVER)
    for point in entry_points(group=ENTRY_POINTS):
        if point.name == word:
            try:
                return cast("Callable[[str, Settings], Model]", point.load())
            except ImportError as error:
                raise ModelNotLoaded(
                    f'model "{name}": {point.value} cannot be imported: {error}',
                    hint=f"reinstall the package that brings the entry point {word}",
                ) from error
    if "/" in name or "\\" in name or Path(name).is_dir():
        return _class(_CHECKPOINT)
    raise UnknownModel(
        f'no model is called "{name}"; known: {", ".join(model_names())}',
        hint="docpipe extract FILE --model nano, or docpipe models list",
    )


def _class(place: str) -> Callable[[str, Settings], Model]:
    module, _, attribute = place.partition(":")
    return cast("Callable[[str, Settings], Model]", getattr(import_module(module), attribute))


__all__ = [
    "Model",
    "Turns",
    "known_name",
    "list_models",
    "model_names",
    "open_model",
    "shipped_calibration",
    "weights_of",
]
