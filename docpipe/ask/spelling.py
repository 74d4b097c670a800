"""The words of a sentence become the ones that were meant: misspelt ones, forms of known ones, verbs in two parts."""

from __future__ import annotations

from docpipe.ask.ordinary import is_word, lemma, whole_verb
from docpipe.ask.phrases import wanted
from docpipe.ask.sentence import Sentence
from docpipe.ask.vocabulary import Vocabulary, stem
from docpipe.ask.words import STATES, stop_words
from docpipe.printed.words import fold


class Speller:
    """Reads words as others; `read_as` are those of them that were no mere forms."""

    def __init__(self, sentence: Sentence, vocabulary: Vocabulary) -> None:
        self._s = sentence
        self._v = vocabulary
        self.read_as: list[tuple[str, str]] = []

    def correct(self) -> None:
        """Read what was written wrongly, and forms of words that mean something, as what they mean."""
        s = self._s
        quiet = stop_words(s.language)
        start = 0
        while start < len(s):
            word = s.words[start]
            said = word.isdecimal() or len(word) < 3 or word in quiet or word in STATES or wanted(word, s.language)
            if not s.free(start) or said:
                start += 1
                continue
            beside = (
                s.words[n] for n in (start + 1, start - 1) if 0 <= n < len(s) and s.free(n) and s.words[n] not in quiet
            )
            other = next((found for near in beside if (found := self._v.misspelt(word, near))), None)
            if other is not None:
                self._note(s.said(start, 1), other)
                s.replace(start, other)
            if self._v.knows(s.words[start]) or self._inflected(start):
                start += 1
                continue
            joined = word + s.words[start + 1] if start + 1 < len(s) and s.free(start + 1) else ""
            back = s.words[start - 1] + word if start and s.free(start - 1) else ""
            if stem(joined) in self._v.holding:
                self._note(s.said(start, 2), joined)
                s.replace(start, joined, 2)
            elif stem(back) in self._v.holding:
                self._note(s.said(start - 1, 2), back)
                s.replace(start - 1, back, 2)
            elif not is_word(s.tokens[start].text, s.language):
                umlaut = word.replace("ae", "a").replace("oe", "o").replace("ue", "u")
                meant = umlaut if umlaut != word and self._v.knows(umlaut) else self._v.nearest(word)
                if meant is not None:
                    if meant != umlaut:
                        self._note(s.said(start, 1), meant)
                    s.replace(start, meant)
            start += 1

    def _inflected(self, start: int) -> bool:
        """Whether a word is another form of one that means something, which is then read for it."""
        s = self._s
        base = fold(lemma(s.tokens[start].text, s.language))
        if s.language == "fr" and s.words[start].endswith("aux"):  # baux, journaux
            singular = (s.words[start].removesuffix("ux") + ending for ending in ("l", "il"))
            base = next((word for word in singular if stem(word) in self._v.holding), base)
        if base == s.words[start] or not (self._v.means(base, s.language) or stem(base) in self._v.holding):
            return False
        s.replace(start, base)
        return True

    def whole_verbs(self) -> None:
        """Read a German verb whose first part stands at the end of its clause as one: stell mir ... zusammen."""
        s = self._s
        if s.language != "de":
            return
        for end in range(len(s) - 1, 0, -1):
            closed = end + 1 == len(s) or not s.text[s.tokens[end].end : s.tokens[end + 1].start].isspace()
            if not closed or not s.free(end):
                continue
            for start in range(end):
                verb = whole_verb(s.tokens[start].text, s.words[end]) if s.free(start) else None
                if verb is not None and self._v.means(fold(verb), s.language):
                    s.replace(start, fold(verb))
                    s.take(end, 1, "particle")
                    break

    def _note(self, said: str, meant: str) -> None:
        self.read_as.append((said, meant))
