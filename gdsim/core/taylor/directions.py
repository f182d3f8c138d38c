"""Steps of the same length in all directions of a plane, and the change of L by each of them.

ΔL ≈ ∇L·Δ = ‖∇L‖ r cos β, with its minimum at β = 180°
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from gdsim.core.arrays import Floats
from gdsim.core.landscape.plane import Plane
from gdsim.core.taylor.local_model import LocalModel


@dataclass(frozen=True, eq=False)
class StepCircle:
    """All steps of length r in a plane through θ, given by their angle β to the gradient.

    ``plane`` is this plane or one parallel to it. β is measured in degrees, anticlockwise from the
    projection of ∇L onto the plane; where this is zero or not finite, from the first direction of
    the plane.
    """

    model: LocalModel
    plane: Plane
    radius: float

    @cached_property
    def slope(self) -> Floats:
        """The projection of ∇L onto the plane, (2,)."""
        return self.plane.components(self.model.gradient)

    @cached_property
    def steepness(self) -> float:
        """The length of :attr:`slope`."""
        return float(np.hypot(*self.slope))

    @property
    def has_slope(self) -> bool:
        """Whether β is measured from the gradient: its projection is finite and not zero."""
        return 0 < self.steepness < math.inf

    @cached_property
    def uphill(self) -> Floats:
        """The unit vector at β = 0, (2,)."""
        if not self.has_slope:
            return np.array([1.0, 0.0])
        result: Floats = self.slope / self.steepness
        return result

    def direction(self, beta: npt.ArrayLike) -> Floats:
        """The unit vector in the plane at the angle β; (2,), or (2, n) for β (n,)."""
        angle = np.radians(np.asarray(beta, dtype=np.float64))
        (x, y), (cos, sin) = self.uphill, (np.cos(angle), np.sin(angle))
        return np.array([x * cos - y * sin, x * sin + y * cos])

    def angle(self, x: float, y: float) -> float:
        """The angle β in [0, 360) of a vector in the plane; NaN for the zero vector."""
        if not (math.isfinite(x) and math.isfinite(y)) or (x == 0 and y == 0):
            return math.nan
        size = math.hypot(x, y)
        (gx, gy), (ux, uy) = self.uphill.tolist(), (x / size, y / size)
        beta = math.degrees(math.atan2(gx * uy - gy * ux, gx * ux + gy * uy)) % 360.0
        # The remainder of a tiny negative number is rounded to 360.
        return 0.0 if beta == 360.0 else beta

    def step(self, beta: npt.ArrayLike) -> Floats:
        """The step of length r at the angle β; (d,), or (d, n) for β (n,)."""
        result: Floats = self.plane.basis.T @ (self.radius * self.direction(beta))
        return result

    def first_order(self, beta: npt.ArrayLike) -> Any:
        """‖∇L‖ r cos β: the first-order prediction of the change of L."""
        slope = self.steepness if self.has_slope else 0.0 * self.steepness
        return slope * self.radius * cosine(beta)

    def second_order(self, beta: npt.ArrayLike) -> Any:
        """‖∇L‖ r cos β + ½ ΔᵀHΔ: the second-order prediction of the change of L."""
        return self.first_order(beta) + self.model.curvature(self.step(beta)) / 2

    def actual(self, beta: npt.ArrayLike) -> Any:
        """L(θ + Δ) − L(θ): the actual change of L."""
        return self.model.actual(self.step(beta))

    def level_lines(self, parts: int = 8) -> Floats:
        """Contour lines of the linear model inside the circle: stretches x0, y0, x1, y1, (n, 4).

        They are orthogonal to ∇L and divide the diameter along ∇L into ``parts`` equal parts. There
        are none where the gradient is zero.
        """
        if not self.has_slope or not (0 < self.radius < math.inf):
            return np.empty((0, 4))
        shares = np.linspace(-1.0, 1.0, parts + 1)[1:-1]
        along, half = self.radius * shares, self.radius * np.sqrt(1.0 - shares**2)
        centre = self.plane.project(self.model.theta)
        ux, uy = self.uphill
        with np.errstate(over="ignore"):  # the ends of a line may lie beyond the largest number
            x, y = centre[0] + along * ux, centre[1] + along * uy
            lines: Floats = np.column_stack(
                (x - half * uy, y + half * ux, x + half * uy, y - half * ux)
            )
        finite: Floats = lines[np.isfinite(lines).all(axis=1)]
        return finite


def cosine(beta: npt.ArrayLike) -> Any:
    """The cosine of an angle in degrees; exactly 0 or ±1 at multiples of 90°."""
    degrees = np.asarray(beta, dtype=np.float64) % 360.0
    quarters = np.round(degrees / 90.0)
    exact = np.array([1.0, 0.0, -1.0, 0.0, 1.0])
    result = np.where(
        degrees == quarters * 90.0,
        exact[np.clip(np.nan_to_num(quarters), 0, 4).astype(np.int64)],
        np.cos(np.radians(degrees)),
    )
    return float(result) if result.ndim == 0 else result


def default_angle(circle: StepCircle, delta: Floats) -> float:
    """The angle β of the projection of Δ (d,) onto the plane; 180° where it is zero."""
    angle = circle.angle(*circle.plane.components(delta).tolist())
    return 180.0 if math.isnan(angle) else angle
