"""The schedule of the learning rate."""

from __future__ import annotations

import math
from collections.abc import Mapping

from gdsim.core.formula.expression import Number, names_in, replace_names, value_or_nan
from gdsim.core.formula.latex import latex, number_text, plain
from gdsim.core.formula.names import plain_name
from gdsim.core.formula.notation import parse
from gdsim.core.problem import Problem


class Schedule:
    """The learning rate of every update: η_t as a formula of t, the first update being t = 1.

    Parameters
    ----------
    formula : may read ``t`` and the constants.
    constants : ``eta0`` and the other names in the formula.

    Raises
    ------
    Problem : where the formula cannot be read, or η is not a positive number at the first update.
    """

    def __init__(self, formula: str, constants: Mapping[str, float]) -> None:
        self.text = formula
        self.constants = dict(constants)
        root = parse(formula, ("t", *constants)).root
        self.shown = root
        self.root = replace_names(
            root, {name: Number(value, number_text(value)) for name, value in constants.items()}
        )
        first = self.at(1)
        if not (math.isfinite(first) and first > 0):
            raise Problem(
                "the learning rate must be greater than 0; at the first update it is {value}",
                value=number_text(first) if math.isfinite(first) else str(first),
            )

    @property
    def is_constant(self) -> bool:
        """Whether η is the same at every update."""
        return not names_in(self.root)

    def at(self, t: int) -> float:
        """η of update t; NaN where the formula is undefined."""
        return value_or_nan(self.root, {"t": float(t)})

    def latex(self) -> str:
        """The formula typeset, its constants by their names."""
        return latex(self.shown)

    def plain(self) -> str:
        """The formula on a line of text, its constants by their names."""
        return plain(self.shown, plain_name)
