"""What a field is called in plain words becomes the labels it may have on paper.

What stands beside them counts where a schema names no labels, or little stands beside those.

"vendor" is printed as "Lieferant" or "Fournisseur", and "When is the invoice due?" asks for what stands beside
"Fällig am". The words are those that nano learned from.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from docpipe.nano.questions import questions_for
from docpipe.nano.vocabulary import COLUMNS, CONCEPTS
from docpipe.printed.words import fold

if TYPE_CHECKING:
    from docpipe.nano.reading import Ask

ALIKE = 88.0  # how alike, of 100, words are at least that mean the same
LABEL_WORDS = 4  # words that could themselves stand on paper as a label, at most
ISSUERS = {"supplier_name", "buyer_name", "merchant_name", "bank_name"}  # of who issued a document
SPOKEN = 8  # characters of a label or name at least, that gives a longer question its meaning


def synonyms(ask: Ask) -> tuple[str, ...]:
    """What the names of a question may be printed as: themselves, and the labels of what they are known to mean."""
    return () if ask.type in {"fits", "starts"} else _labels(ask.names, ask.anchor >= 0)


@cache
def _labels(names: tuple[str, ...], of_column: bool) -> tuple[str, ...]:
    own = [name for name in names if len(name.split()) <= LABEL_WORDS and not name.endswith("?")]
    return tuple(dict.fromkeys([*own, *(label for name in names for label in _known(name, of_column))]))


@cache
def of_issuer(names: tuple[str, ...]) -> bool:
    """Whether the names of a question are known to mean who issued a document."""
    return any(set(_meant(name, False)) & ISSUERS for name in names)


def _known(name: str, of_column: bool) -> Sequence[str]:
    """The labels that all have which the name may mean; none where it means nothing known."""
    concepts = COLUMNS if of_column else CONCEPTS
    labels = [concepts[key].all_labels() for key in _meant(name, of_column)]
    return [label for label in labels[0] if all(label in own for own in labels)] if labels else []


def _meant(name: str, of_column: bool) -> list[str]:
    """The keys of what the name may mean; none where it means nothing known."""
    said, meanings = _said(of_column)
    asked = fold(name)
    alike = cdist([asked], said, scorer=fuzz.token_sort_ratio)[0]
    best = float(alike.max())
    if best >= ALIKE:
        meant = [meanings[n] for n in (alike == best).nonzero()[0]]
    else:
        inside = [n for n, words in enumerate(said) if len(words) >= SPOKEN and f" {words} " in f" {asked} "]
        longest = max((len(said[n]) for n in inside), default=0)
        meant = [meanings[n] for n in inside if len(said[n]) == longest]
    return list(dict.fromkeys([key for key, is_name in meant if is_name] or [key for key, _ in meant]))


@cache
def _said(of_column: bool) -> tuple[list[str], list[tuple[str, bool]]]:
    """All that is said for what documents state; what each means, and whether it is a name and no label."""
    said = [
        (fold(words), (key, number < len(concept.names) + len(questions_for(key))))
        for key, concept in (COLUMNS if of_column else CONCEPTS).items()
        for number, words in enumerate((*concept.names, *questions_for(key), *concept.all_labels()))
    ]
    return [words for words, _ in said], [meaning for _, meaning in said]
