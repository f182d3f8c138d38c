"""The verdict on the last point of a descent."""

from __future__ import annotations

import math

import numpy as np

from gdsim.core.arrays import Floats
from gdsim.core.run.experiment import Experiment
from gdsim.core.run.trace import Trace
from gdsim.core.verdict.kind import PointKind
from gdsim.core.verdict.point import PointVerdict, Reach, judge_point

_FAR_OUTSIDE = 100.0
"""So many widths of a function's own view away, everything looks flat: no verdict is given."""


def judge_end(trace: Trace) -> PointVerdict:
    """The verdict on the newest row of a trace, over all rows where there are data.

    It is unknown where the loss has no value, where the Hessian does not exist or costs too much,
    and far outside the view of a catalogue function.
    """
    experiment = trace.experiment
    theta = trace.step(len(trace) - 1).theta
    if not np.isfinite(theta).all() or _is_far_outside(experiment, theta):
        return PointVerdict(PointKind.UNKNOWN)
    objective = experiment.objective()
    start = np.array(trace.stretches[0].experiment.start)
    reach = Reach(trace.radius(), float(objective.value(start)))
    return judge_point(objective, theta, reach)


def _is_far_outside(experiment: Experiment, theta: Floats) -> bool:
    entry = experiment.function()
    if entry is None or len(entry.view) != len(theta):
        return False
    return any(
        not low - _FAR_OUTSIDE * (high - low) <= place <= high + _FAR_OUTSIDE * (high - low)
        for place, (low, high) in zip(theta.tolist(), entry.view, strict=True)
        if math.isfinite(low) and math.isfinite(high)
    )
