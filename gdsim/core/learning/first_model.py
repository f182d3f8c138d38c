"""First choices for the user's own data: a model, a learning rate, and ranges of the parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, isfinite, log10, nan

import numpy as np

from gdsim.core.arrays import Floats, Range
from gdsim.core.data.dataset import is_two_classes
from gdsim.core.loss.kept import kept_with_objective
from gdsim.core.loss.many_rows import row_sample
from gdsim.core.loss.objective import Objective
from gdsim.core.loss.quadratic import is_quadratic
from gdsim.core.loss.row_objective import RowObjective

_STEMS = ("theta", "w", "beta", "phi", "omega")
_MARGIN = 1.9  # the width of a range, as a multiple of the distance from the start to the minimum
_REACH = 3.0  # half the width of a range, as a multiple of 1/√(∂²L/∂θᵢ²)
_USUAL_RATE = 0.1
_FLAT = 1e-12  # an eigenvalue that is a smaller share of the largest one than this is rounding
_MOST_CELLS = 10_000_000  # rows × entries of a Hessian that is computed from all rows


@dataclass(frozen=True, slots=True)
class FirstModel:
    """A model that is linear in its inputs, or the sigmoid of one.

    ``is_logistic``: the target consists of the classes 0 and 1, and the model is a sigmoid.
    """

    prediction: str
    parameters: tuple[str, ...]
    is_logistic: bool


def first_model(columns: Mapping[str, Floats], inputs: Sequence[str], target: str) -> FirstModel:
    """The model ŷ = θ₀ + θ₁x₁ + …, or its sigmoid where every target is 0 or 1.

    Parameters
    ----------
    columns : name → (n,).
    inputs, target : the names of columns.
    """
    stem = next(s for s in _STEMS if not any(name.startswith(s) for name in columns))
    parameters = tuple(f"{stem}{place}" for place in range(len(inputs) + 1))
    terms = [parameters[0], *(f"{p}*{x}" for p, x in zip(parameters[1:], inputs, strict=True))]
    linear = " + ".join(terms)
    goal = columns[target]
    is_logistic = is_two_classes(goal) and float(goal.min()) == 0.0
    return FirstModel(f"sigmoid({linear})" if is_logistic else linear, parameters, is_logistic)


def first_rate(objective: Objective, start: Sequence[float]) -> float:
    """A learning rate that does not overshoot at the start: 1/λ_max of the Hessian there.

    It is rounded down to one significant digit. Where the loss curves upwards in no direction, or
    the Hessian is not finite, it is 0.1.

    References
    ----------
    Nesterov, *Lectures on Convex Optimization*, 2018, section 2.1.
    """
    hessian = row_sample(objective).hessian(start)
    if not np.isfinite(hessian).all():
        return _USUAL_RATE
    steepest = float(np.linalg.eigvalsh(hessian).max())
    if not 1e-12 < steepest < 1e300:
        return _USUAL_RATE
    best = 1 / steepest
    power = 10.0 ** floor(log10(best))
    return float(f"{max(1, floor(best / power * (1 + 1e-9))) * power:.1g}")


def first_ranges(objective: Objective, start: Sequence[float]) -> tuple[Range, ...]:
    """An initial range for each parameter.

    Where L is quadratic with a unique minimum, it contains the start and the minimum. Otherwise it
    is centred at the start, with a width inversely proportional to √(∂²L/∂θᵢ²) there.
    """
    origin = np.asarray(start, dtype=np.float64)
    hessian = row_sample(objective).hessian(origin)
    minimum = lowest_point(row_sample(objective))
    if minimum is None:
        with np.errstate(all="ignore"):
            reach = _REACH / np.sqrt(np.diag(hessian))
        halves = [half if isfinite(half) and half > 0 else 5.0 for half in reach.tolist()]
        middle = origin
    else:
        apart = np.abs(minimum - origin)
        # No range is much narrower than the widest one.
        least = float(apart.max()) / 4 or 1.0
        halves = [max(distance, least) / 2 * _MARGIN for distance in apart.tolist()]
        middle = (minimum + origin) / 2
    return tuple((m - half, m + half) for m, half in zip(middle.tolist(), halves, strict=True))


@kept_with_objective()
def lowest_point(objective: Objective) -> Floats | None:
    """The minimum of a quadratic loss with exactly one minimum; otherwise None.

    For the mean squared error of a model that is linear in its parameters, it is the least-squares
    solution. It is also None for so many rows and parameters that computing it would take long.
    """
    if not is_quadratic(objective) or _cells(objective) > _MOST_CELLS:
        return None
    origin = np.zeros(objective.dimension)
    hessian, slope = objective.hessian(origin), objective.gradient(origin)
    if not (np.isfinite(hessian).all() and np.isfinite(slope).all()):
        return None
    curvatures = np.linalg.eigvalsh(hessian)
    if curvatures[0] <= _FLAT * curvatures[-1]:
        return None
    return np.asarray(np.linalg.solve(hessian, -slope), dtype=np.float64)


@kept_with_objective()
def lowest_loss(objective: Objective) -> float:
    """L at the :func:`lowest_point`; NaN where there is none."""
    lowest = lowest_point(objective)
    return nan if lowest is None else float(objective.value(lowest))


def _cells(objective: Objective) -> int:
    rows = objective.rows if isinstance(objective, RowObjective) else 1
    return rows * objective.dimension * (objective.dimension + 1) // 2
