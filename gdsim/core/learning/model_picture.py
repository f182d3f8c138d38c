"""Rows of data as the points of a plot, and the predictions of a model between them.

The classes contain all the numbers of a plot. The views only paint them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

import numpy as np

from gdsim.core.arrays import Floats, Integers, Range
from gdsim.core.data.dataset import is_two_classes
from gdsim.core.landscape.landscape import finite, iso_lines

Model = Callable[[Mapping[str, Floats]], Floats]
"""The predictions of a model for arrays of its inputs, by column name; they have the same shape."""

MOST_POINTS = 4_000
"""The most points that are drawn: more would cover each other and take too long to draw."""

MOST_RESIDUALS = 500
"""The most residual lines that are drawn: more could not be told apart."""

_SAMPLES = 240  # of the model along the x axis
_MARGIN = 0.08  # around the points, as a share of their range


class PlotKind(Enum):
    """Which plot of the data is drawn."""

    CURVE = auto()
    """One input: the target against the input. The model is a curve."""
    CLASSES = auto()
    """Two inputs and a target of two classes. The model is a colour map with a boundary."""
    VALUES = auto()
    """Two inputs and any target. The model is a colour map, and points have the target's colour."""
    AGREEMENT = auto()
    """Any inputs: the prediction against the target. A perfect model is the diagonal."""


@dataclass(frozen=True, slots=True, eq=False)
class Scatter:
    """Rows as points of a plot.

    ``x``, ``y`` (n,): the coordinates of each row. With ``PlotKind.AGREEMENT``, x is the target and
    y the prediction, which :func:`agreement` fills in.
    ``target`` (n,): the values to be predicted.
    ``drawn``: the indices of the rows that are drawn, ascending; fewer than n where n is large.
    ``shade`` (n,): the target as a position in [0, 1] between the two labels, for colours.
    ``names``: the titles of the x and the y axis.
    ``labels``: with ``PlotKind.CLASSES`` the two values of the target, the lower first; otherwise
    the range of the target.
    """

    kind: PlotKind
    x: Floats
    y: Floats
    target: Floats
    drawn: Integers
    shade: Floats
    names: tuple[str, str]
    inputs: tuple[str, ...]
    labels: Range

    @property
    def is_thinned(self) -> bool:
        """Whether not every row is drawn."""
        return len(self.drawn) < len(self.x)


@dataclass(frozen=True, slots=True, eq=False)
class ModelCurve:
    """The predictions of a model with one input.

    ``x`` and ``y`` (k,): input and prediction, NaN where the prediction is undefined;
    ``rows``: the indices of the rows with a residual line, which goes from the target to
    ``predicted``.
    """

    x: Floats
    y: Floats
    rows: Integers
    predicted: Floats


@dataclass(frozen=True, slots=True, eq=False)
class ModelMap:
    """The predictions of a model with two inputs.

    ``x`` (nx,), ``y`` (ny,): the inputs;
    ``values`` (ny, nx): the predictions, NaN where they are undefined;
    ``shade`` (ny, nx): the predictions as positions in [0, 1] for colours;
    ``boundary`` (m, 2): lines at which the prediction is half-way between the two classes,
    separated by rows of NaN.
    """

    x: Floats
    y: Floats
    values: Floats
    shade: Floats
    boundary: Floats


def scatter(
    columns: Mapping[str, Floats],
    inputs: Sequence[str],
    target: str,
    kind: PlotKind | None = None,
) -> Scatter:
    """The rows as points of a plot.

    Parameters
    ----------
    columns : name → (n,), with the inputs and the target among them.
    inputs : the columns from which the model predicts.
    target : the column that it predicts.
    kind : by default the one of :func:`kind_of`. With ``PlotKind.CLASSES`` for a target that has
        only one class so far, the labels are 0 and 1.
    """
    goal = columns[target]
    drawn = _sample(len(goal))
    kind = kind or kind_of(len(inputs), goal)
    labels = (0.0, 1.0)
    if len(goal) and (kind is not PlotKind.CLASSES or is_two_classes(goal)):
        labels = (float(goal.min()), float(goal.max()))
    if kind is PlotKind.CURVE:
        x, y, names = columns[inputs[0]], goal, (inputs[0], target)
    elif kind is PlotKind.AGREEMENT:
        x, y, names = goal, np.full(len(goal), np.nan), (target, "prediction")
    else:
        x, y, names = columns[inputs[0]], columns[inputs[1]], (inputs[0], inputs[1])
    shade = _shade(goal, labels)
    return Scatter(kind, x, y, goal, drawn, shade, names, tuple(inputs), labels)


def home_ranges(points: Scatter, model: Model | None = None) -> tuple[Range, Range]:
    """The initial ranges of x and y, which contain all points with a margin.

    Parameters
    ----------
    model : the model at the start of the descent. Its curve is inside the ranges as well, unless
        the points would then cover less than half of the height.
    """
    y = points.x if points.kind is PlotKind.AGREEMENT else points.y
    if model is not None and points.kind is PlotKind.CURVE and len(y):
        predicted = finite(np.asarray(model({points.inputs[0]: points.x[points.drawn]})))
        both = np.concatenate((y, np.broadcast_to(predicted, points.drawn.shape)))
        both = both[np.isfinite(both)]
        if _extent(both) <= 2 * _extent(y):
            y = both
    return _with_margin(points.x), _with_margin(y)


def model_curve(
    model: Model,
    points: Scatter,
    x_range: Range,
    rows: Integers | None = None,
) -> ModelCurve:
    """The model along its one input, with residuals.

    With ``PlotKind.AGREEMENT`` the curve is the diagonal, where prediction and target are equal.

    Parameters
    ----------
    rows : the indices of the rows that get a residual line, by default of all that are drawn. If
        they are more than :data:`MOST_RESIDUALS`, none does.
    """
    rows = points.drawn if rows is None else rows
    if len(rows) > MOST_RESIDUALS:
        rows = rows[:0]
    x = np.linspace(*x_range, _SAMPLES)
    if points.kind is PlotKind.AGREEMENT:
        return ModelCurve(x, x, rows, points.x[rows])
    (name,) = points.inputs
    both = finite(model({name: np.concatenate((x, points.x[rows]))}))
    return ModelCurve(x, both[:_SAMPLES], rows, both[_SAMPLES:])


def agreement(model: Model, columns: Mapping[str, Floats], points: Scatter) -> Scatter:
    """The points of ``PlotKind.AGREEMENT`` with the predictions for the drawn rows as y."""
    y = np.full(len(points.x), np.nan)
    given = {name: columns[name][points.drawn] for name in points.inputs}
    y[points.drawn] = finite(np.broadcast_to(model(given), points.drawn.shape))
    return replace(points, y=y)


def model_map(
    model: Model, points: Scatter, x_range: Range, y_range: Range, resolution: int = 80
) -> ModelMap:
    """The model over its two inputs, with ``resolution`` samples along y."""
    x = np.linspace(*x_range, _SAMPLES)
    y = np.linspace(*y_range, resolution)
    across, up = np.meshgrid(x, y)
    values = finite(model(dict(zip(points.inputs, (across, up), strict=True))))
    boundary = np.empty((0, 2))
    if points.kind is PlotKind.CLASSES:
        low, high = points.labels
        boundary = iso_lines(x, y, values, (low / 2 + high / 2,))
    return ModelMap(x, y, values, _shade(values, points.labels), boundary)


def kind_of(inputs: int, target: Floats) -> PlotKind:
    """The plot that suits a number of inputs and a target (n,)."""
    if inputs == 1:
        return PlotKind.CURVE
    if inputs != 2:
        return PlotKind.AGREEMENT
    return PlotKind.CLASSES if is_two_classes(target) else PlotKind.VALUES


def _sample(rows: int) -> Integers:
    """The indices of all rows or of a random sample of them, which is always the same one."""
    if rows <= MOST_POINTS:
        return np.arange(rows)
    taken = np.random.default_rng(0).choice(rows, MOST_POINTS, replace=False)
    return np.sort(taken).astype(np.int64)


def _shade(values: Floats, labels: Range) -> Floats:
    """Values as positions between the labels."""
    # Relative to the larger label, or the difference of ±1e308 would overflow.
    scale = max(map(abs, labels)) or 1.0
    low, high = (label / scale for label in labels)
    if low == high:
        return np.where(np.isnan(values), np.nan, 0.5)
    with np.errstate(over="ignore"):  # what is far outside is clipped
        return np.clip((values / scale - low) / (high - low), 0.0, 1.0)


def _with_margin(values: Floats) -> Range:
    if not len(values):
        return (-1.0, 1.0)
    low, high = float(values.min()), float(values.max())
    margin = _MARGIN * (high - low) or 1.0
    largest = sys.float_info.max  # where the margin is beyond, the range is not
    return (max(low - margin, -largest), min(high + margin, largest))


def _extent(values: Floats) -> float:
    """From the smallest to the largest value; infinite where that is beyond the largest number."""
    return float(values.max()) - float(values.min())
