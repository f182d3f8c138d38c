"""Races: which runs start together, and how a change of one of them changes the others."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue.tasks import find_task, gradient_descent_eta
from gdsim.core.data.batches import USUAL_SIZES
from gdsim.core.problem import Problem
from gdsim.core.run.choices import rule_of
from gdsim.core.run.experiment import Experiment, RuleText, ScheduleText

OWN = frozenset({"start", "rule", "schedule", "batch", "seed"})
"""What each run of a race has of its own; everything else is the same for all."""

_PROBLEM = ("loss", "parameters", "prediction")

UNCORRECTED_ADAM = (
    "m = beta1*m + (1 - beta1)*g",
    "v = beta2*v + (1 - beta2)*g^2",
    "theta = theta - eta*m / (sqrt(v) + delta)",
)
"""Adam as it would be without the correction of m and v for their start at zero."""

RATE_FACTORS = (0.25, 1.0, 4.0)

BATCHES = "batches"
"""The key of the line-up that needs data."""


def line_up(key: str, base: Experiment) -> tuple[Experiment, ...]:
    """The runs of a prepared race, with the function, start and stop rule of ``base``.

    Parameters
    ----------
    key : one of ``LINE_UPS``.

    Raises
    ------
    Problem : if the runs should differ in their batches and there are no data.
    """
    return tuple(LINE_UPS[key](base))


def with_optimizer(base: Experiment, key: str) -> Experiment:
    """The run with an optimizer of the catalogue and a suitable η."""
    return base.replace(rule=rule_of(key), schedule=sensible_schedule(base, key))


def sensible_schedule(base: Experiment, optimizer: str) -> ScheduleText:
    """A constant η for an optimizer of the catalogue on the function of ``base``.

    On a user's own function the rate of ``base`` is assumed to suit its optimizer.
    """
    eta = own_rate(base)
    if eta is None:
        entry, in_force = base.rule.named(), base.schedule.constants.get("eta0")
        if entry is not None and entry.eta_factor is not None and in_force is not None:
            eta = in_force / entry.eta_factor
    sensible = catalogue.sensible_eta(optimizer, eta)
    return ScheduleText(formula="eta0", constants={"eta0": sensible})


def own_rate(experiment: Experiment) -> float | None:
    """The rate for gradient descent that comes with a function or task; None for others."""
    task = find_task(experiment.loss, experiment.prediction, experiment.data)
    return gradient_descent_eta(experiment.function() or task)


def _is_first_order(key: str) -> bool:
    return not rule_of(key).read().uses_newton


def _first_order(base: Experiment) -> list[Experiment]:
    return [with_optimizer(base, key) for key in catalogue.optimizers() if _is_first_order(key)]


def _momentum(base: Experiment) -> list[Experiment]:
    keys = ("gradient-descent", "momentum", "nesterov")
    return [with_optimizer(base, key) for key in keys]


def _bias(base: Experiment) -> list[Experiment]:
    adam = with_optimizer(base, "adam")
    uncorrected = RuleText(
        lines=UNCORRECTED_ADAM, state=adam.rule.state, hyperparameters=adam.rule.hyperparameters
    )
    return [adam, adam.replace(rule=uncorrected)]


def _rates(base: Experiment) -> list[Experiment]:
    return [base.replace(schedule=scaled(base.schedule, factor)) for factor in RATE_FACTORS]


def _classic(base: Experiment) -> list[Experiment]:
    keys = ("gradient-descent", "momentum", "adagrad", "rmsprop", "adam")
    return [with_optimizer(base, key) for key in keys]


def _batches(base: Experiment) -> list[Experiment]:
    """All rows, one row, and the usual mini-batches that are smaller than all rows."""
    if base.data is None:
        raise Problem("batches need data: there are no rows to take them from")
    sizes = [size for size in USUAL_SIZES if size < base.data.rows]
    return [base.replace(batch=size) for size in (None, *sizes)]


def _newton(base: Experiment) -> list[Experiment]:
    rest = _first_order(base)
    seconds = [key for key in catalogue.optimizers() if not _is_first_order(key)]
    return [*(with_optimizer(base, key) for key in seconds), *rest]


LINE_UPS: Mapping[str, Callable[[Experiment], list[Experiment]]] = MappingProxyType(
    {
        "first-order": _first_order,
        "momentum": _momentum,
        "bias": _bias,
        "rates": _rates,
        "newton": _newton,
        "classic": _classic,
        BATCHES: _batches,
    }
)
"""The prepared line-ups, each a function from the common choices to the runs."""


def scaled(schedule: ScheduleText, factor: float) -> ScheduleText:
    """The schedule with η multiplied by a factor at every t, as far as numbers reach."""
    constants = dict(schedule.constants)
    if "eta0" in constants:
        product = constants["eta0"] * factor
        largest, smallest = sys.float_info.max, sys.float_info.min
        # Twelve digits are what a person may have meant; the rest would be noise of the product.
        eta = float(f"{min(max(product, smallest), largest):.12g}")
        return ScheduleText(formula=schedule.formula, constants={**constants, "eta0": eta})
    return ScheduleText(formula=f"{factor!r}*({schedule.formula})", constants=constants)


def followed(
    other: Experiment, before: Experiment, after: Experiment, *, shares_start: bool = True
) -> Experiment:
    """Another run of a race after one of them changes from ``before`` to ``after``.

    Everything that the runs of a race share changes with it. The start changes where the two had
    the same one and ``shares_start``. On another function both begin at the new start, and η keeps
    its ratio to a suitable rate for the optimizer.
    """
    changed = {
        name: getattr(after, name)
        for name in type(after).model_fields
        if name not in OWN and getattr(after, name) != getattr(before, name)
    }
    is_other_problem = any(name in changed for name in _PROBLEM)
    if is_other_problem or (shares_start and other.start == before.start):
        changed["start"] = after.start
    if is_other_problem:
        changed["schedule"] = moved(other, after)
        changed["batch"] = after.batch
    return other.replace(**changed)


def moved(run: Experiment, to: Experiment) -> ScheduleText:
    """The run's schedule on the function of ``to``, with the same ratio to a sensible η."""
    entry, here, there = run.rule.named(), own_rate(run), own_rate(to)
    if entry is None or here is None or there is None:
        return run.schedule
    before, after = (catalogue.sensible_eta(entry.key, eta) for eta in (here, there))
    return scaled(run.schedule, after / before)
