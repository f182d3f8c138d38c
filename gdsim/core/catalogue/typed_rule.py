"""An optimizer of one's own as it is typed on one line, and the numbers that it needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue.entries import OptimizerEntry
from gdsim.core.formula.notation import canonical_name, parse
from gdsim.core.optimizer.constants import split_assignment
from gdsim.core.optimizer.rule import GIVEN
from gdsim.core.problem import Problem


@dataclass(frozen=True, slots=True)
class TypedRule:
    """The lines of a rule, its state before the first update, and its hyperparameters."""

    lines: tuple[str, ...]
    state: Mapping[str, float]
    hyperparameters: Mapping[str, float]


def read_rule(text: str, settings: Mapping[str, float], optimizer: str | None = None) -> TypedRule:
    """The rule that a text means, such as ``v = beta*v + g; theta = theta - eta*v``.

    A name that a line reads before any line assigns it, and that a line assigns, is state: each
    parameter has its own, which is 0 before the first update unless told otherwise. Every other
    name that is read and neither given nor assigned is a hyperparameter and needs a number.

    Parameters
    ----------
    text : lines divided by semicolons or line ends; the last assigns ``theta``.
    settings : numbers by name: hyperparameters, and the state before the first update.
    optimizer : the key of the optimizer of which this is a change; names that the two share have
        its numbers. By default the catalogue's optimizer of exactly these lines, if there is one.

    Raises
    ------
    Problem : where a line cannot be read, a hyperparameter has no number, or the rule does not read
        one of the settings.
    """
    lines = tuple(line.strip() for line in re.split(r"[;；\n]", text) if line.strip())
    entry = _same_rule(lines) if optimizer is None else catalogue.optimizer(optimizer)
    given = {canonical_name(name): value for name, value in settings.items()}
    known = {} if entry is None else {**entry.state, **entry.hyperparameters}
    free, assigned = _names(lines)
    state = {name: given.get(name, known.get(name, 0.0)) for name in free if name in assigned}
    hyperparameters = {}
    for name in free:
        if name not in assigned:
            number = given.get(name, known.get(name))
            if number is None:
                raise Problem("the rule names {name}, which has no number", name=name)
            hyperparameters[name] = number
    for name in given:
        if name not in free:
            names = ", ".join(free) or "–"
            raise Problem(
                "the rule has no use for {name}; it needs: {known}", name=name, known=names
            )
    return TypedRule(lines, state, hyperparameters)


def _names(lines: tuple[str, ...]) -> tuple[list[str], set[str]]:
    """The names that are read before a line assigns them, in order, and those assigned."""
    free: list[str] = []
    assigned: set[str] = set()
    for number, line in enumerate(lines, start=1):
        left, sign, right = split_assignment(line)
        if not sign:
            continue  # refused where the rule is built
        # Blanks in place of the left side keep the columns those of the typed line.
        try:
            names = parse(" " * (len(left) + len(sign)) + right).names
        except Problem as problem:
            raise problem.at_line(number) from None
        unseen = {*names} - {*GIVEN, *assigned, *free}
        free += [name for name in names if name in unseen]
        assigned.add(canonical_name(left))
    return free, assigned


def _same_rule(lines: tuple[str, ...]) -> OptimizerEntry | None:
    """The catalogue's optimizer with these lines, whatever the blanks in them."""
    wanted = [line.replace(" ", "") for line in lines]
    for entry in catalogue.optimizers().values():
        if [line.replace(" ", "") for line in entry.rule] == wanted:
            return entry
    return None
