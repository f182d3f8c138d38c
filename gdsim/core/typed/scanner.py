"""A place in a typed formula, and what stands there."""

from __future__ import annotations

import re

from gdsim.core.formula.names import ACCENTS, GREEK_LETTERS
from gdsim.core.formula.tokens import shortened
from gdsim.core.problem import Problem
from gdsim.core.typed.characters import Characters, text_of

WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
NUMBER = re.compile(r"([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
RAISED = re.compile("[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
POWER = re.compile(r"(\^|\*\*)\s*([+-−–]?[A-Za-z0-9.]+|\()")
GREEK = re.compile(
    f"[{''.join(GREEK_LETTERS)}][{''.join(ACCENTS.values())}]?([0-9₀₁₂₃₄₅₆₇₈₉]+|_[0-9a-z]+)*"
)


class Scanner:
    """Goes through characters from left to right."""

    def __init__(self, characters: Characters) -> None:
        self.characters = characters
        self.text = text_of(characters)
        self.place = 0

    def column(self, place: int | None = None) -> int:
        """The typed column of a place, by default of the one that is read next."""
        place = self.place if place is None else place
        if place < len(self.characters):
            return self.characters[place].column
        return self.characters[-1].column + 1

    def match(self, pattern: re.Pattern[str]) -> str:
        """The text that matches the pattern here; empty where none does."""
        match = pattern.match(self.text, self.place)
        return match.group() if match else ""

    def following(self, place: int) -> str:
        """The first character from there on that is no blank."""
        return self.text[place:].lstrip()[:1]

    def take(self, size: int) -> Characters:
        """The next characters, and go on behind them."""
        taken = self.characters[self.place : self.place + size]
        self.place += size
        return taken

    def skip_blanks(self) -> None:
        while self.text[self.place : self.place + 1].isspace():
            self.place += 1

    def closing(self, opening: int) -> int:
        """The place of the parenthesis that closes this one, or the end of the text."""
        depth = 0
        for place in range(opening, len(self.text)):
            depth += (self.text[place] == "(") - (self.text[place] == ")")
            if depth == 0:
                return place
        return len(self.text)

    def two_ways(self, text: str, first: str, second: str, column: int | None = None) -> Problem:
        """A sentence that offers both readings of a text."""
        return Problem(
            "{text} at column {column} can be read in two ways; write {first} or {second}",
            text=shortened(text),
            column=self.column() if column is None else column,
            first=first,
            second=second,
        )


def without_argument(name: str, column: int) -> Problem:
    """A function stands alone where its argument is unclear."""
    return Problem(
        "{name} at column {column} needs its argument in parentheses", name=name, column=column
    )
