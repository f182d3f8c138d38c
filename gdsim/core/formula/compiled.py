"""Compiled formulas, evaluated at one point or at many, as they are or as means over rows.

No arithmetic error is raised here: where a formula is undefined or too large, its value is NaN
or infinite.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np

from gdsim.core.arrays import Floats
from gdsim.core.formula.expression import Node, names_in
from gdsim.core.formula.python_source import (
    Writer,
    array_functions,
    compile_array,
    compile_scalar,
    compile_source,
)

TILE = 8_192
"""Rows of a mean that are added up at once: few enough that the intermediate results stay in the
cache. The result depends on the order of the additions, so the order is the same everywhere."""

_CELLS = 1 << 16
"""The largest number of points times rows that are computed at once."""


class Evaluator(Protocol):
    """The values of k formulas."""

    def at_point(self, point: Sequence[float]) -> Floats:
        """At one point, a number an argument: (k,)."""

    def at_points(self, points: Floats) -> Floats:
        """At points (arguments, …): (k, …)."""


class Formulas:
    """Formulas that read only their arguments.

    Parameters
    ----------
    arguments : the names that the trees use, in the order of a point's numbers.
    nodes : the trees.
    """

    def __init__(self, arguments: Sequence[str], nodes: Sequence[Node]) -> None:
        self._scalar = compile_scalar(arguments, nodes)
        self._array = compile_array(arguments, nodes)

    def at_point(self, point: Sequence[float]) -> Floats:
        try:
            return np.array(self._scalar(*point), dtype=np.float64)
        except (ArithmeticError, ValueError):
            return self.at_points(np.array(point, dtype=np.float64)[:, np.newaxis])[:, 0]

    def at_points(self, points: Floats) -> Floats:
        with np.errstate(all="ignore"):
            results = self._array(*points)
        return _stacked(results, points.shape[1:])


class RowFormulas:
    """Formulas that read arguments and columns of data, averaged over the rows.

    Parameters
    ----------
    arguments, nodes : as for :class:`Formulas`.
    columns : the names of the columns.
    """

    def __init__(
        self, arguments: Sequence[str], columns: Sequence[str], nodes: Sequence[Node]
    ) -> None:
        self._varies = [not names_in(node).isdisjoint(columns) for node in nodes]
        self._varying = np.flatnonzero(self._varies)
        self._sums = _compile_sums(arguments, columns, nodes, self._varies)

    def means(self, point: Sequence[float], columns: Sequence[Floats]) -> list[float]:
        """The mean of every formula at one point, in IEEE arithmetic.

        Parameters
        ----------
        columns : (n,) each, contiguous.
        """
        # With NumPy numbers 1/θ is infinite at θ = 0; with Python floats it would raise.
        given = [np.float64(number) for number in point]
        count = len(columns[0])
        with np.errstate(all="ignore"):
            sums = self._sums(*given, *(column[:TILE] for column in columns))
            for first in range(TILE, count, TILE):
                tile = self._sums(*given, *(column[first : first + TILE] for column in columns))
                sums = [
                    total + part if varies else total
                    for total, part, varies in zip(sums, tile, self._varies, strict=True)
                ]
            return [
                float(total / count if varies else total)
                for total, varies in zip(sums, self._varies, strict=True)
            ]

    def means_at(self, points: Floats, columns: Sequence[Floats]) -> Floats:
        """The mean of every formula at points (arguments, …): (k, …), in pieces of bounded size."""
        flat = points.reshape(len(points), -1)
        count = len(columns[0])
        width = min(count, TILE)
        together = max(1, _CELLS // width)
        means = np.zeros((len(self._varies), flat.shape[1]))
        with np.errstate(all="ignore"):
            for start in range(0, flat.shape[1], together):
                given = flat[:, start : start + together, np.newaxis]
                piece = means[:, start : start + together]
                for first in range(0, count, width):
                    rows = [column[first : first + width] for column in columns]
                    self._add(piece, self._sums(*given, *rows), is_first=not first)
                piece[self._varying] /= count
        return means.reshape(len(self._varies), *points.shape[1:])

    def _add(self, piece: Floats, sums: Sequence[Any], *, is_first: bool) -> None:
        for total, part, varies in zip(piece, sums, self._varies, strict=True):
            if varies:
                total += part
            elif is_first:
                total[:] = np.ravel(part)


class RowMeans:
    """The means of :class:`RowFormulas` over chosen rows.

    Parameters
    ----------
    columns : (n,) each, contiguous: the chosen rows.
    """

    def __init__(self, formulas: RowFormulas, columns: Sequence[Floats]) -> None:
        self._formulas = formulas
        self._columns = columns

    def over(self, columns: Sequence[Floats]) -> RowMeans:
        """The means of the same formulas over other rows."""
        return RowMeans(self._formulas, columns)

    def at_point(self, point: Sequence[float]) -> Floats:
        return np.array(self._formulas.means(point, self._columns))

    def at_points(self, points: Floats) -> Floats:
        return self._formulas.means_at(points, self._columns)


def _stacked(results: Sequence[Any], shape: tuple[int, ...]) -> Floats:
    stacked = np.empty((len(results), *shape))
    for index, result in enumerate(results):
        stacked[index] = result
    return stacked


def _compile_sums(
    arguments: Sequence[str],
    columns: Sequence[str],
    nodes: Sequence[Node],
    varies: Sequence[bool],
) -> Callable[..., Any]:
    """A function of arguments and columns that gives the sum of each formula over the rows.

    A formula that reads no column is returned as it is. With arguments (m, 1) the results are (m,).
    """
    variables = {name: f"p{place}" for place, name in enumerate(arguments)}
    variables |= {name: f"x{place}" for place, name in enumerate(columns)}
    writer = Writer(nodes, variables)
    for place, node in enumerate(nodes):
        writer.assign(f"r{place}", node)
    body = "".join(f"    {line}\n" for line in writer.lines)
    results = "".join(
        f"sum_(r{place}, -1), " if several else f"r{place}, "
        for place, several in enumerate(varies)
    )
    source = f"def sums({', '.join(variables.values())}):\n{body}    return ({results})\n"
    functions = {**array_functions(), "sum_": np.add.reduce}
    function: Callable[..., Any] = compile_source(source, "sums", functions)
    return function
