"""A loss that is a mean over rows of data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from gdsim.core.arrays import Floats, Integers
from gdsim.core.data.dataset import PREDICTION, Dataset
from gdsim.core.data.mistyped_columns import check_columns_are_read
from gdsim.core.formula.abbreviation import abbreviated
from gdsim.core.formula.compiled import RowFormulas, RowMeans
from gdsim.core.formula.derivative_size import check_size
from gdsim.core.formula.expression import Call, Name, Node, names_in, replace_names, walk
from gdsim.core.formula.latex import latex, latex_factor, plain_factor
from gdsim.core.formula.names import natural_order
from gdsim.core.formula.notation import parse
from gdsim.core.formula.python_source import compile_array
from gdsim.core.loss.cross_entropy import CROSS_ENTROPY, expanded
from gdsim.core.loss.objective import (
    Objective,
    Trees,
    check_are_read,
    checked_constants,
    checked_count,
    checked_names,
)
from gdsim.core.number_text import shown
from gdsim.core.problem import Problem

if TYPE_CHECKING:
    from gdsim.core.formula.forward_hessian import ForwardHessian

_READABLE = 60
"""The most characters of a slope that are read at a glance."""


class RowObjective(Objective):
    """L(θ) = 1/n Σᵢ ℓ(θ, row i), and its derivatives.

    Parameters
    ----------
    loss : ℓ, the loss of a row: a formula over the parameters, the columns and ``prediction``.
    data : the rows.
    prediction : what the model says of a row, a formula over parameters and columns; None where
        the loss does not speak of it.
    parameters : their order; by default the names that are no columns, in natural order.
    constants : the values of names that are neither, such as λ of a penalty λb².

    Raises
    ------
    Problem : where a formula cannot be read or is too large, or the names do not fit together; and
        where the parameters are found, if a name among them looks like a mistyped column.
    """

    data: Dataset

    def __init__(
        self,
        loss: str,
        data: Dataset,
        prediction: str | None = None,
        parameters: Sequence[str] | None = None,
        constants: Mapping[str, float] | None = None,
    ) -> None:
        names = None if parameters is None else checked_names(parameters)
        self.constants = checked_constants(constants or {}, names or ())
        for name in names or ():
            if name in data.columns or name == PREDICTION:
                raise Problem("{name} cannot be both a parameter and a column", name=name)
        for name in self.constants:
            if name in data.columns or name == PREDICTION:
                raise Problem("{name} cannot be both a constant and a column", name=name)
        known = None if names is None else [*names, *self.constants, *data.names]
        self.text = loss
        self.data = data
        self.prediction = None if prediction is None else parse(prediction, known)
        if self.prediction is not None and PREDICTION in self.prediction.names:
            raise Problem("the formula of the prediction cannot use the prediction")
        known = None if known is None else [*known, PREDICTION]
        self.loss = parse(loss, known, extra_functions=(CROSS_ENTROPY,))
        whole = self._whole_root()
        if names is None:
            check_columns_are_read(
                data.names, self.loss.names, self._names_of_the_prediction(), self.constants
            )
        _check_classes(whole, data)
        check_are_read(self.constants, names_in(whole))
        self._trees = Trees(expanded(whole))
        check_size(self._trees.root)
        self._set_root()
        found = names_in(whole).difference(data.columns, self.constants)
        in_order = tuple(sorted(found, key=natural_order))
        self.parameters = checked_count(in_order if names is None else names)
        self._columns: Sequence[Floats] = list(data.columns.values())
        self._written: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def _whole_root(self) -> Node:
        """The loss of a row with the prediction's formula in its place."""
        if PREDICTION not in self.loss.names:
            if self.prediction is not None:
                raise Problem("the loss does not use the prediction")
            return self.loss.root
        if self.prediction is None:
            raise Problem(
                "the loss uses the prediction, but there is no formula for the prediction"
            )
        return replace_names(self.loss.root, {PREDICTION: self.prediction.root})

    @property
    def rows(self) -> int:
        """The number of rows that the mean is over."""
        return len(self._columns[0])

    @property
    def columns(self) -> dict[str, Floats]:
        """The columns of the rows that the mean is over, (n,) each."""
        return dict(zip(self.data.names, self._columns, strict=True))

    def row_values(self, most: int) -> list[dict[str, float]]:
        """The numbers of rows that the mean is over, by column; of many rows evenly spread ones.

        Parameters
        ----------
        most : so many rows at most.
        """
        stride = -(-self.rows // most)
        rows = zip(*(column[::stride].tolist() for column in self._columns), strict=True)
        return [dict(zip(self.data.names, row, strict=True)) for row in rows]

    @property
    def inputs(self) -> tuple[str, ...]:
        """The columns that the prediction is made from, in the order of the data."""
        used = self._names_of_the_prediction() or ()
        return tuple(name for name in self.data.names if name in used)

    def _names_of_the_prediction(self) -> tuple[str, ...] | None:
        return None if self.prediction is None else self.prediction.names

    @property
    def target(self) -> str | None:
        """The one column that the loss reads beside the prediction; None where it is not one."""
        if self.prediction is None:
            return None
        others = [name for name in self.data.names if name in self.loss.names]
        return others[0] if len(others) == 1 else None

    def over(self, rows: Integers) -> RowObjective:
        """The mean over some of the rows, in the order in which they are given.

        Parameters
        ----------
        rows : (m,), m ≥ 1, as :meth:`gdsim.core.data.batches.Batches.rows_of` gives them.
        """
        return _OverRows(self, [column[rows] for column in self._columns])

    def predict(self, theta: npt.ArrayLike, columns: Mapping[str, Floats]) -> Floats:
        """What the model with these parameters says of other rows.

        Parameters
        ----------
        theta : (d,).
        columns : every one of ``inputs``, all of one shape.

        Returns
        -------
        array of that shape, NaN or infinite where the prediction is undefined.
        """
        point = np.asarray(theta, dtype=np.float64)
        shape = np.broadcast_shapes(*(np.shape(column) for column in columns.values()))
        result = np.empty(shape)
        with np.errstate(all="ignore"):
            result[...] = self._predicted(*point, *(columns[name] for name in self.inputs))[0]
        return result

    def latex(self) -> str:
        """The loss typeset: a mean over rows i, the prediction as ŷ."""
        return self._mean_latex(self.loss.root)

    def prediction_latex(self) -> str:
        """ŷ of row i typeset; empty where there is no prediction."""
        if self.prediction is None:
            return ""
        return rf"\hat{{y}}_{{i}} = {latex(self._indexed(self.prediction.root))}"

    def gradient_latex(self) -> tuple[str, ...]:
        return self._gradient_written()[0]

    def gradient_plain(self) -> tuple[str, ...]:
        return self._gradient_written()[1]

    def _gradient_written(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """∇L typeset and on lines of text. All batches of one size share it."""
        if self.rows not in self._written:
            nodes = [self._readable(node) for node in self.gradient_nodes]
            self._written[self.rows] = (
                tuple(self._mean_latex(node) for node in nodes),
                tuple(self._mean_plain(node) for node in nodes),
            )
        return self._written[self.rows]

    def _readable(self, node: Node) -> Node:
        """A slope with ŷ for the prediction, unless it can be read with all that ŷ stands for."""
        if self.prediction is None or len(plain_factor(node)) <= _READABLE:
            return node
        return abbreviated(node, self._prediction_in_slopes, Name(PREDICTION))

    @cached_property
    def _prediction_in_slopes(self) -> Node:
        """The prediction as it is written where it is a part of a slope."""
        from gdsim.core.formula.symbolic import from_sympy, to_sympy

        assert self.prediction is not None
        return self.with_values(from_sympy(to_sympy(self.prediction.root)))

    def _mean_plain(self, node: Node) -> str:
        """The mean of a row's formula on a line of text: ``1/3·Σ 2·(θ − y_i)``."""
        return f"1/{self.rows}·Σ {plain_factor(self._indexed(node))}"

    def _mean_latex(self, node: Node) -> str:
        inside = latex_factor(self._indexed(node))
        return rf"\frac{{1}}{{{self.rows}}} \sum_{{i=1}}^{{{self.rows}}} {inside}"

    def _indexed(self, node: Node) -> Node:
        """The tree with the index i at everything that differs from row to row."""
        indexed: dict[str, Node] = {name: Name(f"{name}_i") for name in self.data.names}
        return replace_names(node, {**indexed, PREDICTION: Name("y_hat_i")})

    def row_formulas(self, arguments: Sequence[str], nodes: Sequence[Node]) -> RowFormulas:
        """Trees of a row, ready for means over any rows of these data."""
        return RowFormulas(arguments, self.data.names, nodes)

    def compiled(self, arguments: Sequence[str], nodes: Sequence[Node]) -> RowMeans:
        return RowMeans(self.row_formulas(arguments, nodes), self._columns)

    @cached_property
    def _value(self) -> RowMeans:
        return self.compiled(self.parameters, [self.root])

    @cached_property
    def _gradient(self) -> RowMeans:
        return self.compiled(self.parameters, self.gradient_nodes)

    @cached_property
    def _hessian(self) -> RowMeans | ForwardHessian:
        if not self.writes_hessian:
            from gdsim.core.formula.forward_hessian import ForwardHessian

            names = self.data.names
            return ForwardHessian(self.root, self.parameters, names, self._columns)
        nodes = [node for row in self.hessian_nodes for node in row]
        return self.compiled(self.parameters, nodes)

    @cached_property
    def _predicted(self) -> Callable[..., Any]:
        if self.prediction is None:
            raise ValueError("there is no prediction")
        root = self.with_values(self.prediction.root)
        return compile_array([*self.parameters, *self.inputs], [root])


class _OverRows(RowObjective):
    """The mean of another objective over other rows; its trees and code are the other's."""

    def __init__(self, whole: RowObjective, columns: Sequence[Floats]) -> None:
        self._whole = whole
        self._columns = columns
        self.text = whole.text
        self.data = whole.data
        self.prediction = whole.prediction
        self.loss = whole.loss
        self.root = whole.root
        self.constants = whole.constants
        self.parameters = whole.parameters
        self._written = whole._written

    @cached_property
    def gradient_nodes(self) -> tuple[Node, ...]:
        return self._whole.gradient_nodes

    @property
    def writes_hessian(self) -> bool:
        return self._whole.writes_hessian

    @property
    def _prediction_in_slopes(self) -> Node:
        return self._whole._prediction_in_slopes

    @cached_property
    def hessian_nodes(self) -> tuple[tuple[Node, ...], ...]:
        return self._whole.hessian_nodes

    @cached_property
    def _value(self) -> RowMeans:
        return self._whole._value.over(self._columns)

    @cached_property
    def _gradient(self) -> RowMeans:
        return self._whole._gradient.over(self._columns)

    @cached_property
    def _hessian(self) -> RowMeans | ForwardHessian:
        return self._whole._hessian.over(self._columns)


def _check_classes(root: Node, data: Dataset) -> None:
    """Refuse a cross-entropy that is to learn numbers which are no probabilities of a class."""
    for part in walk(root):
        match part:
            case Call(function, (_, Name(name))) if function == CROSS_ENTROPY:
                values = data.columns.get(name)
                if values is not None and not (values.min() >= 0 and values.max() <= 1):
                    raise Problem(
                        "crossentropy learns classes 0 and 1; column {name} goes from {low} to"
                        " {high}",
                        name=name,
                        low=shown(float(values.min())),
                        high=shown(float(values.max())),
                    )
