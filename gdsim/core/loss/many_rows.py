"""A loss over many rows in forms that are fast enough to be sampled at many points."""

from __future__ import annotations

from math import isqrt
from time import perf_counter

import numpy as np

from gdsim.core.arrays import Floats, Samplable
from gdsim.core.loss.kept import kept_with_objective
from gdsim.core.loss.objective import Objective
from gdsim.core.loss.quadratic import is_quadratic
from gdsim.core.loss.row_objective import RowObjective

MOST_ROWS = 2_000
"""The most rows that a picture is computed from, where all of them would be needed."""

_FEW = 256  # up to so many rows the mean itself is faster than finding its quadratic form
_COARSEST = 48  # samples along a side
_MEASUREMENTS = 3  # of the time: a single one may be disturbed by other programs

# Rows × entries of the Hessian, and how few and how many rows that may come to.
_STUDIED_CELLS = 400_000
_FEWEST_STUDIED, _STUDIED = 500, 20_000


class QuadraticForm:
    """L of an objective that is quadratic in θ: ½ (θ − c)ᵀH(θ − c) + ∇L(c)·(θ − c) + L(c).

    c is the minimum where there is one, so that nothing cancels near it.
    """

    def __init__(self, objective: Objective) -> None:
        centre = np.zeros(objective.dimension)
        self._hessian = objective.hessian(centre)
        slope = objective.gradient(centre)
        if np.isfinite(self._hessian).all() and np.isfinite(slope).all():
            centre = centre + np.linalg.lstsq(self._hessian, -slope)[0]
        self._centre = centre
        self._slope = objective.gradient(centre)
        self._lowest = float(objective.value(centre))

    def value(self, theta: Floats) -> Floats:
        """L at points (d, …): (…)."""
        shape = theta.shape[1:]
        apart = theta.reshape(len(theta), -1) - self._centre[:, np.newaxis]
        bend = np.einsum("in,ij,jn->n", apart, self._hessian, apart, optimize=True)
        value: Floats = self._lowest + self._slope @ apart + bend / 2
        return value.reshape(shape)


def fast_loss(objective: Objective) -> Samplable:
    """The loss itself, or an equal quadratic form, or the mean over a sample of the rows."""
    if not isinstance(objective, RowObjective) or objective.rows <= _FEW:
        return objective
    if is_quadratic(objective):
        return QuadraticForm(objective)
    if objective.rows <= MOST_ROWS:
        return objective
    taken = np.random.default_rng(0).choice(objective.rows, MOST_ROWS, replace=False)
    return objective.over(np.sort(taken))


def sampled_rows(objective: Objective) -> int | None:
    """How many rows :func:`fast_loss` uses; None for all of them."""
    if not isinstance(objective, RowObjective) or objective.rows <= MOST_ROWS:
        return None
    return None if is_quadratic(objective) else MOST_ROWS


@kept_with_objective()
def row_sample(objective: Objective) -> Objective:
    """The loss itself, or its mean over a sample of rows for which a Hessian is fast enough.

    What the window says about the shown step is computed from these rows.
    """
    most = _studied_rows(objective.dimension)
    if not isinstance(objective, RowObjective) or objective.rows <= most:
        return objective
    taken = np.random.default_rng(0).choice(objective.rows, most, replace=False)
    return objective.over(np.sort(taken))


def _studied_rows(dimension: int) -> int:
    entries = dimension * (dimension + 1) // 2
    return min(_STUDIED, max(_FEWEST_STUDIED, _STUDIED_CELLS // entries))


def resolution(loss: Samplable, points: Floats, wished: int, seconds: float) -> int:
    """Samples along each side of a plane, so that a picture takes about so long.

    Parameters
    ----------
    points : (d, m), some points of the plane, at which the pace is measured.
    wished : what is sampled where the loss is no mean over rows.
    """
    if not isinstance(loss, RowObjective):
        return wished
    loss.value(points[:, :1])  # what is compiled at first is no part of the pace
    best = _COARSEST
    for _ in range(_MEASUREMENTS):
        begun = perf_counter()
        loss.value(points)
        pace = max(perf_counter() - begun, 1e-9) / points.shape[1]
        best = max(best, isqrt(int(seconds / pace)))
        if best >= wished:
            return wished
    return best
