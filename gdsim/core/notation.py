"""Blackboard notation: text as people type it, read into a small tree of allowed nodes.

Nothing here evaluates code. A text is cut into tokens, the tokens are parsed by precedence into
the node classes of :mod:`gdsim.core.expression`, and whatever is not on the list is refused with
its column.

Grammar, loosest first::

    sum      ('+' | '-')? term (('+' | '-') term)*
    term     factor (('*' | '/' | nothing) factor)*      2x, 3(x + 1), (x + 1)(x - 1)
    factor   '-' factor | power
    power    atom ('^' factor)?                           right to left: 2^3^2 = 2^9
    atom     number | name | function '(' sum (',' sum)* ')' | '(' sum ')'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from gdsim.core.expression import (
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
    check_constants,
    count_nodes,
    names_in,
)
from gdsim.core.names import GREEK_LETTERS, natural_order
from gdsim.core.problem import Problem

MAX_LENGTH = 4_000
MAX_NESTING = 60
MAX_NODES = 1_500
MAX_NAME = 32

_SUPERSCRIPTS = {**dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)), "⁺": "+", "⁻": "-"}
_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
_OPERATORS = {
    **dict.fromkeys("·⋅∙×∗✕", "*"),
    **dict.fromkeys("−–‐‑", "-"),  # the dashes that keyboards and word processors produce
    **dict.fromkeys("÷∕", "/"),
}
_NUMBER = re.compile(r"([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_GREEK_TAIL = re.compile(r"_?[0-9]+|_[a-z]+")


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula that has been read: its text, its tree and the names it uses.

    ``names`` are in natural order (theta2 before theta10), constants and functions left out.
    """

    text: str
    root: Node
    names: tuple[str, ...]

    def latex(self) -> str:
        """The formula typeset in the order in which it was typed."""
        from gdsim.core.latex import latex

        return latex(self.root)


def parse(
    text: str, names: Collection[str] | None = None, extra_functions: Collection[str] = ()
) -> Expression:
    """Read a formula.

    Parameters
    ----------
    text : for instance ``"(1 - x)^2 + 100(y - x²)²"``.
    names : the names that may occur; None accepts any well-formed name and so finds them.
    extra_functions : functions allowed here beyond those of a loss (``floor`` in a schedule).

    Raises
    ------
    Problem : one sentence with the column of the first thing that cannot be read.
    """
    if not isinstance(text, str) or not text.strip():
        raise Problem("the formula is empty")
    if len(text) > MAX_LENGTH:
        raise Problem(
            "the formula has {length} characters; at most {most} are read",
            length=len(text),
            most=MAX_LENGTH,
        )
    root = _Parser(_tokenize(text), names, frozenset(extra_functions)).parse()
    if count_nodes(root) > MAX_NODES:
        raise Problem("the formula has more than {most} operations", most=MAX_NODES)
    check_constants(root)
    found = names_in(root)
    if names is None:
        _refuse_run_together(found)
    return Expression(text, root, tuple(sorted(found, key=natural_order)))


def is_name(text: str) -> bool:
    """Whether the text can name a parameter, a state or a hyperparameter."""
    return (
        _LATIN_NAME.fullmatch(text) is not None
        and len(text) <= MAX_NAME
        and "__" not in text
        and not text.endswith("_")
        and text not in FUNCTIONS
        and text not in CONSTANTS
    )


def canonical_name(text: str) -> str:
    """A name as the tree spells it: ``θ₁`` and ``theta_1`` are ``theta1``.

    Raises
    ------
    Problem : where the text is not one name.
    """
    tokens = _tokenize(text) if text.strip() and len(text) <= MAX_LENGTH else []
    if len(tokens) != 2 or tokens[0].kind != "name" or not is_name(tokens[0].text):
        raise Problem("{text} is not a name", text=_shortened(text.strip()))
    return tokens[0].text


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # number, name, end, or the character itself: + - * / ^ ( ) ,
    text: str  # a name or number in plain form, a sign as typed
    column: int


@dataclass(frozen=True, slots=True)
class _Character:
    text: str  # one plain character
    column: int  # of the typed character it came from
    subscript: bool = False


def _characters(text: str) -> list[_Character]:
    """The typed characters in plain form, each remembering its column.

    Superscripts become powers here, before the compatibility normalisation that would turn
    ``x²`` into ``x2``.
    """
    plain: list[_Character] = []
    raised = False
    for column, typed in enumerate(text, start=1):
        if typed in _SUPERSCRIPTS:
            if not raised:
                plain += [_Character("^", column), _Character("(", column)]
            raised = True
            plain.append(_Character(_SUPERSCRIPTS[typed], column))
            continue
        if raised:
            plain.append(_Character(")", column - 1))
            raised = False
        if typed in _SUBSCRIPTS:
            plain.append(_Character(_SUBSCRIPTS[typed], column, subscript=True))
            continue
        if unicodedata.decomposition(typed).startswith(("<super>", "<sub>")):
            raise _unreadable(typed, column)  # xⁿ is not a name xn
        normal = unicodedata.normalize("NFKC", typed)
        normal = _OPERATORS.get(normal, normal)
        if len(normal) != 1 and normal.strip():
            raise _unreadable(typed, column)
        plain.append(_Character(normal[:1] or " ", column))
    if raised:
        plain.append(_Character(")", len(text)))
    return plain


def _tokenize(text: str) -> list[_Token]:
    characters = _characters(text)
    plain = "".join(character.text for character in characters)
    tokens: list[_Token] = []
    position = 0
    while position < len(characters):
        symbol, column = plain[position], characters[position].column
        if symbol.isspace():
            position += 1
        elif (number := _NUMBER.match(plain, position)) and not characters[position].subscript:
            tokens.append(_Token("number", number.group(), column))
            position = number.end()
        elif symbol in GREEK_LETTERS or (symbol.isascii() and symbol.isalpha()):
            name, position = _read_name(characters, plain, position)
            tokens.append(_Token("name", name, column))
        elif symbol == "√":
            tokens.append(_Token("name", "sqrt", column))
            position += 1
        elif plain.startswith("**", position):
            tokens.append(_Token("^", "**", column))
            position += 2
        elif symbol in "+-*/^(),":
            tokens.append(_Token(symbol, text[column - 1], column))
            position += 1
        else:
            raise _unreadable(text[column - 1], column)
    tokens.append(_Token("end", "", len(text) + 1))
    return tokens


def _read_name(characters: Sequence[_Character], plain: str, start: int) -> tuple[str, int]:
    """The name that begins at ``start``, in canonical spelling, and where it ends.

    A Greek letter is a name by itself, with an index behind it at most; Latin letters run on.
    An index written as a subscript closes the name: ``x₁y`` is x1 times y.
    """
    if plain[start] in GREEK_LETTERS:
        tail = _GREEK_TAIL.match(plain, start + 1)
        end = tail.end() if tail else start + 1
        name = GREEK_LETTERS[plain[start]] + (tail.group() if tail else "")
    else:
        latin = _LATIN_NAME.match(plain, start)
        assert latin is not None
        end = latin.end()
        for position in range(start + 1, end):
            if characters[position].subscript and not (
                position + 1 < end and characters[position + 1].subscript
            ):
                end = position + 1
                break
        name = plain[start:end]
    return re.sub(r"_(\d+)$", r"\1", name), end


def _unreadable(symbol: str, column: int) -> Problem:
    if symbol in "|‖":
        return Problem(
            "{symbol} at column {column} is not part of the notation; write abs(…)",
            symbol=symbol,
            column=column,
        )
    return Problem(
        "{symbol} at column {column} is not part of the notation",
        symbol=symbol if symbol.isprintable() else repr(symbol),
        column=column,
    )


class _Parser:
    """Recursive descent over the tokens; every level of recursion is counted and capped."""

    def __init__(
        self, tokens: list[_Token], names: Collection[str] | None, extra: frozenset[str]
    ) -> None:
        self._tokens = tokens
        self._position = 0
        self._nesting = 0
        self._names = None if names is None else frozenset(names)
        self._functions = FUNCTIONS | extra

    @property
    def _next(self) -> _Token:
        return self._tokens[self._position]

    def _take(self) -> _Token:
        token = self._next
        self._position += 1
        return token

    def parse(self) -> Node:
        root = self._sum()
        token = self._next
        if token.kind == ")":
            raise Problem(
                "the closing parenthesis at column {column} has no partner", column=token.column
            )
        if token.kind == ",":
            raise Problem(
                "the comma at column {column} is only for min and max;"
                " decimals are written with a point",
                column=token.column,
            )
        if token.kind != "end":
            raise self._missing_operator(token)
        return root

    def _enter(self, token: _Token) -> None:
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
        """The sign before a term, which covers the whole of it: −2x is −(2x)."""
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
        if token.kind == "number":
            return self._number(token)
        if token.kind == "name":
            return self._call(token) if token.text in self._functions else self._name(token)
        if token.kind == "(":
            self._enter(token)
            inside = self._sum()
            self._close(token)
            return inside
        if token.kind == "end":
            raise Problem(
                "the formula ends at column {column} where something is missing",
                column=token.column,
            )
        raise Problem(
            "{symbol} at column {column} has nothing to work on",
            symbol=token.text,
            column=token.column,
        )

    def _number(self, token: _Token) -> Node:
        value = float(token.text)
        if value == float("inf"):
            raise Problem(
                "the number at column {column} is too large to compute with", column=token.column
            )
        return Number(value, token.text, column=token.column)

    def _name(self, token: _Token) -> Node:
        name = token.text
        if name in CONSTANTS:
            return Constant(name, column=token.column)
        followed_by_parenthesis = self._next.kind == "("
        if self._names is not None:
            if name not in self._names:
                raise self._unknown(token, followed_by_parenthesis)
        elif not is_name(name) or (followed_by_parenthesis and not _is_single_symbol(name)):
            raise self._unknown(token, followed_by_parenthesis)
        return Name(name, column=token.column)

    def _unknown(self, token: _Token, as_function: bool) -> Problem:
        name = _shortened(token.text)
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

    def _call(self, token: _Token) -> Node:
        opening = self._next
        if opening.kind != "(":
            raise Problem(
                "{name} at column {column} needs its argument in parentheses",
                name=token.text,
                column=token.column,
            )
        self._take()
        self._enter(opening)
        arguments = [self._sum()]
        while self._next.kind == ",":
            self._take()
            arguments.append(self._sum())
        self._close(opening)
        several = token.text in ("min", "max")
        if several != (len(arguments) > 1):
            raise Problem(
                "{name} at column {column} takes two or more arguments"
                if several
                else "{name} at column {column} takes one argument",
                name=token.text,
                column=token.column,
            )
        return Call(token.text, tuple(arguments), column=token.column)

    def _close(self, opening: _Token) -> None:
        token = self._next
        if token.kind in ("number", "name", "("):
            raise self._missing_operator(token)
        if token.kind == ",":
            raise Problem(
                "the comma at column {column} is only for min and max;"
                " decimals are written with a point",
                column=token.column,
            )
        if token.kind != ")":
            raise Problem(
                "the parenthesis opened at column {column} is never closed", column=opening.column
            )
        self._take()
        self._nesting -= 1

    def _missing_operator(self, token: _Token) -> Problem:
        return Problem(
            "an operator is missing before {symbol} at column {column}",
            symbol=_shortened(token.text),
            column=token.column,
        )


def _is_single_symbol(name: str) -> bool:
    """One letter, Latin or Greek, with an index at most: what stands before a parenthesis as a
    factor, as in ``x(y + 1)``. Anything longer there is a mistyped function."""
    stem = name.rstrip("0123456789")
    return len(stem) == 1 or stem in GREEK_LETTERS.values()


def _refuse_run_together(found: Collection[str]) -> None:
    """``xy`` beside x and y is a product typed without its sign, not a third parameter."""
    for name in sorted(found):
        if len(name) > 1 and set(name) <= set(found):
            raise Problem(
                "{name} would be a parameter of its own; the product is written {product}",
                name=name,
                product="*".join(name),
            )


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
