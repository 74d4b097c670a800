"""What a sentence wants of the documents: how many, the sum, the latest three; such words are taken."""

from __future__ import annotations

from docpipe.ask.called import NUMBERS
from docpipe.ask.fields import Fields
from docpipe.ask.sentence import Sentence
from docpipe.ask.vocabulary import Vocabulary, stems
from docpipe.ask.words import word_set

# Words that say what is wanted, in the order in which they are looked for.
_WISHES = (
"overdue", "review", "again", "count", "much", "average", "minimum", "maximum", "latest", "first", "most", "least",
    "next", "top", "incoming", "outgoing", "sum", "when", "whom", "who", "where", "which", "list", "different", "money",
    "amount",
)  # fmt: skip
# A number of these is none.
ARTICLES = word_set("a an one ein eine un une")
_NUMBERS = word_set("number numbers nombre nb anzahl zahl stuckzahl count")
_SOME = {"beiden": 2, "beide": 2, "couple": 2, "dozen": 12}


def limit(sentence: Sentence, vocabulary: Vocabulary) -> int | None:
    """top 5, the 3 largest, die letzten drei."""
    for start in range(len(sentence)):
        word = sentence.words[start]
        number = _SOME.get(word) or (
            int(word) if word.isdecimal() and len(word) < 4 else NUMBERS.get(word) if word not in ARTICLES else None
        )
        if not number or not sentence.free(start):
            continue
        led = any(sentence.before(lead, start) for lead in ("top", "latest", "first", "maximum", "minimum"))
        rows = stems(sentence.words[start + 1 : start + 2]) in vocabulary.tables
        near = range(start + 1, min(start + 6, len(sentence)) if rows else start + 2)
        behind = any(
            sentence.at(lead, at) for at in near for lead in ("latest", "first", "maximum", "minimum", "most", "least")
        )
        if led or behind:
            sentence.take(start, 1, "limit")
            return number
    return None


def wishes(sentence: Sentence) -> dict[str, int]:
    """What is wanted, the longest phrase at each place."""
    found: dict[str, int] = {}
    for start in range(len(sentence) - 2):
        if (
            sentence.words[start] in _NUMBERS
            and sentence.free(start)
            and sentence.words[start + 1] in ("and", "und", "et")
        ):
            found["count"] = start  # number and total of
            sentence.take(start, 1, "count")
    last = len(sentence) - 1  # "receipts of 2025: number?", "number per year"
    for start in range(1, len(sentence)):
        ends = start == last or sentence.at("by", start + 1)
        if sentence.words[start] in ("number", "nombre", "numbers") and sentence.free(start) and ends:
            found.setdefault("count", start)
            sentence.take(start, 1, "count")
    for start in range(len(sentence)):
        length, wish = max(((sentence.at(wish, start), wish) for wish in _WISHES), key=lambda one: one[0])
        if length:
            found.setdefault(wish, start)
            sentence.take(start, length, wish)
    return found


def often(sentence: Sentence, fields: Fields) -> dict[str, int]:
    """ "How many times" is no time of the day."""
    found = [
        (start, length)
        for start, length in sentence.find("count")
        if length > 2 and not (length == 3 and sentence.words[start + 2] in ("de", "d"))
    ]
    for start, length in sentence.find("count"):  # the quantity of bills is no quantity
        if sentence.words[start : start + 2] == ["quantity", "of"] and fields.longest(start + 2)[2] is not None:
            sentence.take(start, length, "count")
            return {"count": start}
    for start, length in found:
        sentence.take(start, length, "count")
    return {"count": found[0][0], "times": found[0][0]} if found else {}
