"""A loss and its derivatives, all from one formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from gdsim.core.code import compile_array, compile_scalar
from gdsim.core.expression import Node
from gdsim.core.latex import latex
from gdsim.core.notation import canonical_name, is_name, parse
from gdsim.core.problem import Problem
from gdsim.core.size import check_size

Array = npt.NDArray[np.float64]

MAX_PARAMETERS = 64


class Objective:
    """L(θ), ∇L(θ) and ∇²L(θ) of a formula, for one point or for arrays of points.

    Nothing here raises for arithmetic: where L is undefined or too large the result is NaN or
    infinite.

    Parameters
    ----------
    loss : the formula, for instance ``"(1 - x)^2 + 100*(y - x^2)^2"``.
    parameters : their order; by default the names that the formula uses, in natural order.

    Raises
    ------
    Problem : where the formula cannot be read or is too large, has no parameter, or too many.
    """

    def __init__(self, loss: str, parameters: Sequence[str] | None = None) -> None:
        names = None if parameters is None else _checked(parameters)
        expression = parse(loss, names)
        check_size(expression.root)
        self.text = loss
        self.root: Node = expression.root
        self.parameters = expression.names if names is None else names
        if not self.parameters:
            raise Problem("the formula has no parameter to descend along")
        if len(self.parameters) > MAX_PARAMETERS:
            raise Problem(
                "the formula has {count} parameters; at most {most} can be descended along",
                count=len(self.parameters),
                most=MAX_PARAMETERS,
            )

    @property
    def dimension(self) -> int:
        return len(self.parameters)

    @cached_property
    def gradient_nodes(self) -> tuple[Node, ...]:
        """∂L/∂θᵢ as trees, one a parameter."""
        from gdsim.core.symbolic import gradient

        return gradient(self.root, self.parameters)

    @cached_property
    def hessian_nodes(self) -> tuple[tuple[Node, ...], ...]:
        """∂²L/∂θᵢ∂θⱼ as trees, (d, d), symmetric."""
        from gdsim.core.symbolic import hessian

        return hessian(self.root, self.parameters)

    def latex(self) -> str:
        """The loss typeset in the order in which it was typed."""
        return latex(self.root)

    def gradient_latex(self) -> tuple[str, ...]:
        """∂L/∂θᵢ typeset, one a parameter."""
        return tuple(latex(node) for node in self.gradient_nodes)

    def value(self, theta: npt.ArrayLike) -> Any:
        """L(θ).

        Parameters
        ----------
        theta : (d,), or (d, …) for an array of points.

        Returns
        -------
        float for (d,); an array of the remaining shape otherwise.
        """
        points = self._points(theta)
        if points.ndim == 1:
            return float(self._at_point(self._value, points)[0])
        return self._at_points(self._value_array, points)[0]

    def gradient(self, theta: npt.ArrayLike) -> Array:
        """∇L(θ): (d,) for one point (d,), (d, …) for points (d, …)."""
        points = self._points(theta)
        if points.ndim == 1:
            return self._at_point(self._gradient, points)
        return self._at_points(self._gradient_array, points)

    def hessian(self, theta: npt.ArrayLike) -> Array:
        """∇²L(θ): (d, d) for one point (d,), (d, d, …) for points (d, …)."""
        points = self._points(theta)
        shape = (self.dimension, self.dimension)
        if points.ndim == 1:
            return self._at_point(self._hessian, points).reshape(shape)
        return self._at_points(self._hessian_array, points).reshape(shape + points.shape[1:])

    def _points(self, theta: npt.ArrayLike) -> Array:
        points = np.asarray(theta, dtype=np.float64)
        if points.ndim == 0 or points.shape[0] != self.dimension:
            raise ValueError(f"expected {self.dimension} parameters, got shape {points.shape}")
        return points

    def _at_point(self, pair: tuple[Callable[..., Any], Callable[..., Any]], point: Array) -> Array:
        scalar, array = pair
        try:
            return np.array(scalar(*point.tolist()), dtype=np.float64)
        except (ArithmeticError, ValueError):
            return self._at_points(array, point[:, np.newaxis])[:, 0]

    def _at_points(self, function: Callable[..., Any], points: Array) -> Array:
        with np.errstate(all="ignore"):
            results = function(*points)
        stacked = np.empty((len(results), *points.shape[1:]))
        for index, result in enumerate(results):
            stacked[index] = result
        return stacked

    def _pair(self, nodes: Sequence[Node]) -> tuple[Callable[..., Any], Callable[..., Any]]:
        return compile_scalar(self.parameters, nodes), compile_array(self.parameters, nodes)

    @cached_property
    def _value(self) -> tuple[Callable[..., Any], Callable[..., Any]]:
        return self._pair([self.root])

    @cached_property
    def _gradient(self) -> tuple[Callable[..., Any], Callable[..., Any]]:
        return self._pair(self.gradient_nodes)

    @cached_property
    def _hessian(self) -> tuple[Callable[..., Any], Callable[..., Any]]:
        return self._pair([node for row in self.hessian_nodes for node in row])

    @property
    def _value_array(self) -> Callable[..., Any]:
        return self._value[1]

    @property
    def _gradient_array(self) -> Callable[..., Any]:
        return self._gradient[1]

    @property
    def _hessian_array(self) -> Callable[..., Any]:
        return self._hessian[1]


def _checked(parameters: Sequence[str]) -> tuple[str, ...]:
    for name in parameters:
        if not is_name(name) or canonical_name(name) != name:
            raise Problem("{text} is not a name", text=name)
        if parameters.count(name) > 1:
            raise Problem("{name} is given twice", name=name)
    return tuple(parameters)
