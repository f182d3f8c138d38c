"""The changes of an experiment when a function or a learning task is chosen."""

from __future__ import annotations

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue.tasks import tasks
from gdsim.core.race.line_ups import moved
from gdsim.core.run.choices import choose
from gdsim.core.run.experiment import Experiment, ScheduleText

_PROBLEM = ("loss", "parameters", "data", "prediction")
"""The fields of an experiment that determine the loss."""


def choice(before: Experiment, key: str, *, is_racing: bool) -> dict[str, object]:
    """The changes that lead to the function or task with this key.

    With a function the optimizer stays, with a learning rate suitable for both. A task has its own
    optimizer and learning rate.

    Parameters
    ----------
    is_racing : whether there are other runs. Then each keeps its optimizer, and the ratios of the
        learning rates stay the same.
    """
    chosen = choose(key)
    changes = {name: getattr(chosen, name) for name in (*_PROBLEM, "start")}
    if is_racing:
        return {**changes, "schedule": moved(before, chosen), "batch": chosen.batch}
    if key in tasks():
        own = ("rule", "schedule", "batch", "epsilon")
        return {**changes, **{name: getattr(chosen, name) for name in own}}
    schedule = suited(before, catalogue.function(key).eta)
    return {**changes, "schedule": schedule, "batch": None}


def suited(experiment: Experiment, eta: float) -> ScheduleText:
    """The current schedule with a learning rate suitable for the optimizer.

    Parameters
    ----------
    eta : a learning rate suitable for gradient descent.
    """
    schedule, optimizer = experiment.schedule, experiment.rule.named()
    if optimizer is None or "eta0" not in schedule.constants:
        return schedule
    return with_eta(schedule, catalogue.sensible_eta(optimizer.key, eta))


def with_eta(schedule: ScheduleText, eta: float) -> ScheduleText:
    """The schedule with another η₀."""
    return schedule.model_copy(update={"constants": {**schedule.constants, "eta0": eta}})
