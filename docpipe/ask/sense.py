"""A question and a vocabulary become what the question says: its words by their meaning, before any table is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from docpipe.ask.amounts import Bound, find_bounds, find_currency
from docpipe.ask.compounds import part_compounds
from docpipe.ask.days import Period
from docpipe.ask.fields import Fields
from docpipe.ask.following import earlier, points, refers
from docpipe.ask.names import Named, Names
from docpipe.ask.passing import Unknown
from docpipe.ask.periods import find_periods
from docpipe.ask.said import Group, Kinds, Mention
from docpipe.ask.sentence import Sentence
from docpipe.ask.several import joined
from docpipe.ask.spelling import Speller
from docpipe.ask.telling import passed_over, told
from docpipe.ask.vocabulary import Vocabulary, stems
from docpipe.ask.wishes import ARTICLES, limit, often, wishes
from docpipe.ask.words import word_set
from docpipe.printed.words import fold


@dataclass(frozen=True)
class Sense:
    """What a question says. `wishes` are what is wanted (count, sum, latest ...) and where that stands; `left` are the
    words that were not understood, `passed` those of them that ask for nothing, `read_as` those read as others.
    """

    language: str
    wishes: dict[str, int] = field(default_factory=dict)
    kinds: tuple[Kinds, ...] = ()
    mentions: tuple[Mention, ...] = ()
    named: tuple[Named, ...] = ()
    periods: tuple[Period, ...] = ()
    bounds: tuple[Bound, ...] = ()
    groups: tuple[Group, ...] = ()
    missing: tuple[Mention, ...] = ()
    filled: tuple[Mention, ...] = ()
    currency: str | None = None
    not_currency: bool = False
    limit: int | None = None
    left: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()
    words: int = 0
    at_end: bool = False
    refers: bool = False
    points: bool = False
    earlier: str = ""
    joined: tuple[str, ...] = ()
    compares: bool = False
    both: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing in it is about what is stored."""
        return not (self.kinds or self.mentions or self.named or self.periods or self.bounds or self.groups)


def sense(text: str, vocabulary: Vocabulary, today: date) -> Sense:
    """What `text` says, as far as it is understood."""
    return _Listener(Sentence(text), vocabulary, today).listen()


def _without_verbs(kinds: Sequence[Kinds]) -> list[Kinds]:
    """The kinds without a French "reçu" that says of others how they came."""
    others = [kind for kind in kinds if fold(kind.said) not in _CAME]
    return [kind for kind in kinds if kind in others or (not others and fold(kind.said) in ("recu", "recus"))]


def _both(sentence: Sentence, mentions: Sequence[Mention]) -> bool:
    """Whether two fields are named with a conjunction between them: "net and gross"."""
    places = sorted(mention.at for mention in mentions)
    return any(_AND & set(sentence.words[first:second]) and second - first < 5 for first, second in pairwise(places))


class _Listener:
    """One pass over a sentence, most telling words first."""

    def __init__(self, sentence: Sentence, vocabulary: Vocabulary, today: date) -> None:
        self._s = sentence
        self._v = vocabulary
        self._today = today
        self._at_end = False
        self._compared = False
        self._where: tuple[str, ...] = ()

    def listen(self) -> Sense:
        s = self._s
        names = Names(s, self._v)
        fragments = names.fragments()
        numbers = names.numbers()
        fields = Fields(s, self._v)
        rather = often(s, fields)
        part_compounds(s, self._v)
        speller = Speller(s, self._v)
        speller.whole_verbs()
        speller.correct()
        named = [*fragments, *numbers, *names.whole(least=2), *names.begun()]
        self._asides()
        told(s, self._v, fields)
        periods = find_periods(s, self._today)
        bounds = find_bounds(s)
        named += names.whole()
        most = limit(s, self._v)
        again = s.at("again", 0) or s.at("and", 0)
        if again:
            s.take(0, again, "again")
        endless = self._endless()
        currency, not_currency = find_currency(
            s, (2, 1) if _OF_CURRENCIES & set(s.words) else (2,)
        )  # livres sterling are not delivered
        fields.read()
        self._at_end = self._at_end or fields.at_end or any(p.third == 2 for p in periods)
        kinds = [*_without_verbs(fields.kinds), *fields.deeds()]
        mentions, missing = fields.mentions, [*fields.missing, *endless]
        if currency is None:
            currency, not_currency = find_currency(s)
        wanted = {**wishes(s), **rather}
        if any(s.words[kind.at - 1 : kind.at] == ["what"] for kind in kinds):
            wanted.setdefault("which", 0)
        mentions += self._implied(wanted, mentions, periods)
        if (
            s.language == "en"
            and "much" in wanted
            and any(k.plural and not k.weak and k.at == wanted["much"] + 2 for k in kinds)
        ):
            wanted.setdefault("count", wanted.pop("much"))  # how much bills
        many = wanted.get("count", len(s))
        first = next((n for n in range(many + 1, min(many + 4, len(s))) if s.taken[n] == "currency"), None)
        if first is not None and "kind" not in s.taken[first + 1 : first + 2]:
            wanted["much"] = wanted.pop("count")  # how many euros
        groups = [*fields.groups, *fields.spread()]
        mentions = [m for m in self._delivered(wanted, mentions) if not self._came(m, kinds)]
        if s.language == "de" and "was" in s.words and kinds and all(kind.weak for kind in kinds):
            wanted.setdefault("much", 0)
        mentions = self._of_account(mentions, wanted, kinds)
        if again:
            wanted["again"] = 0
        mentions, both = self._total_beside(wanted, mentions)
        for period in periods:
            if 0 < period.at - wanted.get("overdue", -9) <= 2:  # échues avant mars
                mentions += self._mention("due date", wanted.pop("overdue"))
        currency = currency or next((b.currency for b in bounds if b.currency), None)
        named += names.countries([m for m in mentions if any("law" in c.column.key for c in m.meant)])
        named += names.parts()
        timed = bool(periods) or bool(wanted.keys() & {"when", "latest", "first", "next"}) or bool(groups)
        others = [m for m in mentions if not self._concluded(m)]
        mentions = others if len(others) > 0 or not timed else mentions
        named = self._specified(named)
        pinned = bool(numbers) or (bool(named) and any(p.day_only for p in periods))
        unknown = Unknown(s, pinned=pinned and bool(mentions or wanted.keys() & _OF_ONE))
        left = (*unknown.left, *self._for_what(named)) or self._where
        if fields.printed_at and not left:
            left = tuple(s.tokens[place].text for place in sorted(fields.printed_at) if s.free(place))
        return Sense(
            language=s.language,
            wishes=wanted,
            kinds=tuple(kinds),
            mentions=tuple(mentions),
            named=tuple(named),
            periods=tuple(periods),
            bounds=tuple(bounds),
            groups=tuple(groups),
            missing=tuple(missing),
            filled=tuple(fields.filled),
            currency=currency,
            not_currency=not_currency,
            limit=most,
            left=left,
            passed=(*passed_over(s), *unknown.passed),
            read_as=tuple(speller.read_as),
            words=len(s),
            at_end=self._at_end,
            refers=refers(s),
            points=points(s),
            earlier=earlier(s),
            joined=joined(s, wanted),
            compares=self._compared,
            both=both or _both(s, mentions),
        )

    def _asides(self) -> None:
        """Take what says nothing of what is meant: "at least one", "since we started", the end of "month-end"."""
        s = self._s
        for start, length in list(s.find("at_least")):
            if s.free(start, length + 1) and s.words[start + length] in ARTICLES:
                s.take(start, length + 1, "aside")
        for start, length in list(s.find("since")):
            behind = s.words[start + length : start + length + 1]
            if behind and behind[0] in _DOERS:
                end = start
                while end < len(s) and s.free(end) and (end == start or s.joined(end)):
                    end += 1
                s.take(start, end - start, "aside")
        for start, length in list(s.find("compared")):
            s.take(start, length, "compared")
            self._compared = True
        for start, length in list(s.find("aside")):
            s.take(start, length, "aside")
        for at in range(1, len(s)):
            if s.words[at] in _STARTING and s.free(at) and self._begins(stems(s.words[at - 1 : at])):
                s.replace(at, "starts")  # contracts starting in 2024
            if s.words[at] == "end" and s.words[at - 1] in ("month", "year", "quarter") and s.free(at - 1, 2):
                s.take(at - 1, 2, "edge")
                self._at_end = True

    def _concluded(self, mention: Mention) -> bool:
        """Whether that something was signed is said in passing: "den wir mit X geschlossen haben", no day is asked."""
        s = self._s
        last = mention.at + len(mention.said.split())
        around = {*s.words[max(0, mention.at - 2) : mention.at], *s.words[last : last + 1]}
        dated = any(taken == "period" for taken in s.taken[last : last + 3])
        return fold(mention.said).startswith(_CONCLUDED) and bool(around & _HAVE) and not dated

    def _specified(self, named: list[Named]) -> list[Named]:
        """The names without one that those in brackets behind it say more exactly: "by card (Visa or Mastercard)"."""
        s = self._s
        inside = [one.at for one in named]

        def said(one: Named) -> bool:
            end = one.at + len(one.said.split())
            gap = s.text[s.tokens[end - 1].end : s.tokens[end].start] if end < len(s) else ""
            return gap.strip() == "(" and end in inside

        return [one for one in named if one.exact or not said(one)]

    def _begins(self, kind: Sequence[str]) -> bool:
        """Whether what is called so has a day on which it begins."""
        tables = self._v.tables.get(tuple(kind), ())
        return any(meant.column.table in tables for meant in self._v.columns.get(stems(["start"]), ()))

    def _endless(self) -> list[Mention]:
        """What has no end: unbefristet, open-ended, à durée indéterminée."""
        s = self._s
        found = []
        for start, length in list(s.find("endless")):
            s.take(start, length, "missing")
            found += self._mention("end date", start)
        return found

    def _implied(self, wishes: dict[str, int], mentions: Sequence[Mention], periods: Sequence[Period]) -> list[Mention]:
        """Fields that are asked for without their name: by when something is to be paid, how it was paid."""
        s = self._s
        if "money" not in wishes or mentions:
            return []
        if s.said_any("must") and ("when" in wishes or (periods and not wishes.keys() & {"much", "count", "sum"})):
            at = wishes.get("when", wishes.pop("money"))
            return self._mention("due date", at)
        how = next((n for n, word in enumerate(s.words) if word in _HOW and s.free(n)), None)
        pays = any(word.startswith(_PAYING) for word in s.words)
        if how is not None and pays and not wishes.keys() & {"count", "much", "when"}:
            s.take(how, 1, "column")
            del wishes["money"]
            return self._mention("payment method", how)
        return []

    def _delivered(self, wishes: dict[str, int], mentions: list[Mention]) -> list[Mention]:
        """Where something is delivered to is no day: the page says it."""
        placed = "where" in wishes or any(fold(m.said) in _PLACES for m in mentions)
        when = [m for m in mentions if any("delivery" in meant.column.key for meant in m.meant)]
        if not placed or not when:
            return mentions
        self._where = ("delivery address",)
        return [m for m in mentions if m not in when and fold(m.said) not in _PLACES]

    def _for_what(self, named: Sequence[Named]) -> list[str]:
        """What is bought of somebody is not another one of that name: "how much did we pay Acme for catering"."""
        sure = [{stored.column.ref for stored in one.stored} for one in named if one.exact]
        return [
            one.said
            for one in named
            if not one.exact
            and self._s.words[one.at - 1] in _FOR
            and one.said.islower()
            and any({stored.column.ref for stored in one.stored} <= columns for columns in sure)
        ]

    def _total_beside(self, wishes: dict[str, int], mentions: list[Mention]) -> tuple[list[Mention], bool]:
        """ "The total and the VAT" are two fields."""
        at = wishes.get("amount", -9)
        for mention in mentions:
            first, last = sorted((at, mention.at))
            numbers = any(meant.column.kind == "number" for meant in mention.meant)
            if at >= 0 and numbers and last - first < 5 and _AND & set(self._s.words[first:last]):
                return [*mentions, *self._mention("grand total", at)], True
        return mentions, False

    def _came(self, mention: Mention, kinds: Sequence[Kinds]) -> bool:
        """Whether that something arrived is said of what has no delivery: an invoice."""
        tables = {name for kind in kinds if not kind.weak for name in kind.tables}
        return (
            fold(mention.said) in _ARRIVED
            and bool(tables)
            and not tables & {meant.column.table for meant in mention.meant}
        )

    def _of_account(self, mentions: list[Mention], wishes: dict[str, int], kinds: Sequence[Kinds]) -> list[Mention]:
        """What stands on an account is its balance: "what was left in the account at the end of May"."""
        if len(mentions) != 1 or fold(mentions[0].said) not in _ACCOUNTS or kinds or wishes.keys() - _OF_BALANCE:
            return mentions
        asked = self._s.words[mentions[0].at - 1 : mentions[0].at]
        if asked and asked[0] in _WHICH:
            return mentions
        return (self._mention("closing balance", mentions[0].at) if self._at_end or wishes else []) or mentions

    def _mention(self, said: str, at: int) -> list[Mention]:
        meant = self._v.columns.get(stems(said.split()), ())
        return [Mention(meant, at, said)] if meant else []


_CONCLUDED = (
    "geschlossen",
    "abgeschlossen",
    "unterzeichnet",
    "unterschrieben",
    "conclu",
    "signe",
    "concluded",
    "signed",
)
_HAVE = word_set("haben hatten avons avez ont have had we")
_OF_CURRENCIES = word_set("currency wahrung devise monnaie")
_PLACES = word_set("address adresse anschrift")
_ACCOUNTS = word_set("account konto compte")
_OF_BALANCE = frozenset({"much", "money", "amount", "maximum", "minimum"})
_WHICH = word_set("which what welches welchem welcher quel to")
_DOERS = word_set("we they i you he she wir sie ich man on nous ils elles il elle j")
_ARRIVED = word_set(
    "run runs running livrer liefern arrive arrives arrived arriving arrivent arrivee arrivees ankommen ankommt "
    "angekommen kamen an"
)
_AND = frozenset({"and", "und", "et", "sowie"})
_FOR = frozenset({"for", "fur", "pour"})
_PAYING = ("paid", "pay", "bezahl", "gezahl", "zahl", "begl", "regl", "settl", "acquit")
_STARTING = word_set("starting beginning commencing")
_HOW = word_set("how wie womit comment")
_OF_ONE = frozenset({"when", "who", "whom", "where", "much"})
_CAME = word_set("recu recus recue recues")
