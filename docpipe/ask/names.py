"""The names in a sentence that stand in the documents are found: whole, by their first words, or by some of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from docpipe.ask.sentence import Sentence
from docpipe.ask.vocabulary import FORMS, Stored, Vocabulary, stem, stems
from docpipe.ask.words import stop_words

Role = Literal["sender", "receiver"]
_ROLES: tuple[Role, ...] = ("sender", "receiver")
_MOST_WORDS = 10
# A word of more texts than this is an ordinary word.
_COMMON = 20


@dataclass(frozen=True)
class Named:
    """A name that stands in the documents: the stored texts it may be. `turned`: it must not be that.

    `role` says on which side of a document it stands, `exact` that all of the name was said.
    """

    stored: tuple[Stored, ...]
    at: int
    said: str
    role: Role | None = None
    turned: bool = False
    exact: bool = False


class Names:
    """Finds names, and takes their words."""

    def __init__(self, sentence: Sentence, vocabulary: Vocabulary) -> None:
        self._s = sentence
        self._v = vocabulary
        self._quiet = stop_words(sentence.language)

    def numbers(self) -> list[Named]:
        """Stored texts with figures, such as the numbers of documents, all of whose words are there."""
        return list(self._found(1, self._number))

    def whole(self, *, least: int = 1) -> list[Named]:
        """Stored texts all of whose words are there, at least so many."""
        return list(self._found(least, self._whole))

    def begun(self) -> list[Named]:
        """Stored texts whose first words are there, two at least."""
        return list(self._found(2, self._first_words, exact=False))

    def parts(self) -> list[Named]:
        """Stored texts of which some words are there, as many as go together."""
        found = []
        start = 0
        while start < len(self._s):
            places, length = self._run(start)
            if length == 1 and self._is_common(start, places):
                self._s.take(start, length, "common")
            elif places:
                stored = tuple(self._v.stored[place] for place in sorted(places))
                found.append(self._named(start, length, stored, exact=False))
            start += length or 1
        return found

    def _found(
        self, least: int, look: Callable[[Sequence[str], int], Sequence[Stored]], *, exact: bool = True
    ) -> Iterator[Named]:
        start = 0
        while start < len(self._s):
            for length in range(min(_MOST_WORDS, len(self._s) - start), least - 1, -1):
                stored = look(self._s.words[start : start + length], start) if self._s.free(start, length) else ()
                if stored:
                    yield self._named(start, length, stored, exact=exact)
                    start += length - 1
                    break
            start += 1

    def _first_words(self, words: Sequence[str], _: int) -> Sequence[Stored]:
        return self._v.begun.get(stems(words), ())

    def _number(self, words: Sequence[str], _: int) -> Sequence[Stored]:
        if not any(c.isdigit() for word in words for c in word):
            return ()
        first, *more = words
        if not more and (len(first) <= 4 and first.isdecimal()):
            return ()  # a year or a small number is said for its own sake
        if all(word.isdecimal() for word in words) and len(words) == 3 and len(max(words, key=len)) == 4:
            return ()  # a day
        return self._v.whole.get(stems(words), ())

    def _whole(self, words: Sequence[str], start: int) -> Sequence[Stored]:
        named = stems(words)
        stored = self._v.whole.get(named, ())
        if not stored or len(words) > 1:
            return () if all(w in self._quiet or stems([w]) in self._v.tables for w in words) else stored
        own = self._s.tokens[start].text[:1].isupper() and start > 0 and self._s.language != "de"
        said = named in self._v.tables or (named in self._v.columns and not own)
        return () if words[0] in self._quiet or said or words[0].isdecimal() else stored

    def _run(self, start: int) -> tuple[frozenset[int], int]:
        """The stored texts with the words from here on, as many words as go together."""
        s = self._s
        word = s.words[start]
        unit = any(s.at(unit, start) for unit in ("day", "week", "month", "quarter", "year"))
        if not s.free(start) or word in self._quiet or word in FORMS or len(word) < 2 or unit:
            return frozenset(), 0
        places = self._v.holding.get(stem(word), frozenset())
        length, end = 1, start + 1
        while places and end < len(s) and s.free(end):
            more = places & self._v.holding.get(stem(s.words[end]), frozenset())
            end += 1
            if more:
                places, length = more, end - start
            elif s.words[end - 1] not in self._quiet and s.words[end - 1] not in FORMS:
                break
        return places, length if places else 0

    def _is_common(self, start: int, places: frozenset[int]) -> bool:
        """Whether a word is one of many texts, such as "payment", and so is the name of none."""
        texts = {self._v.stored[place].text for place in places}
        return len(texts) > _COMMON and not self._s.tokens[start].text[:1].isupper()

    def _named(self, start: int, length: int, stored: Sequence[Stored], *, exact: bool) -> Named:
        s = self._s
        role = next((role for role in _ROLES if s.before(role, start, over=1) is not None), None)
        link = s.before(role, start, over=1) if role is not None else None
        negated = s.before("not", start, over=1) or (s.before("not", link[0], over=2) if link is not None else None)
        if negated is not None:
            s.take(negated[0], start - negated[0], "not")
        said = s.said(start, length)
        s.take(start, length, "name")
        return Named(tuple(stored), start, said, role, negated is not None, exact)
