"""The sizes of nano, as a transformers configuration."""

from __future__ import annotations

from typing import Any

from transformers import PretrainedConfig

from docpipe.nano import characters


class NanoConfig(PretrainedConfig):
    """Sizes of nano's parts.

    Args:
        eye: channels of the three stride-2 convolutions.
        blocks: residual blocks at stride 8.
        width: width of page tokens, queries and decoder.
        heads: attention heads; `width / heads` must be a multiple of 8.
        page_layers, text_layers, query_layers, mouth_layers: depths.
        character_width: width of a character's embedding.
        vocabulary: number of characters with the four special ones.
        max_tokens: most page tokens (16x16 pixels with ink) that are kept.
        max_label: most characters of a label, name or question.
        max_value: most characters of a value.
        focus: most page tokens that the decoder reads a value from.
    """

    model_type = "docpipe_nano"

    def __init__(
        self,
        eye: tuple[int, int, int] = (32, 64, 128),
        blocks: int = 3,
        width: int = 192,
        heads: int = 4,
        page_layers: int = 8,
        text_layers: int = 2,
        query_layers: int = 4,
        mouth_layers: int = 2,
        character_width: int = 48,
        vocabulary: int = characters.SIZE,
        max_tokens: int = 3072,
        max_label: int = 64,
        max_value: int = 160,
        focus: int = 48,
        **kwargs: Any,
    ) -> None:
        self.eye = tuple(eye)
        self.blocks = blocks
        self.width = width
        self.heads = heads
        self.page_layers = page_layers
        self.text_layers = text_layers
        self.query_layers = query_layers
        self.mouth_layers = mouth_layers
        self.character_width = character_width
        self.vocabulary = vocabulary
        self.max_tokens = max_tokens
        self.max_label = max_label
        self.max_value = max_value
        self.focus = focus
        kwargs.setdefault("is_encoder_decoder", False)
        super().__init__(**kwargs)
