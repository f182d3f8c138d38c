"""A first model for somebody's own data: a line or a plane, or logistic regression."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10

import numpy as np

from gdsim.core.landscape import Range, Vector
from gdsim.core.model_picture import is_two_classes

_STEMS = ("theta", "w", "beta", "phi", "omega")
_MARGIN = 1.35  # of the home view, beyond what it must show
_LOGISTIC_REACH = 6.0  # standard deviations of an input within which a sigmoid is decided
_SLOWEST = 1e-300


@dataclass(frozen=True, slots=True)
class FirstModel:
    """A model that is linear in its inputs, and the descent that fits it.

    ``is_logistic``: the target is one of the classes 0 and 1, and the model is the sigmoid of
    the linear part. ``view``: the range of each parameter that holds the start at zero and the
    least-squares solution.
    """

    prediction: str
    parameters: tuple[str, ...]
    is_logistic: bool
    eta: float
    view: tuple[Range, ...]


def first_model(columns: Mapping[str, Vector], inputs: Sequence[str], target: str) -> FirstModel:
    """The model ŷ = θ₀ + θ₁x₁ + …, or its sigmoid where the target is 0 or 1.

    η is the best that plain descent can use without overshooting the steepest direction:
    1/λ_max of the mean squared error's Hessian 2XᵀX/n, and 4/λ_max of XᵀX/n for the
    cross-entropy, whose Hessian is at most XᵀX/4n; rounded down to a number of one digit.

    Parameters
    ----------
    columns : name → (n,).
    inputs, target : the names of columns.

    References
    ----------
    Boyd, Vandenberghe, *Convex Optimization*, 2004, sections 7.1.1 and 9.3.
    """
    stem = next(s for s in _STEMS if not any(name.startswith(s) for name in columns))
    parameters = tuple(f"{stem}{place}" for place in range(len(inputs) + 1))
    terms = [parameters[0], *(f"{p}*{x}" for p, x in zip(parameters[1:], inputs, strict=True))]
    linear = " + ".join(terms)
    goal = np.asarray(columns[target], dtype=np.float64)
    design = np.column_stack([np.ones(len(goal)), *(columns[name] for name in inputs)])
    is_logistic = is_two_classes(goal) and goal.min() == 0
    with np.errstate(all="ignore"):
        steepest = float(np.linalg.norm(design, 2)) ** 2 / max(len(goal), 1)
    if is_logistic:
        reach = _LOGISTIC_REACH / np.maximum(np.abs(design).max(axis=0), _SLOWEST)
        view = tuple((-float(r), float(r)) for r in _readable(reach))
        return FirstModel(f"sigmoid({linear})", parameters, True, _rate(4 / steepest), view)
    view = _around_zero_and(np.asarray(np.linalg.lstsq(design, goal)[0], dtype=np.float64))
    return FirstModel(linear, parameters, False, _rate(0.5 / steepest), view)


def _around_zero_and(solution: Vector) -> tuple[Range, ...]:
    """Ranges that hold zero and the solution in the middle, none of them a sliver."""
    widest = max(float(np.abs(solution).max()), 1e-12)
    ranges = []
    for value in solution.tolist():
        half = max(abs(value) / 2, widest / 8) * _MARGIN
        ranges.append((value / 2 - half, value / 2 + half))
    return tuple(ranges)


def _readable(values: Vector) -> list[float]:
    return [float(f"{value:.2g}") for value in values.tolist()]


def _rate(best: float) -> float:
    """The rate rounded down to one digit; 0.1 where there is none."""
    if not (_SLOWEST < best < 1e12):
        return 0.1
    power = 10.0 ** floor(log10(best))
    return float(f"{floor(best / power * (1 + 1e-9)) * power:.1g}")
