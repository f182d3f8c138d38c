"""Derivatives that Taylor's formula needs: the second along directions, the n-th of one parameter.

The whole Hessian of a formula with many parameters can take a minute to write down. uᵀHv is one
expression, hardly longer than the formula, and gives every entry of H where one is wanted.
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
"""The largest derivative of one parameter, in operations, that is differentiated once more."""


class HessianForm:
    """uᵀHv of a formula at θ, for one pair of directions or for arrays of them.

    Nothing here raises for arithmetic: where the second derivative is undefined the result is NaN.
    """

    def __init__(self, objective: Objective) -> None:
        self._hessian = None if objective.writes_hessian else objective.hessian_entries()
        self._form = _written(objective) if objective.writes_hessian else None

    def __call__(self, theta: Floats, u: Floats, v: Floats) -> Any:
        """uᵀHv at θ (d,).

        Parameters
        ----------
        u, v : (d,), or (d, n) for n pairs.

        Returns
        -------
        float for (d,); (n,) for (d, n).
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
    """The second form of an objective; the newest ones are kept.

    Raises
    ------
    Problem : where the formula has no second derivative that floats can hold.
    """
    return HessianForm(objective)


class Derivatives:
    """L, L′, L″ … of a formula of one parameter, each written down when it is first asked for."""

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
        """The order of the highest derivative written down so far."""
        return len(self._written)

    @property
    def is_complete(self) -> bool:
        """Whether the highest is there: the tenth, or the last that is not too long and exists."""
        return self._stuck or self.highest >= MAX_ORDER

    def extend(self) -> bool:
        """Write down the next derivative, some 10 to 200 ms; answers whether there is one."""
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
        """Write down derivatives up to this order; answers how far it went."""
        while self.highest < order and self.extend():
            pass
        return min(order, self.highest)

    def at(self, theta: float, order: int) -> Floats:
        """L, L′, … L⁽ᵒʳᵈᵉʳ⁾ at θ, (order + 1,); the orders must have been written down."""
        values = [float(self._objective.value(np.array([theta])))]
        values += [float(form.at_point([theta])[0]) for form in self._written[:order]]
        return np.array(values)


@kept_with_objective()
def derivatives(objective: Objective) -> Derivatives:
    """The derivatives of an objective of one parameter; the newest ones are kept."""
    return Derivatives(objective)
