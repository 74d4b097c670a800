"""A question becomes a sentence: its words, its language, and which of them have been understood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docpipe.ask.asides import without_asides
from docpipe.ask.called import NUMBERS
from docpipe.ask.days import month_names
from docpipe.ask.figures import in_figures
from docpipe.ask.phrases import phrases
from docpipe.ask.short import in_full
from docpipe.ask.words import LANGUAGES, endings, tells, word_set
from docpipe.printed.words import fold

# A question may be as long as this, in characters.
LONGEST = 1000
# What is taken back: "of Canal... no, of Harrow".
_REPAIRED = re.compile(
    r"(?:\b(?:on|of|from|for|in|at|by|per|von|vom|bei|im|pro|de|du|chez|en|par)\s+"
    r"(?:(?!(?:on|of|from|for|in|at|by|per|von|vom|bei|im|pro|de|du|chez|en|par)\s)[^\s.…]+\s+){0,4}?)?[^\s.…]+\s*(?:\.{2,}|…)\s*"
    r"(?:oh |ah |äh |euh )?(?:no|nein|non|sorry|pardon|wait|also|or rather|rather|I mean|ich meine|besser gesagt|"
    r"vielmehr|enfin|plutôt|ou plutôt|je veux dire)\b(?:,?\s*(?:wait|sorry|pardon))?[,\s]*",
    re.IGNORECASE,
)
# A question that is begun again: "how many hours... no, how much".
_BEGUN_AGAIN = re.compile(
    r"^[^.?!]*(?:\.{2,}|…)\s*(?:oh |ah |äh |euh )?(?:no|nein|non|sorry|pardon|wait)\b[,\s]*"
    r"(?=(?:how|what|which|who|when|wie|was|welche|wer|wann|combien|quel|qui|quand)\b)",
    re.IGNORECASE,
)
_MONTHS = "|".join(sorted((name for name in month_names() if len(name) > 3), key=len, reverse=True))
# The first of March, zum ersten März, le premier mars: a day.
_FIRST = re.compile(
    rf"\b(?:(?:the\s+)?(?:first|1st)\s+of\s+|"
    rf"(?<=dem )ersten\s+|(?<=am )ersten\s+|(?<=zum )ersten\s+|(?<=vom )ersten\s+|"
    rf"(?<=bis )ersten\s+|premier\s+)((?:{_MONTHS}|märz|août|février|décembre)\b)",
    re.IGNORECASE,
)
# Two to twelve are figures in front of a currency, and of weeks and months.
_FEW = re.compile(
    r"\b[^\W\d_]+(?=\s+(?:pounds?|quid|euros?|francs?|dollars?|pfund|franken|"
    r"months|weeks|monate?n?|wochen|mois|semaines)\b)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Token:
    """A word of a question: as written, folded, and where it stands."""

    text: str
    word: str
    start: int
    end: int


class Sentence:
    """A question on its way to being understood: each word is taken once, for one meaning."""

    def __init__(self, text: str, language: str | None = None) -> None:
        asked = _REPAIRED.sub("", _BEGUN_AGAIN.sub("", without_asides(text[:LONGEST])))
        asked = _FIRST.sub(r"1. \1", asked)
        asked = _FEW.sub(_in_figures, asked)
        self.text = in_figures(in_full(re.sub(r"#(?=\s*of\b)", "number", asked)))
        self.tokens = [
            Token(found[0], fold(found[0]) or found[0].casefold(), *found.span()) for found in _WORD.finditer(self.text)
        ]
        self.language = language or _language([token.word for token in self.tokens])
        self.words = [token.word for token in self.tokens]
        self.taken: list[str | None] = [None] * len(self.tokens)

    def __len__(self) -> int:
        return len(self.tokens)

    def free(self, start: int, length: int = 1) -> bool:
        """Whether these words are there and not taken yet."""
        end = start + length
        return start >= 0 and end <= len(self.tokens) and not any(self.taken[start:end])

    def take(self, start: int, length: int, what: str) -> None:
        """Note what these words mean."""
        self.taken[start : start + length] = [what] * length

    def said(self, start: int, length: int) -> str:
        """The words as they were written."""
        return self.text[self.tokens[start].start : self.tokens[start + length - 1].end]

    def at(self, meaning: str, start: int) -> int:
        """How many words from `start` on are a phrase of this meaning; 0 when none is."""
        for phrase in phrases(self.language)[meaning]:
            if self.free(start, len(phrase)) and all(
                alike(word, said) for word, said in zip(phrase, self.words[start:], strict=False)
            ):
                return len(phrase)
        return 0

    def before(self, meaning: str, end: int, *, over: int = 0) -> tuple[int, int] | None:
        """The phrase of this meaning that ends where `end` begins, as start and length; up to `over` articles between.

        Words that were taken for another meaning end the search.
        """
        for gap in range(over + 1):
            if gap and (end - gap < 0 or self.words[end - gap] not in _LINKS):
                return None
            for phrase in phrases(self.language)[meaning]:
                start = end - gap - len(phrase)
                if self.free(start, len(phrase)) and self.at(meaning, start) == len(phrase):
                    return start, len(phrase)
        return None

    def find(self, meaning: str) -> Iterator[tuple[int, int]]:
        """Every phrase of this meaning among the words that are free."""
        start = 0
        while start < len(self.tokens):
            length = self.at(meaning, start)
            if length:
                yield start, length
            start += length or 1

    def joined(self, place: int) -> bool:
        """Whether nothing but a gap stands between a word and the one before it."""
        return place > 0 and self.text[self.tokens[place - 1].end : self.tokens[place].start].strip(" '’-") == ""

    def parted(self, place: int) -> bool:
        """Whether a sign that parts a sentence stands between a word and the one before it."""
        return place > 0 and any(
            c in ",:;?!()–—" for c in self.text[self.tokens[place - 1].end : self.tokens[place].start]
        )

    def said_any(self, meaning: str) -> bool:
        """Whether a phrase of this meaning is said at all, its words taken or not."""
        return any(
            all(alike(word, said) for word, said in zip(phrase, self.words[start : start + len(phrase)], strict=False))
            and start + len(phrase) <= len(self.words)
            for phrase in phrases(self.language)[meaning]
            for start in range(len(self.words))
        )

    def replace(self, start: int, word: str, length: int = 1) -> None:
        """Read one word, or several as one, as another."""
        first, last = self.tokens[start], self.tokens[start + length - 1]
        joined = Token(self.text[first.start : last.end], word, first.start, last.end)
        self.tokens[start : start + length] = [joined]
        self.words[start : start + length] = [word]
        self.taken[start : start + length] = [None]

    def part(self, start: int, first: str, second: str) -> None:
        """Read one word as two."""
        token = self.tokens[start]
        self.tokens[start : start + 1] = [
            Token(token.text[: len(first)], first, token.start, token.start + len(first)),
            Token(token.text[-len(second) :], second, token.end - len(second), token.end),
        ]
        self.words[start : start + 1] = [first, second]
        self.taken[start : start + 1] = [None, None]


# Words that may stand between a connecting word and what it connects.
_LINKS = word_set(
    "the a an of in on at month year day date der die das dem den des im am ersten monat jahr le la les l un une mois "
    "annee en du de d from von vom aus zu zum seit anything everything all any alles alle tout toutes tous those ones "
    "that are is celles ceux denen"
)


def _in_figures(found: re.Match[str]) -> str:
    number = NUMBERS.get(fold(found[0]), 0)
    return str(number) if number > 1 else found[0]


def alike(phrase: str, word: str) -> bool:
    """Whether a word is that of a phrase, which may leave its ending open."""
    return word.startswith(phrase[:-1]) if phrase.endswith("*") else word == phrase


def _language(words: list[str]) -> str:
    counts = {name: sum(word in tells(name) or word.startswith(endings(name)) for word in words) for name in LANGUAGES}
    return max(LANGUAGES, key=lambda name: counts[name])
