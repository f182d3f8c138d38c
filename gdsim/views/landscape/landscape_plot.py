"""The common base of curve and contour plot: minima, paths, a step, stops, the start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gdsim.core.arrays import Floats
from gdsim.views.overlays.basin_layer import BasinLayer
from gdsim.views.overlays.guess_layer import GuessLayer
from gdsim.views.overlays.many_paths_layer import ManyPaths, ManyPathsLayer
from gdsim.views.overlays.minima_layer import MinimaLayer
from gdsim.views.overlays.rise_layer import RiseLayer
from gdsim.views.overlays.start_handle import StartHandle
from gdsim.views.overlays.stop_layer import StopLayer
from gdsim.views.plot.plot_axis import position_text
from gdsim.views.plot.plot_box import Layer
from gdsim.views.plot.plot_view import PlotView
from gdsim.views.run.path_layer import PathLayer
from gdsim.views.run.run_layers import RunLayers
from gdsim.views.run.run_view import RunView
from gdsim.views.run.step_layer import Part, ShownStep, StepLayer
from gdsim.views.theme import Theme

if TYPE_CHECKING:
    from gdsim.core.explore.basins import BasinPicture
    from gdsim.core.run.trace import Trace


class LandscapePlot(PlotView):
    """Runs on a picture of the loss. Subclasses add the picture and map θ to coordinates."""

    def __init__(self, parent: QWidget | None = None, *, on_card: bool) -> None:
        """``on_card``: the background is a plain card with a curve, not a coloured picture.

        Then the lines of a path are drawn faintly: they do not lie on the curve and only show the
        order of the points.
        """
        super().__init__(parent)
        self._on_card = on_card
        self._basins = BasinLayer(self.box)
        self._minima = MinimaLayer(self.box, on_card=on_card)
        self._many_paths = ManyPathsLayer(self.box)
        self._paths = RunLayers(self.box, self._make_path)
        self._step = StepLayer(self.box, on_card=on_card)
        self._rises = RiseLayer(self.box, self._columns)
        self._stops = StopLayer(self.box, self._columns)
        self._guess = GuessLayer(self.box)
        self._start = StartHandle(self.box)
        self._layers: list[Layer] = [self._minima, self._many_paths, self._step, self._rises]
        self._layers += [self._stops, self._guess, self._start, self._basins]

    # Setters

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for layer in (*self._layers, *self._paths):
            layer.set_theme(theme)

    def set_basins(
        self,
        newest: BasinPicture | None,
        older: BasinPicture | None = None,
        numbered: Sequence[int] = (),
    ) -> None:
        """Show the basin map over the picture of the loss, or as a strip below a curve; None: none.

        ``older``: a picture of the same map from an earlier view, used where it is finer.
        ``numbered``: the basins whose numbers are shown.
        """
        self._basins.set_pictures(newest, older, numbered)

    def set_minima(self, minima: Sequence[tuple[float, float]]) -> None:
        """Set the known minima, in coordinates: (x, y) on a contour plot, (θ, L) on a curve."""
        self._minima.set_minima(minima)

    def shown_many_paths(self) -> ManyPaths | None:
        """The paths of many starts that are drawn; None where there are none."""
        return self._many_paths.many_paths

    def set_many_paths(self, many_paths: ManyPaths | None) -> None:
        """Show the paths of many descents beneath the runs; None: none."""
        self._many_paths.set_many_paths(many_paths)

    def set_runs(self, runs: Sequence[RunView]) -> None:
        """Show these runs, each with its shown step. Of a known trace only new rows are painted."""
        self._paths.set_runs(runs)
        self._rises.set_run(runs[-1] if runs else None)

    def marked_stops(self) -> list[str]:
        """The labels of the marks where stop rules would have ended the run."""
        return self._stops.labels()

    def set_stops(self, trace: Trace | None, stops: tuple[tuple[int, str], ...] = ()) -> None:
        """Mark the rows of a trace at which other stop rules would have ended it, with labels."""
        self._stops.set_stops(trace, stops)

    def set_guess(
        self,
        guess: tuple[float, float] | None,
        landed: tuple[float, float] | None = None,
        label: str = "",
    ) -> None:
        """Show a guess of the next point; after the step also the true point and a label."""
        self._guess.set_guess(guess, landed, label)

    def refresh(self) -> None:
        """Paint the rows that were added to the traces."""
        self._paths.refresh()

    def shown_start(self) -> tuple[float, float] | None:
        """Where the handle of the start is, as a point of the plot; None where there is none."""
        return self._start.spot

    def marked_rises(self) -> list[tuple[float, float]]:
        """The points, in coordinates of the plot, marked because the loss has risen there."""
        pixels = self.box.pixels()
        return [pixels.inverse(x, y) for x, y in self._rises.spots().tolist()]

    def grow(self, part: Part) -> None:
        """Start the animation in which a part of the shown step grows."""
        self._step.grow(part)

    def growing(self) -> Part | None:
        """The part of the shown step that is growing now; None while nothing grows."""
        return self._step.growing()

    def clear_step(self) -> None:
        """Show no step."""
        self._step.set_step(None)
        self._update_note()

    # What is shown

    def shown_runs(self) -> tuple[RunView, ...]:
        """The runs that are drawn, in the order in which they were set."""
        return self._paths.runs

    def shown_step(self) -> ShownStep | None:
        """The step that is drawn with its arrows; None where none is."""
        return self._step.step

    def marked_minima(self) -> tuple[tuple[float, float], ...]:
        """The minima that are marked with a star, in coordinates of the plot."""
        return self._minima.minima

    def shown_basins(self) -> BasinPicture | None:
        """The newest picture of the basin map; None where no map is shown."""
        return self._basins.newest

    # Methods for subclasses

    def _columns(self, trace: Trace, start: int, stop: int) -> tuple[Floats, Floats]:
        """Rows start … stop − 1 of a trace as coordinates of the plot."""
        raise NotImplementedError

    def _axis_names(self) -> tuple[str, str]:
        """The names of the coordinates under the mouse."""
        raise NotImplementedError

    def _notes(self) -> list[str]:
        """Notes on the view, in addition to the note that the point is outside."""
        return []

    # Internals

    def _make_path(self) -> PathLayer:
        layer = PathLayer(self.box, self._columns, faint=self._on_card)
        layer.set_theme(self.theme)
        return layer

    def _retranslate(self) -> None:
        self._start.setToolTip(self.tr("Start point: drag it"))
        self._update_note()

    def _update_note(self) -> None:
        notes = self._notes()
        if self._step.is_outside():
            notes.append(self.tr("The point is outside the view"))
        self.note.set_note("\n".join(notes))
        self._place_notes()

    def _on_range_changed(self, *_: object) -> None:
        super()._on_range_changed()
        self._update_note()

    def _on_hovered(self, position: tuple[float, float] | None) -> None:
        text = ""
        if position is not None:
            pixels = self.box.pixels()
            scales = (pixels.x_scale, pixels.y_scale)
            text = ", ".join(map(position_text, self._axis_names(), position, scales))
        self.position_note.set_note(text)
        self._place_notes()
