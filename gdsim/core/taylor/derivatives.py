"""Symbolic derivatives for Taylor's formula: uᵀHv, and the n-th derivative for one parameter.

Deriving the whole Hessian of a formula with many parameters can take a minute. uᵀHv is one
expression, not much longer than the formula, and gives any entry of H by inserting unit vectors.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gdsim.core.arrays import Floats
from gdsim.core.formula.compiled import Evaluator
from gdsim.core.loss.kept import kept_with_objective
from gdsim.core.loss.objective import Objective
from gdsim.core.problem import Problem

MAX_ORDER = 10
"""The highest order of a Taylor polynomial."""

MAX_OPERATIONS = 2_500
"""The most operations in a derivative by one parameter that is differentiated once more."""


class HessianForm:
    """The function (θ, u, v) ↦ uᵀHv of a loss, where H is its Hessian at θ.

    Where the second derivative is undefined the result is NaN; no arithmetic error is raised.
    """

    def __init__(self, objective: Objective) -> None:
        self._hessian = None if objective.writes_hessian else objective.hessian_entries()
        self._form = _written(objective) if objective.writes_hessian else None

    def __call__(self, theta: Floats, u: Floats, v: Floats) -> Any:
        """uᵀHv at θ (d,).

        Parameters
        ----------
        u, v : (d,), or (d, n) for n pairs of directions.

        Returns
        -------
        float, or (n,) for n pairs.
        """
        if self._form is None:
            with np.errstate(all="ignore"):
                form = np.sum(u * (self.hessian(theta) @ v), axis=0)
            return float(form) if u.ndim == 1 else form
        if u.ndim == 1:
            return float(self._form.at_point([*theta.tolist(), *u.tolist(), *v.tolist()])[0])
        point = np.broadcast_to(theta[:, np.newaxis], u.shape)
        return self._form.at_points(np.concatenate([point, u, v]))[0]

    def hessian(self, theta: Floats) -> Floats:
        """H at θ (d,): (d, d)."""
        if self._hessian is not None:
            return np.reshape(self._hessian(theta.tolist()), (len(theta), len(theta)))
        # Entry by entry, from unit vectors.
        rows, columns = np.tril_indices(len(theta))
        unit = np.eye(len(theta))
        result = np.empty((len(theta), len(theta)))
        result[rows, columns] = result[columns, rows] = self(theta, unit[:, rows], unit[:, columns])
        return result


def _written(objective: Objective) -> Evaluator:
    from gdsim.core.taylor.directional import ALONG, hessian_form_node

    names = objective.parameters
    arguments = [*names, *(f"{prefix}{name}" for prefix in ALONG for name in names)]
    return objective.compiled(arguments, [hessian_form_node(objective.root, names)])


@kept_with_objective()
def hessian_form(objective: Objective) -> HessianForm:
    """The function (θ, u, v) ↦ uᵀHv of an objective; those of the newest objectives are cached.

    Raises
    ------
    Problem : the formula has no second derivative that can be written with real floats.
    """
    return HessianForm(objective)


class Derivatives:
    """L, L′, L″ … of a loss of one parameter; each is derived when it is first needed."""

    def __init__(self, objective: Objective) -> None:
        from gdsim.core.formula.symbolic import to_sympy

        if objective.dimension != 1:
            raise ValueError(f"a formula of one parameter, not of {objective.dimension}")
        self._objective = objective
        self._name = objective.parameters[0]
        self._newest = to_sympy(objective.root)
        self._written: list[Evaluator] = []
        self._stuck = False

    @property
    def highest(self) -> int:
        """The order of the highest derivative derived so far."""
        return len(self._written)

    @property
    def is_complete(self) -> bool:
        """Whether :meth:`extend` can add no more: the next one is above order 10, too long, or
        does not exist."""
        return self._stuck or self.highest >= MAX_ORDER

    def extend(self) -> bool:
        """Derive the next derivative, which takes 10 to 200 ms; returns whether there is one."""
        import sympy

        from gdsim.core.formula.symbolic import from_sympy

        if self.is_complete:
            return False
        try:
            following = sympy.diff(self._newest, sympy.Symbol(self._name))
            if following.count_ops() > MAX_OPERATIONS:
                raise Problem("the formula is too large to be differentiated")
            node = from_sympy(following)
        except (Problem, RecursionError):
            self._stuck = True
            return False
        self._newest = following
        self._written.append(self._objective.compiled([self._name], [node]))
        return True

    def extend_to(self, order: int) -> int:
        """Derive the derivatives up to this order; returns the highest one that is available."""
        while self.highest < order and self.extend():
            pass
        return min(order, self.highest)

    def at(self, theta: float, order: int) -> Floats:
        """L, L′, … L⁽ᵒʳᵈᵉʳ⁾ at θ, (order + 1,); ``order`` is at most :attr:`highest`."""
        values = [float(self._objective.value(np.array([theta])))]
        values += [float(form.at_point([theta])[0]) for form in self._written[:order]]
        return np.array(values)


@kept_with_objective()
def derivatives(objective: Objective) -> Derivatives:
    """The derivatives of an objective of one parameter; those of the newest ones are cached."""
    return Derivatives(objective)
