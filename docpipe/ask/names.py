"""The names in a sentence that stand in the documents are found: whole, by their first words, or by some of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from docpipe.ask.countries import of_country
from docpipe.ask.said import Mention
from docpipe.ask.sentence import Sentence
from docpipe.ask.vocabulary import FORMS, Stored, Vocabulary, stem, stems
from docpipe.ask.words import plain_words, stop_words, word_set

Role = Literal["sender", "receiver"]
_ROLES: tuple[Role, ...] = ("sender", "receiver")
_MOST_WORDS = 10
_PARTS: tuple[Literal["begins", "ends"], ...] = ("begins", "ends")
_WITH = word_set("mit auf")
_ARTICLES = word_set("the a an der die das le la les l number nummer numero ziffern digits chiffres")
_RELATIVE = word_set(
    "first ersten erste premiers premieres "
    "last past next previous coming following preceding letzten letzter vergangenen vorigen nachsten kommenden "
    "derniers dernieres prochains prochaines"
)
# Behind these stands no verb, and "no", "without" or "besides" are of what stands right behind them.
_NO_VERBS = word_set(
    "and or but und oder aber et ou mais no kein keine keinen without ohne sans hors except ausser sauf"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# A word of more texts than this is an ordinary word.
_COMMON = 20


@dataclass(frozen=True)
class Named:
    """A name that stands in the documents: the stored texts it may be. `turned`: it must not be that.

    `role` says on which side of a document it stands, `exact` that all of the name was said, `part` that only what it
    begins or ends with was.
    """

    stored: tuple[Stored, ...]
    at: int
    said: str
    role: Role | None = None
    turned: bool = False
    exact: bool = False
    part: Literal["begins", "ends"] | None = None


class Names:
    """Finds names, and takes their words."""

    def __init__(self, sentence: Sentence, vocabulary: Vocabulary) -> None:
        self._s = sentence
        self._v = vocabulary
        self._quiet = stop_words(sentence.language)
        self._plain = plain_words(sentence.language)

    def fragments(self) -> list[Named]:
        """Stored texts with figures by what they begin or end with: "starting with PO-25", "die mit PO-25 beginnen"."""
        s = self._s
        found = []
        for part in _PARTS:
            for start, length in list(s.find(part)):
                behind = start + length
                ahead = s.language == "de" and start > 1 and s.words[start - 2] in _WITH
                at = start - 1 if ahead and not self._fragment(behind, part)[1] else behind
                end, stored = self._fragment(at, part)
                if stored:
                    said = s.said(at, end - at)
                    first = min(start, at - 1 if ahead else at)
                    s.take(first, max(end, behind) - first, "name")
                    found.append(Named(stored, first, said, part=part))
        return found

    def _fragment(self, at: int, part: Literal["begins", "ends"]) -> tuple[int, tuple[Stored, ...]]:
        """Where the fragment that begins here ends, and the stored texts that it is a part of."""
        s = self._s
        while at < len(s) and s.words[at] in _ARTICLES:
            at += 1
        if not s.free(at):
            return at, ()
        begin = s.tokens[at].start
        said = s.text[begin:].split(maxsplit=1)[0].strip(".,;:?!\"'()[]“”„»«")
        end = at + sum(begin <= token.start < begin + len(said) for token in s.tokens[at:])
        telling = any(c.isdigit() for c in said) or (said.isupper() and len(said) > 1)
        if not telling or _YEAR.fullmatch(said) or (said.isalpha() and part == "ends"):
            return at, ()
        small = said.casefold()
        stored = tuple(
            one
            for one in self._v.stored
            if any(c.isdigit() for c in one.text)
            and (one.text.casefold().startswith(small) if part == "begins" else one.text.casefold().endswith(small))
        )
        return end, stored

    def numbers(self) -> list[Named]:
        """Stored texts with figures, such as the numbers of documents, all of whose words are there."""
        return list(self._found(1, self._number))

    def whole(self, *, least: int = 1) -> list[Named]:
        """Stored texts all of whose words are there, at least so many."""
        return list(self._found(least, self._whole))

    def begun(self) -> list[Named]:
        """Stored texts whose first words are there, two at least."""
        return list(self._found(2, self._first_words, exact=False))

    def countries(self, laws: Sequence[Mention]) -> list[Named]:
        """Stored texts with the country that a word tells of, beside the field for the law: "German law"."""
        refs = {meant.column.ref for mention in laws for meant in mention.meant}
        found = []
        for start, word in enumerate(self._s.words):
            begins = of_country(word) if refs and self._s.free(start) else ()
            stored = tuple(
                one
                for one in (self._v.stored if begins else ())
                if one.column.ref in refs and any(w.startswith(begins) for w in one.words)
            )
            if stored:
                found.append(self._named(start, 1, stored, exact=False))
        return found

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

    def _first_words(self, words: Sequence[str], start: int) -> Sequence[Stored]:
        if words[0].isdecimal() and self._s.words[start - 1 : start] and self._s.words[start - 1] in _RELATIVE:
            return ()  # the last 30 days
        if all(word in self._plain or stems([word]) in self._v.tables for word in words):
            return ()  # "contrats de" is no name
        return self._v.begun.get(stems(words), ())

    def _number(self, words: Sequence[str], start: int) -> Sequence[Stored]:
        if not any(c.isdigit() for word in words for c in word):
            return ()
        first, *more = words
        if not more and (len(first) <= 4 and first.isdecimal()):
            return ()  # a year or a small number is said for its own sake
        if all(word.isdecimal() for word in words) and len(words) == 3 and len(max(words, key=len)) == 4:
            return ()  # a day
        if first.isdecimal() and self._s.words[start - 1 : start] and self._s.words[start - 1] in _RELATIVE:
            return ()  # the next 6 months
        return self._v.whole.get(stems(words), ())

    def _whole(self, words: Sequence[str], start: int) -> Sequence[Stored]:
        named = stems(words)
        stored = self._v.whole.get(named, ())
        if words[0].isdecimal() and self._s.words[start - 1 : start] and self._s.words[start - 1] in _RELATIVE:
            return ()
        if not stored or len(words) > 1:
            return () if all(w in self._plain or stems([w]) in self._v.tables for w in words) else stored
        own = self._s.tokens[start].text[:1].isupper() and start > 0 and self._s.language != "de"
        said = named in self._v.tables or (named in self._v.columns and not own)
        return () if words[0] in self._plain or said or words[0].isdecimal() else stored

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

    def _refused(self, start: int) -> tuple[int, int] | None:
        """A refusal with only verbs between it and a name: "which weren't paid by Visa", "die nicht bar ..."."""
        s = self._s
        for end in range(start - 1, max(0, start - 5), -1):
            word = s.words[end]
            if (
                s.parted(end + 1)
                or not s.free(end)
                or s.tokens[end].text[:1].isupper()
                or word in _NO_VERBS
                or word.isdecimal()
            ):
                return None
            found = s.before("not", end)
            if found is not None and s.words[found[0]] not in _NO_VERBS:
                return found
        return None

    def _is_common(self, start: int, places: frozenset[int]) -> bool:
        """Whether a word is one of many texts, such as "payment", and so is the name of none."""
        texts = {self._v.stored[place].text for place in places}
        return len(texts) > _COMMON and not self._s.tokens[start].text[:1].isupper()

    def _named(self, start: int, length: int, stored: Sequence[Stored], *, exact: bool) -> Named:
        s = self._s
        role = next((role for role in _ROLES if s.before(role, start, over=1) is not None), None)
        link = s.before(role, start, over=1) if role is not None else None
        negated = (
            s.before("not", start, over=1)
            or (s.before("not", link[0], over=2) if link is not None else None)
            or self._refused(start)
        )
        if negated is not None:
            s.take(negated[0], start - negated[0], "not")
        said = s.said(start, length)
        s.take(start, length, "name")
        return Named(tuple(stored), start, said, role, negated is not None, exact)
