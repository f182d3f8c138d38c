"""A loss and its derivatives, all from one formula."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from gdsim.core.arrays import Floats
from gdsim.core.formula.compiled import Evaluator, Formulas
from gdsim.core.formula.derivative_size import check_size, is_hessian_short
from gdsim.core.formula.expression import Node, Number, check_constants, replace_names
from gdsim.core.formula.latex import latex, number_text, plain
from gdsim.core.formula.names import plain_name
from gdsim.core.formula.notation import canonical_name, parse
from gdsim.core.formula.tokens import is_name, shortened
from gdsim.core.problem import Problem

if TYPE_CHECKING:
    from gdsim.core.data.dataset import Dataset

MAX_PARAMETERS = 64

_SHARED = ("text", "parameters", "_trees", "data", "loss", "prediction", "_columns", "_written")
"""The attributes that objectives with other values of their constants share."""


class Trees:
    """The tree of a loss and those of its derivatives, constants as names.

    Parameters
    ----------
    root : the loss, or the loss of a row.
    """

    def __init__(self, root: Node) -> None:
        self.root = root
        self._gradient: tuple[Node, ...] | None = None
        self._hessian: tuple[tuple[Node, ...], ...] | None = None

    def gradient(self, parameters: Sequence[str], *, factored: bool) -> tuple[Node, ...]:
        """∂L/∂θᵢ; the first call decides which parameters these are."""
        from gdsim.core.formula.symbolic import gradient

        if self._gradient is None:
            self._gradient = gradient(self.root, parameters, factored=factored)
        return self._gradient

    def hessian(self, parameters: Sequence[str]) -> tuple[tuple[Node, ...], ...]:
        """∂²L/∂θᵢ∂θⱼ, as :meth:`gradient`."""
        from gdsim.core.formula.symbolic import hessian

        if self._hessian is None:
            self._hessian = hessian(self.root, parameters)
        return self._hessian


class Objective:
    """L(θ), ∇L(θ) and ∇²L(θ) of a formula, for one point or for arrays of points.

    Nothing here raises for arithmetic: where L is undefined or too large the result is NaN or
    infinite.

    Parameters
    ----------
    loss : the formula, for instance ``"(1 - x)^2 + 100*(y - x^2)^2"``.
    parameters : their order; by default the names that the formula uses, in natural order.
    constants : the values of names that are no parameters, such as κ of (x² + κy²)/2.

    Raises
    ------
    Problem : where the formula cannot be read or is too large, has no parameter, or too many;
        where a constant is a parameter too, or is not read.
    """

    def __init__(
        self,
        loss: str,
        parameters: Sequence[str] | None = None,
        constants: Mapping[str, float] | None = None,
    ) -> None:
        names = None if parameters is None else checked_names(parameters)
        self.constants = checked_constants(constants or {}, names or ())
        expression = parse(loss, None if names is None else [*names, *self.constants])
        check_are_read(self.constants, expression.names)
        check_size(expression.root)
        self.text = loss
        self._trees = Trees(expression.root)
        self._set_root()
        found = tuple(name for name in expression.names if name not in self.constants)
        self.parameters = checked_count(found if names is None else names)

    root: Node
    """The tree of the loss; in it, as in those of the derivatives, a constant is its number."""

    def _set_root(self) -> None:
        self.root = self.with_values(self._trees.root)
        if not self.constants:
            return
        try:
            check_constants(self.root)
        except Problem:
            values = ", ".join(
                f"{plain_name(name)} = {number_text(value)}"
                for name, value in self.constants.items()
            )
            raise Problem("the formula has no value with {constants}", constants=values) from None

    def with_values(self, node: Node) -> Node:
        """A tree with the numbers of the constants in place of their names."""
        if not self.constants:
            return node
        numbers: dict[str, Node] = {
            name: Number(value, name) for name, value in self.constants.items()
        }
        return replace_names(node, numbers)

    def with_constants(self, constants: Mapping[str, float]) -> Self:
        """The same objective with other values of its constants; it shares the derivatives.

        Raises
        ------
        Problem : where the formula has no value with them, as 1/κ with κ = 0.
        """
        other = type(self).__new__(type(self))
        for name in _SHARED:
            if name in self.__dict__:
                setattr(other, name, self.__dict__[name])
        other.constants = checked_constants(constants, self.parameters)
        other._set_root()
        return other

    data: Dataset | None = None
    """The rows that L is a mean over; ``root`` and the other trees are then those of one row. None
    where L is not a mean."""

    @property
    def dimension(self) -> int:
        """d, the number of parameters."""
        return len(self.parameters)

    @cached_property
    def derived_results(self) -> dict[Any, OrderedDict[Any, Any]]:
        """What ``kept_with_objective`` keeps: function → arguments → result."""
        return {}

    @cached_property
    def gradient_nodes(self) -> tuple[Node, ...]:
        """∂L/∂θᵢ as trees, one a parameter."""
        slopes = self._trees.gradient(self.parameters, factored=self.data is not None)
        return tuple(map(self.with_values, slopes))

    @cached_property
    def writes_hessian(self) -> bool:
        """Whether ∇²L is written as formulas; for a long formula it is only computed as numbers."""
        return is_hessian_short(self.root, self.dimension)

    @cached_property
    def hessian_nodes(self) -> tuple[tuple[Node, ...], ...]:
        """∂²L/∂θᵢ∂θⱼ as trees, (d, d), symmetric."""
        rows = self._trees.hessian(self.parameters)
        return tuple(tuple(map(self.with_values, row)) for row in rows)

    def latex(self) -> str:
        """The loss typeset in the order in which it was typed."""
        return latex(self.root)

    def gradient_latex(self) -> tuple[str, ...]:
        """∂L/∂θᵢ typeset, one a parameter."""
        return tuple(latex(node) for node in self.gradient_nodes)

    def gradient_plain(self) -> tuple[str, ...]:
        """∂L/∂θᵢ on a line of text, one a parameter."""
        return tuple(plain(node) for node in self.gradient_nodes)

    def compiled(self, arguments: Sequence[str], nodes: Sequence[Node]) -> Evaluator:
        """Trees made from this loss, ready to be evaluated as the loss itself is."""
        return Formulas(arguments, nodes)

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
        result = _evaluated(self._value, points)[0]
        return float(result) if points.ndim == 1 else result

    def gradient(self, theta: npt.ArrayLike) -> Floats:
        """∇L(θ): (d,) for one point (d,), (d, …) for points (d, …)."""
        return _evaluated(self._gradient, self._points(theta))

    def hessian(self, theta: npt.ArrayLike) -> Floats:
        """∇²L(θ): (d, d) for one point (d,), (d, d, …) for points (d, …)."""
        points = self._points(theta)
        shape = (self.dimension, self.dimension)
        return _evaluated(self._hessian, points).reshape(shape + points.shape[1:])

    def hessian_entries(self) -> Callable[[Sequence[Any]], list[Any]]:
        """A function that gives ∇²L row after row: d·d numbers for d of them, arrays for arrays.

        It does not keep the objective alive.
        """
        hessian = self._hessian

        def entries(theta: Sequence[Any]) -> list[Any]:
            points = np.array(theta, dtype=np.float64)
            result = _evaluated(hessian, points)
            return result.tolist() if points.ndim == 1 else list(result)

        return entries

    def _points(self, theta: npt.ArrayLike) -> Floats:
        points = np.asarray(theta, dtype=np.float64)
        if points.ndim == 0 or points.shape[0] != self.dimension:
            raise ValueError(f"expected {self.dimension} parameters, got shape {points.shape}")
        return points

    @cached_property
    def _value(self) -> Evaluator:
        return self.compiled(self.parameters, [self.root])

    @cached_property
    def _gradient(self) -> Evaluator:
        return self.compiled(self.parameters, self.gradient_nodes)

    @cached_property
    def _hessian(self) -> Evaluator:
        if not self.writes_hessian:
            from gdsim.core.formula.forward_hessian import ForwardHessian

            return ForwardHessian(self.root, self.parameters)
        nodes = [node for row in self.hessian_nodes for node in row]
        return self.compiled(self.parameters, nodes)


def _evaluated(formulas: Evaluator, points: Floats) -> Floats:
    return formulas.at_point(points.tolist()) if points.ndim == 1 else formulas.at_points(points)


def checked_constants(
    constants: Mapping[str, float], parameters: Sequence[str]
) -> dict[str, float]:
    """Constants by name as they are.

    Raises
    ------
    Problem : where one has no name, is no finite number, or is a parameter too.
    """
    for name, value in constants.items():
        if not is_name(name) or canonical_name(name) != name:
            raise Problem("{text} is not a name", text=shortened(name))
        if not math.isfinite(value):
            raise Problem("{place} must be a finite number", place=name)
        if name in parameters:
            raise Problem("{name} cannot be both a parameter and a constant", name=name)
    return {name: float(value) for name, value in constants.items()}


def check_are_read(constants: Iterable[str], names: Collection[str]) -> None:
    """Refuse a constant that no formula reads: it is mistyped."""
    for name in constants:
        if name not in names:
            raise Problem("{name} is given as a constant, but no formula uses it", name=name)


def checked_names(parameters: Sequence[str]) -> tuple[str, ...]:
    """The names of parameters as they are.

    Raises
    ------
    Problem : where one is no name, or is given twice.
    """
    for name in parameters:
        if not is_name(name) or canonical_name(name) != name:
            raise Problem("{text} is not a name", text=name)
        if parameters.count(name) > 1:
            raise Problem("{name} is given twice", name=name)
    return tuple(parameters)


def checked_count(parameters: tuple[str, ...]) -> tuple[str, ...]:
    """The parameters as they are.

    Raises
    ------
    Problem : where there is none, or too many.
    """
    if not parameters:
        raise Problem("the formula has no parameter, so nothing can be minimised")
    if len(parameters) > MAX_PARAMETERS:
        raise Problem(
            "the formula has {count} parameters; gdsim takes at most {most}",
            count=len(parameters),
            most=MAX_PARAMETERS,
        )
    return parameters
