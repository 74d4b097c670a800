"""What values are read from becomes their characters, greedily, all values at once: the mouth's decoder, step by step.

A step is small, so that what it costs is its number of operations: weights that meet the same input are one matrix,
norms are part of the matrices behind them, and values that are read from few cells and from many go on together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from docpipe.nano import characters
from docpipe.nano.layers import Block, speeds

if TYPE_CHECKING:
    from docpipe.nano.mouth import Mouth, Prepared

SLOTS = 4.0  # half cells of 4 pixels to a page token of 16
FEW, MOST = 0.5, 0.9  # of the rows that are still read: so few that others are copied, so many that none are left out
ROOM = 16  # characters by which the memory of what was said grows


@dataclass
class Spoken:
    """Decoded values: `text` (q, t) ids, `sure` (q, t) probabilities, `where` (q, t, 2) places in page tokens.

    A value's text is END from its end on; what is said of the places behind that means nothing.
    """

    text: Tensor
    sure: Tensor
    where: Tensor


@dataclass
class _Layer:
    """A block's matrices: `own` makes query, key and value of self-attention, `query` that of cross-attention."""

    own: Tensor
    own_out: Tensor
    query: Tensor
    out: Tensor
    grow: Tensor
    shrink: Tensor

    @staticmethod
    def of(block: Block) -> _Layer:
        own, cross = block.self_attention, block.cross_attention
        return _Layer(
            _behind(block.self_norm, own.query.weight, own.key.weight, own.value.weight),
            own.out.weight,
            _behind(block.cross_norm, cross.query.weight),
            cross.out.weight,
            _behind(block.feed_norm, block.feed.grow.weight),
            block.feed.shrink.weight,
        )


class Speaker:
    """A mouth with its matrices joined, in single precision, without gradients; `table` (v, e) embeds characters."""

    def __init__(self, mouth: Mouth, table: Tensor) -> None:
        self.mouth = mouth
        self.heads, self.width = mouth.config.heads, mouth.config.width
        self.words = mouth.embed(table)
        self.layers = [_Layer.of(cast("Block", layer)) for layer in mouth.layers]
        self.out = _behind(mouth.out_norm, mouth.out.weight)
        self.head_turns = _angles(self.width // self.heads, table.device)
        self.turns = torch.cat([self.head_turns, _angles(self.width, table.device)], 1) * SLOTS

    def speak(self, groups: Sequence[Prepared], start: Tensor, kind: Tensor, most: int) -> Spoken:
        """Decode until each value has ended or has `most` characters; the values are those of all groups, in order.

        `start` (q, 2) is the place of each value's first token, `kind` (q, d) what the first step adds to its input.
        Finished rows leave the batch in time, the soonest where values that are likely to be short come last.
        """
        count, device = start.shape[0], start.device
        text = torch.full((count, most), characters.END, dtype=torch.long, device=device)
        sure = torch.ones(count, most, device=device)
        where = torch.zeros(count, most, 2, device=device)
        rows = torch.arange(count, device=device)
        going = torch.ones(count, dtype=torch.bool, device=device)
        x = self.words[characters.BEGIN] + kind
        at = start.float()
        caches: list[Tensor] = []
        steps = torch.arange(most, device=device, dtype=torch.float)[:, None].expand(-1, 2) @ self.head_turns
        groups = list(groups)
        for step in range(most):
            if step % ROOM == 0:
                room = (2, len(rows), self.heads, ROOM, self.width // self.heads)
                caches = caches or [x.new_empty(2, len(rows), self.heads, 0, room[-1])] * len(self.layers)
                caches = [torch.cat([cache, x.new_empty(room)], 3) for cache in caches]
            here = steps[step].cos(), steps[step].sin()
            logits, place = self._step(x, at, here, groups, [cache[..., : step + 1, :] for cache in caches])
            chance, best = logits.softmax(-1).max(-1)
            best = best.masked_fill(~going, characters.END)
            # A space stands nowhere: its place is that of the character before.
            at = torch.where((best > characters.SPACE)[:, None], place, at)
            text[rows, step], sure[rows, step], where[rows, step] = best, chance, at
            going = best != characters.END
            left = int(going.sum())
            if not left:
                break
            # To leave a row out copies all others, unless it is a group's last: then it costs next to nothing.
            parts = going.split([len(group.bias) for group in groups])
            stay = torch.cat(parts if left <= FEW * len(rows) else [_up_to_last(part) for part in parts])
            if int(stay.sum()) <= MOST * len(rows):
                parts = stay.split([len(group.bias) for group in groups])
                groups = [g.only(part) for g, part in zip(groups, parts, strict=True) if part.any()]
                rows, best, at, going = rows[stay], best[stay], at[stay], going[stay]
                caches = [cache[:, stay] for cache in caches]
            x = self.words[best]
        return Spoken(text, sure, where)

    def _step(
        self, x: Tensor, at: Tensor, here: tuple[Tensor, Tensor], groups: Sequence[Prepared], caches: Sequence[Tensor]
    ) -> tuple[Tensor, Tensor]:
        """Logits of the next characters (q, v), and their places (q, 2).

        `x` (q, d) are the characters before, `at` (q, 2) their places, `here` the turns of this step. `caches` are the
        layers' keys and values (2, q, heads, t, .), of which this step fills the last.
        """
        angles = at @ self.turns
        cos, sin = angles.cos(), angles.sin()
        narrow = self.width // self.heads
        near = cos[:, None, :narrow], sin[:, None, :narrow]
        sizes = [len(group.bias) for group in groups]
        for index, layer in enumerate(self.layers):
            own = F.linear(_unit(x), layer.own).unflatten(1, (3, self.heads, narrow))
            turned = _turned(own[:, :2], here)
            cache = caches[index]
            cache[0, :, :, -1], cache[1, :, :, -1] = turned[:, 1], own[:, 2]
            mixed = F.scaled_dot_product_attention(turned[:, 0, :, None], cache[0], cache[1])
            x = x + F.linear(mixed.flatten(1), layer.own_out)
            query = _turned(F.linear(_unit(x), layer.query).unflatten(1, (self.heads, narrow)), near)[:, :, None]
            looked = [
                F.scaled_dot_product_attention(part, *group.memories[index], attn_mask=group.bias)
                for part, group in zip(query.split(sizes), groups, strict=True)
            ]
            x = x + F.linear(_joined(looked).flatten(1), layer.out)
            x = x + F.linear(F.relu(F.linear(_unit(x), layer.grow)).square(), layer.shrink)
        h = self.mouth.norm(x)
        query = _turned(F.linear(h, self.mouth.point_query.weight), (cos[:, narrow:], sin[:, narrow:]))[:, None]
        fetched, places = [], []
        for part, group in zip(query.split(sizes), groups, strict=True):
            pointed = torch.baddbmm(group.slot_bias, part, group.keys.transpose(1, 2), alpha=self.width**-0.5)
            fetched.append(pointed.softmax(-1).bmm(group.values)[:, 0])
            best = pointed.argmax(-1, keepdim=True).expand(-1, -1, 2)
            places.append(group.places.gather(1, best)[:, 0])
        h = h + self.mouth.mix(torch.cat([h, _joined(fetched)], -1))
        return F.linear(_unit(h), self.out, self.mouth.out.bias), _joined(places) / SLOTS


def _behind(norm: nn.RMSNorm, *weights: Tensor) -> Tensor:
    """The matrices behind a norm as one that takes vectors of length 1."""
    return torch.cat(weights) * (norm.weight * math.sqrt(len(norm.weight)))


def _unit(x: Tensor) -> Tensor:
    """Vectors (..., d) at length 1."""
    return x / torch.linalg.vector_norm(x, dim=-1, keepdim=True)


def _angles(channels: int, device: torch.device) -> Tensor:
    """What makes places (..., 2) the angles (..., channels) of `layers.turns`, negative in the first half."""
    along = speeds(channels // 4, device)
    halves = torch.block_diag(along[None], along[None])
    return torch.cat([-halves, halves], 1)


def _turned(x: Tensor, by: tuple[Tensor, Tensor]) -> Tensor:
    """`layers.rotate` with the cosines and sines of `_angles`."""
    return torch.addcmul(x * by[0], x.roll(x.shape[-1] // 2, -1), by[1])


def _up_to_last(going: Tensor) -> Tensor:
    """True (q) up to the last that is true."""
    return going.flip(0).cummax(0).values.flip(0)


def _joined(parts: Sequence[Tensor]) -> Tensor:
    return parts[0] if len(parts) == 1 else torch.cat(list(parts))
