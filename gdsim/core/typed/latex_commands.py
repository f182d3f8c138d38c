r"""LaTeX in a typed formula: ``\frac{1}{2}x^{2}`` as ((1)/(2))x^{2}, ``\theta`` as θ."""

from __future__ import annotations

import re

from gdsim.core.formula.names import ACCENTS, GREEK_LETTERS
from gdsim.core.problem import Problem
from gdsim.core.typed.characters import Character, Characters, at, is_operand_end, text_of

_LETTERS = {name: letter for letter, name in reversed(GREEK_LETTERS.items())}
_LETTERS |= {f"var{_name}": _letter for _name, _letter in _LETTERS.items()}
_SIGNS = {
    **dict.fromkeys(("cdot", "times", "ast", "cdotp"), "*"),
    "div": "/",
    **dict.fromkeys(("lvert", "rvert", "vert", "mid"), "|"),
    **dict.fromkeys(("lVert", "rVert", "Vert"), "‖"),
    **dict.fromkeys(("lbrace", "lbrack", "{"), "("),
    **dict.fromkeys(("rbrace", "rbrack", "}"), ")"),
    "|": "‖",
    "lfloor": "⌊",
    "rfloor": "⌋",
    "lceil": "⌈",
    "rceil": "⌉",
    **dict.fromkeys(("quad", "qquad", ",", ";", ":", "!", " ", ">"), " "),
    **dict.fromkeys(
        "left right big Big bigg Bigg bigl bigr Bigl Bigr displaystyle limits".split(), ""
    ),
    "infty": "∞",
    "sum": "∑",
    "prod": "∏",
    "int": "∫",
    "_": "_",
    "%": "%",
}
_FRACTIONS = frozenset("frac dfrac tfrac cfrac".split())
_FONTS = frozenset(
    "mathrm mathit mathbf mathcal operatorname text textrm mathsf boldsymbol".split()
)
_FUNCTIONS = frozenset(
    "sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan exp ln log lg max min".split()
)
_COMMAND = re.compile(r"\\([A-Za-z]+\*?|.)")


def without_commands(characters: Characters) -> Characters:
    """The characters with every command of LaTeX in the signs of the notation.

    Raises
    ------
    Problem : names a command that has no meaning here.
    """
    if "\\" not in text_of(characters) and "$" not in text_of(characters):
        return characters
    return _Reader([each for each in characters if each.text != "$"]).read()


class _Reader:
    def __init__(self, characters: Characters) -> None:
        self._characters = characters
        self._text = text_of(characters)
        self._place = 0

    def read(self) -> Characters:
        result: Characters = []
        while self._place < len(self._characters):
            result += self._next(result)
        return result

    def _next(self, before: Characters) -> Characters:
        """The next character, or what the next command stands for."""
        first = self._characters[self._place]
        if first.text != "\\":
            self._place += 1
            return [first]
        match = _COMMAND.match(self._text, self._place)
        if match is None:
            raise _unknown("\\", first.column)
        self._place = match.end()
        return self._command(match[1].rstrip("*"), first, before)

    def _command(self, name: str, first: Character, before: Characters) -> Characters:
        column = first.column
        if name in _FRACTIONS:
            over, under = self._group(), self._group()
            return [*at(column, "(("), *over, *at(column, ")/("), *under, *at(column, "))")]
        if name == "sqrt":
            return self._root(column, before)
        if name in ACCENTS:
            return [*self._group(), *at(column, f"_{name}")]
        if name in _FONTS:
            inside = self._group()
            return [*_apart(before, column), *inside]
        if name in _FUNCTIONS:
            return [*_apart(before, column), *at(column, name), *self._blank_after(column)]
        if name in _SIGNS:
            return at(column, _SIGNS[name])
        if name in _LETTERS:
            return at(column, _LETTERS[name])
        raise _unknown(f"\\{name}", column)

    def _root(self, column: int, before: Characters) -> Characters:
        degree: Characters = []
        self._skip_blanks()
        if self._text[self._place : self._place + 1] == "[":
            end = self._text.find("]", self._place)
            if end < 0:
                raise _unknown("[", self._characters[self._place].column)
            degree = _Reader(self._characters[self._place + 1 : end]).read()
            self._place = end + 1
        inside = self._group()
        if degree:
            return [*at(column, "(("), *inside, *at(column, ")^(1/("), *degree, *at(column, ")))")]
        return [*_apart(before, column), *at(column, "sqrt("), *inside, *at(column, ")")]

    def _group(self) -> Characters:
        """What stands in braces, or the next character or command."""
        self._skip_blanks()
        if self._place >= len(self._characters):
            raise Problem(
                "the formula ends at column {column}, but something must follow",
                column=(self._characters[-1].column + 1),
            )
        if self._text[self._place] != "{":
            return self._next([])
        opening, depth, start = self._characters[self._place], 0, self._place
        for place in range(start, len(self._text)):
            is_escaped = place > start and self._text[place - 1] == "\\"
            depth += (self._text[place] == "{") * (not is_escaped)
            depth -= (self._text[place] == "}") * (not is_escaped)
            if depth == 0:
                self._place = place + 1
                return _Reader(self._characters[start + 1 : place]).read()
        raise Problem(
            "the parenthesis opened at column {column} is never closed", column=opening.column
        )

    def _skip_blanks(self) -> None:
        while self._text[self._place : self._place + 1].isspace():
            self._place += 1

    def _blank_after(self, column: int) -> Characters:
        return at(column, " ") if self._text[self._place : self._place + 1].isalnum() else []


def _apart(before: Characters, column: int) -> Characters:
    """A blank where a word would run into the one before it."""
    return at(column, " ") if is_operand_end(text_of(before[-1:])) else []


def _unknown(symbol: str, column: int) -> Problem:
    return Problem(
        "{symbol} at column {column} is not part of the notation", symbol=symbol, column=column
    )
