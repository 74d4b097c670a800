"""Clauses of a sentence that tell something and ask nothing are found: why it is asked, who asks, when they meet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from docpipe.ask.days import month_words
from docpipe.ask.fields import Fields
from docpipe.ask.sentence import Sentence
from docpipe.ask.vocabulary import Vocabulary, stem
from docpipe.ask.words import plain_words, word_set

_ENDS = re.compile(r"[.!?;:](?=\s|$)|,(?=\s)|\s[-–—]\s|[()]")
# A reason begins with these and who has it, or a time before or after which they do something.
_BECAUSE = word_set("because since as weil da denn damit bevor nachdem before after while sobald car")
_BECAUSE_OF_TWO = {("so", "that"), ("so", "i"), ("so", "we"), ("parce", "que"), ("avant", "que"), ("pour", "que"),
                   ("afin", "que"), ("vu", "que"), ("even", "though"), ("and", "because")}  # fmt: skip
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
_POINTING = word_set(
    "those these them they it its their that such davon diese dieser dieses diesen deren dessen sie ihre ihrer ces "
    "celles ceux leur leurs elle elles ils"
)
_NOT = word_set("not nicht keine kein pas non")
_WISHED = {
    ("i", "d"),
    ("i", "would"),
    ("i", "need"),
    ("i", "want"),
    ("could", "you"),
    ("can", "you"),
    ("please", "give"),
}
_SENTENCE = re.compile(r"[.!;:](?=\s)|\s[–—]\s")
_TEMPORAL = word_set("since before after while when once bevor nachdem sobald wenn avant")
_UNITS = ("week", "month", "quarter", "half", "year")
_ASKING = ("count", "much", "which", "when", "who", "whom", "where", "list")


def told(sentence: Sentence, vocabulary: Vocabulary, fields: Fields) -> None:
    """Take the words of clauses that tell why or by whom it is asked; names and years in them stay."""
    clauses = list(_clauses(sentence))
    for place, (begin, end) in enumerate(clauses):
        others = [n for other, (a, b) in enumerate(clauses) if other != place for n in range(a, b)]
        if not _asked(sentence, fields, others):
            continue
        clause = range(begin, end)
        when = sentence.words[begin] in _TEMPORAL and any(_of_year(sentence, n) for n in clause)
        when = when and not any(_of_year(sentence, n) for n in others)  # since we moved in March 2025
        if _is_reason(sentence, begin) and not when and not _says(sentence, fields, clause, others):
            _take(sentence, vocabulary, clause, days=True)
        elif _is_contrast(sentence, fields, clause, others):
            sentence.take(begin, end - begin, "told")
    _lead(sentence, vocabulary, fields)


def passed_over(sentence: Sentence) -> Iterator[str]:
    """The words of what is told that say something."""
    quiet = plain_words(sentence.language)
    for token, taken in zip(sentence.tokens, sentence.taken, strict=True):
        if taken == "told" and token.word not in quiet and len(token.word) > 1:
            yield token.text


def _lead(sentence: Sentence, vocabulary: Vocabulary, fields: Fields) -> None:
    """Take what is told before the question itself: "I have lost the paper: which ...", "They wrote to me. How ..."."""
    signs = [found.start() for found in _SENTENCE.finditer(sentence.text)]
    ends = sorted({sum(token.start < sign for token in sentence.tokens) for sign in signs} - {0, len(sentence)})
    for begin, end in pairwise([0, *ends]):
        lead, rest = range(begin, end), list(range(end, len(sentence)))
        numbers = _amounts(sentence, lead) and not _amounts(sentence, rest)  # never above 5000; how many were?
        if not numbers and _asked(sentence, fields, rest) and _is_told(sentence, vocabulary, fields, lead, rest):
            dated = any(_of_year(sentence, n) for n in rest)
            own = any(sentence.taken[n] == "name" for n in rest)
            days = bool(_FUTURE & set(sentence.words[begin:end])) or dated
            _take(sentence, vocabulary, lead, days=days, names=own)
            if not days and any(_of_year(sentence, n) for n in lead):
                for n in rest[:-1]:  # in April 2025: ... of this month
                    if sentence.at("this", n) and any(sentence.at(unit, n + 1) for unit in _UNITS):
                        sentence.take(n, 2, "aside")


def _is_contrast(sentence: Sentence, fields: Fields, clause: range, others: list[int]) -> bool:
    """Whether a clause only says which documents are not meant: ", not how many orders", "keine Rechnungen"."""
    words = sentence.words[clause.start : clause.stop]
    kind = any(fields.longest(n)[2] is not None for n in clause)
    own = any(fields.longest(n)[2] is not None for n in others)
    free = sentence.free(clause.start, len(clause))
    return bool(words) and words[0] in _NOT and len(words) < 5 and kind and own and free and clause.start > 0


def _clauses(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The first word of each clause and the one behind its last; a reason that no sign parts begins one, too."""
    ends = [found.start() for found in _ENDS.finditer(sentence.text)]
    numbers = [sum(end < token.start for end in ends) for token in sentence.tokens]
    starts = [n for n in range(len(sentence)) if not n or numbers[n] != numbers[n - 1] or _opens(sentence, n)]
    yield from pairwise([*starts, len(sentence)])


def _opens(sentence: Sentence, n: int) -> bool:
    """Whether a reason begins here, or what is wanted behind one that no sign parts: "before I ring them I'd like"."""
    if sentence.words[n] in ("because", "weil", "parce"):
        return _is_reason(sentence, n)
    return tuple(sentence.words[n : n + 2]) in _WISHED and sentence.words[0] in _BECAUSE


def _is_reason(sentence: Sentence, begin: int) -> bool:
    words = sentence.words[begin : begin + 3]
    if len(words) < 3 or not sentence.free(begin):
        return False
    if tuple(words[:2]) in _BECAUSE_OF_TWO:
        return True
    certain = (words[0] in ("because", "weil") and words[1] != "of") or (not begin and words[0] == "comme")
    return certain or (words[0] in _BECAUSE and words[1] in _WHO)


def _is_told(sentence: Sentence, vocabulary: Vocabulary, fields: Fields, clause: range, rest: list[int]) -> bool:
    words = {sentence.words[n] for n in clause}
    asks = any(sentence.at(wish, n) for wish in _ASKING for n in clause)
    return (
        (bool(words & _TELLING) or _is_reason(sentence, clause.start))
        and not words & _WANTING
        and not asks
        and (_apart(sentence, fields, rest) or not _of_kind(sentence, vocabulary, fields, clause))
    )


def _apart(sentence: Sentence, fields: Fields, rest: list[int]) -> bool:
    """Whether the question names documents of its own, and none that were spoken of before."""
    pointing = _POINTING & {sentence.words[n] for n in rest} and not any(sentence.taken[n] == "name" for n in rest)
    return any(fields.longest(n)[2] is not None for n in rest) and not pointing


def _says(sentence: Sentence, fields: Fields, clause: range, others: list[int]) -> bool:
    """Whether a clause says something of documents."""
    kinds = any(fields.longest(n)[2] is not None for n in clause) and not _apart(sentence, fields, others)
    return (
        kinds
        or any(sentence.taken[n] is not None for n in clause)
        or any(sentence.before("missing", n, over=1) and fields.longest(n)[0] for n in clause)
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
    spoken = any(sentence.at(unit, n) for unit in _TIMES)
    return spoken or _of_year(sentence, n)


def _amounts(sentence: Sentence, words: Iterable[int]) -> bool:
    """Whether there are numbers that are no years."""
    return any(sentence.words[n][:1].isdecimal() and not _of_year(sentence, n) for n in words)


def _of_year(sentence: Sentence, n: int) -> bool:
    """Whether a word is a year or a month."""
    word = sentence.words[n]
    return re.fullmatch(r"(?:19|20)\d\d", word) is not None or word in month_words()


def _asked(sentence: Sentence, fields: Fields, words: list[int]) -> bool:
    """Whether other words ask for something."""
    return any(fields.longest(n)[2] is not None for n in words) or any(
        sentence.at(wish, n) for wish in ("count", "much", "when", "which") for n in words
    )


def _take(sentence: Sentence, vocabulary: Vocabulary, clause: range, *, days: bool, names: bool = False) -> None:
    """Take what is no name; days and months only where they are of what somebody does."""
    for n in clause:
        token = sentence.tokens[n]
        named = not names and token.text[:1].isupper() and n > clause.start and stem(token.word) in vocabulary.holding
        dated = not days and _dated(sentence, n)
        if sentence.free(n) and not named and not dated:
            sentence.take(n, 1, "told")
