"""The parts nano is built from: attention with two-dimensional rotary positions, and its blocks."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

Turns = tuple[Tensor, Tensor]  # cosines and sines, broadcast over (..., n, d / 2)
LOGITS = 2_000_000  # of an attention at once: more do not stay in a processor's cache


def turns(places: Tensor, channels: int) -> Turns:
    """Angles for rotary positions in two dimensions (Su et al. 2021, half of the channels for each axis).

    `places` (..., n, 2); `channels` is the width of what will be turned.
    """
    quarter = channels // 4
    angles = (places.float().unsqueeze(-1) * speeds(quarter, places.device)).flatten(-2)
    return angles.cos(), angles.sin()


def speeds(count: int, device: torch.device) -> Tensor:
    """How fast each of `count` pairs of channels turns along an axis: from 1 down to 1 / 64."""
    return torch.exp(torch.arange(count, device=device) * (-math.log(64.0) / max(1, count - 1)))


def rotate(x: Tensor, by: Turns) -> Tensor:
    """Turn pairs of channels of `x` (..., n, d)."""
    cos, sin = by[0].to(x.dtype), by[1].to(x.dtype)
    a, b = x.chunk(2, -1)
    return torch.cat([a * cos - b * sin, a * sin + b * cos], -1)


def sinusoids(places: Tensor, count: int = 16) -> Tensor:
    """Absolute positions (..., 2), in page tokens, as sines and cosines (..., 4 * count)."""
    speeds = torch.exp(torch.linspace(math.log(2.0), math.log(0.02), count, device=places.device))
    angles = (places.float().unsqueeze(-1) * speeds).flatten(-2)
    return torch.cat([angles.sin(), angles.cos()], -1)


def mixture(q: Tensor, keys: Tensor, values: Tensor, bias: Tensor | None) -> Tensor:
    """What queries (b, heads, n, d) make of values (b, heads, m, d); `bias` is (b, 1, 1, m) or (n, m).

    In bfloat16 on CPUs the fused kernel takes up to twice as long as its parts, some queries at a time.
    """
    if q.device.type != "cpu" or q.dtype is not torch.bfloat16 or (bias is not None and bias.ndim < 4):
        return F.scaled_dot_product_attention(q, keys, values, attn_mask=bias)
    scaled, turned = q * q.shape[-1] ** -0.5, keys.transpose(-1, -2)
    some = max(1, LOGITS // (q.shape[0] * q.shape[1] * keys.shape[-2]))
    logits = (part @ turned for part in scaled.split(some, -2))
    return torch.cat([(part if bias is None else part + bias).softmax(-1) @ values for part in logits], -2)


class Attention(nn.Module):
    """Multi-head attention from (b, n, d) to (b, m, d); turns, where given, rotate queries and keys.

    Written out where gradients are wanted, because on CPUs in bfloat16 the fused kernel's backward pass takes two to
    seven times as long.
    """

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width, bias=False)
        self.key = nn.Linear(width, width, bias=False)
        self.value = nn.Linear(width, width, bias=False)
        self.out = nn.Linear(width, width, bias=False)

    def _split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(-2, -3)

    def remember(self, memory: Tensor, by: Turns | None = None) -> tuple[Tensor, Tensor]:
        """Keys and values (b, heads, m, d / heads) of a memory (b, m, d)."""
        k = self._split(self.key(memory))
        return (k if by is None else rotate(k, by)), self._split(self.value(memory))

    def attend(
        self, x: Tensor, keys: Tensor, values: Tensor, *, by: Turns | None = None, bias: Tensor | None = None
    ) -> Tensor:
        """Attend from `x` (b, n, d); `bias`, broadcast over (b, heads, n, m), is added to the logits."""
        q = self._split(self.query(x))
        if by is not None:
            q = rotate(q, by)
        if torch.is_grad_enabled():
            logits = (q * q.shape[-1] ** -0.5) @ keys.transpose(-1, -2)
            if bias is not None:
                logits = logits + bias.to(logits.dtype)
            mixed = logits.softmax(-1).to(values.dtype) @ values
        else:
            mixed = mixture(q, keys, values, None if bias is None else bias.to(q.dtype))
        return self.out(mixed.transpose(-2, -3).flatten(-2))

    def forward(self, x: Tensor, memory: Tensor, *, by: Turns | None = None, bias: Tensor | None = None) -> Tensor:
        """Remember the memory and attend to it, both turned alike."""
        keys, values = self.remember(memory, by)
        return self.attend(x, keys, values, by=by, bias=bias)


class Feed(nn.Module):
    """Two linear layers with a squared ReLU between (So et al. 2021)."""

    def __init__(self, width: int, inner: int | None = None, out: int | None = None) -> None:
        super().__init__()
        self.grow = nn.Linear(width, inner or 4 * width, bias=False)
        self.shrink = nn.Linear(inner or 4 * width, out or width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """(..., width) to (..., out)."""
        return self.shrink(F.relu(self.grow(x)).square())


class Block(nn.Module):
    """Self-attention, cross-attention where `crossed`, feed-forward; each with a norm before it."""

    def __init__(self, width: int, heads: int, *, crossed: bool = False, grow: int = 4) -> None:
        super().__init__()
        self.self_norm, self.self_attention = nn.RMSNorm(width), Attention(width, heads)
        if crossed:
            self.cross_norm, self.cross_attention = nn.RMSNorm(width), Attention(width, heads)
        self.feed_norm, self.feed = nn.RMSNorm(width), Feed(width, grow * width)

    def forward(self, x: Tensor, *, by: Turns | None = None, bias: Tensor | None = None) -> Tensor:
        """Self-attention over (b, n, d), then feed-forward."""
        h = self.self_norm(x)
        x = x + self.self_attention(h, h, by=by, bias=bias)
        return x + self.feed(self.feed_norm(x))
