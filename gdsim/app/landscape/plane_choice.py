"""Which plane of the parameters the landscape shows, and what is said about it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from time import perf_counter

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from gdsim.core.arrays import Floats, Range
from gdsim.core.formula.names import plain_name, stem_of
from gdsim.core.landscape.plane import Plane
from gdsim.core.landscape.principal_directions import PathStatistics
from gdsim.core.landscape.random_directions import random_plane
from gdsim.core.run.trace import Trace
from gdsim.simulation.runner import Runner
from gdsim.views.landscape.slice_selector import SliceSelector

# The time that a frame may spend on reading a path, in seconds; the rest is read in later frames.
_PATIENCE = 0.004
_ROWS_AT_ONCE = 8_192
# New directions are used when the share of the variance of one differs by more than this.
_NOTICEABLE = 0.01
# The width of the initial ranges, as a multiple of that of the path.
_ROOM = 1.3


class PlaneChoice(QObject):
    """The plane of the landscape: two parameters, principal directions of the path, or random ones.

    A path of millions of rows is read only once, in small pieces. Its principal directions are
    computed again when it has become 5 % longer, and are used only if they differ noticeably: a
    plot that rotated with every step could not be read.
    """

    changed = Signal()
    """Another plane is shown, or a larger part of it."""

    def __init__(self, selector: SliceSelector, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._selector = selector
        self._runner = runner
        self._parameters: tuple[str, ...] = ("x", "y")
        self._start: tuple[float, ...] = (0.0, 0.0)
        self._ranges: tuple[Range, ...] = ((-1.0, 1.0), (-1.0, 1.0))
        self._axes = (0, 1)
        self._kind, self._anchor = "parameters", "shown"
        self._seed = 0
        self._trace: Trace | None = None
        self._movement = PathStatistics(2)
        self._read = self._fitted = 0
        self._directions: Plane | None = None  # the plane of principal or random directions
        self._reference = 0  # the row that random directions are scaled to
        self._home: tuple[Range, Range] | None = None  # of those directions
        selector.kind_chosen.connect(self._on_kind_chosen)
        selector.anchor_chosen.connect(self._on_anchor_chosen)
        selector.axes_chosen.connect(self._on_axes_chosen)
        selector.others_requested.connect(self._on_others_requested)

    def set_scene(
        self,
        parameters: tuple[str, ...],
        start: tuple[float, ...],
        ranges: tuple[Range, ...],
        axes: tuple[int, int] = (0, 1),
    ) -> None:
        """Show two parameters of another function, with their initial ranges."""
        self._parameters, self._start, self._ranges = parameters, start, ranges
        self._axes, self._kind, self._anchor = axes, "parameters", "shown"
        self._forget_directions()
        self._trace = None
        self._show()

    # The plane

    @property
    def is_slice(self) -> bool:
        """Whether there are more than two parameters."""
        return len(self._parameters) > 2

    @property
    def plane(self) -> Plane:
        """The plane whose coordinates are used for drawing; the shown slice is parallel to it."""
        if self._directions is not None:
            return self._directions
        return Plane.of_parameters(np.zeros(len(self._parameters)), self._axes)

    def through(self) -> Plane:
        """The plane whose losses are shown; a slice goes through the chosen point."""
        if not self.is_slice:
            return self.plane
        trace = self._runner.trace
        if trace is None or trace.parameters != self._parameters:
            return self.plane.through(self._start)
        row = self._runner.last if self._anchor == "last" else self._runner.shown
        return self.plane.through(trace.theta(row, row + 1)[0])

    @property
    def home(self) -> tuple[Range, Range]:
        """The initial ranges of the plane's coordinates."""
        if self._home is not None:
            return self._home
        return self._ranges[self._axes[0]], self._ranges[self._axes[1]]

    @property
    def titles(self) -> tuple[str, str]:
        """The titles of the two axes."""
        if self._directions is None:
            x, y = (plain_name(self._parameters[axis]) for axis in self._axes)
            return x, y
        if self._kind == "principal":
            return self.tr("PC {n}").format(n=1), self.tr("PC {n}").format(n=2)
        return self.tr("direction {n}").format(n=1), self.tr("direction {n}").format(n=2)

    # The path

    def follow(self, trace: Trace) -> bool:
        """Read some new rows of the trace; returns whether there are more."""
        behind, is_other = self._take_in(trace)
        if is_other:
            self.changed.emit()
        return behind

    def _take_in(self, trace: Trace) -> tuple[bool, bool]:
        """Whether there are more rows, and whether the plane or its ranges have changed."""
        if self._kind == "parameters" or trace.parameters != self._parameters:
            return False, False
        if trace is not self._trace:
            self._trace, self._movement = trace, PathStatistics(len(self._parameters))
            self._read = self._fitted = 0
        behind = self._read_on(trace)
        count = self._movement.count
        if count == self._fitted or (count < 1.05 * self._fitted + 1 and self._runner.playing):
            return behind, False
        self._fitted = count
        return behind, self._fit()

    def _read_on(self, trace: Trace) -> bool:
        deadline = perf_counter() + _PATIENCE
        length = len(trace)
        while self._read < length and perf_counter() < deadline:
            end = min(self._read + _ROWS_AT_ONCE, length)
            self._movement.add(trace.theta(self._read, end))
            self._read = end
        return self._read < length

    def _fit(self) -> bool:
        before = self._directions
        if self._kind == "principal":
            self._take_principal()
        if self._directions is not before:
            self._home = None
        is_wider = self._widen()
        self._say()
        return is_wider or self._directions is not before

    def _take_principal(self) -> None:
        principal, before = self._movement.principal(), self._directions
        if principal is None:
            return
        if before is not None:
            now = self._movement.shares_along(before)
            off = (abs(one - other) for one, other in zip(now, principal.shares, strict=True))
            if max(off) <= _NOTICEABLE:
                return
        self._directions = principal.plane(self._movement.extreme_points[0], like=before)

    def _widen(self) -> bool:
        """Extend the initial ranges to contain the path; returns whether they have changed."""
        plane, marks = self._directions, self._movement.extreme_points
        if plane is None or not len(marks):
            return False
        spots = np.column_stack(plane.columns(marks))
        if self._home is not None:
            corners = np.array(self._home).T
            if ((spots >= corners[0]) & (spots <= corners[1])).all():
                return False
            spots = np.concatenate((spots, corners))
        low, high = spots.min(axis=0), spots.max(axis=0)
        half = _ROOM * float((high - low).max()) / 2
        if not 0 < half < np.inf:
            return False
        self._home = _square((low + high) / 2, half)
        return True

    # Requests

    @Slot(int, int)
    def _on_axes_chosen(self, x: int, y: int) -> None:
        self._axes = (x, y)
        self._show()
        self.changed.emit()

    @Slot(str)
    def _on_kind_chosen(self, kind: str) -> None:
        self._kind = kind
        self._forget_directions()
        self._begin()

    @Slot(str)
    def _on_anchor_chosen(self, anchor: str) -> None:
        self._anchor = anchor
        if self._kind == "random":
            self._forget_directions()
        self._begin()

    @Slot()
    def _on_others_requested(self) -> None:
        self._seed += 1
        self._forget_directions()
        self._begin()

    def _forget_directions(self) -> None:
        self._directions = self._home = None
        self._fitted = 0

    def _begin(self) -> None:
        """Show the chosen plane, if its directions are known already."""
        trace = self._runner.trace
        if self._kind == "random":
            self._draw_at_random(trace)
        if trace is not None:
            self._take_in(trace)
        self._show()
        self.changed.emit()

    def _draw_at_random(self, trace: Trace | None) -> None:
        theta: Floats = np.array(self._start)
        self._reference = 0
        if trace is not None and trace.parameters == self._parameters:
            last = self._anchor == "last"
            self._reference = self._runner.last if last else self._runner.shown
            theta = trace.theta(self._reference, self._reference + 1)[0]
        self._directions = random_plane(theta, self._parameters, self._seed)
        # As in the paper: the distance in either direction is ‖θ‖.
        self._home = _square(np.zeros(2), math.hypot(*theta) or 1.0)

    # Texts

    def retranslate(self) -> None:
        """Say everything again in the current language."""
        self._say()

    def _show(self) -> None:
        if self.is_slice:
            self._selector.set_parameters(self._parameters, self._axes)
            self._selector.set_slice(self._kind, self._anchor)
        self._say()

    def _say(self) -> None:
        if self.is_slice:
            self._selector.set_sentence(self._sentence())

    def _sentence(self) -> str:
        place = self.tr("the last point") if self._anchor == "last" else "θₜ"
        x, y = self.titles
        if self._kind == "random":
            return self.tr(
                "Slice through {place} along two random directions, each group of parameters"
                " ({groups}) scaled to its size at t = {t}"
            ).format(place=place, groups=", ".join(_stems(self._parameters)), t=self._reference)
        if self._kind == "parameters":
            return self.tr("Slice through {place} along {x} and {y}").format(place=place, x=x, y=y)
        if self._directions is None:
            return self.tr(
                "The path has no principal directions: slice through {place} along {x} and {y}"
            ).format(place=place, x=x, y=y)
        shares = self._movement.shares_along(self._directions)
        if not sum(shares) > 0:
            return self.tr(
                "Slice through {place} along the principal directions of the earlier path"
            ).format(place=place)
        # The sum of the rounded shares, so that the shown numbers add up.
        first, second = (round(100 * share, 1) for share in shares)
        return self.tr(
            "Slice through {place} along the path's two principal directions, which explain"
            " {share} % of its movement ({first} + {second})"
        ).format(place=place, share=f"{first + second:.1f}", first=first, second=second)


def _square(middle: Floats, half: float) -> tuple[Range, Range]:
    x, y = middle.tolist()
    return (x - half, x + half), (y - half, y + half)


def _stems(parameters: Sequence[str]) -> list[str]:
    """The stems of the parameters' names, each once."""
    return list(dict.fromkeys(plain_name(stem_of(name)) for name in parameters))
