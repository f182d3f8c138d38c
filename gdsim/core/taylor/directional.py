"""The second derivative along two directions as a formula."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy

from gdsim.core.formula.expression import Node
from gdsim.core.formula.symbolic import from_sympy, to_sympy
from gdsim.core.problem import Problem

# A name in a user's formula cannot contain a space, so that these cannot collide with one.
_FIRST, _SECOND = sympy.Symbol("s "), sympy.Symbol("t ")
ALONG = ("u ", "v ")
"""The prefixes of a parameter's name in the names of the entries of u and v."""


class _moved(sympy.Function):  # type: ignore[misc]  # noqa: N801 - as SymPy names functions
    """The parameter x along a plane: x + s·u + t·v, given by its derivatives u and v."""

    nargs = 3

    def fdiff(self, argindex: int = 1) -> Any:
        return sympy.Symbol(ALONG[argindex - 1] + self.args[2].name)


def hessian_form_node(root: Node, names: Sequence[str]) -> Node:
    """The expression of uᵀHv = ∂²L(θ + s·u + t·v)/∂s∂t at s = t = 0.

    The entry of u for a parameter x is named ``u x``, that of v ``v x``.

    Raises
    ------
    Problem : the formula has no second derivative that can be written with real floats.
    """
    moved = {sympy.Symbol(name): _moved(_FIRST, _SECOND, sympy.Symbol(name)) for name in names}
    try:
        slope = sympy.diff(to_sympy(root).xreplace(moved), _FIRST, _SECOND)
        return from_sympy(slope.xreplace({there: here for here, there in moved.items()}))
    except RecursionError:
        raise Problem("the formula is nested too deep to be differentiated") from None
