"""A German compound of words that are known becomes two words: Rechnungssumme, Geldeingang, Auszugsende."""

from __future__ import annotations

from docpipe.ask.sentence import Sentence
from docpipe.ask.vocabulary import Vocabulary, stem, stems

_LEAST = 4
_JOINTS = ("", "s", "es", "en", "n")


def part_compounds(sentence: Sentence, vocabulary: Vocabulary) -> None:
    """Read each such word as two. Of a kind of document whose first part is unknown, that part stays: Stromvertrag."""
    start = 0
    while start < len(sentence) and sentence.language == "de":
        if sentence.free(start) and sentence.tokens[start].text[:1].isalpha():
            parts = _parts(sentence.words[start], sentence.tokens[start].text[:1].isupper(), vocabulary)
            if parts is not None:
                sentence.part(start, *parts)
                start += 1
        start += 1


def _parts(word: str, capital: bool, vocabulary: Vocabulary) -> tuple[str, str] | None:
    if vocabulary.knows(word) or stem(word) in vocabulary.holding:
        return None
    splits = [(word[:at], word[at:]) for at in range(_LEAST, len(word) - _LEAST + 1)]
    for first, last in splits:
        for joint in _JOINTS:
            lead = first.removesuffix(joint)
            if first.endswith(joint) and len(lead) >= _LEAST and _means(lead, vocabulary) and _means(last, vocabulary):
                return lead, last
    kinds = [(first, last) for first, last in splits if stems([last]) in vocabulary.tables]
    return kinds[0] if kinds and capital else None


def _means(word: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.means(word, "de") or word in ("ende", "anfang")
