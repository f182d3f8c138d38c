"""The verdict on a point: a minimum, a saddle, a maximum, flat ground, or not stationary.

A short step proves nothing about a point: ‖Δθ‖ = η‖∇L‖ is small wherever η is. The verdict looks at
slope and curvature instead, over all rows where there are data.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from gdsim.core.arrays import Floats
from gdsim.core.loss.objective import Objective
from gdsim.core.loss.row_objective import RowObjective
from gdsim.core.problem import Problem
from gdsim.core.verdict.kind import PointKind

_NEGLIGIBLE = 1e-12
"""A curvature of at most this share of the largest one cannot be told from zero."""

_WEAK = 1e-6
"""So is one of at most this share along which, over the path's reach, slope and curvature each
change the loss by at most ``_SLOPE_LEFT`` of what it has changed in all: a flat valley."""

_NEAR_OF_PATH = 0.01
_NEAR_OF_SIZE = 1e-5
"""A point is stationary where the estimated distance is at most this share of the path's reach, or
of ‖θ‖ (at least 1), whichever is larger."""

_SLOPE_LEFT = 1e-6
"""Along a direction without curvature, the slope over the path's reach may be this share of what
the loss has changed in all."""

_PROBE = 0.01
"""How far the loss is sampled along directions without curvature: this share of the largest of
the path's reach, ‖θ‖ and 1."""

_ROUNDING = 64 * float(np.finfo(np.float64).eps)
_MOST_NUMBERS = 4e7
"""Rows × entries of the Hessian, up to which a verdict is computed: some seconds."""

_CHEAP = 4e5  # likewise, up to which Newton's method may take some steps
_NEWTON_STEPS = 12
_VANISHED = 1e-3  # the curvature has vanished where so little of it is left after those steps


@dataclass(frozen=True, slots=True)
class PointVerdict:
    """A kind of point with the numbers that it rests on, over all rows where there are data.

    Parameters
    ----------
    distance : ‖H⁺∇L‖, the estimated distance to the lowest point of the local parabola; None where
        it has none: a direction curves downwards, or the loss slopes along one that does not curve.
    gradient_norm : ‖∇L‖; NaN where it is unknown.
    loss : L.
    highest_curvature : λ_max, the largest eigenvalue of the Hessian; NaN where it is unknown.
    downhill : a unit vector (d,) along which the loss falls, for a saddle; else None.
    is_one_of_many : a minimum along some directions of which the loss stays the same.
    """

    kind: PointKind
    distance: float | None = None
    gradient_norm: float = math.nan
    loss: float = math.nan
    highest_curvature: float = math.nan
    downhill: tuple[float, ...] | None = None
    is_one_of_many: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """What a verdict has to know of the way to the point.

    Parameters
    ----------
    radius : the largest distance of any iterate from the start, never the length of the path.
    first_loss : L at the start, over all rows.
    """

    radius: float
    first_loss: float


def is_affordable(objective: Objective) -> bool:
    """Whether the Hessian at a point costs at most some seconds."""
    return _numbers(objective) <= _MOST_NUMBERS


def _numbers(objective: Objective) -> float:
    rows = objective.rows if isinstance(objective, RowObjective) else 1
    return rows * objective.dimension * (objective.dimension + 1) / 2


def judge_point(objective: Objective, theta: Floats, reach: Reach) -> PointVerdict:
    """The verdict on θ (d,).

    Let g = ∇L and H = ∇²L with eigenvalues λ. A direction is negligible where
    \\|λ| ≤ 10⁻¹² max \\|λ|; the distance is estimated as ‖H⁺g‖ over the others. The point is
    stationary where that is at most 1 % of ``reach.radius`` or 10⁻⁵ max(‖θ‖, 1), and where along
    negligible directions \\|g|·radius ≤ 10⁻⁶ \\|L₀ − L|. The signs of λ then tell minima, saddles
    and maxima apart; along negligible directions the loss is sampled.
    """
    loss, gradient, hessian = _derivatives(objective, theta)
    norm = math.hypot(*gradient.tolist())
    if hessian is None or not (math.isfinite(loss) and math.isfinite(norm)):
        return PointVerdict(PointKind.UNKNOWN, gradient_norm=norm, loss=loss)
    try:
        curvatures, directions = np.linalg.eigh(hessian)
    except np.linalg.LinAlgError:
        return PointVerdict(PointKind.UNKNOWN, gradient_norm=norm, loss=loss)
    slopes = directions.T @ gradient
    size = max(math.hypot(*theta.tolist()), 1.0)
    near = max(_NEAR_OF_PATH * reach.radius, _NEAR_OF_SIZE * size)
    width = max(reach.radius, _NEAR_OF_SIZE * size)
    if not math.isfinite(max(norm, float(np.abs(curvatures).max()) * width) * width):
        return PointVerdict(PointKind.UNKNOWN, gradient_norm=norm, loss=loss)  # too far away
    left = _SLOPE_LEFT * abs(reach.first_loss - loss)
    is_level_along = np.abs(slopes) * width <= left
    sizes = np.abs(curvatures)
    curved = sizes > _NEGLIGIBLE * float(sizes.max())
    is_weak = (sizes <= _WEAK * float(sizes.max())) & (sizes * width * width <= left)
    curved &= ~(is_weak & is_level_along)
    distance = _distance(slopes[curved], curvatures[curved])
    is_level = bool(is_level_along[~curved].all())
    has_lowest_point = curved.any() and (curvatures[curved] > 0).all() and is_level
    known_distance = distance if has_lowest_point else None
    verdict = PointVerdict(
        PointKind.NOT_STATIONARY, known_distance, norm, loss, float(curvatures[-1])
    )
    if not (distance <= near and is_level):
        return verdict
    curvatures[~curved] = 0.0
    at, curvatures, directions = _refined(objective, theta, near, (curvatures, directions))
    probe = _PROBE * max(reach.radius, size)
    return _of_stationary(verdict, objective, at, (curvatures, directions), probe, left)


def _derivatives(objective: Objective, theta: Floats) -> tuple[float, Floats, Floats | None]:
    """L, ∇L and H; None for H where it is not finite, does not exist, or costs too much."""
    loss, gradient = float(objective.value(theta)), objective.gradient(theta)
    if not is_affordable(objective):
        return loss, gradient, None
    try:
        hessian = objective.hessian(theta)
    except Problem:
        return loss, gradient, None
    return loss, gradient, hessian if np.isfinite(hessian).all() else None


def _distance(slopes: Floats, curvatures: Floats) -> float:
    with np.errstate(over="ignore"):
        return math.hypot(*(slopes / curvatures).tolist())


def _refined(
    objective: Objective, theta: Floats, near: float, eigen: tuple[Floats, Floats]
) -> tuple[Floats, Floats, Floats]:
    """The stationary point beside θ, and the curvatures and directions there.

    Near a point at which the curvature itself vanishes, as that of x³ or x⁴ does at 0, the descent
    still sees some. Newton's method leads on to the point; what curvature has gone by then is set
    to zero.
    """
    curvatures, directions = eigen
    largest = float(np.abs(curvatures).max())
    if largest == 0 or _numbers(objective) > _CHEAP:
        return theta, curvatures, directions
    at = theta
    for _ in range(_NEWTON_STEPS):
        gradient, hessian = objective.gradient(at), objective.hessian(at)
        if not (np.isfinite(gradient).all() and np.isfinite(hessian).all()):
            return theta, curvatures, directions
        step = np.linalg.lstsq(hessian, gradient, rcond=_NEGLIGIBLE)[0]
        if math.dist(at - step, theta) > 3 * near:
            return theta, curvatures, directions
        at = at - step
    hessian = objective.hessian(at)
    if not np.isfinite(hessian).all():
        return theta, curvatures, directions
    there, directions_there = np.linalg.eigh(hessian)
    along = np.abs(np.einsum("in,ij,jn->n", directions_there, _made(eigen), directions_there))
    vanished = np.abs(there) <= _VANISHED * along
    there[vanished] = 0.0
    return at, there, directions_there


def _made(eigen: tuple[Floats, Floats]) -> Floats:
    """The matrix with these eigenvalues, without their signs, and these eigenvectors."""
    curvatures, directions = eigen
    return np.asarray(directions @ np.diag(np.abs(curvatures)) @ directions.T)


def _of_stationary(
    verdict: PointVerdict,
    objective: Objective,
    theta: Floats,
    eigen: tuple[Floats, Floats],
    probe: float,
    left: float,
) -> PointVerdict:
    """The verdict with the kind of the stationary point θ in the place of its own."""
    curvatures, directions = eigen
    curved = np.abs(curvatures) > _NEGLIGIBLE * float(np.abs(curvatures).max())
    falls, rises = (curvatures[curved] < 0).any(), (curvatures[curved] > 0).any()
    if falls and rises:
        return _saddle(verdict, directions[:, 0])
    here = float(objective.value(theta))
    rounding = _ROUNDING * max(abs(here), left / _SLOPE_LEFT)
    equal = lower = 0
    samples = [sign * direction for direction in directions[:, ~curved].T for sign in (1.0, -1.0)]
    downhill = directions[:, 0]
    for sample in samples:
        change = float(objective.value(theta + probe * sample)) - here
        equal += abs(change) <= rounding
        if change < -_PROBE * left - rounding:
            lower, downhill = lower + 1, sample
    if falls or lower:
        is_maximum = lower == len(samples) and not rises
        return (
            replace(verdict, kind=PointKind.MAXIMUM) if is_maximum else _saddle(verdict, downhill)
        )
    if equal and equal == len(samples) and not curved.any():
        return replace(verdict, kind=PointKind.FLAT)
    return replace(verdict, kind=PointKind.MINIMUM, is_one_of_many=equal > 0)


def _saddle(verdict: PointVerdict, downhill: Floats) -> PointVerdict:
    return replace(verdict, kind=PointKind.SADDLE, downhill=tuple(downhill.tolist()))
