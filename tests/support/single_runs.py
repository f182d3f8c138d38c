"""Compares a column of an ensemble with the same descent run alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gdsim.core.ensemble.ensemble import Ends
from gdsim.core.run.descent import Descent
from gdsim.core.run.experiment import Experiment
from gdsim.core.run.trace import Trace


def single(experiment: Experiment, start: Sequence[float] | None = None) -> Trace:
    """The complete descent, from its own start or another one."""
    descent = Descent(experiment if start is None else experiment.replace(start=tuple(start)))
    descent.advance(experiment.max_steps)
    return descent.trace


def assert_ends_alike(
    ends: Ends, column: int, trace: Trace, rtol: float, atol: float = 0.0
) -> None:
    """Check that the column ends where, how and after as many updates as the single run."""
    where = f"start {trace.experiment.start}, η = {trace.experiment.schedule.read().at(1)}"
    assert trace.ending is not None
    assert ends.outcome(column) is trace.ending.outcome, where
    assert ends.steps[column] == len(trace) - 1, where
    np.testing.assert_allclose(ends.theta[:, column], trace.theta()[-1], rtol, atol, err_msg=where)
    if not trace.ending.outcome.is_failure:
        loss = trace.experiment.objective().value(trace.theta()[-1])
        np.testing.assert_allclose(ends.loss[column], loss, rtol, atol, err_msg=where)
