"""A German compound of a kind of document and what is asked of it becomes two words: Rechnungssumme."""

from __future__ import annotations

import re

from docpipe.ask.sentence import Sentence
from docpipe.ask.vocabulary import Vocabulary, stems

_COMPOUND = re.compile(
    r"(rechnung|bestellung|bestell|auftrag|vertrag|quittung|beleg)s?"
    r"(summen?|betr[a]ge?n?|werte?|kosten|gesamtsumme|gesamtwert|volumen|anzahl)"
)


def part_compounds(sentence: Sentence, vocabulary: Vocabulary) -> None:
    """Read each such word as two."""
    start = 0
    while start < len(sentence) and sentence.language == "de":
        found = _COMPOUND.fullmatch(sentence.words[start]) if sentence.free(start) else None
        if found is not None and stems([found[1]]) in vocabulary.tables:
            sentence.part(start, found[1], found[2])
            start += 1
        start += 1
