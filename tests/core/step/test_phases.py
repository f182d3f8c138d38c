"""The phases of one update."""

from __future__ import annotations

import numpy as np
import pytest

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.run.descend import descend
from gdsim.core.run.trace import Trace
from gdsim.core.step.explain import explain
from gdsim.core.step.phases import Phase, Stage, phases

OPTIMIZERS = tuple(catalogue.optimizers())


def trace_of(optimizer: str, steps: int = 6) -> Trace:
    return descend("himmelblau", optimizer=optimizer, eta=0.01, stop="none", max_steps=steps)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_stages_have_the_order_of_the_general_algorithm(optimizer: str) -> None:
    trace = trace_of(optimizer)
    for index in range(len(trace)):
        stages = [phase.stage for phase in phases(trace, index)]
        once = list(dict.fromkeys(stages))
        first = [Stage.INITIALISE] if index == 0 else []
        last = [] if index == len(trace) - 1 else [Stage.MOVE]
        assert once == [*first, Stage.GRADIENT, Stage.RULE, Stage.TEST, *last]
        assert stages == sorted(stages, key=once.index)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_line_of_the_update_is_reached_exactly_once(optimizer: str) -> None:
    trace = trace_of(optimizer)
    found = phases(trace, 2)
    known = [phase.lines for phase in found]
    assert known == sorted(known)
    assert known[-1] == len(explain(trace, 2))
    rule_lines = [phase.lines for phase in found if phase.stage is Stage.RULE]
    assert rule_lines == list(range(len(trace.parameters) + 1, known[-1] + 1))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_first_vector_is_the_gradient_and_the_last_the_update(optimizer: str) -> None:
    trace = trace_of(optimizer)
    step = trace.step(3)
    arrows = [phase.vector for phase in phases(trace, 3) if phase.vector is not None]
    assert arrows[0][0] == "g"
    assert np.array_equal(arrows[0][1], step.gradient)
    assert arrows[-1][0] == "theta"
    assert np.array_equal(arrows[-1][1], step.delta)


@pytest.mark.parametrize(
    ("optimizer", "directions"),
    [
        ("gradient-descent", []),
        ("momentum", ["v"]),
        ("adagrad", []),
        ("rmsprop", []),
        ("adam", ["m"]),
        ("lion", ["m"]),
    ],
)
def test_a_state_variable_is_a_vector_only_if_it_changes_sign_with_the_gradient(
    optimizer: str, directions: list[str]
) -> None:
    found = phases(trace_of(optimizer), 3)
    names = [phase.vector[0] for phase in found if phase.vector is not None]
    assert names[1:-1] == directions


def test_the_vector_of_a_state_variable_is_its_new_value() -> None:
    trace = trace_of("momentum")
    vector = next(named(phase, "v") for phase in phases(trace, 2) if phase.lines == 3)
    assert np.array_equal(vector, trace.step(3).state["v"])


def named(phase: Phase, name: str) -> np.ndarray:
    assert phase.vector is not None
    assert phase.vector[0] == name
    return phase.vector[1]
