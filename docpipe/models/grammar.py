"""A decoding schema and a tokenizer become a mask on a model's logits: only tokens that keep to the schema remain.

llguidance does the grammar; https://github.com/guidance-ai/llguidance. Its numpy bit masks are used, since the ones for
torch compile a kernel first.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import torch
from llguidance import LLMatcher, LLParserLimits, LLTokenizer
from llguidance.hf import from_tokenizer
from llguidance.numpy import allocate_token_bitmask, fill_next_token_bitmask
from transformers import LogitsProcessor, StoppingCriteria

from docpipe.errors import ModelNotLoaded, ReplyInvalid, SchemaError
from docpipe.models.decoding import JsonSchema
from docpipe.models.loops import Loop, find_loop
from docpipe.models.reading import Finish, Written

# Names of up to 200 rows of a wide table are one rule each.
_LIMITS = LLParserLimits(initial_lexer_fuel=20_000_000, max_grammar_size=2_000_000)


class Grammar:
    """Holds a model with this tokenizer to schemas. `vocabulary` is the width of the model's logits.

    Raises ModelNotLoaded for a tokenizer whose tokens have no bytes of their own.
    """

    def __init__(self, tokenizer: Any, vocabulary: int, ends: Sequence[int], name: str) -> None:
        self.ends = frozenset(ends)
        try:
            size = max(vocabulary, len(tokenizer))
            self.tokens: LLTokenizer = from_tokenizer(tokenizer, n_vocab=size, eos_token=sorted(ends))
        except Exception as error:  # the Rust side raises several kinds, all meaning this
            raise ModelNotLoaded(
                f'model "{name}": its tokenizer cannot be held to a schema: {error}',
                hint="serve it with vLLM or llama.cpp, and use --model http://HOST/v1#NAME",
            ) from error
        self._compiled = lru_cache(maxsize=32)(self._compile)

    def matcher(self, schema: JsonSchema) -> LLMatcher:
        """A fresh matcher at the start of a reply. Raises SchemaError for what llguidance does not understand."""
        return self._compiled(json.dumps(schema)).deep_copy()

    def _compile(self, schema: str) -> LLMatcher:
        grammar = LLMatcher.grammar_from_json_schema(schema, overrides={"whitespace_flexible": False})
        matcher = LLMatcher(self.tokens, grammar, limits=_LIMITS)
        if matcher.is_error():
            why = re.sub(r"\s+", " ", matcher.get_error())[:300]
            raise SchemaError(f"the schema cannot be held to while decoding: {why}")
        return matcher


class _Row:
    """One reply of a batch, as it is written."""

    def __init__(self, matcher: LLMatcher, most_tokens: int) -> None:
        self.matcher = matcher
        self.most_tokens = most_tokens
        self.bytes = b""
        self.lengths: list[int] = []  # of each token, in bytes
        self.logs: list[float] = []
        self.finish: Finish | None = None
        self.loop: Loop | None = None
        self.error = ""

    def take(self, token: int, log: float, grammar: Grammar) -> None:
        if token in grammar.ends and self.matcher.is_accepting():
            self.finish = "stop"
            return
        if not self.matcher.consume_token(token):
            self.finish, self.error = "stop", self.matcher.get_error()
            return
        piece = grammar.tokens.decode_bytes([token])
        self.bytes += piece
        self.lengths.append(len(piece))
        self.logs.append(log)
        self.loop = find_loop(self.bytes.decode("utf-8", "ignore"))
        if self.loop is not None:
            self.finish = "repetition"
        elif self.matcher.is_stopped():  # nothing but the end can follow
            self.finish, self.error = "stop", self.matcher.get_error() if self.matcher.is_error() else ""
        elif len(self.logs) >= self.most_tokens:
            self.finish = "length"


class Held(LogitsProcessor):
    """Masks the logits of a batch so that each row keeps to its schema, and notes how sure the model was of itself.

    One instance serves one call of `generate()`; the model's own probabilities are kept, not those under the mask.
    """

    def __init__(self, grammar: Grammar, schemas: Sequence[JsonSchema], most_tokens: Sequence[int]) -> None:
        self.grammar = grammar
        self.rows = [_Row(grammar.matcher(s), most) for s, most in zip(schemas, most_tokens, strict=True)]
        self.own: torch.Tensor | None = None  # (batch, vocabulary), log-probabilities before the mask
        self._bits = allocate_token_bitmask(len(self.rows), grammar.tokens.vocab_size)

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        """The logits with everything that the schemas do not allow at minus infinity."""
        del input_ids
        self.own = torch.log_softmax(scores.float(), dim=-1)
        for index, row in enumerate(self.rows):
            if row.finish is None:
                fill_next_token_bitmask(row.matcher, self._bits, index)
                if row.matcher.is_error():
                    row.finish, row.error = "stop", row.matcher.get_error()
            if row.finish is not None:
                self._bits[index] = -1  # what follows is padding
        width = scores.shape[-1]
        allowed = np.unpackbits(self._bits.view(np.uint8), axis=1, bitorder="little")[:, :width].astype(bool)
        return scores.masked_fill(~torch.from_numpy(allowed).to(scores.device), float("-inf"))

    def written(self, *, input_tokens: Sequence[int], read_s: float) -> list[Written]:
        """What was written, a row each. Raises ReplyInvalid when the grammar itself failed."""
        for row in self.rows:
            if row.error:
                raise ReplyInvalid(f"decoding broke off: {row.error[:300]}")
        return [
            Written(
                text=row.bytes.decode("utf-8", "ignore"),
                finish=row.finish or "length",
                loop=row.loop,
                input_tokens=tokens,
                output_tokens=len(row.logs),
                ends=_character_ends(row.bytes, row.lengths),
                logs=row.logs,
                read_s=read_s,
            )
            for row, tokens in zip(self.rows, input_tokens, strict=True)
        ]


class Watch(StoppingCriteria):
    """Ends each row of a batch on its own: at its end, in a loop, at its token limit, or when time is up."""

    def __init__(self, held: Held, end: float) -> None:
        self.held = held
        self.end = end  # on time.perf_counter's clock

    def __call__(self, input_ids: torch.Tensor, scores: Any, **kwargs: Any) -> torch.Tensor:
        """Which rows are done, (batch,)."""
        del scores, kwargs
        late = time.perf_counter() > self.end
        tokens = input_ids[:, -1]
        if self.held.own is not None:
            logs = self.held.own.gather(1, tokens[:, None])[:, 0].tolist()
            for row, token, log in zip(self.held.rows, tokens.tolist(), logs, strict=True):
                if row.finish is None:
                    row.take(token, log, self.held.grammar)
                if row.finish is None and late:
                    row.finish = "timeout"
        done = [row.finish is not None for row in self.held.rows]
        return torch.tensor(done, dtype=torch.bool, device=input_ids.device)


def _character_ends(content: bytes, lengths: Sequence[int]) -> list[int]:
    """Where each token ends in the decoded text. A character that several tokens share counts for the first of them."""
    starts = np.cumsum([byte & 0xC0 != 0x80 for byte in content] or [False])
    ends = np.cumsum(lengths)
    return [int(starts[end - 1]) if end else 0 for end in ends]
