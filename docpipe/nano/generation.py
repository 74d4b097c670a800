"""Pages and ids of questions become ids of answers: what transformers calls of nano.

A row of `input_ids` holds one placeholder, the id after the last character, for each of its pages, and the
characters of what is asked. `pixel_values` (n, 1, h, w) are the pages of all rows, in order, as ink from 0 to 1;
`image_sizes` (n, 2) their heights and widths in whole cells, all of `pixel_values` when not given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor
from transformers import GenerationMixin
from transformers.utils import ModelOutput

from docpipe.errors import UsageError
from docpipe.nano import characters
from docpipe.nano.mouth import SLOTS

if TYPE_CHECKING:
    from docpipe.nano.model import NanoForConditionalGeneration, Sight
    from docpipe.nano.reading import Answer, Ask


@dataclass
class NanoOutput(ModelOutput):
    """What one call of the network says of b questions.

    `logits` (b, t, v) of the next character after each of `decoder_input_ids`; `absent` (b) logits, on the page
    chosen for each question, of its answer not being there against its likeliest place.
    """

    logits: Tensor | None = None
    absent: Tensor | None = None


class NanoGenerationMixin(GenerationMixin):
    """`generate` and `forward` over `see`, `ask` and `focus`, with which the class that mixes this in is built."""

    def _rows(
        self: NanoForConditionalGeneration, input_ids: Tensor, pixel_values: Tensor | None, image_sizes: Tensor | None
    ) -> Iterator[tuple[Ask, list[Sight]]]:
        """What each row asks, and what is seen on its pages."""
        # model.py builds on this module, and reading.py on model.py.
        from docpipe.nano.reading import look, question

        image = self.config.vocabulary
        counts = [row.count(image) for row in input_ids.tolist()]
        pages = 0 if pixel_values is None else len(pixel_values)
        if pixel_values is None or not all(counts) or sum(counts) != pages:
            raise UsageError(
                f"input_ids name {counts} pages a row, and pixel_values holds {pages}",
                hint="put every question in a chat message with at least one image, or <image> before its text",
            )
        if image_sizes is None:
            image_sizes = torch.tensor([pixel_values.shape[-2:]] * pages)
        number = 0
        for row, count in zip(input_ids.tolist(), counts, strict=True):
            seen = []
            for page, (height, width) in zip(
                pixel_values[number : number + count], image_sizes[number : number + count].tolist(), strict=True
            ):
                seen.append(look(self, page[0, :height, :width].float()))
            number += count
            yield question(characters.decode([i for i in row if len(characters.SPECIAL) <= i < image])), seen

    @torch.no_grad()
    def _answered(
        self: NanoForConditionalGeneration, ask: Ask, seen: Sequence[Sight], most: int
    ) -> tuple[Sight, Ask, Answer]:
        """The surest answer on any of the pages, where it is, and the question as it was asked there."""
        from docpipe.nano.labels import looked_up

        found = [(sight, *looked_up(self, sight, self.memorise(sight), ask, most=most)) for sight in seen]
        return max(found, key=lambda one: one[2].confidence if one[2].text is not None else -one[2].confidence)

    @torch.no_grad()
    def generate(
        self: NanoForConditionalGeneration,
        input_ids: Tensor,
        pixel_values: Tensor | None = None,
        image_sizes: Tensor | None = None,
        attention_mask: Tensor | None = None,
        *,
        generation_config: Any = None,
        max_new_tokens: int | None = None,
        **options: Any,
    ) -> Tensor:
        """The ids of `input_ids` (b, l) followed by those of each answer and END, filled up with BLANK.

        An answer is empty when none of the row's pages has it. Values have at most `max_new_tokens` characters, and
        never more than the configuration's `max_value`. nano reads the likeliest character at every step: options
        that would have it do otherwise raise UsageError, the others are without effect.
        """
        del attention_mask  # what fills a row up is no character, and says so by its id
        for name, usual in (("do_sample", False), ("num_beams", 1), ("return_dict_in_generate", False)):
            if options.get(name) not in {None, usual}:
                raise UsageError(f"{name}={options[name]}: nano always reads greedily and returns ids")
        wanted = max_new_tokens or getattr(generation_config, "max_new_tokens", None) or self.config.max_value
        most = min(wanted, self.config.max_value)
        answers = []
        for ask, seen in self._rows(input_ids, pixel_values, image_sizes):
            _, _, best = self._answered(ask, seen, most)
            answers.append([*characters.encode(best.text or "", most), characters.END])
        ids = torch.full((len(answers), max(map(len, answers))), characters.BLANK)
        for number, own in enumerate(answers):
            ids[number, : len(own)] = torch.tensor(own)
        return torch.cat([input_ids, ids.to(input_ids)], 1)

    def forward(
        self: NanoForConditionalGeneration,
        input_ids: Tensor,
        pixel_values: Tensor | None = None,
        image_sizes: Tensor | None = None,
        attention_mask: Tensor | None = None,
        decoder_input_ids: Tensor | None = None,
        **options: Any,
    ) -> NanoOutput:
        """Logits of the characters that follow `decoder_input_ids` (b, t), which begin with BEGIN.

        Without them, of the first character alone. Where each character stands is found as in `generate`.
        """
        from docpipe.nano.reading import queries_of

        del attention_mask, options
        if decoder_input_ids is None:
            decoder_input_ids = torch.full((len(input_ids), 1), characters.BEGIN, device=input_ids.device)
        logits, absent = [], []
        rows = self._rows(input_ids, pixel_values, image_sizes)
        for (ask, seen), ids in zip(rows, decoder_input_ids, strict=True):
            sight, told, _ = self._answered(ask, seen, self.config.max_value)
            found = self.ask(sight, queries_of([told], self.config.max_label, sight.tokens.device))
            first = sight.places[found.start[:, :-1].argmax(1)]
            prepared = self.focus(sight, self.memorise(sight), found.mask, first, self.config.focus)
            at = first[:, None].float()
            for step in range(1, len(ids) + 1):
                named, pointed = self.mouth(prepared, self.characters.weight, ids[None, :step], at, found.fields)
                if step < len(ids):
                    place = prepared.places[:, pointed[0, -1].argmax()] / SLOTS
                    # A space stands nowhere: the place stays with the character before.
                    at = torch.cat([at, place[:, None] if int(ids[step]) > characters.SPACE else at[:, -1:]], 1)
            logits.append(named)
            absent.append(found.start[0, -1] - found.start[0, :-1].max())
        return NanoOutput(logits=torch.cat(logits), absent=torch.stack(absent))


__all__ = ["NanoGenerationMixin", "NanoOutput"]
