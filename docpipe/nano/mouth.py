"""The part of a page that a value stands in becomes the value's characters, one after the other.

The decoder steps along the page: each step looks from the place of the character before (rotary positions,
so "just right of it" is the same everywhere), points at the next character's half cell, and names it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor, nn

from docpipe.nano.configuration import NanoConfig
from docpipe.nano.layers import Block, Feed, Turns, rotate, turns
from docpipe.nano.speaking import SLOTS, Speaker, Spoken


class Mouth(nn.Module):
    """A causal decoder over characters with a pointer to half cells."""

    def __init__(self, config: NanoConfig) -> None:
        super().__init__()
        d, e = config.width, config.character_width
        self.config = config
        self.embed = nn.Linear(e, d, bias=False)
        self.kind = nn.Linear(d, d, bias=False)
        self.layers = nn.ModuleList(Block(d, config.heads, crossed=True) for _ in range(config.mouth_layers))
        self.norm = nn.RMSNorm(d)
        self.point_query = nn.Linear(d, d, bias=False)
        self.point_key = nn.Linear(d, 2 * d, bias=False)
        self.fetch = nn.Linear(d, 2 * e, bias=False)
        self.mix = Feed(d + 2 * e, 2 * d, d)
        self.out_norm = nn.RMSNorm(d)
        self.out = nn.Linear(d, config.vocabulary, bias=True)

    def memorise(self, cells: Tensor, places: Tensor, soft: Tensor) -> Memory:
        """Project all cells of a page once: `cells` (n, d), `places` (n, 2) in page tokens, `soft` (n, 2, e)."""
        at = places * SLOTS
        cos, sin = self._turns(at[None])
        memories = [layer.cross_attention.remember(cells[None], (cos, sin)) for layer in self._blocks()]
        half = torch.tensor([-0.5, 0.5], device=at.device)
        slots_at = torch.stack([at[:, None, 0] + half, at[:, None, 1].expand(-1, 2)], -1)
        keys = rotate(self.point_key(cells).unflatten(-1, (2, -1)), turns(slots_at, cells.shape[-1]))
        values = torch.cat([self.fetch(cells).unflatten(-1, (2, -1)), soft.to(cells.dtype)], -1)
        flat = [(k[0].transpose(0, 1).flatten(1), v[0].transpose(0, 1).flatten(1)) for k, v in memories]
        return Memory(flat, keys, values, slots_at)

    def focus(self, memory: Memory, chosen: Tensor, bias: Tensor) -> Prepared:
        """What q values are read from: `chosen` (q, m) cells of the page, `bias` (q, m) logits that they belong."""
        likely = torch.log(torch.sigmoid(bias) * 0.98 + 0.01)

        flat = chosen.flatten()

        def taken(x: Tensor) -> Tensor:  # several times as fast as x[chosen]
            return x.index_select(0, flat).unflatten(0, chosen.shape)

        def split(x: Tensor) -> Tensor:
            return taken(x).unflatten(-1, (self.config.heads, -1)).transpose(1, 2)

        return Prepared(
            [(split(k), split(v)) for k, v in memory.layers],
            likely[:, None, None],
            taken(memory.keys).flatten(1, 2),
            taken(memory.values).flatten(1, 2),
            likely.repeat_interleave(2, 1)[:, None],
            taken(memory.places).flatten(1, 2),
        )

    def begin(self, kind: Tensor) -> Tensor:
        """What the first step adds to its input: the query (q, d), or zeros for plain reading."""
        return self.kind(kind)

    def forward(
        self, prepared: Prepared, table: Tensor, ids: Tensor, at: Tensor, kind: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Logits of the next character (q, t, v) and of the half cell it stands in (q, t, 2m).

        `table` (v, e) embeds characters, `ids` (q, t) and `at` (q, t, 2) are the characters before and their
        places in page tokens, `kind` (q, d) the query.
        """
        x = self.embed(table[ids])
        x = torch.cat([x[:, :1] + self.begin(kind)[:, None].to(x.dtype), x[:, 1:]], 1)
        count = ids.shape[1]
        steps = self._turns(torch.arange(count, device=ids.device)[None, :, None].expand(1, -1, 2))
        later = torch.full((count, count), -1e4, device=ids.device).triu(1)
        near, nearer = self._turns(at * SLOTS), turns(at * SLOTS, x.shape[-1])
        for layer, (keys, values) in zip(self._blocks(), prepared.memories, strict=True):
            h = layer.self_norm(x)
            own = layer.self_attention.remember(h, steps)
            x = x + layer.self_attention.attend(h, *own, by=steps, bias=later)
            x = self._look(layer, x, keys, values, prepared, near)
        return self._name(x, prepared, nearer)

    def _blocks(self) -> list[Block]:
        return [cast("Block", layer) for layer in self.layers]

    def _turns(self, at: Tensor) -> Turns:
        """Turns for heads: (b, 1, n, d / heads / 2)."""
        cos, sin = turns(at, self.config.width // self.config.heads)
        return cos.unsqueeze(-3), sin.unsqueeze(-3)

    def _look(self, layer: Block, x: Tensor, keys: Tensor, values: Tensor, prepared: Prepared, near: Turns) -> Tensor:
        x = x + layer.cross_attention.attend(layer.cross_norm(x), keys, values, by=near, bias=prepared.bias)
        return x + layer.feed(layer.feed_norm(x))

    def _name(self, x: Tensor, prepared: Prepared, near: Turns) -> tuple[Tensor, Tensor]:
        h = self.norm(x)
        q = rotate(self.point_query(h), near)
        pointed = (q @ prepared.keys.transpose(1, 2)).float() / q.shape[-1] ** 0.5 + prepared.slot_bias
        fetched = pointed.softmax(-1).to(h.dtype) @ prepared.values
        h = h + self.mix(torch.cat([h, fetched.to(h.dtype)], -1))
        return self.out(self.out_norm(h)).float(), pointed

    @torch.no_grad()
    def speak(self, groups: Sequence[Prepared], table: Tensor, start: Tensor, kind: Tensor, most: int) -> Spoken:
        """Decode greedily, all values of all groups at once, until each has ended or has `most` characters.

        `start` (q, 2) is the place of each value's first token.
        """
        return Speaker(self, table).speak(groups, start, self.begin(kind), most)


@dataclass
class Memory:
    """All cells of a page (n).

    Keys and values (n, d) for each layer; keys (n, 2, d), values (n, 2, .) and places (n, 2, 2) of their halves.
    """

    layers: list[tuple[Tensor, Tensor]]
    keys: Tensor
    values: Tensor
    places: Tensor

    def float(self) -> Memory:
        """The same in single precision."""
        layers = [(keys.float(), values.float()) for keys, values in self.layers]
        return Memory(layers, self.keys.float(), self.values.float(), self.places)


@dataclass
class Prepared:
    """A focus after projection: keys and values for each layer, and for the pointer."""

    memories: list[tuple[Tensor, Tensor]]
    bias: Tensor
    keys: Tensor
    values: Tensor
    slot_bias: Tensor
    places: Tensor

    def only(self, rows: Tensor) -> Prepared:
        """The values where `rows` (q) is true; nothing is copied where those are the first ones."""
        count = int(rows.sum())
        kept = slice(count) if bool(rows[:count].all()) else rows
        return Prepared(
            [(k[kept], v[kept]) for k, v in self.memories],
            self.bias[kept],
            self.keys[kept],
            self.values[kept],
            self.slot_bias[kept],
            self.places[kept],
        )


__all__ = ["SLOTS", "Memory", "Mouth", "Prepared", "Spoken"]
