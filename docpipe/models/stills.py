"""A checkpoint whose processor has a part for video becomes the same processor without that part.

The part for video needs torchvision, which needs a CUDA build of torch; documents have no video. The classes are those
of transformers, chosen by the checkpoint's architecture: nothing that it brings along is run.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from transformers import PROCESSOR_MAPPING, AutoImageProcessor, AutoTokenizer

_VIDEO = "video_processor"
# SmolVLM hands these on whether there is a video or not; None samples none.
_NO_VIDEO = SimpleNamespace(num_frames=None, fps=None)


def processor_without_video(place: str, config: Any, common: dict[str, Any]) -> Any | None:
    """The processor of the checkpoint at `place`, made from its image processor, tokenizer and settings.

    None for an architecture whose processor has no part for video. Raises what transformers raises.
    """
    whole = PROCESSOR_MAPPING.get(type(config), None)
    if whole is None or _VIDEO not in whole.get_attributes():
        return None
    parts = {
        "image_processor": AutoImageProcessor.from_pretrained(place, **common),
        "tokenizer": AutoTokenizer.from_pretrained(place, **common),
    }
    settings, _ = whole.get_processor_dict(place, **common)
    settings.pop(_VIDEO, None)
    return without_video(whole).from_args_and_dict([parts.get(name) for name in whole.get_attributes()], settings)


def without_video(whole: Any) -> Any:
    """A processor class of transformers as one that asks for no part for video."""
    names = [name for name in whole.get_attributes() if name != _VIDEO]
    more = {"get_attributes": classmethod(lambda _: names), _VIDEO: _NO_VIDEO, "__module__": whole.__module__}
    return type(whole.__name__, (whole,), more)
