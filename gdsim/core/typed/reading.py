"""A formula as it was typed, read as mathematics: the same formula in the notation.

The notation (:mod:`gdsim.core.formula.notation`) is strict: in it ``2xy`` has a parameter xy, and
``ln x`` is refused. This module rewrites what people type where it has one meaning, refuses it
with what to type instead where it has none or two, and tells whether anything was rewritten. Only
text that a person has just typed is read this way, never the catalogue or a file.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from gdsim.core.formula.notation import MAX_LENGTH, parse
from gdsim.core.formula.parser import MAX_NESTING
from gdsim.core.problem import Problem
from gdsim.core.typed.characters import (
    Characters,
    is_of_the_notation,
    text_of,
    typed,
    with_plain_signs,
)
from gdsim.core.typed.latex_commands import without_commands
from gdsim.core.typed.rewriter import Rewriter
from gdsim.core.typed.words import Words

_LEFT_SIDE = re.compile(
    r"\s*(?P<name>[^\W\d_][\w\u0300-\u036f]*)\s*(\([\w\s,;|\u0300-\u036f]*\))?\s*:?\s*"
)
_INDEX = re.compile(r"(?<![A-Za-z0-9_])sum\s*\(\s*([A-Za-z]+)\s*,")


@dataclass(frozen=True, slots=True)
class Reading:
    """A typed formula and how it is read.

    ``text`` is the formula in the notation. ``columns`` has the typed column of each of its
    characters, and of its end.
    """

    typed: str
    text: str
    columns: tuple[int, ...]

    @property
    def is_literal(self) -> bool:
        """Whether nothing was rewritten."""
        return self.text == self.typed.strip()

    def located(self, problem: Problem) -> Problem:
        """A problem of ``text`` with the column at which the typed formula has it."""
        if problem.column is None:
            return problem
        place = min(max(problem.column, 1), len(self.columns)) - 1
        return problem.at_column(self.columns[place])


def read_typed(
    text: str,
    known: Collection[str] = (),
    *,
    targets: Collection[str] = (),
    is_loss_of_row: bool = False,
) -> Reading:
    """The reading of a typed formula.

    Parameters
    ----------
    text : what was typed.
    known : names that have a meaning and stay whole: columns, constants, ``t`` of a schedule.
    targets : the columns of which the model's value may be called an estimate: with y among them,
        ŷ and ``y_hat`` are the prediction. Empty where there is no prediction to be read.
    is_loss_of_row : whether this is the loss of a row, of which gdsim takes the mean.

    Raises
    ------
    Problem : one sentence that says what to type instead, with the column.
    """
    if not text.strip() or len(text) > MAX_LENGTH:
        return as_it_stands(text)  # the parser says what is wrong
    try:
        characters = without_commands(typed(text))
        characters = with_plain_signs(_right_side(characters))
        names = {*known, *_INDEX.findall(text_of(characters))}
        hats = frozenset((*targets, "y")) if targets else frozenset()
        rewriter = Rewriter(characters, Words(names), hats, is_loss_of_row)
        rewritten = _stripped(rewriter.rewritten())
    except RecursionError:
        raise Problem(
            "the formula is nested more than {most} deep at column {column}",
            most=MAX_NESTING,
            column=1,
        ) from None
    is_same = text_of(rewritten) == text_of(typed(text)).strip()
    if is_same and is_of_the_notation(text):
        return as_it_stands(text)
    end = rewritten[-1].column + 1 if rewritten else len(text) + 1
    columns = tuple(character.column for character in rewritten)
    reading = Reading(text, text_of(rewritten), (*columns, end))
    try:
        parse(reading.text, extra_functions=("crossentropy",) if is_loss_of_row else ())
    except Problem as problem:
        raise reading.located(problem) from None
    return reading


def as_it_stands(text: str) -> Reading:
    """The reading of a text that is not to be rewritten."""
    before = len(text) - len(text.lstrip())
    columns = tuple(range(before + 1, before + len(text.strip()) + 2))
    return Reading(text, text.strip(), columns)


def _stripped(characters: Characters) -> Characters:
    start, stop = 0, len(characters)
    while start < stop and characters[start].text.isspace():
        start += 1
    while stop > start and characters[stop - 1].text.isspace():
        stop -= 1
    return characters[start:stop]


def _right_side(characters: Characters) -> Characters:
    """What stands behind ``y =``, ``f(x) =`` or ``L(θ) =``.

    Raises
    ------
    Problem : where the left side is no name, or its name stands on the right side too.
    """
    text = text_of(characters)
    sides = text.split("=")
    if len(sides) == 1 or sides[0][-1:] in ("<", ">", "!", "≤", "≥"):
        return characters
    place = text.index("=")
    left = _LEFT_SIDE.fullmatch(sides[0])
    right = text[place + 1 :]
    if len(sides) == 2 and left is not None and right.strip():
        name = re.escape(left["name"])
        if re.search(rf"(?<!\w){name}(?!\w)", right) is None:
            return characters[place + 1 :]
    raise Problem(
        "the equals sign at column {column} makes this an equation; type only the formula to"
        " be minimised, such as x^2 + y^2",
        column=characters[place].column,
    )
