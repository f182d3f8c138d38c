"""The landscape of one parameter: curve, tangent, path, and a step with its arrows."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gdsim.core.arrays import Floats, Range
from gdsim.core.formula.names import plain_name
from gdsim.core.landscape.landscape import Curve
from gdsim.views.landscape.curve_layer import CurveLayer, TangentLayer
from gdsim.views.landscape.landscape_plot import LandscapePlot
from gdsim.views.overlays.approximation_layer import Approximation, ApproximationLayer
from gdsim.views.plot.grid_layer import GridLayer
from gdsim.views.plot.plot_view import valid_range
from gdsim.views.run.step_layer import ShownStep

if TYPE_CHECKING:
    from gdsim.core.run.trace import Trace


class CurveView(LandscapePlot):
    """One parameter θ along x, and the loss along y."""

    start_dragged = Signal(float)
    start_dropped = Signal(float)
    clicked = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, on_card=True)
        self._name = "x"
        self._curve_now: Curve | None = None
        self._fits_next_curve = True
        self._grid = GridLayer(self.box, self.y_axis)
        self._curve = CurveLayer(self.box)
        self._approximations = ApproximationLayer(self.box)
        self._tangent = TangentLayer(self.box)
        self._layers += [self._grid, self._curve, self._approximations, self._tangent]
        self._start.dragged.connect(self._on_start_dragged)
        self._start.dropped.connect(self._on_start_dropped)
        self.box.clicked.connect(self._on_clicked)
        self.set_parameter(self._name)
        self.set_theme(self.theme)
        self.set_home_range((-2.0, 2.0))
        self._retranslate()

    # Setters

    def set_parameter(self, name: str) -> None:
        """Set the name of the parameter, as typed."""
        self._name = name
        self.x_axis.set_title(plain_name(name))
        self.y_axis.set_title(f"L({plain_name(name)})")

    def set_home_range(self, x_range: Range, y_range: Range | None = None) -> None:
        """Set and show the home view; without ``y_range`` the next curve sets the range of y."""
        self._fits_next_curve = y_range is None
        super().set_home_range(x_range, y_range or (0.0, 1.0))

    def set_curve(self, curve: Curve | None) -> None:
        """Show the curve of the loss; None: an empty plane."""
        self._curve_now = curve
        self._curve.set_curve(curve)
        if curve is not None and self._fits_next_curve:
            self._fits_next_curve = False
            low, high = valid_range(curve.extent)
            room = 0.08 * (high - low)
            super().set_home_range(self._home[0], (low - room, high + room))

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
        """Show a step, as far as it may be shown; the next point is on the curve if its L is known.

        ``state``: (label, value) of the optimizer's memory, drawn as −value.
        """
        ghost = None
        if next_theta is not None:
            ghost = (next_theta, loss if next_loss is None else next_loss)
        self._tangent.set_tangent(None if gradient is None else (theta, loss), gradient or 0.0)
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

    def shown_approximations(self) -> tuple[Approximation, ...]:
        """The Taylor polynomials that are drawn over the curve, in ascending order."""
        return self._approximations.approximations

    def set_approximations(
        self, approximations: Sequence[Approximation], landing: float | None
    ) -> None:
        """Show Taylor polynomials, each with a dot at ``landing``, which is θ + Δθ."""
        self._approximations.set_approximations(approximations, landing)

    def clear_step(self) -> None:
        self._tangent.set_tangent(None)
        super().clear_step()

    def set_start(self, theta: float, loss: float | None = None) -> None:
        """Set the position of the start point's handle; without a loss it is on the shown curve."""
        if loss is None:
            self._keep_on_curve(theta)
        else:
            self._start.set_start(theta, loss)

    # Internals

    @Slot(float, float)
    def _on_clicked(self, x: float, _: float) -> None:
        self.clicked.emit(x)

    def _columns(self, trace: Trace, start: int, stop: int) -> tuple[Floats, Floats]:
        return trace.theta(start, stop)[:, 0], trace.loss(start, stop)

    def _axis_names(self) -> tuple[str, str]:
        return plain_name(self._name), "L"

    def _on_start_dragged(self, x: float, _y: float) -> None:
        self._keep_on_curve(x)
        self.start_dragged.emit(x)

    def _on_start_dropped(self, x: float, _y: float) -> None:
        self._keep_on_curve(x)
        self.start_dropped.emit(x)

    def _keep_on_curve(self, x: float) -> None:
        """Put the handle on the shown curve at once; ``set_start`` sets the exact loss later."""
        if self._curve_now is not None:
            height = float(np.interp(x, self._curve_now.x, self._curve_now.y))
            if isfinite(height):
                self._start.set_start(x, height)

    def _retranslate(self) -> None:
        super()._retranslate()
        self.setAccessibleName(self.tr("Loss curve"))
        self.setAccessibleDescription(
            self.tr("The loss along one parameter, with the points of the descent.")
        )
