"""Clauses of a sentence that tell something and ask nothing are found: why it is asked, who asks, when they meet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from docpipe.ask.days import month_words
from docpipe.ask.fields import Fields
from docpipe.ask.sentence import Sentence
from docpipe.ask.vocabulary import Vocabulary, stem
from docpipe.ask.words import word_set

_ENDS = re.compile(r"[.!?;:](?=\s|$)|,(?=\s)|\s[-–—]\s|[()]")
# A reason begins with these and who has it, or a time before or after which they do something.
_BECAUSE = word_set(
    "because since as weil da denn damit bevor nachdem before after while when once if wenn sobald falls car"
)
_BECAUSE_OF_TWO = {("so", "that"), ("so", "i"), ("so", "we"), ("parce", "que"), ("avant", "que"), ("pour", "que"),
                   ("afin", "que"), ("vu", "que"), ("even", "though")}  # fmt: skip
_WHO = word_set("i we my our he she ich wir mein meine unser unsere mir je j nous on mon ma notre nos")
_TELLING = word_set(
    "i me my we us our m ich mir mich mein meine meinem meinen wir uns unser unsere unserem je j me mon ma "
    "nous notre nos on"
)
_WANTING = word_set(
    "need want wish looking after like interested about concerning regarding talking brauche mochte suche benotige "
    "interessiere interessieren geht uber cherche voudrais besoin veux voudrions interesse parle only nur seulement"
)
_FUTURE = word_set(
    "tomorrow next coming today morgen heute nachste nachsten nachster kommende kommenden demain prochain prochaine "
    "aujourd monday tuesday wednesday thursday friday montag dienstag mittwoch donnerstag freitag lundi mardi mercredi "
    "jeudi vendredi"
)
_TIMES = ("this", "last", "day", "week", "month", "quarter", "half", "year", "yesterday", "since")
_ASKING = ("count", "much", "which", "when", "who", "whom", "where", "list", "again")


def told(sentence: Sentence, vocabulary: Vocabulary, fields: Fields) -> None:
    """Take the words of clauses that tell why or by whom it is asked; names and years in them stay."""
    clauses = list(_clauses(sentence))
    for place, (begin, end) in enumerate(clauses):
        others = [n for other, (a, b) in enumerate(clauses) if other != place for n in range(a, b)]
        if not _asked(sentence, fields, others):
            continue
        if _is_reason(sentence, begin) and not _says(sentence, fields, range(begin, end)):
            _take(sentence, vocabulary, range(begin, end), days=True)
        elif end < len(sentence) and _is_told(sentence, vocabulary, fields, range(begin, end)):
            follows = sentence.text[sentence.tokens[end - 1].end : sentence.tokens[end].start].strip()
            if follows[:1] in tuple(".!;:"):
                own = _FUTURE & set(sentence.words[begin:end]) or any(_dated(sentence, n) for n in others)
                _take(sentence, vocabulary, range(begin, end), days=bool(own))


def _clauses(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The first word of each clause and the one behind its last; a reason that no sign parts begins one, too."""
    ends = [found.start() for found in _ENDS.finditer(sentence.text)]
    numbers = [sum(end < token.start for end in ends) for token in sentence.tokens]
    starts = [n for n in range(len(sentence)) if not n or numbers[n] != numbers[n - 1] or _opens(sentence, n)]
    yield from pairwise([*starts, len(sentence)])


def _opens(sentence: Sentence, n: int) -> bool:
    return sentence.words[n] in ("because", "weil", "parce") and _is_reason(sentence, n)


def _is_reason(sentence: Sentence, begin: int) -> bool:
    words = sentence.words[begin : begin + 3]
    if len(words) < 3 or not sentence.free(begin):
        return False
    if tuple(words[:2]) in _BECAUSE_OF_TWO:
        return True
    certain = words[0] in ("because", "weil") and words[1] != "of"
    return certain or (words[0] in _BECAUSE and words[1] in _WHO)


def _is_told(sentence: Sentence, vocabulary: Vocabulary, fields: Fields, clause: range) -> bool:
    words = {sentence.words[n] for n in clause}
    asks = any(sentence.at(wish, n) for wish in _ASKING for n in clause)
    return (
        bool(words & _TELLING)
        and not words & _WANTING
        and not asks
        and not _of_kind(sentence, vocabulary, fields, clause)
    )


def _says(sentence: Sentence, fields: Fields, clause: range) -> bool:
    """Whether a clause says something of documents."""
    return any(sentence.taken[n] is not None or fields.longest(n)[2] is not None for n in clause) or any(
        sentence.before("missing", n, over=1) and fields.longest(n)[0] for n in clause
    )


def _of_kind(sentence: Sentence, vocabulary: Vocabulary, fields: Fields, clause: range) -> bool:
    """Whether a clause names documents, or what is done with them."""
    return any(
        fields.longest(n)[2] is not None or tuple(sentence.words[n : n + length]) in vocabulary.deeds
        for n in clause
        for length in (1, 2, 3)
    )


def _dated(sentence: Sentence, n: int) -> bool:
    """Whether a word is of a day or a month."""
    word = sentence.words[n]
    spoken = any(sentence.at(unit, n) for unit in _TIMES)
    return re.fullmatch(r"(?:19|20)\d\d", word) is not None or word in month_words() or spoken


def _asked(sentence: Sentence, fields: Fields, words: list[int]) -> bool:
    """Whether other words ask for something."""
    return any(fields.longest(n)[2] is not None for n in words) or any(
        sentence.at(wish, n) for wish in ("count", "much", "when", "which") for n in words
    )


def _take(sentence: Sentence, vocabulary: Vocabulary, clause: range, *, days: bool) -> None:
    """Take what is no name; days and months only where they are of what somebody does."""
    for n in clause:
        token = sentence.tokens[n]
        named = token.text[:1].isupper() and n > clause.start and stem(token.word) in vocabulary.holding
        dated = not days and _dated(sentence, n)
        if sentence.free(n) and not named and not dated:
            sentence.take(n, 1, "aside")
