"""Rows of data as points of a plot, and what a model says between them, sampled for the eye.

These are finished pictures in numbers. The views only paint them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

import numpy as np

from gdsim.core.arrays import Floats, Integers, Range
from gdsim.core.data.dataset import is_two_classes
from gdsim.core.landscape.landscape import finite, iso_lines

Model = Callable[[Mapping[str, Floats]], Floats]
"""What the model says of rows, given its input columns by name; of the same shape as these."""

MOST_POINTS = 4_000
"""Points drawn at most: more would be a blot, and would not fit into a frame."""

MOST_RESIDUALS = 500
"""Residual lines drawn at most: beyond, they would be a surface."""

_SAMPLES = 240  # of the model along its input
_ROOM = 0.08  # around the points, as a share of their range


class Kind(Enum):
    """How rows become points."""

    CURVE = auto()
    """One input: the target against it. The model is a curve."""
    CLASSES = auto()
    """Two inputs and a target of two values. The model is a map with a boundary."""
    VALUES = auto()
    """Two inputs and any target. The model is a map, and a point is coloured by its target."""
    AGREEMENT = auto()
    """Any inputs: what the model says against the target. A perfect model is the diagonal."""


@dataclass(frozen=True, slots=True, eq=False)
class Scatter:
    """Rows as points of a plot.

    ``x``, ``y`` (n,): where each row stands; with ``Kind.AGREEMENT`` the target along x, and y is
    what the model says, which :func:`agreement` puts there. ``target`` (n,): what is to be
    learnt. ``drawn``: the rows that are drawn, ascending; fewer than n where n is large.
    ``names``: what stands along x and along y. ``labels``: the two values of the target with
    ``Kind.CLASSES``, the lower first; else the range of the target.
    """

    kind: Kind
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
    """What the model says along its one input: ``x`` and ``y`` (k,), NaN where it says nothing.

    ``rows`` are the rows with a residual line, from their targets to ``predicted``.
    """

    x: Floats
    y: Floats
    rows: Integers
    predicted: Floats


@dataclass(frozen=True, slots=True, eq=False)
class ModelMap:
    """What the model says over its two inputs.

    ``x`` (nx,), ``y`` (ny,), ``values`` (ny, nx) with NaN where it says nothing, ``shade``
    likewise in [0, 1] for colours; ``boundary`` (m, 2): where the model is undecided between two
    classes, lines separated by rows of NaN.
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
    kind: Kind | None = None,
) -> Scatter:
    """The rows as points, in the way that fits so many inputs and such a target.

    Parameters
    ----------
    columns : name → (n,), among them the inputs and the target.
    inputs : the columns that the model is made from.
    target : the column that it is to learn.
    kind : by default what fits; two classes are otherwise told by a target that has both.
    """
    goal = columns[target]
    drawn = _sample(len(goal))
    kind = kind or kind_of(len(inputs), goal)
    labels = (0.0, 1.0)
    if len(goal) and (kind is not Kind.CLASSES or is_two_classes(goal)):
        labels = (float(goal.min()), float(goal.max()))
    if kind is Kind.CURVE:
        x, y, names = columns[inputs[0]], goal, (inputs[0], target)
    elif kind is Kind.AGREEMENT:
        x, y, names = goal, np.full(len(goal), np.nan), (target, "prediction")
    else:
        x, y, names = columns[inputs[0]], columns[inputs[1]], (inputs[0], inputs[1])
    shade = _shade(goal, labels)
    return Scatter(kind, x, y, goal, drawn, shade, names, tuple(inputs), labels)


def home_ranges(points: Scatter, model: Model | None = None) -> tuple[Range, Range]:
    """The ranges of x and y in which all points have room.

    Parameters
    ----------
    model : at the start of the descent; its curve has room as well, unless the points would then
        take less than half of the height.
    """
    y = points.x if points.kind is Kind.AGREEMENT else points.y
    if model is not None and points.kind is Kind.CURVE and len(y):
        said = finite(np.asarray(model({points.inputs[0]: points.x[points.drawn]})))
        both = np.concatenate((y, np.broadcast_to(said, points.drawn.shape)))
        both = both[np.isfinite(both)]
        if np.ptp(both) <= 2 * np.ptp(y):
            y = both
    return _with_room(points.x), _with_room(y)


def model_curve(
    model: Model,
    points: Scatter,
    x_range: Range,
    rows: Integers | None = None,
) -> ModelCurve:
    """The model along its one input, and at rows.

    With ``Kind.AGREEMENT`` the curve is the diagonal, on which prediction and target agree.

    Parameters
    ----------
    rows : which ones get a residual line; by default all that are drawn. Too many get none.
    """
    rows = points.drawn if rows is None else rows
    if len(rows) > MOST_RESIDUALS:
        rows = rows[:0]
    x = np.linspace(*x_range, _SAMPLES)
    if points.kind is Kind.AGREEMENT:
        return ModelCurve(x, x, rows, points.x[rows])
    (name,) = points.inputs
    both = finite(model({name: np.concatenate((x, points.x[rows]))}))
    return ModelCurve(x, both[:_SAMPLES], rows, both[_SAMPLES:])


def agreement(model: Model, columns: Mapping[str, Floats], points: Scatter) -> Scatter:
    """The points with what the model says of the drawn rows as their heights."""
    y = np.full(len(points.x), np.nan)
    given = {name: columns[name][points.drawn] for name in points.inputs}
    y[points.drawn] = finite(np.broadcast_to(model(given), points.drawn.shape))
    return replace(points, y=y)


def model_map(
    model: Model, points: Scatter, x_range: Range, y_range: Range, resolution: int = 80
) -> ModelMap:
    """The model over its two inputs; between two classes it is undecided half-way."""
    x = np.linspace(*x_range, _SAMPLES)
    y = np.linspace(*y_range, resolution)
    across, up = np.meshgrid(x, y)
    values = finite(model(dict(zip(points.inputs, (across, up), strict=True))))
    boundary = np.empty((0, 2))
    if points.kind is Kind.CLASSES:
        low, high = points.labels
        boundary = iso_lines(x, y, values, ((low + high) / 2,))
    return ModelMap(x, y, values, _shade(values, points.labels), boundary)


def kind_of(inputs: int, target: Floats) -> Kind:
    """How rows with so many inputs and such a target become points."""
    if inputs == 1:
        return Kind.CURVE
    if inputs != 2:
        return Kind.AGREEMENT
    return Kind.CLASSES if is_two_classes(target) else Kind.VALUES


def _sample(rows: int) -> Integers:
    """All rows, or so many of them taken at random, always the same ones."""
    if rows <= MOST_POINTS:
        return np.arange(rows)
    taken = np.random.default_rng(0).choice(rows, MOST_POINTS, replace=False)
    return np.sort(taken).astype(np.int64)


def _shade(values: Floats, labels: Range) -> Floats:
    """Values as positions between the labels."""
    low, high = labels
    if low == high:
        return np.where(np.isnan(values), np.nan, 0.5)
    return np.clip((values - low) / (high - low), 0.0, 1.0)


def _with_room(values: Floats) -> Range:
    if not len(values):
        return (-1.0, 1.0)
    low, high = float(values.min()), float(values.max())
    room = _ROOM * (high - low) or 1.0
    return (low - room, high + room)
