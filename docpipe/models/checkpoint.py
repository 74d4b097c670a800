"""A path or a name on the hub becomes a loaded checkpoint: model, processor, tokenizer. Nothing in it is run.

Only safetensors are read, since a pickle runs what is in it, and code that a checkpoint brings along is never used.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from transformers import AutoConfig, AutoModelForImageTextToText, AutoProcessor
from transformers.utils import logging as transformers_logging

from docpipe.errors import DocpipeError, MissingDependency, ModelNotLoaded, UnknownModel
from docpipe.models.device import usable
from docpipe.models.stills import processor_without_video

if TYPE_CHECKING:
    from docpipe.settings import Settings

_CONVERT = "convert it where you trust it: model.save_pretrained(FOLDER)"
GPU_EXTRA = "pip install 'docpipe[gpu]' (torchvision needs a CUDA build of torch), or --model http://HOST/v1#NAME"


@dataclass(frozen=True)
class Checkpoint:
    """A model that is ready to generate, on its device and in evaluation mode."""

    name: str
    model: Any
    processor: Any
    tokenizer: Any
    device: str

    @property
    def kind(self) -> str:
        """The architecture, as transformers calls it: llava, qwen2_5_vl."""
        return str(self.model.config.model_type)

    @property
    def templated(self) -> bool:
        """Whether it has a chat template; a base model has none, and is asked in the form it was trained on."""
        return bool(getattr(self.processor, "chat_template", None) or getattr(self.tokenizer, "chat_template", None))

    @property
    def vocabulary(self) -> int:
        """The width of its logits."""
        return int(self.model.config.get_text_config(decoder=True).vocab_size)

    @property
    def positions(self) -> int:
        """How many tokens prompt and reply may have together."""
        text = self.model.config.get_text_config(decoder=True)
        return int(getattr(text, "max_position_embeddings", None) or 1 << 20)

    @property
    def ends(self) -> tuple[int, ...]:
        """The tokens that end a reply."""
        given = [self.model.generation_config.eos_token_id, self.tokenizer.eos_token_id]
        flat = [t for item in given for t in (item if isinstance(item, list | tuple) else [item])]
        return tuple(dict.fromkeys(t for t in flat if t is not None))


def load_checkpoint(name: str, settings: Settings) -> Checkpoint:
    """The checkpoint called `name`: a folder, or owner/name on the hub.

    Raises UnknownModel when there is none, MissingDependency when its processor needs a package that is not there, and
    ModelNotLoaded when it has no safetensors, lacks weights, brings code of its own, or is damaged.
    """
    folder = Path(name).expanduser()
    place = str(folder) if folder.is_dir() else name
    if folder.is_dir():
        _safe(folder, name)
    transformers_logging.set_verbosity_error()  # its warnings are about training
    transformers_logging.disable_progress_bar()
    common: dict[str, Any] = {"revision": settings.revision or "main", "trust_remote_code": False}
    try:
        config = AutoConfig.from_pretrained(place, **common)
    except Exception as error:
        raise _not_loaded(name, folder, error, settings) from error
    processor = _processor(name, place, config, common)
    device = _device(settings.device)
    try:
        model, report = AutoModelForImageTextToText.from_pretrained(
            place,
            config=config,
            dtype=_dtype(settings.dtype, device),
            use_safetensors=True,
            output_loading_info=True,
            **common,
        )
        lacking = sorted(report["missing_keys"])
        if lacking:
            raise ModelNotLoaded(f'model "{name}": {len(lacking)} weights are missing, {lacking[0]} the first of them')
        model = model.to(device).eval()
    except DocpipeError:
        raise
    except Exception as error:
        raise _not_loaded(name, folder, error, settings) from error
    tokenizer = getattr(processor, "tokenizer", None)
    if tokenizer is None:
        raise ModelNotLoaded(f'model "{name}": it has no tokenizer, so it cannot be told what to read')
    tokenizer.padding_side = "left"  # replies of a batch begin together
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    return Checkpoint(name, model, processor, tokenizer, device)


def _safe(folder: Path, name: str) -> None:
    """Refuse what could run code, before anything is read."""
    config = folder / "config.json"
    index = folder / "model.safetensors.index.json"
    if not config.is_file():
        raise ModelNotLoaded(f'model "{name}": {folder} has no config.json, so it is no checkpoint of transformers')
    if not any(folder.glob("*.safetensors")):
        pickles = sorted(
            path.name for path in folder.iterdir() if path.suffix in (".bin", ".pt", ".pth", ".ckpt", ".pkl")
        )
        found = f"only {pickles[0]}, a pickle, which can run code" if pickles else "no weights"
        raise ModelNotLoaded(
            f'model "{name}": {folder} has {found}; docpipe reads safetensors',
            hint=_CONVERT,
        )
    foreign = sorted(part for part in _parts(index) if "/" in part or not part.endswith(".safetensors"))
    if foreign:
        raise ModelNotLoaded(f'model "{name}": {index.name} names {foreign[0]}, which is no part of it', hint=_CONVERT)


def _parts(index: Path) -> set[str]:
    """The files that the index of a checkpoint in several parts names."""
    try:
        return {str(part) for part in json.loads(index.read_text("utf-8"))["weight_map"].values()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return set()  # without an index, or with a damaged one, loading says so


def _processor(name: str, place: str, config: Any, common: dict[str, Any]) -> Any:
    """The checkpoint's processor; without its part for video where only that cannot be made."""
    kind = str(config.model_type)
    try:
        return AutoProcessor.from_pretrained(place, **common)
    except Exception as error:
        if _lacking(error) != "torchvision":
            raise _not_made(name, kind, error) from error
        first = error
    try:
        made = processor_without_video(place, config, common)
    except Exception as error:
        raise _not_made(name, kind, error if _lacking(error) else first) from error
    if made is None:
        raise _not_made(name, kind, first) from first
    return made


def _not_made(name: str, kind: str, error: Exception) -> DocpipeError:
    lacks = _lacking(error)
    if lacks is None:
        return ModelNotLoaded(f'model "{name}": its processor cannot be loaded: {_first_line(error)}')
    hint = GPU_EXTRA if lacks == "torchvision" else f"pip install {lacks}"
    return MissingDependency(
        f'model "{name}": the processor of {kind} needs {lacks}, which is not installed', hint=hint
    )


def _lacking(error: Exception) -> str | None:
    """The package that a processor could not be made without, where that is what `error` means."""
    said = str(error).lower()
    if "torchvision" in said or "video" in said:
        return "torchvision"
    named = re.search(r"pip install `?([\w.-]+)", said) or re.search(r"no module named '([\w-]+)", said)
    if named is not None:
        return named.group(1)
    return _first_line(error) if isinstance(error, ImportError) else None


def _not_loaded(name: str, folder: Path, error: Exception, settings: Settings) -> DocpipeError:
    said = _first_line(error)
    if "trust_remote_code" in str(error) or "custom code" in str(error):
        return ModelNotLoaded(
            f'model "{name}" brings code of its own, which docpipe does not run',
            hint="use a checkpoint in transformers' own format, or serve it and use --model http://HOST/v1#NAME",
        )
    if "Unrecognized configuration class" in str(error) or "does not recognize this architecture" in str(error):
        return ModelNotLoaded(f'model "{name}" is no image-text-to-text model that this transformers knows: {said}')
    if "safetensors" in said and isinstance(error, OSError):
        return ModelNotLoaded(f'model "{name}" has no safetensors; docpipe opens no pickles', hint=_CONVERT)
    if isinstance(error, OSError) and not folder.is_dir():
        named = re.fullmatch(r"[\w.-]+/[\w.-]+", name) and not name.startswith(".")
        looked = f", no checkpoint on the hub or in its cache{_at(settings)}" if named else ""
        fetch = f"hf download {name} --local-dir FOLDER, where there is a network, then --model FOLDER"
        return UnknownModel(
            f'no model is called "{name}": no folder{looked}', hint=fetch if looked else "docpipe models list"
        )
    return ModelNotLoaded(f'model "{name}" cannot be loaded: {type(error).__name__}: {said}')


def _at(settings: Settings) -> str:
    return f" at revision {settings.revision}" if settings.revision else ""


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:300]


def _device(wanted: str) -> str:
    if wanted != "auto":
        return usable(wanted)
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _dtype(wanted: str, device: str) -> Any:
    """The precision asked for; `auto` is the checkpoint's own, and float32 on a CPU, where halves are slow."""
    if wanted != "auto":
        return getattr(torch, wanted)
    return torch.float32 if device == "cpu" else "auto"
