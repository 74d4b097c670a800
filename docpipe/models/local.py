"""Any image-text-to-text checkpoint of transformers behind the model seam, held to the schema token by token."""

from __future__ import annotations

import re
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from PIL import Image
from transformers import GenerationConfig, LogitsProcessorList, StoppingCriteriaList

from docpipe.errors import DocpipeError, ModelError, ReplyInvalid
from docpipe.models.answers import answering
from docpipe.models.base import Turns
from docpipe.models.checkpoint import Checkpoint, load_checkpoint
from docpipe.models.decoding import Bounds
from docpipe.models.device import no_memory
from docpipe.models.grammar import Grammar, Held, Watch
from docpipe.models.prompt import Ask, page_labels, prompt_hash
from docpipe.models.reading import Written, conversation
from docpipe.types import PageText, ReadRequest, Reply, View

if TYPE_CHECKING:
    from docpipe.settings import Settings

LEAST_TOKENS = 16  # of room for a reply
_DOCVQA = ("<s_docvqa>", "<s_question>", "</s_question>", "<s_answer>")


class Local:
    """A checkpoint in process: a folder, or owner/name on the hub. `name` is recorded with every value.

    Raises what `load_checkpoint` raises, and ModelNotLoaded for a tokenizer that cannot be held to a schema.
    """

    def __init__(self, name: str, settings: Settings, bounds: Bounds | None = None) -> None:
        self.name = f"{name}@{settings.revision}" if settings.revision else name
        self.checkpoint = load_checkpoint(name, settings)
        self.grammar = Grammar(self.checkpoint.tokenizer, self.checkpoint.vocabulary, self.checkpoint.ends, name)
        self.prompt_hash = prompt_hash()
        self.plans = self.checkpoint.templated  # what has a chat template understands what it is asked in words
        self._bounds = bounds or Bounds()
        self._page_tokens = settings.page_tokens
        self._limit_s = settings.page_timeout_s
        self._alone = self.checkpoint.kind == "vision-encoder-decoder"
        self._control = _control_tokens(self.checkpoint)

    @property
    def about(self) -> str:
        """What it is and where it runs, in a line."""
        weights = sum(p.numel() for p in self.checkpoint.model.parameters())
        dtype = str(self.checkpoint.model.dtype).removeprefix("torch.")
        kind, device = self.checkpoint.kind, self.checkpoint.device
        return f"{kind}, {weights / 1e6:.1f} M weights, {dtype} on {device}, held to the schema"

    def extract(self, requests: Iterable[ReadRequest]) -> Iterator[Reply]:
        """One reply for each request, in order, read as one batch. Errors come at the place of their request."""
        talks = [self._begin(request) for request in requests]
        waiting = [talk for talk in talks if talk.ask is not None]
        while waiting:
            self._round(waiting)
            waiting = [talk for talk in waiting if talk.ask is not None]
        for talk in talks:
            yield talk.outcome(self.name)

    def answer(self, views: Sequence[View], question_: str, earlier: Turns = ()) -> Reply:
        """The answer to a question about `views`. `earlier` are the turns about them before it."""
        limit_s = self._limit_s * max(1, len(views))
        run = answering(views, question_, earlier, self.name, page_tokens=self._page_tokens, limit_s=limit_s)
        talk = _Talk(run)
        talk.step(None)
        while talk.ask is not None:
            self._round([talk])
        return talk.outcome(self.name)

    def transcribe(self, view: View) -> PageText | None:
        """None: these models give text without places."""
        del view
        return None  # other models return a text here

    def _begin(self, request: ReadRequest) -> _Talk:
        limit_s = self._limit_s * max(1, len(request.views))
        run = conversation(request, self.name, bounds=self._bounds, page_tokens=self._page_tokens, limit_s=limit_s)
        talk = _Talk(run)
        if self._alone and len(request.views) > 1:
            talk.error = ReplyInvalid(f"{self.name} reads one page at a time", hint="--window-pages 1")
            talk.ask = None
        else:
            talk.step(None)
        return talk

    def _round(self, talks: Sequence[_Talk]) -> None:
        """One ask of every talk, as one batch; a batch that does not fit into memory is halved."""
        if self._alone and len(talks) > 1:  # its decoder counts padding among its positions
            for talk in talks:
                self._round([talk])
            return
        written: Sequence[Written | DocpipeError] = ()
        try:
            written = self._write([talk.ask for talk in talks if talk.ask is not None])
        except DocpipeError as error:
            written = [error] * len(talks)
        except (RuntimeError, MemoryError) as error:
            if not no_memory(error):
                raise
        if not written and len(talks) > 1:  # only here, where the error is gone, what it held is free
            half = len(talks) // 2
            self._round(talks[:half])
            self._round(talks[half:])
            return
        for talk, outcome in zip(talks, written or [self._too_large()], strict=True):
            talk.step(outcome)

    def _too_large(self) -> ModelError:
        hint = "--dpi 80, --dtype bfloat16, or a smaller model"
        return ModelError(f"{self.name}: {self.checkpoint.device} has not enough memory for one page", hint=hint)

    @torch.inference_mode()
    def _write(self, asks: Sequence[Ask]) -> list[Written]:
        """What the model writes for each ask."""
        begun = time.perf_counter()
        inputs, prompt = self._inputs(asks)
        room = self.checkpoint.positions - prompt
        if room < LEAST_TOKENS:
            raise ModelError(
                f"{self.name}: the question is {prompt} tokens long, and it takes {self.checkpoint.positions} together "
                "with the reply",
                hint="--window-pages 1, --dpi 80, or a schema with fewer fields",
            )
        most = [min(ask.most_tokens, room) for ask in asks]
        held = Held(self.grammar, [ask.schema for ask in asks], most)
        watch = Watch(held, begun + self._limit_s * sum(max(1, len(ask.views)) for ask in asks))
        self.checkpoint.model.generate(
            **inputs,
            generation_config=self._generation(max(most)),
            logits_processor=LogitsProcessorList([held]),
            stopping_criteria=StoppingCriteriaList([watch]),
        )
        seconds = (time.perf_counter() - begun) / len(asks)
        return held.written(input_tokens=[prompt] * len(asks), read_s=seconds)

    def _generation(self, most: int) -> GenerationConfig:
        """Greedy: the same page reads the same twice. The checkpoint's own penalties would make JSON impossible."""
        own = self.checkpoint.model.generation_config
        return GenerationConfig(
            max_new_tokens=most,
            do_sample=False,
            num_beams=1,
            bos_token_id=own.bos_token_id,
            decoder_start_token_id=own.decoder_start_token_id,
            eos_token_id=list(self.checkpoint.ends),
            pad_token_id=self.checkpoint.tokenizer.pad_token_id,
        )

    def _inputs(self, asks: Sequence[Ask]) -> tuple[dict[str, Any], int]:
        """What goes into `generate()`, and how many tokens of it stand before the reply."""
        if self._alone:
            return self._donut(asks)
        images = [[Image.fromarray(view.image) for view in ask.views] for ask in asks]
        padding = len(asks) > 1
        if self.checkpoint.templated:
            talks = [self._chat(ask, shown) for ask, shown in zip(asks, images, strict=True)]
            made = self.checkpoint.processor.apply_chat_template(
                talks,
                add_generation_prompt=True,
                tokenize=True,
                return_dict=True,
                return_tensors="pt",
                processor_kwargs={"padding": padding},
            )
        else:
            words = [self._clean(_bare(ask)) for ask in asks]
            made = self.checkpoint.processor(text=words, images=images, padding=padding, return_tensors="pt")
        made = made.to(self.checkpoint.device, self.checkpoint.model.dtype)
        return dict(made), int(made["input_ids"].shape[1])

    def _chat(self, ask: Ask, images: Sequence[Image.Image]) -> list[dict[str, Any]]:
        """The turns of an ask as a chat; the images stand in the first."""
        shown: list[dict[str, Any]] = [{"type": "image", "image": image} for image in images]
        if labels := page_labels(ask.views):
            named = zip(labels, shown, strict=True)
            shown = [part for label, image in named for part in ({"type": "text", "text": label}, image)]
        chat = []
        for role, words in ask.turns:
            chat.append({"role": role, "content": [*shown, {"type": "text", "text": self._clean(words)}]})
            shown = []
        return chat

    def _donut(self, asks: Sequence[Ask]) -> tuple[dict[str, Any], int]:
        """Images for the encoder; the task's own tokens, and the question where the task is one, for the decoder."""
        tokenizer, model = self.checkpoint.tokenizer, self.checkpoint.model
        images = [Image.fromarray(ask.views[0].image) for ask in asks]
        pixels = self.checkpoint.processor.image_processor(images, return_tensors="pt")["pixel_values"]
        first = model.generation_config.decoder_start_token_id
        start = tokenizer.convert_ids_to_tokens(tokenizer.bos_token_id if first is None else first)
        prompts = [start] * len(asks)
        if set(tokenizer.get_vocab()).issuperset(_DOCVQA):
            prompts = [f"<s_docvqa><s_question>{self._clean(_short(ask))}</s_question><s_answer>" for ask in asks]
        ids = tokenizer(prompts, add_special_tokens=False, padding=True, return_tensors="pt")
        inputs = {
            "pixel_values": pixels.to(self.checkpoint.device, model.dtype),
            "decoder_input_ids": ids["input_ids"].to(self.checkpoint.device),
            "decoder_attention_mask": ids["attention_mask"].to(self.checkpoint.device),
        }
        return inputs, int(ids["input_ids"].shape[1])

    def _clean(self, words: str) -> str:
        """Words without the model's control tokens: what a document or a schema says stays text."""
        return self._control.sub(" ", words)


@dataclass
class _Talk:
    """A conversation between two rounds: what it asks next, or how it ended."""

    run: Generator[Ask, Written, Reply]
    ask: Ask | None = None
    reply: Reply | None = None
    error: DocpipeError | None = None

    def step(self, outcome: Written | DocpipeError | None) -> None:
        """Hand in what was written for the last ask; an error ends the conversation."""
        self.ask = None
        if isinstance(outcome, DocpipeError):
            self.error = outcome
            return
        try:
            self.ask = next(self.run) if outcome is None else self.run.send(outcome)
        except StopIteration as end:
            self.reply = end.value
        except DocpipeError as error:
            self.error = error

    def outcome(self, model: str) -> Reply:
        """The reply that it ended with. Raises the error that it ended with."""
        if self.reply is None:
            raise self.error or ReplyInvalid(f"{model}: no reply")
        return self.reply


def _control_tokens(checkpoint: Checkpoint) -> re.Pattern[str]:
    """The tokens that steer a model, as they would stand in a text that tried to."""
    named = [*checkpoint.tokenizer.all_special_tokens, getattr(checkpoint.processor, "image_token", None)]
    tokens = sorted({str(token) for token in named if token}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, tokens)) or r"(?!)")


def _bare(ask: Ask) -> str:
    """An ask for a base model: PaliGemma's `answer en` before a question, the instruction alone for fields."""
    return ask.turns[-1][1] if ask.question is None else f"answer en {ask.question}"


def _short(ask: Ask) -> str:
    """A question for a decoder that has room for a hundred tokens."""
    return ask.question or ", ".join(ask.schema["properties"])[:200]
