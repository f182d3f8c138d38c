"""The landscape of one parameter: the curve, the tangent, the path, one step with its arrows."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot, isfinite, nan
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from gdsim.core.landscape import Curve
from gdsim.core.names import plain_name
from gdsim.views.approximation_layer import Approximation, ApproximationLayer
from gdsim.views.crowd_layer import Crowd, CrowdLayer
from gdsim.views.grid_layer import GridLayer
from gdsim.views.guess_layer import GuessLayer
from gdsim.views.minima_layer import MinimaLayer
from gdsim.views.path_layer import PathLayer
from gdsim.views.pixel_path import PixelMap, clipped, joined
from gdsim.views.plot_axis import position_text
from gdsim.views.plot_box import CachedLayer, PlotBox, draw_segments
from gdsim.views.plot_view import PlotView, Range, sound_range
from gdsim.views.rise_layer import RiseLayer
from gdsim.views.run_layers import RunLayers
from gdsim.views.run_style import RunView
from gdsim.views.start_handle import StartHandle
from gdsim.views.step_layer import Part, ShownStep, StepLayer
from gdsim.views.stop_layer import StopLayer
from gdsim.views.theme import Theme, curve_pen, tangent_pen

if TYPE_CHECKING:
    from gdsim.core.trace import Trace

Floats = NDArray[np.float64]

# The tangent reaches this far to each side, as a share of the view's smaller side.
_TANGENT = 0.3


class CurveLayer(CachedLayer):
    """The loss along the parameter."""

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, -10)
        self._curve: Curve | None = None

    def set_curve(self, curve: Curve | None) -> None:
        self._curve = curve
        self.renew()

    def draw_once(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        if self._curve is None:
            return
        segments = joined(pixels.x(self._curve.x), pixels.y(self._curve.y))
        painter.setPen(curve_pen(self._theme))
        draw_segments(painter, clipped(segments, width, height)[0])


class CurveStepLayer(StepLayer):
    """The step, with the tangent beneath its arrows."""

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, on_card=True)
        self._slope = 0.0

    def set_slope(self, slope: float) -> None:
        self._slope = slope
        self.update()

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        if self._step is not None and isfinite(self._slope):
            here = QPointF(*pixels.point(*self._step.point))
            run, rise = pixels.x_scale, self._slope * pixels.y_scale
            length = hypot(run, rise)
            if isfinite(length) and abs(here.x()) < 1e7 and abs(here.y()) < 1e7:
                reach = QPointF(run / length, rise / length) * _TANGENT * min(width, height)
                pen = tangent_pen(self._theme)
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                painter.setPen(pen)
                painter.drawLine(here - reach, here + reach)
        super().draw(painter, pixels, width, height)


class CurveView(PlotView):
    """Shows one parameter: θ along x and the loss along y."""

    start_dragged = Signal(float)
    start_dropped = Signal(float)
    clicked = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = "x"
        self._axis = 0
        self._curve_now: Curve | None = None
        self._fits_next_curve = True
        self._grid = GridLayer(self.box, self.y_axis)
        self._curve = CurveLayer(self.box)
        self._minima = MinimaLayer(self.box, on_card=True)
        self._crowd = CrowdLayer(self.box)
        self._paths = RunLayers(self.box, self._make_path)
        self._approximations = ApproximationLayer(self.box)
        self._step = CurveStepLayer(self.box)
        self._rises = RiseLayer(self.box, self._columns)
        self._stops = StopLayer(self.box, self._columns)
        self._guess = GuessLayer(self.box)
        self._start = StartHandle(self.box)
        self._start.dragged.connect(self._on_start_dragged)
        self._start.dropped.connect(self._on_start_dropped)
        self.box.clicked.connect(self._on_clicked)
        self.set_parameter(self._name)
        self.set_theme(self.theme)
        self.set_home_range((-2.0, 2.0))
        self._retranslate()

    # Setters

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        fixed = (self._grid, self._curve, self._minima, self._step, self._guess, self._start)
        beside = (self._crowd, self._approximations, self._rises, self._stops)
        for layer in (*fixed, *beside, *self._paths):
            layer.set_theme(theme)

    def set_parameter(self, name: str) -> None:
        """The parameter's name, as it is typed."""
        self._name = name
        self.x_axis.set_title(plain_name(name))
        self.y_axis.set_title(f"L({plain_name(name)})")

    def set_axis(self, axis: int) -> None:
        """Which entry of θ lies along x; the paths are read from it."""
        if axis != self._axis:
            self._axis = axis
            self.set_runs(())

    def set_home_range(self, x_range: Range, y_range: Range | None = None) -> None:
        """What the reset view shows, and now; without ``y_range`` the next curve fits itself in."""
        self._fits_next_curve = y_range is None
        super().set_home_range(x_range, y_range or (0.0, 1.0))

    def set_curve(self, curve: Curve | None) -> None:
        """The loss along the parameter; None shows an empty plane."""
        self._curve_now = curve
        self._curve.set_curve(curve)
        if curve is not None and self._fits_next_curve:
            self._fits_next_curve = False
            low, high = sound_range(curve.extent)
            room = 0.08 * (high - low)
            super().set_home_range(self._home[0], (low - room, high + room))

    def set_minima(self, minima: Sequence[tuple[float, float]]) -> None:
        """The known minima, as (θ, L)."""
        self._minima.set_minima(minima)

    def set_crowd(self, crowd: Crowd | None) -> None:
        """The paths of many descents, beneath the runs; None for none."""
        self._crowd.set_crowd(crowd)

    def set_runs(self, runs: Sequence[RunView]) -> None:
        """The runs, each with its shown step. A run with a known trace is drawn on, not anew."""
        self._paths.set_runs(runs)
        self._rises.set_run(runs[-1] if runs else None)

    def set_stops(self, trace: Trace | None, stops: tuple[tuple[int, str], ...] = ()) -> None:
        """Rows of a trace at which stop rules would have ended it, each with its label."""
        self._stops.set_stops(trace, stops)

    def refresh(self) -> None:
        """Draw the rows that the traces have gained."""
        self._paths.refresh()

    def set_step(
        self,
        theta: float,
        loss: float,
        gradient: float | None,
        delta: float | None,
        next_theta: float | None,
        next_loss: float | None = None,
        state: tuple[str, float] | None = None,
    ) -> None:
        """The shown step as far as it is known; the ghost lies on the curve where L is known.

        ``state``: (label, value) of what the optimizer remembers, drawn as −value.
        """
        ghost = None
        if next_theta is not None:
            ghost = (next_theta, loss if next_loss is None else next_loss)
        self._step.set_slope(nan if gradient is None else gradient)
        self._step.set_step(
            ShownStep(
                (theta, loss),
                None if gradient is None else (gradient, 0.0),
                None if delta is None else (delta, 0.0),
                ghost,
                None if state is None else (state[0], (state[1], 0.0)),
            )
        )
        self._update_note()

    def grow(self, part: Part) -> None:
        """Let a part of the shown step grow before the eye."""
        self._step.grow(part)

    def set_guess(
        self,
        guess: tuple[float, float] | None,
        landed: tuple[float, float] | None = None,
        label: str = "",
    ) -> None:
        """Where somebody thinks the next point lands, as (θ, L); then where it did."""
        self._guess.set_guess(guess, landed, label)

    def set_approximations(
        self, approximations: Sequence[Approximation], landing: float | None
    ) -> None:
        """Taylor polynomials over the curve, with dots on each at ``landing``, which is θ + Δ."""
        self._approximations.set_approximations(approximations, landing)

    def clear_step(self) -> None:
        """Show no step."""
        self._step.set_step(None)
        self._update_note()

    def set_start(self, theta: float, loss: float | None = None) -> None:
        """Where the start point's handle is; without a loss it lies on the painted curve."""
        if loss is None:
            self._keep_on_curve(theta)
        else:
            self._start.set_start(theta, loss)

    # Inside

    def _make_path(self) -> PathLayer:
        # The chords are no part of the curve; they only say which point follows which.
        layer = PathLayer(self.box, self._columns, faint=True)
        layer.set_theme(self.theme)
        return layer

    @Slot(float, float)
    def _on_clicked(self, x: float, _: float) -> None:
        self.clicked.emit(x)

    def _columns(self, trace: Trace, start: int, stop: int) -> tuple[Floats, Floats]:
        return trace.theta(start, stop)[:, self._axis], trace.loss(start, stop)

    def _on_start_dragged(self, x: float, _y: float) -> None:
        self._keep_on_curve(x)
        self.start_dragged.emit(x)

    def _on_start_dropped(self, x: float, _y: float) -> None:
        self._keep_on_curve(x)
        self.start_dropped.emit(x)

    def _keep_on_curve(self, x: float) -> None:
        """Put the handle on the painted curve at once; the setter follows with the true loss."""
        if self._curve_now is not None:
            height = float(np.interp(x, self._curve_now.x, self._curve_now.y))
            if isfinite(height):
                self._start.set_start(x, height)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Loss curve"))
        self.setAccessibleDescription(
            self.tr("The loss along one parameter, with the points of the descent.")
        )
        self._start.setToolTip(self.tr("Start point: drag it"))
        self._update_note()

    def _update_note(self) -> None:
        outside = self._step.is_outside()
        self.note.set_note(self.tr("The point is outside the view") if outside else "")
        self._place_notes()

    def _on_range_changed(self, *_: object) -> None:
        super()._on_range_changed()
        self._update_note()

    def _on_pointed(self, position: tuple[float, float] | None) -> None:
        text = ""
        if position is not None:
            pixels = self.box.pixels()
            scales = (pixels.x_scale, pixels.y_scale)
            text = ", ".join(map(position_text, (plain_name(self._name), "L"), position, scales))
        self.position_note.set_note(text)
        self._place_notes()
