"""Pictures and a chat message become tensors for nano, and nano's ids become text again.

What nano is asked is the text of the last message of the user: a question in plain words, or a printed label that
ends in a colon (`reading.question` says which is which). A picture stands in the text as `<image>`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers
from transformers import BaseImageProcessor, BatchFeature, PreTrainedTokenizerFast, ProcessorMixin

from docpipe.nano import characters
from docpipe.nano.page import at_most, ink

IMAGE = "<image>"
IMAGE_ID = characters.SIZE  # the first id that is no character
SPECIAL = ("<pad>", "<end>", "<begin>", "<unknown>")
A4_LONG_INCHES = 842 / 72
TEMPLATE = """\
{%- set asked = namespace(text='') -%}
{%- for message in messages -%}
    {%- if message['content'] is string -%}
        {%- if message['role'] == 'user' -%}{%- set asked.text = message['content'] -%}{%- endif -%}
    {%- else -%}
        {%- set said = namespace(text='') -%}
        {%- for part in message['content'] -%}
            {%- if part['type'] == 'image' -%}{{- '<image>' -}}
            {%- elif part['type'] == 'text' -%}{%- set said.text = said.text ~ part['text'] -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if message['role'] == 'user' -%}{%- set asked.text = said.text -%}{%- endif -%}
    {%- endif -%}
{%- endfor -%}
{{- asked.text | trim -}}
"""


def character_tokenizer() -> PreTrainedTokenizerFast:
    """A tokenizer of transformers with the ids of `characters`; `<image>` comes after them."""
    ids = {name: number for number, name in enumerate(SPECIAL)}
    ids |= {character: number for number, character in enumerate(characters.CHARACTERS, len(SPECIAL))}
    tokenizer = Tokenizer(models.WordLevel(ids, unk_token=SPECIAL[characters.UNKNOWN]))
    same = [normalizers.Replace(chr(old), new) for old, new in characters.SAME.items()]
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), *same, normalizers.Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[\s\S]"), "isolated")
    tokenizer.decoder = decoders.Fuse()
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token=SPECIAL[characters.BLANK],
        eos_token=SPECIAL[characters.END],
        bos_token=SPECIAL[characters.BEGIN],
        unk_token=SPECIAL[characters.UNKNOWN],
        additional_special_tokens=[IMAGE],
        padding_side="left",
        clean_up_tokenization_spaces=False,
        model_input_names=["input_ids", "attention_mask"],
    )


class NanoImageProcessor(BaseImageProcessor):
    """Pictures to ink.

    `pixel_values` (n, 1, h, w) from 0 to 1, padded with paper to the largest; `image_sizes` (n, 2) the height and
    width of each. The resolution is the picture's own when its metadata says one from 50 to 1200 dpi; otherwise the
    long side counts as that of an A4 page. Finer pictures are reduced to what nano was trained on.
    """

    model_input_names = ["pixel_values", "image_sizes"]

    def preprocess(self, images: Any, return_tensors: str | None = None, **options: Any) -> BatchFeature:
        """Pictures (PIL, arrays, paths or addresses; nested lists are flattened) to the tensors the class names."""
        del options
        pages = [_page(image) for image in self._prepare_images_structure(images)]
        sizes = np.array([page.shape for page in pages], np.int64)
        height, width = sizes.max(0)
        padded = [np.pad(page, ((0, height - page.shape[0]), (0, width - page.shape[1]))) for page in pages]
        values = {"pixel_values": np.stack(padded)[:, None], "image_sizes": sizes}
        return BatchFeature(values, tensor_type=return_tensors)


def _page(image: Any) -> NDArray[np.float32]:
    """One picture as ink in whole cells."""
    if isinstance(image, Image.Image):
        resolution = float(image.info.get("dpi", (0,))[0])
        pixels = np.asarray(image.convert("L"))
    else:
        resolution = 0.0
        pixels = _grey(np.asarray(image))
    if not 50 <= resolution <= 1200:
        resolution = max(pixels.shape) / A4_LONG_INCHES
    return ink(at_most(pixels, resolution)[0])


def _grey(array: NDArray[Any]) -> NDArray[np.uint8]:
    """An array (h, w), (h, w, c) or (c, h, w), bytes or 0 to 1, as grey bytes (h, w)."""
    if array.ndim == 3 and array.shape[0] in {1, 3} and array.shape[2] not in {1, 3}:
        array = np.moveaxis(array, 0, 2)
    if array.dtype.kind == "f":
        array = (array * 255).round().clip(0, 255)
    array = array.astype(np.uint8)
    if array.ndim == 3:
        array = array[..., 0] if array.shape[2] == 1 else np.asarray(Image.fromarray(array[..., :3]).convert("L"))
    return array


class NanoProcessor(ProcessorMixin):
    """Pictures and texts to `pixel_values`, `image_sizes`, `input_ids` and `attention_mask`.

    A text without `<image>` gets one at its front when there are as many pictures as texts.
    """

    def __init__(
        self,
        image_processor: NanoImageProcessor,
        tokenizer: PreTrainedTokenizerFast,
        chat_template: str | None = None,
    ) -> None:
        self.image_token = IMAGE
        self.image_token_id = IMAGE_ID
        super().__init__(image_processor, tokenizer, chat_template=chat_template or TEMPLATE)

    def __call__(
        self,
        images: Any = None,
        text: str | Iterable[str] | None = None,
        videos: None = None,
        audio: None = None,
        **options: Any,
    ) -> BatchFeature:
        """See the class. Raises ValueError where `<image>` does not stand once for every picture."""
        if images is not None and text is not None:
            texts = [text] if isinstance(text, str) else list(text)
            count = len(images) if isinstance(images, list | tuple) else 1
            if count == len(texts) and not any(IMAGE in one for one in texts):
                texts = [IMAGE + one for one in texts]
            text = texts
        return super().__call__(images=images, text=text, videos=videos, audio=audio, **options)

    def replace_image_token(self, image_inputs: dict[str, Any], image_idx: int, **options: Any) -> str:
        """One `<image>` stands for one picture: its cells are no part of the text."""
        del image_inputs, image_idx, options
        return IMAGE


def new_processor() -> NanoProcessor:
    """The processor that goes with nano's weights."""
    return NanoProcessor(NanoImageProcessor(), character_tokenizer())


__all__ = ["IMAGE", "IMAGE_ID", "NanoImageProcessor", "NanoProcessor", "character_tokenizer", "new_processor"]
