"""The named loss functions, optimizers and schedules, read from resources/catalogue.

The files contain formulas as a user would type them; this module only reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from gdsim.core.catalogue.toml_fields import Fields, NamedEntry, load
from gdsim.core.problem import Problem

GRADIENT_DESCENT = "gradient-descent"
"""The key of the rule θ ← θ − ηg. The η of a catalogue function is chosen for this rule."""

FIRST_FUNCTION = "himmelblau"
"""What the window opens with: four minima, and a step that can be seen."""

FIRST_FUNCTION = "himmelblau"
"""The key of the function that the window opens with: four minima, and steps long enough to see."""


@dataclass(frozen=True, slots=True)
class LocalMinimum:
    """A local minimum that is not the global one: the point, and the loss there."""

    at: tuple[float, ...]
    value: float


@dataclass(frozen=True, slots=True)
class FunctionEntry(NamedEntry):
    """A named loss L(θ), with the start and the learning rate of an instructive descent.

    ``view`` is the initial range of each parameter. ``minima`` are the points inside the view at
    which L has its global minimum, the value ``minimum``; where there is none they are () and None.
    ``eta`` is meant for gradient descent. ``epsilon`` is None where the default tolerance is used.
    """

    group: str
    loss: str
    parameters: tuple[str, ...]
    start: tuple[float, ...]
    view: tuple[tuple[float, float], ...]
    minima: tuple[tuple[float, ...], ...]
    minimum: float | None
    local_minima: tuple[LocalMinimum, ...]
    source: str
    eta: float
    epsilon: float | None


@dataclass(frozen=True, slots=True)
class OptimizerEntry(NamedEntry):
    """A named update rule: its lines, its hyperparameters and its state.

    ``state`` maps each state variable to its value before the first update. ``eta`` is a suitable
    learning rate for a loss about which nothing is known. For a rule whose step is proportional to
    the gradient, ``eta_factor`` times the η of the catalogue function is more suitable; for other
    rules it is None.
    """

    rule: tuple[str, ...]
    state: Mapping[str, float]
    hyperparameters: Mapping[str, float]
    eta: float
    eta_factor: float | None
    source: str


@dataclass(frozen=True, slots=True)
class ScheduleEntry(NamedEntry):
    """A named learning rate η_t as a formula of t, which is 1 at the first update."""

    formula: str
    constants: Mapping[str, float]


@cache
def functions() -> Mapping[str, FunctionEntry]:
    """The loss functions by key, in the order of their file.

    Raises
    ------
    ValueError : the file is malformed; the sentence names the entry and what is wrong in it.
    """
    return load("functions.toml", _function)


@cache
def optimizers() -> Mapping[str, OptimizerEntry]:
    """The optimizers by key, in the order of their file. Raises as :func:`functions` does."""
    return load("optimizers.toml", _optimizer)


@cache
def schedules() -> Mapping[str, ScheduleEntry]:
    """The schedules by key, in the order of their file. Raises as :func:`functions` does."""
    return load("schedules.toml", _schedule)


def function(key: str) -> FunctionEntry:
    """The loss function with this key.

    Raises
    ------
    Problem : there is none; the sentence lists the known keys.
    """
    entries = functions()
    if key not in entries:
        known = ", ".join(entries)
        raise Problem("there is no function {key}; known: {known}", key=key, known=known)
    return entries[key]


def optimizer(key: str) -> OptimizerEntry:
    """The optimizer with this key. Raises as :func:`function` does."""
    entries = optimizers()
    if key not in entries:
        known = ", ".join(entries)
        raise Problem("there is no optimizer {key}; known: {known}", key=key, known=known)
    return entries[key]


def schedule(key: str) -> ScheduleEntry:
    """The schedule with this key. Raises as :func:`function` does."""
    entries = schedules()
    if key not in entries:
        known = ", ".join(entries)
        raise Problem("there is no schedule {key}; known: {known}", key=key, known=known)
    return entries[key]


def _function(fields: Fields) -> FunctionEntry:
    parameters = fields.texts("parameters")
    view = fields.table("view")
    if tuple(view) != parameters:
        raise fields.error("view", f"a range for each of {', '.join(parameters)}, in that order")
    ranges = tuple(fields.point(f"view.{name}", view[name], 2) for name in parameters)
    dimension = len(parameters)
    return FunctionEntry(
        **fields.named(),
        group=fields.text("group"),
        loss=fields.text("loss"),
        parameters=parameters,
        start=fields.point("start", fields.take("start"), dimension),
        view=tuple((low, high) for low, high in ranges),
        minima=tuple(fields.point("minima", point, dimension) for point in fields.items("minima")),
        minimum=fields.optional_number("minimum"),
        local_minima=tuple(
            _local_minimum(fields, item, dimension) for item in fields.items("local_minima")
        ),
        source=fields.text("source"),
        eta=fields.number("eta"),
        epsilon=fields.optional_number("epsilon"),
    )


def _local_minimum(fields: Fields, item: object, dimension: int) -> LocalMinimum:
    if not isinstance(item, dict) or set(item) != {"at", "value"}:
        raise fields.error("local_minima", "entries of the form {at = […], value = …}")
    at = fields.point("local_minima", item["at"], dimension)
    (value,) = fields.point("local_minima", [item["value"]], 1)
    return LocalMinimum(at, value)


def _optimizer(fields: Fields) -> OptimizerEntry:
    return OptimizerEntry(
        **fields.named(),
        rule=fields.texts("rule"),
        state=fields.numbers("state"),
        hyperparameters=fields.numbers("hyperparameters"),
        eta=fields.number("eta"),
        eta_factor=fields.optional_number("eta_factor"),
        source=fields.text("source"),
    )


def _schedule(fields: Fields) -> ScheduleEntry:
    return ScheduleEntry(
        **fields.named(),
        formula=fields.text("formula"),
        constants=fields.numbers("constants"),
    )


def sensible_eta(key: str, function_eta: float | None) -> float:
    """An initial learning rate for the optimizer with this key.

    Parameters
    ----------
    function_eta : the η of the catalogue function for gradient descent, or None.
    """
    entry = optimizer(key)
    if entry.eta_factor is not None and function_eta is not None:
        return entry.eta_factor * function_eta
    return entry.eta


def find_function(loss: str, parameters: tuple[str, ...]) -> FunctionEntry | None:
    """The entry with exactly this formula and these parameters, or None."""
    for entry in functions().values():
        if entry.loss == loss and tuple(entry.parameters) == parameters:
            return entry
    return None


def find_optimizer(
    lines: tuple[str, ...], state: Mapping[str, float], names: Iterable[str]
) -> OptimizerEntry | None:
    """The entry with exactly these lines, state and names of hyperparameters, or None."""
    given = (lines, dict(state), set(names))
    for entry in optimizers().values():
        if (tuple(entry.rule), dict(entry.state), set(entry.hyperparameters)) == given:
            return entry
    return None


def find_schedule(formula: str, names: Iterable[str]) -> ScheduleEntry | None:
    """The entry with exactly this formula and these names of constants, or None."""
    for entry in schedules().values():
        if entry.formula == formula and set(entry.constants) == set(names):
            return entry
    return None
