"""The only place where views and runs meet: wishes become experiments, traces become pictures."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from gdsim.app import phrases
from gdsim.app.editing import Editing
from gdsim.app.exporting import export_steps
from gdsim.app.futures import FuturesPresenter
from gdsim.app.guessing import Guessing, Plane
from gdsim.app.line_by_line import Known, LineByLine
from gdsim.app.main_window import MainWindow
from gdsim.app.study import ReadoutPresenter, Study
from gdsim.app.translation import Translation
from gdsim.core.experiment import Experiment
from gdsim.core.landscape import Curve, Landscape, Range
from gdsim.core.latex import plain
from gdsim.core.objective import Objective
from gdsim.core.problem import Problem
from gdsim.core.stopping import StopRule
from gdsim.core.trace import Step, Trace
from gdsim.simulation.runner import Runner
from gdsim.simulation.sampler import Sampler, View
from gdsim.views.run_style import RunView


class Controller(QObject):
    """Joins the window to a runner and a sampler for as long as the window is open."""

    bug_found = Signal(str)

    def __init__(self, window: MainWindow, translation: Translation) -> None:
        super().__init__(window)
        self._window = window
        self._translation = translation
        self.runner = Runner(self)
        self.sampler = Sampler(self)
        self._editing = Editing(window.panel, translation, self)
        self._axes: tuple[int, ...] = ()
        self._home: tuple[Range, ...] = ()
        self._pictured: View | None = None
        # Several changes within one turn of the event loop are drawn once.
        self._drawing = QTimer(self, singleShot=True, interval=0)
        self._drawing.timeout.connect(self._draw)
        self._study = Study(window.study, self)
        self._line_by_line = LineByLine(self.runner, self)
        self._guessing = Guessing(self.runner, self)
        self._readout = ReadoutPresenter(window.step_tab)
        self._study.add("step", self._readout)
        self._futures = FuturesPresenter(window.runs, self.runner, translation, self)
        self._study.add("futures", self._futures)
        self._study.redraw_requested.connect(self._draw_soon)
        self._connect_runs()
        self._connect_window()
        # A contour needs no derivative. What computes derivatives takes as long to import as all
        # the rest, so the first run waits until the first picture is there.
        self.sampler.sampled.connect(self._begin, Qt.ConnectionType.SingleShotConnection)
        self._editing.begin()

    def _connect_runs(self) -> None:
        self.runner.trace_changed.connect(self._on_trace_changed)
        self.runner.published.connect(self._draw_soon)
        self.runner.shown_changed.connect(self._draw_soon)
        self.runner.playing_changed.connect(self._on_playing_changed)
        self.runner.failed.connect(self._on_failed)
        self.runner.kept_changed.connect(self._draw_soon)
        self._line_by_line.changed.connect(self._on_line_changed)
        self._guessing.changed.connect(self._draw_soon)
        self.sampler.sampled.connect(self._on_sampled)
        self.sampler.failed.connect(self._on_failed)
        self._editing.restarted.connect(self.runner.load)
        self._editing.changed.connect(self.runner.change)
        self._editing.scene_changed.connect(self._set_scene)
        self.bug_found.connect(self._on_failed)

    def _connect_window(self) -> None:
        window, runner = self._window, self.runner
        bar = window.transport
        for wish, slot in (
            (bar.home_requested, runner.home),
            (bar.back_requested, runner.back),
            (bar.play_requested, runner.play),
            (bar.pause_requested, runner.pause),
            (bar.step_requested, self._guessing.step),
            (bar.end_requested, runner.end),
            (bar.speed_changed, runner.set_speed),
            (bar.step_selected, self._on_step_selected),
            (window.loss.step_selected, self._on_step_selected),
            (window.play.triggered, runner.toggle),
            (window.step.triggered, self._guessing.step),
            (window.next_line.triggered, self._line_by_line.next),
            (window.line_before.triggered, self._line_by_line.back),
            (window.step_tab.strip.next_requested, self._line_by_line.next),
            (window.step_tab.strip.back_requested, self._line_by_line.back),
            (window.guess.toggled, self._guessing.set_on),
            (window.landscape.contour.clicked, self._on_plane_clicked),
            (window.landscape.curve.clicked, self._on_curve_clicked),
            (window.back.triggered, runner.back),
            (window.home.triggered, runner.home),
            (window.end.triggered, runner.end),
            (window.random_start.triggered, self._start_anywhere),
            (window.panel.random_start_requested, self._start_anywhere),
            (window.landscape.axes_chosen, self._on_axes_chosen),
            (window.landscape.contour.start_dragged, self._on_start_dragged_on_plane),
            (window.landscape.contour.start_dropped, self._on_start_dragged_on_plane),
            (window.landscape.curve.start_dragged, self._on_start_dragged_on_curve),
            (window.landscape.curve.start_dropped, self._on_start_dragged_on_curve),
            (window.landscape.contour.view_changed, self._on_view_changed),
            (window.landscape.curve.view_changed, self._on_view_changed),
            (window.log_loss.toggled, window.loss.set_log),
            (window.loss.log_toggled, window.log_loss.setChecked),
            (window.export_steps.triggered, self._export_steps),
            (window.closing, self.shut_down),
        ):
            wish.connect(slot)
        runner.set_speed(2.0)
        bar.set_speed(2.0)

    @property
    def experiment(self) -> Experiment:
        """The experiment that is proposed or in force."""
        return self._editing.experiment

    @Slot()
    def shut_down(self) -> None:
        """Stop both threads."""
        self._drawing.stop()
        self.runner.shut_down()
        self.sampler.shut_down()

    @Slot()
    def _begin(self, *_: object) -> None:
        QTimer.singleShot(0, self, self._load)

    @Slot()
    def _load(self) -> None:
        self.runner.load(self._editing.experiment)

    # The scene: what the landscape shows

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
        panel = self._window.landscape
        for view in (panel.contour, panel.curve):
            view.set_runs([])
            view.clear_step()
        self._study.clear()

    def _show_minima(self) -> None:
        panel, minima = self._window.landscape, self._editing.minima()
        if len(self._axes) == 1:
            panel.curve.set_minima([(point[0], value) for point, value in minima])
        else:
            # In a slice a minimum lies off the plane as a rule; a star there would mislead.
            flat = len(self._home) == 2
            stars = [(point[0], point[1]) for point, _ in minima] if flat else []
            panel.contour.set_minima(stars)

    def _set_axes(self) -> None:
        experiment, panel = self._editing.experiment, self._window.landscape
        panel.set_parameters(experiment.parameters, self._axes)
        self._pictured = None
        self._show_minima()
        if len(self._axes) == 1:
            panel.curve.set_curve(None)
            panel.curve.set_home_range(self._home[0])
        else:
            i, j = self._axes
            panel.contour.set_axes((i, j))
            panel.contour.set_landscape(None)
            panel.contour.set_home_range(self._home[i], self._home[j])
        self._sample()

    @Slot(int, int)
    def _on_axes_chosen(self, x: int, y: int) -> None:
        self._axes = (x, y)
        self._set_axes()
        self._draw_soon()

    @Slot(float, float, float, float)
    def _on_view_changed(self, *_: float) -> None:
        self._sample()

    def _sample(self) -> None:
        """Ask for the picture of what is visible, if it is not the one that is shown."""
        experiment = self._editing.experiment
        view = self._visible(experiment)
        if view != self._pictured:
            self._pictured = view
            self.sampler.request(view)

    def _visible(self, experiment: Experiment) -> View:
        panel = self._window.landscape
        point = experiment.start
        trace = self.runner.trace
        slices = len(experiment.parameters) > 2
        if slices and trace is not None and trace.parameters == experiment.parameters:
            point = tuple(trace.step(self.runner.shown).theta.tolist())
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
            self._window.landscape.curve.set_curve(picture)
        elif isinstance(picture, Landscape):
            self._window.landscape.contour.set_landscape(picture)

    # Runs

    @Slot(object)
    def _on_trace_changed(self, trace: Trace) -> None:
        self._editing.accept(trace.experiment)
        experiment = trace.experiment
        objective = experiment.objective()
        self._window.panel.set_formula_typeset(
            objective.latex(),
            list(objective.gradient_latex()),
            list(experiment.parameters),
            [plain(node) for node in objective.gradient_nodes],
        )
        self._draw_soon()

    @Slot(bool)
    def _on_playing_changed(self, playing: bool) -> None:
        self._window.transport.set_playing(playing)
        self._draw_soon()

    @Slot(object)
    def _on_failed(self, problem: object) -> None:
        """The last good run stays; what went wrong is said, a bug on standard error as well."""
        if isinstance(problem, Problem):
            self._editing.refuse(problem)
            return
        print(problem, file=sys.stderr)
        self._window.transport.set_status(
            self.tr("Something went wrong inside gdsim; standard error has the details"), "failed"
        )

    @Slot(object)
    def _on_step_selected(self, index: int) -> None:
        self.runner.pause()
        self.runner.show(index)

    @Slot()
    def _export_steps(self) -> None:
        if self.runner.trace is not None:
            self.runner.pause()
            export_steps(self._window, self.runner.trace)

    @Slot()
    def _start_anywhere(self) -> None:
        self._editing.start_anywhere(self._home)

    @Slot(float, float)
    def _on_start_dragged_on_plane(self, x: float, y: float) -> None:
        start = list(self._editing.experiment.start)
        start[self._axes[0]], start[self._axes[1]] = x, y
        self._editing.drag_start(tuple(start), self._window.landscape.contour.visible_range())

    @Slot(float)
    def _on_start_dragged_on_curve(self, x: float) -> None:
        self._editing.drag_start((x,), self._window.landscape.curve.visible_range()[:1])

    # Pictures

    @Slot()
    def _draw_soon(self) -> None:
        if not self._drawing.isActive():
            self._drawing.start()

    @Slot()
    def _draw(self) -> None:
        """Bring every view to the shown row."""
        runner, window = self.runner, self._window
        trace = runner.trace
        if trace is None:
            return
        step = trace.step(runner.shown)
        ended = trace.ending is not None and runner.shown == runner.last
        hidden = self._guessing.is_waiting
        known = self._guessing.hidden(trace) if hidden else self._line_by_line.known(trace, step)
        self._readout.set_known(known)
        marks = phrases.marks(trace, self._translation)
        runs = self._futures.views(marks, future=not hidden)
        self._draw_landscape(runs, step, known, ended)
        self._draw_guess(trace)
        window.loss.set_runs(runs)
        experiment = trace.segment(runner.shown).experiment
        on_loss = experiment.stop is StopRule.LOSS
        window.loss.set_threshold(experiment.epsilon if on_loss else None, "ε")
        self._study.draw(trace, step)
        self._draw_transport()

    def _draw_landscape(
        self, runs: Sequence[RunView], step: Step, known: Known, ended: bool
    ) -> None:
        panel = self._window.landscape
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
        panel.contour.set_runs(runs)
        panel.contour.set_step(
            step.theta[[i, j]],
            step.gradient[[i, j]] if known.gradient else None,
            step.delta[[i, j]] if known.delta else None,
            None if following is None else following[[i, j]],
            None if known.state is None else (known.state[0], known.state[1][[i, j]]),
        )
        panel.contour.set_start(start[i], start[j])
        if len(trace.parameters) > 2:
            self._sample()

    def _draw_guess(self, trace: Trace) -> None:
        guessing, panel = self._guessing, self._window.landscape
        panel.set_message(phrases.guess_message(guessing, self.runner.shown))
        guess, landed, text = guessing.guess, guessing.landed, guessing.error_text()
        if panel.is_curve:
            loss = trace.experiment.objective()
            panel.curve.set_guess(_on_curve(loss, guess), _on_curve(loss, landed), text)
        else:
            panel.contour.set_guess(_in_plane(guess), _in_plane(landed), text)

    @Slot()
    def _on_line_changed(self) -> None:
        """A phase was stepped to: what it brought grows before the eye."""
        self._window.study.show_tab("step")
        self._draw()
        part = self._line_by_line.take_growing()
        if part is not None:
            panel = self._window.landscape
            (panel.curve if panel.is_curve else panel.contour).grow(part)

    @Slot(float, float)
    def _on_plane_clicked(self, x: float, y: float) -> None:
        self._guessing.take((x, y), self._axes)

    @Slot(float)
    def _on_curve_clicked(self, x: float) -> None:
        self._guessing.take((x,), self._axes)

    def _draw_transport(self) -> None:
        runner, bar = self.runner, self._window.transport
        trace = runner.trace
        assert trace is not None
        stuck = runner.is_at_end or (runner.is_full and runner.shown >= runner.last)
        bar.set_position(runner.shown, runner.last, trace.experiment.max_steps)
        bar.set_enabled_actions(can_back=runner.shown > 0, can_forward=not stuck)
        bar.set_status(*phrases.status(runner))

    def retranslate(self) -> None:
        """Say everything again in the language of now."""
        self._editing.retranslate()
        self._study.retranslate()
        self._draw_soon()


def _on_curve(loss: Objective, point: Plane | None) -> tuple[float, float] | None:
    return None if point is None else (point[0], float(loss.value(point)))


def _in_plane(point: Plane | None) -> tuple[float, float] | None:
    return None if point is None else (point[0], point[1])
