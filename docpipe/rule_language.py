"""The text of a rule becomes its tree, and the names of the fields in it.

    rule       = or
    or         = and { "or" and }
    and        = not { "and" not }
    not        = "not" not | comparison
    comparison = sum [ ( "==" | "!=" | "<=" | ">=" | "<" | ">" ) sum ]
    sum        = product { ( "+" | "-" ) product }
    product    = unary { ( "*" | "/" ) unary }
    unary      = "-" unary | atom
    atom       = number | text | call | path | "(" or ")"
    call       = ( "sum" | "count" | "abs" | "min" | "max" | "round" | "date" ) "(" or { "," or } ")"
    path       = name { "." name }            name = letter or "_", then letters, digits, "_"
    number     = digits [ "." digits ]        text = '"' characters '"' or "'" characters "'"

`sum(line_items.amount) == subtotal`, `period_start <= period_end`, `abs(total - subtotal) <= 1 or total == 0`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from docpipe.errors import SchemaError

_LONGEST = 400
_DEEPEST = 40
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[^\W\d]\w*)|(?P<text>\"[^\"]*\"|'[^']*')|(?P<sign>==|!=|<=|>=|[-+*/<>().,]))"
)
COMPARISONS = ("==", "!=", "<=", ">=", "<", ">")
FUNCTIONS = ("sum", "count", "abs", "min", "max", "round", "date")


@dataclass(frozen=True)
class Number:
    """A number as the rule writes it."""

    value: Decimal


@dataclass(frozen=True)
class Text:
    """A text as the rule writes it, between quotes."""

    value: str


@dataclass(frozen=True)
class Path:
    """A value of the record, by its names from the top."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Call:
    """One of FUNCTIONS and its arguments."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Operation:
    """An operator between its operands; `not` and the minus of a negative number have one."""

    operator: str
    operands: tuple[Node, ...]


Node = Number | Text | Path | Call | Operation


def named(rule: str) -> tuple[tuple[str, ...], ...]:
    """The places that a rule names, each by its names from the top. Raises SchemaError for what is no rule."""
    return tuple(dict.fromkeys(path.names for path in _paths(parse(rule))))


@lru_cache(maxsize=256)
def parse(rule: str) -> Node:
    """A rule's tree. Raises SchemaError with the rule, the place in it and what was expected there."""
    return _Parser(rule).rule()


class _Parser:
    def __init__(self, rule: str) -> None:
        self.rule_text = rule
        self.depth = 0
        self.tokens: list[tuple[str, str, int]] = []
        if len(rule) > _LONGEST:
            raise SchemaError(f"a rule of {len(rule)} characters; the longest has {_LONGEST}")
        place = 0
        while rule[place:].strip():
            found = _TOKEN.match(rule, place)
            if found is None:
                place += len(rule[place:]) - len(rule[place:].lstrip())
                raise self.refuse(place, "expected a name, a number or a sign")
            kind = found.lastgroup or ""
            self.tokens.append((kind, found[kind], found.start(kind)))
            place = found.end()
        self.at = 0

    def refuse(self, place: int, message: str) -> SchemaError:
        return SchemaError(f'rule "{self.rule_text}", character {place + 1}: {message}')

    def rule(self) -> Node:
        tree = self.either()
        if self.at < len(self.tokens):
            _, text, place = self.tokens[self.at]
            raise self.refuse(place, f'nothing was expected after the rule, got "{text}"')
        return tree

    def take(self, *texts: str) -> str | None:
        """The next token where it is one of `texts`."""
        if self.at < len(self.tokens) and self.tokens[self.at][0] != "text" and self.tokens[self.at][1] in texts:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def need(self, text: str) -> None:
        if self.take(text) is None:
            raise self.refuse(self.place, f'expected "{text}"')

    @property
    def place(self) -> int:
        return self.tokens[self.at][2] if self.at < len(self.tokens) else len(self.rule_text)

    def chain(self, inner: Callable[[], Node], *operators: str) -> Node:
        tree = inner()
        while operator := self.take(*operators):
            tree = Operation(operator, (tree, inner()))
        return tree

    def either(self) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.refuse(self.place, f"nested more than {_DEEPEST} levels deep")
        tree = self.chain(self.both, "or")
        self.depth -= 1
        return tree

    def both(self) -> Node:
        return self.chain(self.negation, "and")

    def negation(self) -> Node:
        turns = 0
        while self.take("not"):
            turns += 1
        tree = self.comparison()
        return Operation("not", (tree,)) if turns % 2 else tree

    def comparison(self) -> Node:
        left = self.addition()
        operator = self.take(*COMPARISONS)
        return left if operator is None else Operation(operator, (left, self.addition()))

    def addition(self) -> Node:
        return self.chain(self.product, "+", "-")

    def product(self) -> Node:
        return self.chain(self.unary, "*", "/")

    def unary(self) -> Node:
        turns = 0
        while self.take("-"):
            turns += 1
        tree = self.atom()
        return Operation("minus", (tree,)) if turns % 2 else tree

    def atom(self) -> Node:
        if self.take("("):
            tree = self.either()
            self.need(")")
            return tree
        if self.at >= len(self.tokens):
            raise self.refuse(self.place, "expected a value, the rule ends")
        kind, text, place = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return Number(Decimal(text))
        if kind == "text":
            return Text(text[1:-1])
        if kind != "name" or text in ("and", "or", "not"):
            raise self.refuse(place, f'expected a value, got "{text}"')
        if self.take("("):
            return self.call(text, place)
        names = [text]
        while self.take("."):
            if self.at >= len(self.tokens) or self.tokens[self.at][0] != "name":
                raise self.refuse(self.place, "expected a name after the dot")
            names.append(self.tokens[self.at][1])
            self.at += 1
        return Path(tuple(names))

    def call(self, function: str, place: int) -> Node:
        if function not in FUNCTIONS:
            raise self.refuse(place, f"there is no function {function}; there are {', '.join(FUNCTIONS)}")
        arguments = [self.either()]
        while self.take(","):
            arguments.append(self.either())
        self.need(")")
        if len(arguments) > 1 and function in ("sum", "count", "abs", "date"):
            raise self.refuse(place, f"{function} takes one argument, got {len(arguments)}")
        return Call(function, tuple(arguments))


def _paths(node: Node) -> Iterable[Path]:
    match node:
        case Path():
            yield node
        case Call(_, inner) | Operation(_, inner):
            for one in inner:
                yield from _paths(one)
