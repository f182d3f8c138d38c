"""The phases of one update, in order, for stepping through it line by line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from gdsim.core.arrays import Floats
from gdsim.core.run.descent import given_values
from gdsim.core.run.trace import Step, Trace
from gdsim.core.step.explain import explain


class Stage(Enum):
    """The five stages of the general algorithm."""

    INITIALISE = auto()
    GRADIENT = auto()
    RULE = auto()
    TEST = auto()
    MOVE = auto()


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of an update.

    ``lines``: how many of the explained lines of the update have been computed so far;
    ``vector``: the vector that this phase computes, as (name, (d,) vector), or None. The name is
    ``g`` for the gradient, ``theta`` for the update Δ, otherwise that of a state variable.
    """

    stage: Stage
    lines: int
    vector: tuple[str, Floats] | None = None


def phases(trace: Trace, index: int) -> tuple[Phase, ...]:
    """The phases of update ``index`` → ``index + 1``; a run that ends at ``index`` has no move."""
    step = trace.step(index)
    rule = trace.stretch(index).experiment.rule.read()
    lines = explain(trace, index)
    dimension = len(trace.parameters)
    found = [Phase(Stage.INITIALISE, 0)] if index == 0 else []
    found.append(Phase(Stage.GRADIENT, dimension, ("g", step.gradient)))
    first_of_rule = len(lines) - len(rule.lines)
    found += [Phase(Stage.RULE, count) for count in range(dimension + 1, first_of_rule + 1)]
    for number, line in enumerate(rule.lines[:-1]):
        vector = _direction(trace, step, number) if line.target in rule.state else None
        named = None if vector is None else (line.target, vector)
        found.append(Phase(Stage.RULE, first_of_rule + number + 1, named))
    found.append(Phase(Stage.RULE, len(lines), ("theta", step.delta)))
    found.append(Phase(Stage.TEST, len(lines)))
    if trace.ending is None or index < len(trace) - 1:
        found.append(Phase(Stage.MOVE, len(lines)))
    return tuple(found)


def _direction(trace: Trace, step: Step, number: int) -> Floats | None:
    """The value (d,) of a line if it is a direction, otherwise None.

    It is a direction if it changes its sign with the gradient and the state: a moving average of
    gradients does, a moving average of squared gradients does not.
    """
    rule = trace.stretch(step.index).experiment.rule.read()
    forward, backward = [], []
    for given in given_values(trace, step):
        negated = {**given, "g": -given["g"]}
        negated.update({name: -given[name] for name in rule.state})
        forward.append(rule.values(given)[number])
        backward.append(rule.values(negated)[number])
    value = np.array(forward)
    return value if np.array_equal(value, -np.array(backward)) else None
