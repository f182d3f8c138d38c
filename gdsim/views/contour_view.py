"""The landscape over two parameters: colours, iso-lines, the paths, one step with its arrows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gdsim.core.landscape import Landscape
from gdsim.core.plane import Plane
from gdsim.views.basin_layer import BasinLayer
from gdsim.views.colour_bar import ColourBar
from gdsim.views.crowd_layer import Crowd, CrowdLayer
from gdsim.views.dial_layer import Dial, DialKnob, DialLayer
from gdsim.views.guess_layer import GuessLayer
from gdsim.views.landscape_layer import LandscapeLayer
from gdsim.views.minima_layer import MinimaLayer
from gdsim.views.path_layer import PathLayer
from gdsim.views.plot_axis import position_text
from gdsim.views.plot_view import PlotView, Range, sound_range
from gdsim.views.rise_layer import RiseLayer
from gdsim.views.run_layers import RunLayers
from gdsim.views.run_style import RunView
from gdsim.views.start_handle import StartHandle
from gdsim.views.step_layer import Part, ShownStep, StepLayer
from gdsim.views.stop_layer import StopLayer
from gdsim.views.theme import Theme

if TYPE_CHECKING:
    from gdsim.core.basins import BasinPicture
    from gdsim.core.trace import Trace

Floats = NDArray[np.float64]

# Past this ratio of the two ranges, equal scales would leave a sliver.
_MOST_UNEQUAL = 8.0


class ContourView(PlotView):
    """Shows two parameters at equal scales, so that −∇L crosses iso-lines at a right angle."""

    start_dragged = Signal(float, float)
    start_dropped = Signal(float, float)
    clicked = Signal(float, float)
    dial_turned = Signal(float, float)
    """The hand of the dial was turned to this direction of the plane."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = ("x", "y")
        self._plane = Plane.of_parameters((0.0, 0.0))
        self._equal, self._stretched = True, False
        self._landscape = LandscapeLayer(self.box)
        self._basins = BasinLayer(self.box)
        self._minima = MinimaLayer(self.box)
        self._crowd = CrowdLayer(self.box)
        self._paths = RunLayers(self.box, self._make_path)
        self._step = StepLayer(self.box)
        self._rises = RiseLayer(self.box, self._columns)
        self._stops = StopLayer(self.box, self._columns)
        self._guess = GuessLayer(self.box)
        self._dial = DialLayer(self.box)
        self._start = StartHandle(self.box)
        self._knob = DialKnob(self.box)
        self._knob.turned.connect(self.dial_turned)
        self._start.dragged.connect(self.start_dragged)
        self._start.dropped.connect(self.start_dropped)
        self.box.clicked.connect(self.clicked)
        self._bar = ColourBar()
        self.row.addWidget(self._bar)
        self.set_titles(self._titles)
        self.set_theme(self.theme)
        self.set_home_range((-2.0, 2.0), (-2.0, 2.0))
        self._retranslate()

    # Setters

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        fixed = (self._landscape, self._basins, self._minima, self._step, self._guess, self._start)
        beside = (self._crowd, self._dial, self._knob, self._rises, self._stops)
        for layer in (*fixed, *beside, *self._paths):
            layer.set_theme(theme)
        self._bar.set_theme(theme)

    def set_titles(self, titles: tuple[str, str]) -> None:
        """What lies along x and y: two parameters, or two directions."""
        self._titles = titles
        self.x_axis.set_title(titles[0])
        self.y_axis.set_title(titles[1])
        self._update_note()

    def set_plane(self, plane: Plane) -> None:
        """The plane that is shown; the paths are projected onto it."""
        if plane != self._plane:
            self._plane = plane
            self._paths.clear()
            self._rises.set_run(None)
            self._stops.update()

    def set_home_range(self, x_range: Range, y_range: Range) -> None:
        (x0, x1), (y0, y1) = sound_range(x_range), sound_range(y_range)
        ratio = (x1 - x0) / (y1 - y0)
        self._stretched = not 1 / _MOST_UNEQUAL <= ratio <= _MOST_UNEQUAL
        self._lock_scales()
        super().set_home_range(x_range, y_range)

    def set_equal_aspect(self, equal: bool) -> None:
        """Equal scales on both axes, where the ranges allow it."""
        self._equal = equal
        self._lock_scales()
        self.reset_view()

    def set_landscape(self, landscape: Landscape | None) -> None:
        """The picture of the loss; None shows an empty plane."""
        self._landscape.set_landscape(landscape)
        self._bar.set_landscape(landscape)

    def set_basins(
        self,
        newest: BasinPicture | None,
        older: BasinPicture | None = None,
        numbered: Sequence[int] = (),
    ) -> None:
        """The basin map over the picture of the loss; None takes it away.

        ``older``: a picture of the same map in an earlier view, where it is finer.
        ``numbered``: the basins that carry their number.
        """
        self._basins.set_pictures(newest, older, numbered)
        self._bar.setVisible(newest is None)

    def set_minima(self, minima: Sequence[tuple[float, float]]) -> None:
        """The known minima, as (x, y)."""
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
        theta: Sequence[float] | Floats,
        gradient: Sequence[float] | Floats | None,
        delta: Sequence[float] | Floats | None,
        next_theta: Sequence[float] | Floats | None,
        state: tuple[str, Sequence[float] | Floats] | None = None,
        projected: frozenset[Part] = frozenset(),
    ) -> None:
        """The shown step as far as it is known, as two-vectors of the plane.

        ``state``: (label, vector) of what the optimizer remembers, drawn as −vector;
        ``projected``: the arrows that are only a part of their vector.
        """
        remembered = None if state is None else (state[0], _pair(state[1]))
        self._step.set_step(
            ShownStep(
                _pair(theta),
                None if gradient is None else _pair(gradient),
                None if delta is None else _pair(delta),
                None if next_theta is None else _pair(next_theta),
                remembered,
                projected,
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
        """Where somebody thinks the next point lands; then where it did, and how far off it was."""
        self._guess.set_guess(guess, landed, label)

    def set_dial(self, dial: Dial | None) -> None:
        """The circle of steps of one length around θ_t, with a hand to turn; None for none."""
        self._dial.set_dial(dial)
        self._knob.set_dial(dial)

    def clear_step(self) -> None:
        """Show no step."""
        self._step.set_step(None)
        self._update_note()

    def set_start(self, x: float, y: float) -> None:
        """Where the start point's handle is."""
        self._start.set_start(x, y)

    # Inside

    def _columns(self, trace: Trace, start: int, stop: int) -> tuple[Floats, Floats]:
        return self._plane.columns(trace.theta(start, stop))

    def _make_path(self) -> PathLayer:
        layer = PathLayer(self.box, self._columns)
        layer.set_theme(self.theme)
        return layer

    def _lock_scales(self) -> None:
        self.box.setAspectLocked(self._equal and not self._stretched)
        self._update_note()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Landscape"))
        self.setAccessibleDescription(
            self.tr("The loss over two parameters, with the path of the descent.")
        )
        self._start.setToolTip(self.tr("Start point: drag it"))
        self._knob.setToolTip(self.tr("Hand of the dial: turn it"))
        self._update_note()

    def _update_note(self) -> None:
        notes = []
        if self._stretched or not self._equal:
            notes.append(
                self.tr("Stretched: {x} and {y} have different scales").format(
                    x=self._titles[0], y=self._titles[1]
                )
            )
        if self._step.is_outside():
            notes.append(self.tr("The point is outside the view"))
        self.note.set_note("\n".join(notes))
        self._place_notes()

    def _on_range_changed(self, *_: object) -> None:
        super()._on_range_changed()
        self._update_note()
        area = self.box.mapRectToScene(self.box.rect())
        self._bar.set_span(area.top(), area.bottom())

    def _on_pointed(self, position: tuple[float, float] | None) -> None:
        text = ""
        if position is not None:
            pixels = self.box.pixels()
            scales = (pixels.x_scale, pixels.y_scale)
            text = ", ".join(map(position_text, self._titles, position, scales))
        self.position_note.set_note(text)
        self._place_notes()


def _pair(values: Sequence[float] | Floats) -> tuple[float, float]:
    return (float(values[0]), float(values[1]))
