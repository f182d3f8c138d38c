"""The second derivative along two directions as a formula."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy

from gdsim.core.formula.expression import Node
from gdsim.core.formula.symbolic import from_sympy, to_sympy
from gdsim.core.problem import Problem

# No typed name has a space in it.
_FIRST, _SECOND = sympy.Symbol("s "), sympy.Symbol("t ")
ALONG = ("u ", "v ")
"""What stands before a parameter's name in the names of the directions' entries."""


class _moved(sympy.Function):  # type: ignore[misc]  # noqa: N801 - as SymPy names functions
    """The parameter x as it moves: x + s·u + t·v, known only by its slopes u and v."""

    nargs = 3

    def fdiff(self, argindex: int = 1) -> Any:
        return sympy.Symbol(ALONG[argindex - 1] + self.args[2].name)


def hessian_form_node(root: Node, names: Sequence[str]) -> Node:
    """∂²L(θ + s·u + t·v)/∂s∂t at s = t = 0, which is uᵀHv; u of x is named ``u x``, v ``v x``.

    Raises
    ------
    Problem : where the formula has no such derivative in the reals that floats can hold.
    """
    moved = {sympy.Symbol(name): _moved(_FIRST, _SECOND, sympy.Symbol(name)) for name in names}
    try:
        slope = sympy.diff(to_sympy(root).xreplace(moved), _FIRST, _SECOND)
        return from_sympy(slope.xreplace({there: here for here, there in moved.items()}))
    except RecursionError:
        raise Problem("the formula is nested too deep to be differentiated") from None
