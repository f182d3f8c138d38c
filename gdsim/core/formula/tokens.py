"""The tokens of blackboard notation: numbers, names and signs, in one plain spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from gdsim.core.formula.expression import CONSTANTS, FUNCTIONS
from gdsim.core.formula.names import ACCENTS, GREEK_LETTERS
from gdsim.core.problem import Problem

MAX_NAME = 32

WORDS = frozenset(("sum", "crossentropy"))
"""Words of the notation that are neither functions nor names."""

_SUPERSCRIPTS = {**dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)), "⁺": "+", "⁻": "-"}
_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
_OPERATORS = {
    **dict.fromkeys("·⋅∙×∗✕", "*"),
    **dict.fromkeys("−–‐‑", "-"),  # the dashes of keyboards and word processors
    **dict.fromkeys("÷∕", "/"),
}
_NUMBER = re.compile(r"([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_ACCENT_NAMES = {sign: name for name, sign in ACCENTS.items()}
_QUALIFIERS = re.compile(r"(_[A-Za-z0-9]+)+")
_GREEK_TAIL = re.compile(r"(_?[0-9]+|_[a-z]+)(_([0-9]+|[a-z]+))*")


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a name or a sign, and the column at which it was typed, counted from 1."""

    kind: str  # number, name, end, or the character itself: + - * / ^ ( ) ,
    text: str  # a name or number in plain form, a sign as typed
    column: int


@dataclass(frozen=True, slots=True)
class _Character:
    text: str  # one plain character
    column: int  # of the typed character it came from
    subscript: bool = False


def _characters(text: str) -> list[_Character]:
    """The typed characters in plain form, each with its column.

    Superscripts become powers here, before the compatibility normalisation, which would turn
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
        apart = unicodedata.normalize("NFD", normal)
        if len(apart) == 2 and apart[1] in _ACCENT_NAMES:  # ŷ as one character
            plain += [_Character(part, column) for part in apart]
            continue
        if len(normal) != 1 and normal.strip():
            raise _unreadable(typed, column)
        plain.append(_Character(normal[:1] or " ", column))
    if raised:
        plain.append(_Character(")", len(text)))
    return plain


def tokenize(text: str) -> list[Token]:
    """The tokens of a text, the last of them of kind ``end``.

    Raises
    ------
    Problem : names the first character that does not belong to the notation.
    """
    characters = _characters(text)
    plain = "".join(character.text for character in characters)
    tokens: list[Token] = []
    position = 0
    while position < len(characters):
        symbol, column = plain[position], characters[position].column
        if symbol.isspace():
            position += 1
        elif (number := _NUMBER.match(plain, position)) and not characters[position].subscript:
            tokens.append(Token("number", number.group(), column))
            position = number.end()
        elif symbol in GREEK_LETTERS or (symbol.isascii() and symbol.isalpha()):
            name, position = _read_name(characters, plain, position)
            tokens.append(Token("name", name, column))
        elif symbol == "√":
            tokens.append(Token("name", "sqrt", column))
            position += 1
        elif plain.startswith("**", position):
            tokens.append(Token("^", "**", column))
            position += 2
        elif symbol in "+-*/^(),":
            tokens.append(Token(symbol, text[column - 1], column))
            position += 1
        else:
            raise _unreadable(text[column - 1], column)
    tokens.append(Token("end", "", len(text) + 1))
    return tokens


def _read_name(characters: Sequence[_Character], plain: str, start: int) -> tuple[str, int]:
    """The name that begins at ``start``, in canonical spelling, and where it ends.

    A Greek letter is a name of its own, with or without an index; Latin letters run on. An index
    written as a subscript ends the name, unless an underscore follows: ``x₁y`` is x1 times y. An
    accent belongs to the letter before it: ``m̂₁`` is m1_hat.
    """
    accent = _ACCENT_NAMES.get(plain[start + 1 : start + 2], "")
    if accent:
        letter = GREEK_LETTERS.get(plain[start], plain[start])
        tail = _GREEK_TAIL.match(plain, start + 2)
        index, rest = _split_index(tail.group() if tail else "")
        return f"{letter}{index}_{accent}{rest}", tail.end() if tail else start + 2
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
                qualifiers = _QUALIFIERS.match(plain, end)
                end = qualifiers.end() if qualifiers else end
                break
        name = plain[start:end]
    return canonical_spelling(name), end


def _split_index(tail: str) -> tuple[str, str]:
    """The digits at the beginning of a tail, and the rest: ``_1_max`` is 1 and _max."""
    digits = re.match(r"_?([0-9]+)", tail)
    return (digits[1], tail[digits.end() :]) if digits else ("", tail)


def canonical_spelling(name: str) -> str:
    """``w_1`` as ``w1``, ``w_1_2`` as ``w1_2``: a number behind letters needs no underscore."""
    return re.sub(r"(?<=[A-Za-z])_(\d+)(?=_|$)", r"\1", name)


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


def is_name(text: str) -> bool:
    """Whether the text can name a parameter, a state or a hyperparameter."""
    return (
        re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", text) is not None
        and len(text) <= MAX_NAME
        and "__" not in text
        and not text.endswith("_")
        and text not in FUNCTIONS | WORDS
        and text not in CONSTANTS
    )


def shortened(text: str) -> str:
    """A text, cut to a length that a message can quote."""
    return text if len(text) <= 40 else text[:39] + "…"
