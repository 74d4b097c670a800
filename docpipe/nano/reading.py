"""Questions about a page become answers: a text with its boxes and probabilities, a state, or a list of starts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

import torch
from torch import Tensor

from docpipe.nano import characters
from docpipe.nano.habits import vouched
from docpipe.nano.model import TYPES, Found, NanoForConditionalGeneration, Queries, Sight
from docpipe.nano.mouth import Memory
from docpipe.nano.page import CELL, cells_with_ink
from docpipe.nano.synonyms import of_issuer

Box = tuple[float, float, float, float]
MOST = 128  # values decoded at once; more go in turns: a long one takes about 2 MB
FEW = 3  # strings of a question that is asked together with others of as few
SHORT, NARROW = 12, 18  # a value of up to so many tokens is read from so many
LIKELY = 4.0  # logit of a token that surely is part of a value
UNLIKELY = -3.0  # logit under which a token is not counted to a value
LIKELY_START = 0.35  # chance from which a token is taken for the start of a row
BESIDE = 1.1  # page tokens from one in which a value may as well begin
LABELLED = 1.0  # logits that speak against "absent" where a field's label was found: few print labels for nothing
ISSUED = 3.0  # the same of who issued a document: it says so, with a label or without one
MOST_STRINGS = 4096  # labels and names whose vectors are kept


@dataclass(frozen=True)
class Ask:
    """One question: printed `labels`, `names` in words, a type of TYPES, and the token it is about, if any.

    `near` is where the label is known to stand, in page tokens from the top left, and `printed` which of them does:
    the others are not asked for then.
    """

    labels: tuple[str, ...]
    names: tuple[str, ...]
    type: str = "text"
    anchor: int = -1
    near: tuple[float, float] | None = None
    printed: str = ""

    @property
    def sought(self) -> tuple[str, ...]:
        """The labels that are asked for."""
        return (self.printed,) if self.printed else self.labels


@dataclass(frozen=True)
class Answer:
    """What was found: `text` is None when absent; `box` in pixels of the page; `confidence` from 0 to 1.

    `token` is the value's first token, `first` the middle of its first character in pixels. `yes` is the probability
    that a `check` is ticked or a schema fits, `label` that the label is printed, `label_box` where. `by_synonym` says
    that it was asked beside another label than those of the question.
    """

    text: str | None
    box: Box | None
    confidence: float
    token: int = -1
    yes: float = 0.0
    label: float = 0.0
    label_box: Box | None = None
    first: tuple[float, float] | None = None
    by_synonym: bool = False

    def gone(self) -> Answer:
        """That there is none, as sure as this answer was not."""
        return replace(self, text=None, box=None, token=-1, first=None, confidence=1 - self.confidence)


def question(text: str) -> Ask:
    """What a person typed as a question: `Invoice No.:` is a printed label, anything else a name or plain words."""
    text = text.strip()
    if len(text) > 1 and text.endswith(":"):
        return Ask((text.rstrip(" :"),), ())
    return Ask((), (text,))


def look(model: NanoForConditionalGeneration, page: Tensor) -> Sight:
    """What the model sees of a page of ink (h, w); of a blank one, its first cell."""
    kept = cells_with_ink(page.cpu().numpy(), model.config.max_tokens)
    cells = torch.from_numpy(kept) if len(kept) else torch.zeros(1, dtype=torch.long)
    return model.see(page.to(model.device), cells.to(model.device))


def _ids(texts: Sequence[str], limit: int) -> Tensor:
    """Texts as ids (s, l), 0 where they have ended."""
    encoded = [characters.encode(text, limit) or [characters.UNKNOWN] for text in texts] or [[characters.UNKNOWN]]
    ids = torch.zeros(len(encoded), max(map(len, encoded)), dtype=torch.long)
    for row, own in enumerate(encoded):
        ids[row, : len(own)] = torch.tensor(own)
    return ids


class Lexicon:
    """Vectors of labels and names for a model whose weights stay: each string is spelled once."""

    def __init__(self, model: NanoForConditionalGeneration) -> None:
        self._model = model
        self._vectors: dict[str, Tensor] = {}

    def vectors(self, texts: Sequence[str]) -> Tensor:
        """The vectors (s, d) of the texts."""
        if len(self._vectors) + len(texts) > MOST_STRINGS:
            self._vectors.clear()
        new = [text for text in texts if text not in self._vectors]
        if new:
            table = self._model.characters.weight
            spelled = self._model.asker.texts(_ids(new, self._model.config.max_label).to(table.device), table)
            self._vectors.update(zip(new, spelled, strict=True))
        return torch.stack([self._vectors[text] for text in texts])


def queries_of(
    asks: Sequence[Ask], limit: int, device: torch.device | str = "cpu", lexicon: Lexicon | None = None
) -> Queries:
    """The questions as tensors; a string that several share is encoded once, and not at all if `lexicon` has it."""
    table: dict[str, int] = {}
    for ask in asks:
        for text in (*ask.sought, *ask.names):
            table.setdefault(text, len(table))
    most = max(1, *(len(a.sought) + len(a.names) for a in asks), 1)
    most += most > 1 and -(most + 1) % 4  # round numbers: see docpipe.nano.page.ROUND
    asked = len(asks)
    asks = [*asks, *[Ask((), ())] * (-asked % 8)]
    strung = [[table[text] for text in (*ask.sought, *ask.names)] for ask in asks]
    which = torch.tensor([[*own, *[-1] * (most - len(own))] for own in strung])
    roles = [(len(ask.sought), len(ask.names)) for ask in asks]
    role = torch.tensor([[*[0] * a, *[1] * b, *[0] * (most - a - b)] for a, b in roles])
    types, anchors = torch.tensor([TYPES.index(a.type) for a in asks]), torch.tensor([a.anchor for a in asks])
    known = lexicon.vectors(list(table)) if lexicon and table else None
    strings = _ids(list(table), limit) if known is None else torch.zeros(0, 0, dtype=torch.long)
    near = torch.tensor([ask.near or (-1.0, -1.0) for ask in asks], device=device)
    which, role, types = which.to(device), role.to(device), types.to(device)
    return Queries(strings.to(device), which, role, types, anchors.to(device), asked, known, near)


@torch.no_grad()
def answer(
    model: NanoForConditionalGeneration,
    sight: Sight,
    memory: Memory,
    asks: Sequence[Ask],
    *,
    most: int = 96,
    lexicon: Lexicon | None = None,
) -> list[Answer]:
    """Answer all questions about a page in one batch. Values have at most `most` characters."""
    if not asks:
        return []
    found = _found(model, sight, asks, lexicon)
    nowhere = found.start.shape[1] - 1
    beside = torch.tensor([ask.near is not None and ask.anchor < 0 for ask in asks], device=found.start.device)
    issuer = torch.tensor([_of_issuer(ask) for ask in asks], device=found.start.device)
    found.start[: len(asks), nowhere] -= LABELLED * beside + ISSUED * issuer
    start = vouched(asks, found.start, sight.places).softmax(-1)
    best = start.argmax(1)
    tokens, absent = best.tolist(), start[:, nowhere].tolist()
    there = _around_best(start, best, sight.places)
    rows = [r for r, token in enumerate(tokens) if token != nowhere and asks[r].type not in {"fits", "check"}]
    yes, printed = torch.sigmoid(found.state).tolist(), (1 - found.label[:, nowhere]).tolist()
    label_at = sight.places[found.label[:, :nowhere].argmax(1)].tolist()
    answers = [
        Answer(
            None,
            None,
            absent[r],
            yes=yes[r],
            label=printed[r],
            label_box=_around(*label_at[r]),
            by_synonym=ask.printed != "" and ask.printed not in ask.labels,
        )
        for r, ask in enumerate(asks)
    ]
    plain = memory.float()
    # A step of one character multiplies by thin matrices, at which half precision is slower on processors.
    with torch.autocast(sight.tokens.device.type, enabled=False):
        for batch in _batches(rows, found.mask, model.config.focus):
            prepared = [
                model.focus(sight, plain, found.mask[part], sight.places[best[part]], count) for part, count in batch
            ]
            parts = torch.cat([part for part, _ in batch])
            first, kinds = sight.places[best[parts]], found.fields[parts].float()
            spoken = model.mouth.speak(prepared, model.characters.weight, first, kinds, most)
            said = zip(parts.tolist(), spoken.text.tolist(), spoken.sure.tolist(), spoken.where.tolist(), strict=True)
            for row, ids, chances, where in said:
                text, box, sure, begins = _value(ids, chances, where)
                answers[row] = replace(
                    answers[row],
                    text=text or None,
                    box=box,
                    confidence=there[row] * sure if text else 1 - there[row],
                    token=tokens[row],
                    first=begins,
                )
    return answers


def _found(model: NanoForConditionalGeneration, sight: Sight, asks: Sequence[Ask], lexicon: Lexicon | None) -> Found:
    """Where the answers are; questions of few strings and of many are asked apart, so that padding costs little."""
    few = [len(ask.sought) + len(ask.names) <= FEW for ask in asks]
    parts = [rows for wanted in (True, False) if (rows := [n for n, one in enumerate(few) if one is wanted])]
    found = [
        model.ask(sight, queries_of([asks[n] for n in rows], model.config.max_label, sight.tokens.device, lexicon))
        for rows in parts
    ]
    if len(found) == 1:
        return found[0]
    back = torch.tensor([n for rows in parts for n in rows], device=sight.tokens.device).argsort()
    return Found(*(torch.cat([getattr(one, each.name) for one in found])[back] for each in fields(Found)))


def _of_issuer(ask: Ask) -> bool:
    """Whether a question, asked from nowhere, is about who issued the document."""
    return ask.near is None and ask.anchor < 0 and ask.type == "text" and of_issuer(ask.names)


def _around_best(start: Tensor, best: Tensor, places: Tensor) -> list[float]:
    """The chance that a value begins where it is likeliest or a token beside that, for each of `start` (q, n + 1)."""
    near = (places[None, :-1] - places[best][:, None]).abs().amax(-1) <= BESIDE
    return (start[:, :-1] * near).sum(1).tolist()


@torch.no_grad()
def all_of(model: NanoForConditionalGeneration, sight: Sight, *, most: int = 96) -> tuple[str, float]:
    """The whole text of a small picture, read from its first character on, and how sure it is."""
    read = sight.read.float().softmax(-1)
    printed = (read[..., 5:].amax(-1).amax((1, 2)) > 0.4).nonzero()[:, 0]
    if not len(printed):
        return "", 0.0
    places = sight.places[:-1]
    top = places[printed, 1].min()
    line = printed[places[printed, 1] < top + 1.01]
    first = line[places[line, 0].argmin()]
    plain = model.memorise(sight).float()
    with torch.autocast(sight.tokens.device.type, enabled=False):
        mask = torch.full((1, len(places)), LIKELY)
        prepared = model.focus(sight, plain, mask, places[first][None], model.config.focus)
        kinds = torch.zeros(1, model.config.width)
        spoken = model.mouth.speak([prepared], model.characters.weight, places[first][None], kinds, most)
    text, _, sure, _ = _value(spoken.text[0].tolist(), spoken.sure[0].tolist(), spoken.where[0].tolist())
    return text, sure


def _batches(rows: Sequence[int], mask: Tensor, most: int) -> Iterator[list[tuple[Tensor, int]]]:
    """Values to decode together, and how many cells to read them from: few for short ones, as in training."""
    likely = (mask > UNLIKELY).sum(1).tolist()
    ordered = sorted(rows, key=lambda row: (likely[row] > SHORT, -likely[row]))
    for at in range(0, len(ordered), MOST):
        own = ordered[at : at + MOST]
        short = [row for row in own if likely[row] <= SHORT]
        groups = ((short, min(NARROW, most)), (own[len(short) :], most))
        yield [(torch.tensor(group), count) for group, count in groups if group]


@torch.no_grad()
def starts(
    model: NanoForConditionalGeneration,
    sight: Sight,
    asks: Sequence[Ask],
    *,
    lexicon: Lexicon | None = None,
    least: float = LIKELY_START,
) -> list[list[tuple[int, float]]]:
    """For each question of type `starts`, the tokens (with probabilities) where its things begin, in reading order.

    `least` is the smallest probability.
    """
    if not asks:
        return []
    chances = torch.sigmoid(
        model.ask(sight, queries_of(asks, model.config.max_label, sight.tokens.device, lexicon)).mask
    )
    return [_peaks(row, sight.places, least) for row in chances]


def _peaks(chances: Tensor, places: Tensor, least: float) -> list[tuple[int, float]]:
    """Likely tokens. Of neighbours on a line the likelier; of one above the other both, where they are about as likely.

    Lines of a table stand closer than two tokens, so that neighbours down the page are most often two rows.
    """
    found: list[int] = []
    for token in chances.argsort(descending=True).tolist():
        if chances[token] < least:
            break
        beside = [o for o in found if (places[token] - places[o]).abs().max() < 1.5]
        if not any(places[o, 1] == places[token, 1] or chances[token] < 0.6 * chances[o] for o in beside):
            found.append(token)
    ordered = sorted(found, key=lambda t: (float(places[t, 1]), float(places[t, 0])))
    return [(t, float(chances[t])) for t in ordered]


def _around(x: float, y: float) -> Box:
    x, y = x * CELL, y * CELL
    return (x - CELL / 2, y - CELL / 2, x + CELL / 2, y + CELL / 2)


def _value(
    numbers: list[int], sure: Sequence[float], where: Sequence[Sequence[float]]
) -> tuple[str, Box | None, float, tuple[float, float] | None]:
    """The text, its box, how sure it is, and the middle of its first character."""
    length = numbers.index(characters.END) if characters.END in numbers else len(numbers)
    if not length:
        return "", None, 0.0, None
    text = characters.decode(numbers[:length]).strip()
    confidence = math.prod(sure[: length + 1])
    shown = [(x * CELL, y * CELL) for (x, y), n in zip(where, numbers[:length], strict=False) if n > characters.SPACE]
    if not shown:
        return text, None, confidence, None
    (x0, y0), (x1, y1) = map(min, zip(*shown, strict=True)), map(max, zip(*shown, strict=True))
    return text, (x0 - 3, y0 - 6, x1 + 3, y1 + 6), confidence, shown[0]
