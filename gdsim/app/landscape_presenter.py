"""The landscape's side of the controller: its scene, its samples, the shown step, the mouse."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from gdsim.app import phrases
from gdsim.app.editing import Editing
from gdsim.app.guessing import Guessing, Plane
from gdsim.app.line_by_line import Known
from gdsim.core.experiment import Experiment
from gdsim.core.landscape import Curve, Landscape, Range
from gdsim.core.objective import Objective
from gdsim.core.trace import Step, Trace
from gdsim.simulation.runner import Runner
from gdsim.simulation.sampler import Sampler, View
from gdsim.views.landscape_panel import LandscapePanel
from gdsim.views.run_style import RunView
from gdsim.views.step_layer import Part


class LandscapePresenter(QObject):
    """Shows the function in force over one or two parameters, and the shown step on it."""

    cleared = Signal()  # nothing of the old function may stay anywhere
    redraw_requested = Signal()

    def __init__(
        self,
        panel: LandscapePanel,
        runner: Runner,
        sampler: Sampler,
        editing: Editing,
        guessing: Guessing,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._runner = runner
        self._sampler = sampler
        self._editing = editing
        self._guessing = guessing
        self._axes: tuple[int, ...] = ()
        self._home: tuple[Range, ...] = ()
        self._pictured: View | None = None
        sampler.sampled.connect(self._on_sampled)
        editing.scene_changed.connect(self._set_scene)
        panel.axes_chosen.connect(self._on_axes_chosen)
        for view in (panel.contour, panel.curve):
            view.view_changed.connect(self._on_view_changed)
        for wish in (panel.contour.start_dragged, panel.contour.start_dropped):
            wish.connect(self._on_start_dragged_on_plane)
        for wish in (panel.curve.start_dragged, panel.curve.start_dropped):
            wish.connect(self._on_start_dragged_on_curve)
        for plane in panel.planes:
            plane.clicked.connect(self._on_plane_clicked)
        panel.curve.clicked.connect(self._on_curve_clicked)

    @property
    def axes(self) -> tuple[int, ...]:
        """The parameters that vary in the picture, one or two."""
        return self._axes

    def grow(self, part: Part) -> None:
        """Let a part of the shown step grow before the eye."""
        (self._panel.curve if self._panel.is_curve else self._panel.contour).grow(part)

    @Slot(object)
    def _set_scene(self, home: tuple[Range, ...] | None) -> None:
        """Another function: without a home view of its own it keeps the view of the one before."""
        if home is None:
            self._show_minima()
            self._sample()
            return
        self._home = home
        self._axes = (0,) if len(home) == 1 else (0, 1)
        self._clear()
        self._set_axes()

    def _clear(self) -> None:
        """Take the old run off the plots; it has nothing to do with what comes."""
        panel = self._panel
        for view in (*panel.planes, panel.curve):
            view.set_runs([])
            view.clear_step()
        self.cleared.emit()

    def _show_minima(self) -> None:
        panel, minima = self._panel, self._editing.minima()
        if len(self._axes) == 1:
            panel.curve.set_minima([(point[0], value) for point, value in minima])
        else:
            # In a slice a minimum lies off the plane as a rule; a star there would mislead.
            flat = len(self._home) == 2
            stars = [(point[0], point[1]) for point, _ in minima] if flat else []
            for plane in panel.planes:
                plane.set_minima(stars)

    def _set_axes(self) -> None:
        experiment, panel = self._editing.experiment, self._panel
        panel.set_parameters(experiment.parameters, self._axes)
        self._pictured = None
        self._show_minima()
        if len(self._axes) == 1:
            panel.curve.set_curve(None)
            panel.curve.set_home_range(self._home[0])
        else:
            i, j = self._axes
            for plane in panel.planes:
                plane.set_axes((i, j))
                plane.set_landscape(None)
                plane.set_home_range(self._home[i], self._home[j])
        self._sample()

    @Slot(int, int)
    def _on_axes_chosen(self, x: int, y: int) -> None:
        self._axes = (x, y)
        self._set_axes()
        self.redraw_requested.emit()

    @Slot(float, float, float, float)
    def _on_view_changed(self, *_: float) -> None:
        self._sample()

    def _sample(self) -> None:
        """Ask for the picture of what is visible, if it is not the one that is shown."""
        experiment = self._editing.experiment
        view = self._visible(experiment)
        if view != self._pictured:
            self._pictured = view
            self._sampler.request(view)

    def _visible(self, experiment: Experiment) -> View:
        panel = self._panel
        point = experiment.start
        trace = self._runner.trace
        slices = len(experiment.parameters) > 2
        if slices and trace is not None and trace.parameters == experiment.parameters:
            point = tuple(trace.step(self._runner.shown).theta.tolist())
        elif not slices:
            # A whole landscape is the same whatever point it is taken through.
            point = (0.0,) * len(experiment.parameters)
        if panel.is_curve:
            x_range, _ = panel.curve.visible_range()
            ranges: tuple[Range, ...] = (x_range,)
        else:
            ranges = panel.contour.visible_range()
        return View(experiment.loss, experiment.parameters, point, self._axes, ranges)

    @Slot(object, object)
    def _on_sampled(self, view: View, picture: object) -> None:
        experiment = self._editing.experiment
        if (view.loss, view.parameters) != (experiment.loss, experiment.parameters):
            return
        if view.axes != self._axes:
            return
        if isinstance(picture, Curve):
            self._panel.curve.set_curve(picture)
        elif isinstance(picture, Landscape):
            for plane in self._panel.planes:
                plane.set_landscape(picture)

    @Slot()
    def start_anywhere(self) -> None:
        self._editing.start_anywhere(self._home)

    @Slot(float, float)
    def _on_start_dragged_on_plane(self, x: float, y: float) -> None:
        start = list(self._editing.experiment.start)
        start[self._axes[0]], start[self._axes[1]] = x, y
        self._editing.drag_start(tuple(start), self._panel.contour.visible_range())

    @Slot(float)
    def _on_start_dragged_on_curve(self, x: float) -> None:
        self._editing.drag_start((x,), self._panel.curve.visible_range()[:1])

    def draw(self, runs: Sequence[RunView], step: Step, known: Known, ended: bool) -> None:
        panel = self._panel
        trace, start = runs[-1].trace, self._editing.experiment.start
        if trace.parameters != self._editing.experiment.parameters:
            return
        following = step.theta + step.delta if known.ghost and not ended else None
        if following is not None and not np.isfinite(following).all():
            following = None
        if panel.is_curve:
            next_loss = None
            if following is not None:
                value = trace.experiment.objective().value(following)
                next_loss = value if np.isfinite(value) else None
            panel.curve.set_runs(runs)
            panel.curve.set_step(
                float(step.theta[0]),
                step.loss,
                float(step.gradient[0]) if known.gradient else None,
                float(step.delta[0]) if known.delta else None,
                None if following is None else float(following[0]),
                next_loss,
                None if known.state is None else (known.state[0], float(known.state[1][0])),
            )
            panel.curve.set_start(start[0], float(trace.loss(0, 1)[0]))
            return
        i, j = self._axes
        for plane in panel.planes:
            plane.set_runs(runs)
            plane.set_step(
                step.theta[[i, j]],
                step.gradient[[i, j]] if known.gradient else None,
                step.delta[[i, j]] if known.delta else None,
                None if following is None else following[[i, j]],
                None if known.state is None else (known.state[0], known.state[1][[i, j]]),
            )
            plane.set_start(start[i], start[j])
        if len(trace.parameters) > 2:
            self._sample()

    def draw_guess(self, trace: Trace) -> None:
        guessing, panel = self._guessing, self._panel
        panel.set_message(phrases.guess_message(guessing, self._runner.shown))
        guess, landed, text = guessing.guess, guessing.landed, guessing.error_text()
        if panel.is_curve:
            loss = trace.experiment.objective()
            panel.curve.set_guess(_on_curve(loss, guess), _on_curve(loss, landed), text)
        else:
            for plane in panel.planes:
                plane.set_guess(_in_plane(guess), _in_plane(landed), text)

    @Slot(float, float)
    def _on_plane_clicked(self, x: float, y: float) -> None:
        self._guessing.take((x, y), self._axes)

    @Slot(float)
    def _on_curve_clicked(self, x: float) -> None:
        self._guessing.take((x,), self._axes)


def _on_curve(loss: Objective, point: Plane | None) -> tuple[float, float] | None:
    return None if point is None else (point[0], float(loss.value(point)))


def _in_plane(point: Plane | None) -> tuple[float, float] | None:
    return None if point is None else (point[0], point[1])
