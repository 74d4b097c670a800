"""A page's ink and the questions about it become places, states and values: the network of nano."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import PreTrainedModel

from docpipe.nano.configuration import NanoConfig
from docpipe.nano.generation import NanoGenerationMixin
from docpipe.nano.layers import Block, Feed, Turns, rotate, sinusoids, turns
from docpipe.nano.mouth import Memory, Mouth, Prepared
from docpipe.nano.page import CELL, ROUND

TYPES = ("text", "date", "amount", "integer", "choice", "check", "starts", "fits", "question")


class Eye(nn.Module):
    """Ink (b, 1, h, w) to features (b, c, h / 8, w / 8): dense strided convolutions and residual blocks."""

    def __init__(self, config: NanoConfig) -> None:
        super().__init__()
        a, b, c = config.eye
        self.steps = nn.ModuleList([nn.Conv2d(1, a, 5, 2, 2), nn.Conv2d(a, b, 3, 2, 1), nn.Conv2d(b, c, 3, 2, 1)])
        self.fine = _residual(b)  # at stride 4, where a comma still differs from a point
        self.blocks = nn.ModuleList(_residual(c) for _ in range(config.blocks))

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        x = x.contiguous(memory_format=torch.channels_last)
        for number, step in enumerate(self.steps):
            x = _activated(step, x)
            if number == 1:
                x = self._add(self.fine, x)
        for block in self.blocks:
            x = self._add(block, x)
        return x

    def _add(self, block: nn.Module, x: Tensor) -> Tensor:
        first, second = cast("nn.ModuleList", block)
        return x + second(_activated(first, x))


def _activated(layer: nn.Module, x: Tensor) -> Tensor:
    """A convolution and its ReLU, in one pass over the picture where nothing is trained and the processor has bfloat16.

    The result is the same; pictures are large, and to go over them twice takes half as long again.
    """
    fused = not torch.is_grad_enabled() and x.device.type == "cpu" and torch.is_autocast_enabled("cpu")
    if not (fused and torch.get_autocast_dtype("cpu") is torch.bfloat16 and _bfloat16_in_hardware()):
        return F.relu(layer(x), inplace=True)
    conv = cast("nn.Conv2d", layer)
    weight, bias = conv.weight.to(torch.bfloat16), cast("Tensor", conv.bias).to(torch.bfloat16)
    shape = (list(cast("tuple[int, int]", conv.padding)), list(conv.stride), list(conv.dilation), conv.groups)
    result: Tensor = torch.ops.mkldnn._convolution_pointwise(x.to(torch.bfloat16), weight, bias, *shape, "relu", [], "")
    return result


def _bfloat16_in_hardware() -> bool:
    return torch.backends.mkldnn.is_available() and bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


def _residual(channels: int) -> nn.ModuleList:
    return nn.ModuleList(nn.Conv2d(channels, channels, 3, 1, 1) for _ in range(2))


@dataclass
class Sight:
    """What nano sees of one page: n tokens and a last one that means "nowhere".

    `tokens` (n + 1, d); `places` (n + 1, 2), the middles in tokens from the top left; `cells` (n, 4, d) for the
    decoder; `soft` (n, 4, 2, e) expected characters; `read` (n, 4, 2, v) logits of the character in each half cell.
    """

    tokens: Tensor
    places: Tensor
    cells: Tensor
    soft: Tensor
    read: Tensor
    turn: Tensor


@dataclass
class Queries:
    """Questions about a page.

    `strings` (s, l) are ids of labels and names, 0 where they have ended; `which` (q, k) the strings of each
    question, -1 for none; `role` (q, k) 0 for a printed label and 1 for a name; `type` (q) an index into TYPES;
    `anchor` (q) the token that a question is about, -1 for none.
    `near` (q, 2) is where the label is known to stand, in page tokens; negative where that is not known. `known`
    (s, d) are the strings' vectors where they were spelled before. Only the first `asked` rows are questions; the rest
    make the number a round one.
    """

    strings: Tensor
    which: Tensor
    role: Tensor
    type: Tensor
    anchor: Tensor
    asked: int
    known: Tensor | None = None
    near: Tensor | None = None


@dataclass
class Found:
    """Where the answers are: for q questions over n tokens.

    `label` (q, n + 1) probabilities of the label's place, the last is "not printed"; `mask` (q, n) logits that a
    token belongs to the value; `start` (q, n + 1) logits of its first token, the last is "absent"; `state` (q)
    logits of yes; `fields` (q, d) the questions' own vectors.
    """

    label: Tensor
    mask: Tensor
    start: Tensor
    state: Tensor
    fields: Tensor


class Asker(nn.Module):
    """Questions to places: finds the label, then looks from there, and from the anchor, for the value."""

    def __init__(self, config: NanoConfig) -> None:
        super().__init__()
        d = config.width
        self.heads = config.heads
        self.spell = nn.Linear(config.character_width, d, bias=False)
        self.letter_at = nn.Embedding(config.max_label, d)
        self.text_layers = nn.ModuleList(Block(d, config.heads, grow=2) for _ in range(config.text_layers))
        self.text_norm = nn.RMSNorm(d)
        self.sum_up = nn.Linear(2 * d, d, bias=False)
        self.role = nn.Embedding(2, d)
        self.type_of = nn.Embedding(len(TYPES), d)
        self.anchor = nn.Linear(d, d, bias=False)
        self.no_anchor = nn.Parameter(torch.zeros(d))
        self.place = nn.Linear(64, d, bias=False)
        self.layers = nn.ModuleList(Block(d, config.heads, crossed=True) for _ in range(config.query_layers))
        self.find_norm, self.find_query, self.find_key = (
            nn.RMSNorm(d),
            nn.Linear(d, d, bias=False),
            nn.Linear(d, d, bias=False),
        )
        self.find_none = nn.Linear(d, 1)
        self.norm = nn.RMSNorm(d)
        self.mask_query, self.mask_key = nn.Linear(d, d, bias=False), nn.Linear(d, d, bias=False)
        self.start_query, self.start_key = nn.Linear(d, d, bias=False), nn.Linear(d, d, bias=False)
        self.mask_bias = nn.Parameter(torch.tensor(-3.0))
        self.state = Feed(d, d, 1)

    def texts(self, strings: Tensor, table: Tensor) -> Tensor:
        """Ids of strings (s, l) to vectors (s, d); short and long ones apart, so that padding costs little."""
        lengths = (strings != 0).sum(1)
        result = table.new_zeros(len(strings), self.sum_up.out_features)
        for rows in (torch.where(lengths <= 16)[0], torch.where(lengths > 16)[0]):
            if len(rows):
                count, longest = len(rows), int(lengths[rows].max())
                ids = F.pad(strings[rows, :longest], (0, -longest % 8, 0, -count % 16))
                result = result.index_copy(0, rows, self._spell(ids, table)[:count].to(result.dtype))
        return result

    def _spell(self, strings: Tensor, table: Tensor) -> Tensor:
        filled = strings != 0
        x = self.spell(table[strings]) + self.letter_at.weight[: strings.shape[1]]
        bias = torch.where(filled, 0.0, -1e4)[:, None, None]
        for layer in self.text_layers:
            x = layer(x, bias=bias)
        x = self.text_norm(x)
        mean = (x * filled[..., None]).sum(1) / filled.sum(1, keepdim=True).clamp(min=1)
        most = x.masked_fill(~filled[..., None], -1e4).max(1).values
        return self.sum_up(torch.cat([mean, most.to(mean.dtype)], -1))

    def _layer(
        self,
        layer: Block,
        group: Tensor,
        inside: Tensor,
        memory: tuple[Tensor, Tensor],
        by: Turns | None,
        rows: Tensor | None,
    ) -> Tensor:
        h = layer.self_norm(group)
        group = group + layer.self_attention(h, h, bias=inside)
        everything = group.flatten(0, 1)
        some = everything if rows is None else everything[rows]
        some = some + layer.cross_attention.attend(layer.cross_norm(some)[None], *memory, by=by)[0]
        some = some + layer.feed(layer.feed_norm(some))
        return (some if rows is None else everything.index_copy(0, rows, some)).unflatten(0, (-1, group.shape[1]))

    def forward(self, sight: Sight, queries: Queries, table: Tensor) -> Found:
        """Ask all questions of one page at once."""
        tokens, places = sight.tokens, sight.places
        count = tokens.shape[0] - 1
        known = self.texts(queries.strings, table) if queries.known is None else queries.known
        strings = known[queries.which.clamp(min=0)] + self.role(queries.role)
        anchored = queries.anchor >= 0
        anchors = queries.anchor.clamp(min=0)
        anchor_at = places[anchors]
        about = self.anchor(tokens[anchors]) + self.place(sinusoids(anchor_at))
        field = self.type_of(queries.type) + torch.where(anchored[:, None], about, self.no_anchor.to(about.dtype))
        group = torch.cat([field[:, None], strings], 1)
        filled = F.pad(queries.which >= 0, (1, 0), value=True)
        inside = torch.where(filled, 0.0, -1e4)[:, None, None]
        rows = None if torch.is_grad_enabled() else _filled(filled)

        layers = [cast("Block", layer) for layer in self.layers]
        group = self._layer(layers[0], group, inside, layers[0].cross_attention.remember(tokens[None]), None, rows)
        h = self.find_norm(group)
        logits = (self.find_query(h) @ self.find_key(tokens[:count]).T).float().div_(h.shape[-1] ** 0.5)
        logits = logits.masked_fill_(~filled[..., None], -1e4).flatten(1)
        chances = torch.cat([logits, self.find_none(h[:, 0]).float()], 1).softmax(-1)
        label = torch.cat([chances[:, :-1].unflatten(1, (-1, count)).sum(1), chances[:, -1:]], 1)
        label_at = (label[:, :count] @ places[:count].float()) / label[:, :count].sum(1, keepdim=True).clamp(min=1e-4)
        if queries.near is not None:
            label_at = torch.where(queries.near[:, :1] >= 0, queries.near, label_at)

        other_at = torch.where(anchored[:, None], anchor_at.float(), label_at)
        group = torch.cat([group[:, :1] + self.place(sinusoids(label_at))[:, None].to(group.dtype), group[:, 1:]], 1)
        half = self.heads // 2
        at = torch.cat(
            [label_at[None].expand(half, -1, -1), other_at[None].expand(self.heads - half, -1, -1)], 0
        ).transpose(0, 1)
        channels = tokens.shape[1] // self.heads
        by, page_by = turns(at.transpose(0, 1), channels), turns(places, channels)  # (heads, q, ...), (n + 1, ...)
        size = group.shape[1]
        spread = (by[0].repeat_interleave(size, 1)[None], by[1].repeat_interleave(size, 1)[None])
        for number, layer in enumerate(layers[1:], 2):
            if rows is not None:  # of the last layer the questions themselves are wanted, without their strings
                rows = torch.arange(0, len(group) * size, size, device=rows.device) if number == len(layers) else rows
            turned = spread if rows is None else (spread[0][:, :, rows], spread[1][:, :, rows])
            memory = layer.cross_attention.remember(tokens[None], page_by)
            group = self._layer(layer, group, inside, memory, turned, rows)
        field = self.norm(group[:, 0])
        mask = self._point(self.mask_query(field), self.mask_key(tokens), by, page_by)[:, :count] + self.mask_bias
        start = self._point(self.start_query(field), self.start_key(tokens), by, page_by)
        return Found(label, mask, start, self.state(field)[:, 0].float(), field)

    def _point(self, query: Tensor, key: Tensor, by: Turns, page_by: Turns) -> Tensor:
        q = rotate(query.unflatten(-1, (self.heads, -1)).transpose(0, 1), by)
        k = rotate(key.unflatten(-1, (self.heads, -1)).transpose(0, 1), page_by)
        return (q.transpose(0, 1).flatten(1) @ k.transpose(0, 1).flatten(1).T).float() / query.shape[-1] ** 0.5


def _filled(filled: Tensor) -> Tensor:
    """Flat indices of what is filled, the first as often again as makes the number a multiple of ROUND."""
    rows = filled.flatten().nonzero()[:, 0]
    return torch.cat([rows, rows[:1].expand(-len(rows) % ROUND)])


class NanoForConditionalGeneration(NanoGenerationMixin, PreTrainedModel):
    """The whole of nano: `see` a page, `ask` questions of it, `focus` on what was found, let `mouth` speak."""

    config_class = NanoConfig
    base_model_prefix = "nano"
    main_input_name = "pixel_values"
    input_modalities = ("image", "text")
    # In half precision the places of things would no longer add up; autocast is the way to compute in less.
    _keep_in_fp32_modules_strict = ("*",)

    def __init__(self, config: NanoConfig) -> None:
        super().__init__(config)
        c, d, e = config.eye[2], config.width, config.character_width
        self.characters = nn.Embedding(config.vocabulary, e)
        self.eye = Eye(config)
        self.eye_norm = nn.RMSNorm(c)
        self.reader = nn.Linear(c, 2 * config.vocabulary)
        self.merge = nn.Linear(4 * c + 8 * e, d)
        self.place = nn.Linear(64, d, bias=False)
        self.nowhere = nn.Parameter(torch.zeros(d))
        self.page_layers = nn.ModuleList(Block(d, config.heads) for _ in range(config.page_layers))
        self.page_norm = nn.RMSNorm(d)
        self.turn = nn.Linear(d, 4)
        self.cell = nn.Linear(c + 2 * e, d, bias=False)
        self.context = nn.Linear(d, d, bias=False)
        self.asker = Asker(config)
        self.mouth = Mouth(config)
        self.post_init()

    def _init_weights(self, module: nn.Module) -> None:
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=module.in_features**-0.5)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
        elif isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, mode="fan_in", nonlinearity="relu")
            nn.init.zeros_(module.bias)  # type: ignore[arg-type]  # every convolution here has one
        elif isinstance(module, nn.Embedding):
            nn.init.normal_(module.weight, std=0.5)

    def quiet(self) -> None:
        """Start training with blocks that add nothing: zero the last layer of each."""
        for name, parameter in self.named_parameters():
            if name.endswith(("attention.out.weight", "feed.shrink.weight")) or (
                name.startswith(("eye.blocks", "eye.fine")) and ".1." in name
            ):
                nn.init.zeros_(parameter)

    def look(self, ink: Tensor, kept: Tensor) -> tuple[Tensor, Tensor]:
        """What the eye makes of a page: features (n, 4, c) and logits of characters (n, 4, 2, v) of the kept cells."""
        with torch.set_grad_enabled(torch.is_grad_enabled() and self.reader.weight.requires_grad):
            features = self.eye(ink[None, None])[0]
            c, h, w = features.shape
            quads = features.view(c, h // 2, 2, w // 2, 2).permute(1, 3, 2, 4, 0).reshape(-1, 4, c)[kept]
            quads = self.eye_norm(quads.float())
            return quads, self.reader(quads).unflatten(-1, (2, -1))

    def see(self, ink: Tensor, kept: Tensor) -> Sight:
        """Look at a page: ink (h, w) from 0 to 1, whole cells; `kept` (n) the flat indices of cells with ink.

        The eye learns from reading: what else is asked of it reaches it with a tenth of its gradient, or it drowns
        the reading at the start of training.
        """
        columns = ink.shape[1] // CELL
        quads, read = self.look(ink, kept)
        quads = quads.detach() + 0.1 * (quads - quads.detach())
        soft = read.detach().float().softmax(-1).to(read.dtype) @ self.characters.weight.to(read.dtype)
        places = torch.stack([kept % columns, kept // columns], -1).float() + 0.5
        x = self.merge(torch.cat([quads.flatten(1).to(read.dtype), soft.flatten(1)], -1)) + self.place(
            sinusoids(places)
        )
        x = torch.cat([x, self.nowhere[None].to(x.dtype)])
        places = torch.cat([places, places.new_full((1, 2), -4.0)])
        by = turns(places, x.shape[1] // self.config.heads)
        for layer in self.page_layers:
            x = layer(x[None], by=by)[0]
        x = self.page_norm(x)
        cells = self.cell(torch.cat([quads.to(read.dtype), soft.flatten(2)], -1)) + self.context(x[:-1])[:, None]
        return Sight(x, places, cells, soft, read, self.turn(x[-1]).float())

    def ask(self, sight: Sight, queries: Queries) -> Found:
        """Where the answers to the questions are."""
        found = self.asker(sight, queries, self.characters.weight)
        label, mask, start, state, fields = found.label, found.mask, found.start, found.state, found.fields
        n = queries.asked
        return Found(label[:n], mask[:n], start[:n], state[:n], fields[:n])

    def memorise(self, sight: Sight) -> Memory:
        """Prepare a page for reading values from it."""
        quarter = torch.tensor([[-0.25, -0.25], [0.25, -0.25], [-0.25, 0.25], [0.25, 0.25]], device=sight.places.device)
        places = (sight.places[:-1, None] + quarter).flatten(0, 1)
        return self.mouth.memorise(sight.cells.flatten(0, 1), places, sight.soft.flatten(0, 1))

    def focus(self, sight: Sight, memory: Memory, mask: Tensor, start: Tensor, count: int) -> Prepared:
        """The cells to read values from: `count` tokens, those likeliest in the mask (q, n) and near start (q, 2)."""
        far = (sight.places[None, :-1] - start[:, None]).abs().sum(-1)
        chosen = (mask - 0.15 * far).topk(min(count, mask.shape[1]), dim=1).indices
        cells = (chosen[..., None] * 4 + torch.arange(4, device=mask.device)).flatten(1)
        return self.mouth.focus(memory, cells, mask.gather(1, chosen).repeat_interleave(4, 1))
