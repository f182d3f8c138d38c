"""What choosing a function or a learning task changes of an experiment."""

from __future__ import annotations

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue.tasks import tasks
from gdsim.core.race.line_ups import moved
from gdsim.core.run.experiment import Experiment, ScheduleText, choose

_PROBLEM = ("loss", "parameters", "data", "prediction")
"""What of an experiment says which function is descended."""


def choice(before: Experiment, key: str, *, is_racing: bool) -> dict[str, object]:
    """The changes that lead to the function or task of this key.

    A function keeps the optimizer, with a rate that suits both. A task is a descent with an
    optimizer and a rate of its own.

    Parameters
    ----------
    is_racing : whether other runs follow: then each keeps its optimizer, and η its ratio to the
        others.
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
    """The schedule in force with a rate that suits the optimizer.

    Parameters
    ----------
    eta : what suits gradient descent.
    """
    schedule, optimizer = experiment.schedule, experiment.rule.named()
    if optimizer is None or "eta0" not in schedule.constants:
        return schedule
    return with_eta(schedule, catalogue.sensible_eta(optimizer.key, eta))


def with_eta(schedule: ScheduleText, eta: float) -> ScheduleText:
    """The schedule with another η₀."""
    return schedule.model_copy(update={"constants": {**schedule.constants, "eta0": eta}})
