"""The tree of a formula from its tokens, by precedence.

Grammar, loosest first::

    sum      ('+' | '-')? term (('+' | '-') term)*
    term     factor (('*' | '/' | nothing) factor)*      2x, 3(x + 1), (x + 1)(x - 1)
    factor   '-' factor | power
    power    atom ('^' factor)?                           right to left: 2^3^2 = 2^9
    atom     number | name | function '(' sum (',' sum)* ')' | '(' sum ')' | series
    series   'sum' '(' name ',' sum ',' sum ',' sum ')'   sum(j, 1, 3, a_j*x^j)

A series is expanded while it is read: its term is read once for every value of the index. The
index is replaced by that number where it is a name of its own, and behind an underscore of a name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from gdsim.core.formula.expression import (
    CONSTANTS,
    FUNCTIONS,
    Call,
    Constant,
    Name,
    Negate,
    Node,
    Number,
    Power,
    Product,
    Sum,
    constant_value,
)
from gdsim.core.formula.names import GREEK_LETTERS, natural_order
from gdsim.core.formula.tokens import Token, canonical_spelling, is_name, shortened
from gdsim.core.problem import Problem

MAX_NESTING = 60
MAX_NODES = 1_500

_ARGUMENTS = {
    "min": (2, None),
    "max": (2, None),
    "huber": (1, 2),
    "leaky_relu": (1, 2),
    "crossentropy": (2, 2),
}
"""The fewest and the most arguments of the functions that do not take exactly one."""


class Parser:
    """Recursive descent over the tokens; every level of recursion is counted and capped."""

    def __init__(
        self, tokens: list[Token], names: Collection[str] | None, extra: frozenset[str]
    ) -> None:
        self._tokens = tokens
        self._position = 0
        self._nesting = 0
        self._names = None if names is None else frozenset(names)
        self._functions = FUNCTIONS | extra
        self._indices: dict[str, int | None] = {}  # of the enclosing series; None: left as it is
        self._atoms = 0

    @property
    def _next(self) -> Token:
        return self._tokens[self._position]

    def _take(self) -> Token:
        token = self._next
        self._position += 1
        return token

    def parse(self) -> Node:
        """The tree of all the tokens; a Problem says what is wrong and at which column."""
        root = self._sum()
        token = self._next
        if token.kind == ")":
            raise Problem(
                "the parenthesis closed at column {column} was never opened", column=token.column
            )
        if token.kind == ",":
            raise Problem(
                "the comma at column {column} is only for the arguments of a function;"
                " decimals are written with a point",
                column=token.column,
            )
        if token.kind != "end":
            raise self._missing_operator(token)
        return root

    def _enter(self, token: Token) -> None:
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            raise Problem(
                "the formula is nested more than {most} deep at column {column}",
                most=MAX_NESTING,
                column=token.column,
            )

    def _sum(self) -> Node:
        terms = [(self._sign(), self._term())]
        while self._next.kind in ("+", "-"):
            terms.append((self._sign(), self._term()))
        if len(terms) > 1:
            return Sum(tuple(terms))
        sign, term = terms[0]
        return term if sign > 0 else Negate(term)

    def _sign(self) -> int:
        """The sign before a term; it applies to the whole term: −2x is −(2x)."""
        if self._next.kind not in ("+", "-"):
            return 1
        return 1 if self._take().kind == "+" else -1

    def _term(self) -> Node:
        factors = [(1, self._factor())]
        while True:
            token = self._next
            if token.kind in ("*", "/"):
                self._take()
                factors.append((1 if token.kind == "*" else -1, self._factor()))
            elif token.kind in ("name", "("):
                factors.append((1, self._power()))
            elif token.kind == "number":
                raise self._missing_operator(token)
            else:
                break
        return factors[0][1] if len(factors) == 1 else Product(tuple(factors))

    def _factor(self) -> Node:
        token = self._next
        if token.kind not in ("+", "-"):
            return self._power()
        self._take()
        self._enter(token)
        operand = self._factor()
        self._nesting -= 1
        return Negate(operand) if token.kind == "-" else operand

    def _power(self) -> Node:
        base = self._atom()
        if self._next.kind != "^":
            return base
        token = self._take()
        self._enter(token)
        exponent = self._factor()
        self._nesting -= 1
        return Power(base, exponent, column=token.column)

    def _atom(self) -> Node:
        token = self._take()
        if None not in self._indices.values():
            self._atoms += 1  # a nested series multiplies with every level
            if self._atoms > MAX_NODES:
                raise _too_many_operations()
        if token.kind == "number":
            return self._number(token)
        if token.kind == "name" and token.text == "sum":
            return self._series(token)
        if token.kind == "name":
            return self._call(token) if token.text in self._functions else self._name(token)
        if token.kind == "(":
            self._enter(token)
            inside = self._sum()
            self._close(token)
            return inside
        if token.kind == "end":
            raise Problem(
                "the formula ends at column {column}, but something must follow",
                column=token.column,
            )
        raise Problem(
            "{symbol} at column {column} lacks an operand",
            symbol=token.text,
            column=token.column,
        )

    def _number(self, token: Token) -> Node:
        value = float(token.text)
        if value == float("inf"):
            raise Problem(
                "the number at column {column} is too large to compute with", column=token.column
            )
        return Number(value, token.text, column=token.column)

    def _name(self, token: Token) -> Node:
        if token.text in self._indices:
            return self._index(token)
        token = self._with_indices(token)
        name = token.text
        if None in self._indices.values():
            return Name(name, column=token.column)  # only for typesetting
        if name in CONSTANTS:
            return Constant(name, column=token.column)
        followed_by_parenthesis = self._next.kind == "("
        if self._names is not None:
            if name not in self._names:
                raise self._unknown(token, followed_by_parenthesis)
        elif not is_name(name) or (followed_by_parenthesis and not _is_single_symbol(name)):
            raise self._unknown(token, followed_by_parenthesis)
        return Name(name, column=token.column)

    def _unknown(self, token: Token, as_function: bool) -> Problem:
        name = shortened(token.text)
        if token.text == "ln":
            return Problem(
                "unknown function ln at column {column}; the natural logarithm is log",
                column=token.column,
            )
        if as_function and not _is_single_symbol(token.text):
            return Problem(
                "unknown function {name} at column {column}; known: {known}",
                name=name,
                column=token.column,
                known=" ".join(sorted(self._functions)),
            )
        if self._names is None:
            return Problem(
                "{name} at column {column} is not a name", name=name, column=token.column
            )
        if len(token.text) > 1 and set(token.text) <= self._names:
            return Problem(
                "unknown name {name} at column {column}; a product is written {product}",
                name=name,
                column=token.column,
                product="*".join(token.text),
            )
        return Problem(
            "unknown name {name} at column {column}; known: {known}",
            name=name,
            column=token.column,
            known=", ".join(sorted(self._names, key=natural_order)),
        )

    def _call(self, token: Token) -> Node:
        opening = self._opening(token)
        arguments = [self._sum()]
        while self._next.kind == ",":
            self._take()
            arguments.append(self._sum())
        self._close(opening)
        least, most = _ARGUMENTS.get(token.text, (1, 1))
        if len(arguments) < least or (most is not None and len(arguments) > most):
            raise _wrong_count(token, least, most)
        return Call(token.text, tuple(arguments), column=token.column)

    def _opening(self, token: Token) -> Token:
        """The parenthesis behind the name of a function."""
        opening = self._next
        if opening.kind != "(":
            raise Problem(
                "{name} at column {column} needs its argument in parentheses",
                name=token.text,
                column=token.column,
            )
        self._take()
        self._enter(opening)
        return opening

    def _series(self, token: Token) -> Node:
        """``sum(j, 1, 3, …)``: the sum of its terms, and how it was typed."""
        opening = self._opening(token)
        index = self._take()
        if index.kind != "name" or not index.text.isalpha() or not is_name(index.text):
            raise Problem(
                "sum at column {column} begins with the name of its index, as in"
                " sum(j, 1, 4, a_j*x^j)",
                column=token.column,
            )
        self._comma(token)
        first = self._sum()
        self._comma(token)
        last = self._sum()
        self._comma(token)
        if None in self._indices.values():
            body = self._terms(index.text, [None])[0]
            self._close(opening)
            return Call("sum", (Name(index.text), first, last, body), column=token.column)
        values = range(self._bound(first, token), self._bound(last, token) + 1)
        if not values:
            raise Problem("sum at column {column} has no term", column=token.column)
        typed = None
        if not self._indices:
            start = self._position
            body = self._terms(index.text, [None])[0]
            typed = Call("sum", (Name(index.text), first, last, body), column=token.column)
            self._position = start
        terms = self._terms(index.text, values)
        self._close(opening)
        return Sum(tuple((1, term) for term in terms), typed)

    def _terms(self, index: str, values: Iterable[int | None]) -> list[Node]:
        """The sum that comes next in the text, read once for every value of the index."""
        outer, start = self._indices, self._position
        terms = []
        for value in values:
            self._position = start
            self._indices = {**outer, index: value}
            terms.append(self._sum())
        self._indices = outer
        return terms

    def _bound(self, node: Node, token: Token) -> int:
        value = constant_value(node)
        if value is None or not value.is_integer() or not 0 <= value <= MAX_NODES:
            raise Problem(
                "the bounds of sum at column {column} must be whole numbers from 0 to {most}",
                column=token.column,
                most=MAX_NODES,
            )
        return int(value)

    def _comma(self, token: Token) -> None:
        if self._take().kind != ",":
            raise Problem(
                "sum at column {column} takes an index, its first and last value, and the term",
                column=token.column,
            )

    def _index(self, token: Token) -> Node:
        value = self._indices[token.text]
        if value is None:
            return Name(token.text, column=token.column)
        return Number(float(value), str(value), column=token.column)

    def _with_indices(self, token: Token) -> Token:
        """The name with numbers for the indices behind its underscores: ``w_j_k``, ``w_jk``."""
        stem, *parts = token.text.split("_")
        if not self._indices or not parts:
            return token
        numbered = [stem]
        for part in parts:
            letters = [part] if part in self._indices else list(part)
            if all(letter in self._indices for letter in letters):
                values = [(letter, self._indices[letter]) for letter in letters]
                numbered += [letter if value is None else str(value) for letter, value in values]
            else:
                numbered.append(part)
        return Token("name", canonical_spelling("_".join(numbered)), token.column)

    def _close(self, opening: Token) -> None:
        token = self._next
        if token.kind in ("number", "name", "("):
            raise self._missing_operator(token)
        if token.kind == ",":
            raise Problem(
                "the comma at column {column} is only for the arguments of a function;"
                " decimals are written with a point",
                column=token.column,
            )
        if token.kind != ")":
            raise Problem(
                "the parenthesis opened at column {column} is never closed", column=opening.column
            )
        self._take()
        self._nesting -= 1

    def _missing_operator(self, token: Token) -> Problem:
        return Problem(
            "an operator is missing before {symbol} at column {column}",
            symbol=shortened(token.text),
            column=token.column,
        )


def _too_many_operations() -> Problem:
    return Problem("the formula has more than {most} operations", most=MAX_NODES)


def _wrong_count(token: Token, least: int, most: int | None) -> Problem:
    if most is None:
        return Problem(
            "{name} at column {column} takes two or more arguments",
            name=token.text,
            column=token.column,
        )
    if most == 1:
        return Problem(
            "{name} at column {column} takes one argument", name=token.text, column=token.column
        )
    if least == most:
        return Problem(
            "{name} at column {column} takes two arguments", name=token.text, column=token.column
        )
    return Problem(
        "{name} at column {column} takes one or two arguments",
        name=token.text,
        column=token.column,
    )


def _is_single_symbol(name: str) -> bool:
    """Whether the name is one letter, Latin or Greek, with or without an index.

    Before a parenthesis it is a factor, as in ``x(y + 1)``; a longer word there is a mistyped
    function.
    """
    stem = name.rstrip("0123456789_")
    return len(stem) == 1 or stem in GREEK_LETTERS.values()
