"""How columns of an ensemble end, as a descent on its own would: in arrays, column by column."""

from __future__ import annotations

import math
import sys
from typing import Any

import numpy as np

from gdsim.core.arrays import Flags, Floats, Indices
from gdsim.core.ensemble.array_functions import solve
from gdsim.core.ensemble.tiles import taken
from gdsim.core.formula.undefined import undefined_points
from gdsim.core.loss.objective import Objective
from gdsim.core.run.epochs import farthest_loss
from gdsim.core.run.stop_rules import StopRule

_ROUNDING = 1e-12  # a length in arrays may differ from that of a single descent by this share


def farthest_losses(first_loss: Floats) -> Floats:
    """The size of the loss, (n,), beyond which a column that goes on so has diverged.

    See :func:`gdsim.core.run.epochs.farthest_loss`; L₀ (n,) may hold numbers that are not finite.
    """
    scale = farthest_loss(0.0)
    with np.errstate(all="ignore"):
        farthest = scale * np.fmax(np.abs(first_loss), 1.0)
    return np.asarray(np.fmin(farthest, sys.float_info.max))


def diverging(loss: Floats, before: Floats, farthest: Floats) -> Flags:
    """Which losses are beyond all bounds, upwards and rising or downwards and falling: (n,)."""
    with np.errstate(invalid="ignore"):
        goes_on = np.where(loss > 0, before < loss, loss < before)
        is_beyond = (np.abs(loss) > farthest) & np.isfinite(loss)
    return np.asarray(is_beyond & goes_on)


def undefined(objective: Objective, theta: Floats, *, uses_newton: bool) -> Flags:
    """Which of the columns that fail at θ (d, n) have no value there, and are not too large: (n,).

    Parameters
    ----------
    objective : the loss of the update that was to be made.
    """
    found = np.zeros(theta.shape[1], dtype=bool)
    if objective.data is None:
        values = dict(zip(objective.parameters, theta, strict=True))
        found = undefined_points([objective.root, *objective.gradient_nodes], values)
    if uses_newton:
        found |= _is_singular(objective, theta)
    return found


def _is_singular(objective: Objective, theta: Floats) -> Flags:
    """Where H⁻¹∇L has no value although L and ∇L have one."""
    with np.errstate(all="ignore"):
        loss, gradient = objective.value(theta), objective.gradient(theta)
        sound = np.isfinite(loss) & np.isfinite(gradient).all(axis=0)
        hessian = objective.hessian(theta).reshape(-1, theta.shape[1])
        direction = np.array(solve(list(gradient), list(hessian)))
    return np.asarray(sound & ~np.isfinite(direction).all(axis=0))


def meets(measure: Any, vector: tuple[Any, ...], epsilon: float, near: Indices) -> Any:
    """Which of the columns ``near`` meet the stop rule, exactly as a single descent decides."""
    if not vector:
        return np.broadcast_to(taken(measure, near), near.shape) < epsilon
    parts = [np.broadcast_to(taken(part, near), near.shape).tolist() for part in vector]
    return np.array([math.hypot(*column) < epsilon for column in zip(*parts, strict=True)], bool)


def meets_at_epoch(
    stop: StopRule, epsilon: float, delta: Floats, gradient: Floats, loss: Floats, before: Floats
) -> Flags:
    """Which columns meet the stop rule at the end of an epoch, over all rows: (n,).

    Parameters
    ----------
    delta : (d, n), how far the epoch has moved each column. gradient : (d, n). loss : (n,).
    before : (n,), the loss at the beginning of the epoch.
    """
    if not stop.compares:
        return np.zeros(len(loss), dtype=bool)
    values = stop.at_rows(delta.T, gradient.T, loss, before)
    with np.errstate(invalid="ignore"):
        below = np.asarray(values < epsilon)
        close = np.flatnonzero(np.abs(values - epsilon) <= _ROUNDING * epsilon)
    for column in close.tolist():
        row = (delta[:, column].tolist(), gradient[:, column].tolist())
        value = stop.at_row(*row, float(loss[column]), float(before[column]))
        below[column] = value < epsilon
    return below
