"""The catalogue's task of an experiment, the known minima, and the initial ranges to show."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from gdsim.core.arrays import Range
from gdsim.core.catalogue.tasks import TaskEntry, find_task
from gdsim.core.data.dataset import Dataset
from gdsim.core.learning.first_model import lowest_loss, lowest_point
from gdsim.core.run.experiment import Experiment

_HALF_WIDTH = 5.0  # of the initial range of a formula that is not in the catalogue
_TASK_HALF_WIDTH = 3.0  # of a parameter for which the task gives no initial range


def named_task(experiment: Experiment, data: Dataset | None) -> TaskEntry | None:
    """The learning task with the formulas of this experiment on these data, or None."""
    task = find_task(experiment.loss, experiment.prediction, data)
    return task if task is not None and task.parameters == experiment.parameters else None


def minima(experiment: Experiment) -> list[tuple[tuple[float, ...], float]]:
    """The known minima with their values, global ones first."""
    if experiment.data is not None:
        objective = experiment.objective()
        lowest = lowest_point(objective)
        if lowest is None:
            return []
        return [(tuple(lowest.tolist()), lowest_loss(objective))]
    entry = experiment.function()
    if entry is None or entry.minimum is None:
        return []
    global_ones = [(tuple(point), entry.minimum) for point in entry.minima]
    return [*global_ones, *((tuple(other.at), other.value) for other in entry.local_minima)]


def home_ranges(
    experiment: Experiment, task: TaskEntry | None, own: tuple[Range, ...]
) -> tuple[Range, ...]:
    """The initial range of each parameter.

    Parameters
    ----------
    task : the learning task of the experiment, or None.
    own : ranges for what is not in the catalogue; used if there is one for each parameter.
    """
    entry = experiment.function()
    if entry is not None:
        return tuple(entry.view)
    if task is not None:
        around = {
            name: (value - _TASK_HALF_WIDTH, value + _TASK_HALF_WIDTH)
            for name, value in zip(task.parameters, task.start, strict=True)
        }
        return tuple({**around, **task.view}.values())
    if len(own) == len(experiment.parameters):
        return own
    return tuple(range_around(value) for value in experiment.start)


def range_around(value: float) -> Range:
    """The initial range of a parameter of which only the start value is known."""
    return (value - _HALF_WIDTH, value + _HALF_WIDTH)


def first_parameters(task: TaskEntry | None) -> tuple[int, int]:
    """The indices of the two parameters that a slice shows first."""
    if task is None or len(task.view) != 2:
        return (0, 1)
    i, j = (task.parameters.index(name) for name in task.view)
    return (i, j)


def random_point(home: Sequence[Range]) -> tuple[float, ...]:
    """A uniformly distributed random point in the initial ranges."""
    generator = np.random.default_rng()
    return tuple(float(generator.uniform(low, high)) for low, high in home)


def rounded(point: Sequence[float], finest: float) -> tuple[float, ...]:
    """The point with no more decimals than ``finest`` has."""
    digits = max(0, -math.floor(math.log10(finest))) if finest > 0 else 6
    return tuple(round(value, digits) for value in point)
