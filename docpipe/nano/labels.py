"""Printed labels and what nano's eye reads on a page become the places where a label may stand.

The network finds labels too. The reading map finds those that stand on the page in the words of the schema, whatever
the network makes of them: labels and pieces of lines are compared without spaces, case and doubled letters, and by edit
distance, since the eye errs, joins words and sees letters twice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from statistics import fmean

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from docpipe.nano.model import NanoForConditionalGeneration, Sight
from docpipe.nano.mouth import Memory
from docpipe.nano.page import CELL
from docpipe.nano.reading import Answer, Ask, answer
from docpipe.nano.synonyms import synonyms
from docpipe.nano.transcribing import Character, Line, lines
from docpipe.nano.vocabulary import CONCEPTS

ALIKE = 70.0  # how alike, of 100, a label of six characters and its print are at least; shorter ones more
HEADING, SHORT = 80.0, 5  # how alike, of 100, a heading of more than so many characters and its print are at least
APART = 1.5  # page tokens between two places, at least
WORD = 70.0  # how alike, of 100, each of its words and a part of the print are at least: "excl." is not "incl."
NUMBER = {"no", "nr", "num", "number", "n°"}  # words that stand for each other
OWN = 0.5  # confidence from which on an answer beside a question's own label comes before any beside a synonym
TOLD = 0.75  # confidence from which on what was found beside a label keeps its print before what is surer
WHOLE = 0.8  # of a label's characters that its print has, at least: "Invoice" is not "Invoice date"
MOST_WORDS, LONGEST = 10, 48  # words and characters of a label that is looked for word by word, at most
LONG, SAME = 28, 80.0  # characters of a label that is looked for in whole lines, as a question is; how alike they are
SPACED = 2.4  # character widths between the middles of characters on both sides of a space, at most
LOOK_ALIKE = str.maketrans("01|!i58", "ollllsb")


@dataclass(frozen=True)
class Place:
    """Where a label may stand: its middle in page tokens, and how alike, of 100, label and print are.

    `line`, `first` and `last` say which characters of which line it is, `left` and `right` the middles of the first and
    the last of them; `label` is the one that they are alike. `follows` tells that a word stands right before it.
    """

    x: float
    y: float
    alike: float
    line: int
    first: int
    last: int
    left: float
    right: float
    label: str = ""
    follows: bool = False

    def meets(self, other: Place) -> bool:
        """Whether the two have characters in common."""
        return self.line == other.line and self.first < other.last and other.first < self.last

    def yields_to(self, other: Place) -> bool:
        """Whether the print is better another label: a longer one, as "Due date" for "Date", or a likelier one."""
        if not self.meets(other) or self._holds(other):
            return False
        return other._holds(self) or other.alike > self.alike + 4

    def _holds(self, other: Place) -> bool:
        """Whether this is a longer label around the other, and more than a letter more of the print is as in it."""
        longer = self.last - self.first > other.last - other.first and self.letters > other.letters + 1
        return longer and self.first <= other.first and other.last <= self.last

    @property
    def letters(self) -> float:
        """How many characters of the print are as in the label."""
        return self.alike / 100 * (self.last - self.first)


class Printed:
    """The lines of a page, to look labels up in. What is one of `titles` holds no label: "Bank" in "Bank statement"."""

    def __init__(self, read: Sequence[Line], titles: Sequence[str] = ()) -> None:
        self.titles = tuple(titles)
        self._pieces = [piece for number, line in enumerate(read) for piece in _pieces(number, line)]
        characters = [[c for word in line for c in word] for line in read]
        self._whole = [(*_bare("".join(c.text for c in line)), line) for line in characters]
        self._lines = {bare for bare, _, _ in self._whole}
        self._exact: dict[str, list[Place]] = {}
        for piece in self._pieces:
            self._exact.setdefault(piece.text, []).append(piece.place)

    def find(
        self, groups: Sequence[Sequence[str]], most: int = 5, also: Sequence[Sequence[str]] = ()
    ) -> list[list[Place]]:
        """For the labels of each question, the places where one of them may stand, best first, at most `most`.

        Labels in `also`, for each question, count where they stand letter by letter. Print that is better another
        question's label is left out, and where a question has other places what is known as a label that none asks for.
        """
        everyone = [*groups, self.titles]
        wanted = {label: _plain(label) for labels in everyone for label in labels}
        where = self._where({bare: _words(label) for label, bare in sorted(wanted.items())})
        found = [[replace(p, label=label) for label in labels for p in where[wanted[label]]] for labels in everyone]
        more = [{_plain(label): label for label in labels} for labels in also]
        for places, own in zip(found, more, strict=False):
            places += [replace(p, label=label) for bare, label in own.items() for p in self._exact.get(bare, ())]
        asked = {*wanted.values(), *(bare for own in more for bare in own)}
        others = [p for bare in _known().difference(asked) for p in self._exact.get(bare, ())] if also else []
        everything = [place for places in found for place in places]
        kept = [_left(places, everything) for places in found[:-1]]
        kept = [_left(places, others) or places for places in kept]
        return [_apart(sorted(places, key=_worth, reverse=True))[:most] for places in kept]

    def headings(self, groups: Sequence[Sequence[str]]) -> list[bool]:
        """For each group of words whether one of them is a line of its own somewhere on the page."""
        wanted = [[_bare(words)[0] for words in own] for own in groups]
        return [
            any(
                fuzz.ratio(words, line) >= (HEADING if len(words) > SHORT else 100)
                for words in own
                for line in self._lines
            )
            for own in wanted
        ]

    def _where(self, wanted: Mapping[str, Sequence[str]]) -> dict[str, list[Place]]:
        """The pieces of lines that are like each text, of which the words are given."""
        places: dict[str, list[Place]] = {text: self._in_lines(text) if len(text) > LONG else [] for text in wanted}
        short = [text for text in wanted if len(text) <= LONG]
        if short and self._pieces:
            alike = cdist(short, [piece.text for piece in self._pieces], scorer=fuzz.ratio, score_cutoff=ALIKE)
            for row, column in zip(*np.nonzero(alike), strict=True):
                text, piece, score = short[row], self._pieces[column], float(alike[row, column])
                whole = score >= _least(len(text)) and len(piece.text) >= WHOLE * len(text)
                if whole and all(fuzz.partial_ratio(word, piece.text) >= WORD for word in wanted[text]):
                    places[text].append(replace(piece.place, alike=score))
        return {text: _best(own) for text, own in places.items()}

    def _in_lines(self, text: str) -> list[Place]:
        """The parts of lines that are like a long text."""
        found = []
        for number, (bare, kept, line) in enumerate(self._whole):
            if len(bare) >= WHOLE * len(text):
                part = fuzz.partial_ratio_alignment(text, bare, score_cutoff=SAME)
                if part is not None:
                    at = [line[k] for k in kept[part.dest_start : part.dest_end]]
                    found.append(_place(number, part.dest_start, part.dest_end, at, part.score))
        return found


def _left(places: Sequence[Place], others: Sequence[Place]) -> list[Place]:
    """The places without print that is better another label."""
    return [place for place in places if not any(place.yields_to(other) for other in others)]


@cache
def _known() -> frozenset[str]:
    """All labels that documents are known to have, in bare characters."""
    return frozenset(_plain(label) for concept in CONCEPTS.values() for label in concept.all_labels())


def _words(label: str) -> list[str]:
    """The words of a label, in bare characters, that its print has to have: all but those for "number"."""
    words = [_plain(word) for word in label.split() if word.lower().strip(".:") not in NUMBER]
    return [word for word in words if len(word) > 1]


def _best(places: Sequence[Place]) -> list[Place]:
    """Of places that share characters the one that is most alike."""
    kept: list[Place] = []
    for place in sorted(places, key=lambda p: -p.alike):
        if not any(place.meets(other) for other in kept):
            kept.append(place)
    return kept


def _least(length: int) -> float:
    """How alike, of 100, a label of so many characters and its print are at least."""
    if length < 2:
        return 101.0
    return 100.0 if length <= 3 else ALIKE + max(0, 6 - length) * 5


def _worth(place: Place) -> float:
    """A long label that is met says more than a short one."""
    return place.alike + 2 * min(place.last - place.first, 15)


def _apart(places: Sequence[Place]) -> list[Place]:
    kept: list[Place] = []
    for place in places:
        if all(abs(place.x - other.x) + abs(place.y - other.y) > APART for other in kept):
            kept.append(place)
    return kept


def sought(asks: Sequence[Ask], printed: Printed, most: int = 5) -> list[list[Place]]:
    """Where the labels of each question stand, and its synonyms where they stand letter by letter.

    Misread synonyms count for a question without labels, or none of whose labels is printed. Where there are others,
    what follows a word is left out: "Customer" in "Our customer".
    """
    groups, also = [ask.labels for ask in asks], [synonyms(ask) for ask in asks]
    found = printed.find(groups, most, also)
    wider = [own if places else (*own, *more) for own, more, places in zip(groups, also, found, strict=True)]
    if wider != groups:
        found = printed.find(wider, most, also)
    return [[place for place in places if not place.follows] or places for places in found]


def everywhere(asks: Sequence[Ask], printed: Printed) -> list[list[Ask]]:
    """Each question as it is, and once more from each place where its label may stand."""
    places = sought(asks, printed)
    return [
        [ask, *(replace(ask, near=(p.x, p.y), printed=p.label) for p in own)]
        for ask, own in zip(asks, places, strict=True)
    ]


def looked_up(
    model: NanoForConditionalGeneration, sight: Sight, memory: Memory, ask: Ask, *, most: int = 96
) -> tuple[Ask, Answer]:
    """The surest answer to a question that stands alone, and the question as it was asked for that."""
    (asks,) = everywhere([ask], Printed(lines(sight)))
    answers = answer(model, sight, memory, asks, most=most)
    best = surest(answers)
    return next((own, one) for own, one in zip(asks, answers, strict=True) if one is best)


def surest(answers: Sequence[Answer]) -> Answer:
    """Of the answers to `everywhere` the surest that was found beside a label; where none was, the first.

    Who names labels means those: what stands beside a synonym counts where little stands beside them. What is unlikely
    beside a label yields to a surer answer without one.
    """
    told = [answer for answer in answers[1:] if answer.text is not None]
    own = [answer for answer in told if not answer.by_synonym and answer.confidence >= OWN]
    best = max(own or told, key=lambda answer: answer.confidence, default=answers[0])
    return answers[0] if answers[0].text is not None and best.confidence < min(OWN, answers[0].confidence) else best


def unshared(answers: Sequence[Sequence[Answer]], wholes: Collection[int] = ()) -> list[list[Answer]]:
    """The answers to the questions of `everywhere`, each print the value of one field where labels do not share it.

    Of fields that are given one print, one beside whose label it was found without doubt keeps it, else one of
    `wholes`, the numbers of fields that are sums of others, else the surest; others without a label have none then.
    """
    claims: dict[int, list[tuple[bool, bool, float, int]]] = {}
    for number, own in enumerate(answers):
        best = surest(own)
        if best.text is not None:
            beside = best is not own[0] and best.confidence >= TOLD
            claims.setdefault(best.token, []).append((beside, number in wholes, best.confidence, number))
    taken = {(t, n) for t, own in claims.items() for beside, _, _, n in own if not beside and n != max(own)[3]}
    return [[one.gone() if (one.token, n) in taken else one for one in own] for n, own in enumerate(answers)]


def stated(asks: Sequence[Sequence[Ask]], answers: Sequence[Sequence[Answer]]) -> dict[int, float]:
    """The first token of each value that was found beside a label, and how far down the page its label stands."""
    found: dict[int, float] = {}
    for places, own in zip(asks, answers, strict=True):
        best = surest(own)
        for place, one in zip(places, own, strict=True):
            if one is best and best.text is not None and place.near is not None:
                found[best.token] = place.near[1]
    return found


@dataclass(frozen=True)
class _Piece:
    """Some words of a line, in bare characters, and where they stand."""

    text: str
    place: Place


def _pieces(number: int, line: Line) -> list[_Piece]:
    """All runs of words of a line that could be a label."""
    characters = [character for word in line for character in word]
    bare, kept = _bare("".join(c.text for c in characters))
    at = [characters[k] for k in kept]
    borders = {sum(k < start for k in kept) for start in accumulate(map(len, line), initial=0)}
    breaks = sorted(borders | {i for i in range(1, len(bare)) if _turns(bare, i)})
    pieces = []
    for index, first in enumerate(breaks):
        for last in breaks[index + 1 : index + 1 + MOST_WORDS]:
            text = bare[first:last].strip(".:")
            if 2 <= len(text) <= LONGEST:
                place = _place(number, first, last, at[first:last])
                pieces.append(_Piece(text, replace(place, follows=_follows(bare, at, first, last))))
    return pieces


def _place(line: int, first: int, last: int, at: Sequence[Character], alike: float = 100.0) -> Place:
    """Where some characters of a line stand."""
    left, right = at[0].x / CELL, at[-1].x / CELL
    return Place((left + right) / 2, fmean(c.y for c in at) / CELL, alike, line, first, last, left, right)


def _follows(bare: str, at: Sequence[Character], first: int, last: int) -> bool:
    """Whether words stand a space before some characters of a line, without a figure, which may be another's value."""
    most = SPACED * (at[last - 1].x - at[first].x) / (last - first - 1)
    before = first
    while before and bare[before - 1] != ":" and at[before].x - at[before - 1].x < most:
        before -= 1
    return first - before > 1 and not any(character.isdigit() for character in bare[before:first])


def _turns(bare: str, index: int) -> bool:
    """Whether a label may end before this character though the eye saw no gap: after a colon, before a figure."""
    return bare[index - 1] == ":" or (bare[index - 1].isalpha() and bare[index] in "23467890-+€$")


def _plain(label: str) -> str:
    """A label in bare characters, as pieces of lines are."""
    return _bare(label)[0].strip(".:")


def _bare(text: str) -> tuple[str, list[int]]:
    """A text in lower case without spaces and doubled letters, look-alikes as one, and where each character stood."""
    kept: list[int] = []
    bare = ""
    for index, character in enumerate(text.lower().translate(LOOK_ALIKE)):
        if not character.isspace() and character != bare[-1:]:
            bare += character
            kept.append(index)
    return bare, kept
