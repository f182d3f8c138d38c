"""Descents that several tests use, and bitwise comparison of traces."""

from __future__ import annotations

from typing import Any

import numpy as np

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.run.choices import choose
from gdsim.core.run.descent import Descent
from gdsim.core.run.experiment import Experiment
from gdsim.core.run.trace import Trace

OPTIMIZERS = list(catalogue.optimizers())
FUNCTIONS = ["quadratic", "rosenbrock", "himmelblau", "styblinski-tang"]


def experiment(loss: str = "rosenbrock", optimizer: str = "adam", **choices: Any) -> Experiment:
    """A descent that ends only at the step limit."""
    rate = min(0.01, catalogue.optimizer(optimizer).eta)
    if catalogue.optimizer(optimizer).eta_factor is not None:
        rate = 0.0005  # its step is proportional to the gradient, which is large on Rosenbrock
    return choose(loss, optimizer=optimizer, **{"eta": rate, "stop": "none", **choices})


def descended(chosen: Experiment, updates: int) -> Trace:
    descent = Descent(chosen)
    descent.advance(updates)
    return descent.trace


def rows(trace: Trace, start: int = 0, stop: int | None = None) -> list[bytes]:
    """The bits of every row: θ, L, ∇L, Δ, η and the state."""
    found = []
    for index in range(start, len(trace) if stop is None else stop):
        step = trace.step(index)
        found.append(
            b"".join(
                np.asarray(part).tobytes()
                for part in (
                    step.theta,
                    step.loss,
                    step.gradient,
                    step.delta,
                    step.eta,
                    *step.state.values(),
                )
            )
        )
    return found
