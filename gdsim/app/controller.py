"""Where views and runs meet: makes the presenters, and connects every wish with what heeds it."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gdsim.app.data.data_editing import DataEditing
from gdsim.app.data.data_presenter import DataPresenter
from gdsim.app.data.opening import Opening
from gdsim.app.data.own_data import OwnData
from gdsim.app.explore.found_points import PlaceBook
from gdsim.app.landscape.basins_presenter import BasinsPresenter
from gdsim.app.landscape.landscape_presenter import LandscapePresenter
from gdsim.app.language import data_phrases
from gdsim.app.language import run_phrases as phrases
from gdsim.app.language.translation import Translation
from gdsim.app.main_window import MainWindow
from gdsim.app.run import rise_phrases
from gdsim.app.run.exporting import export_steps
from gdsim.app.run.full_loss_presenter import FullLossPresenter
from gdsim.app.run.guessing import Guessing
from gdsim.app.run.line_by_line import LineByLine
from gdsim.app.run.run_names_and_styles import RunBook
from gdsim.app.setup.editing import Editing
from gdsim.app.tabs.futures.futures_presenter import FuturesPresenter
from gdsim.app.tabs.how_far.how_far_presenter import HowFarPresenter, RateHint
from gdsim.app.tabs.race.race_presenter import RacePresenter
from gdsim.app.tabs.rates.rates_presenter import RatesPresenter
from gdsim.app.tabs.starts.starts_presenter import StartsPresenter
from gdsim.app.tabs.steps.steps_presenter import StepsPresenter
from gdsim.app.tabs.stopping.stopping_presenter import StoppingPresenter
from gdsim.app.tabs.tab_switch import ReadoutPresenter, Study
from gdsim.app.tabs.taylor.taylor_presenter import TaylorPresenter
from gdsim.core.formula.latex import plain
from gdsim.core.loss.row_objective import RowObjective
from gdsim.core.number_text import shown
from gdsim.core.problem import Problem
from gdsim.core.run.experiment import Experiment
from gdsim.core.run.stopping import StopRule
from gdsim.core.run.trace import Trace
from gdsim.simulation.deriver import Deriver
from gdsim.simulation.runner import Runner
from gdsim.simulation.sampler import Sampler
from gdsim.views.setup.function_section import MOST_COMPONENTS


class Controller(QObject):
    """Joins the furnished window to a runner and a sampler for as long as it is open."""

    bug_found = Signal(str)

    def __init__(self, window: MainWindow, translation: Translation, sampler: Sampler) -> None:
        super().__init__(window)
        self._window = window
        self._translation = translation
        self.runner = Runner(self)
        self.sampler = sampler
        sampler.setParent(self)
        self._editing = Editing(window.panel, translation, self)
        self._book = PlaceBook(self._editing, self)
        # Several changes within one turn of the event loop are drawn once.
        self._drawing = QTimer(self, singleShot=True, interval=0)
        self._drawing.timeout.connect(self._draw)
        self._study = Study(window.study, self)
        self._line_by_line = LineByLine(self.runner, self)
        self._guessing = Guessing(self.runner, self)
        self._readout = ReadoutPresenter(window.step_tab)
        self._study.add("step", self._readout)
        runs = RunBook(self.runner, translation)
        self._study.add("futures", FuturesPresenter(window.runs, self.runner, runs, self))
        self._race = RacePresenter(window.race, self.runner, self._editing, runs, translation, self)
        self._study.add("race", self._race)
        self._stopping = StoppingPresenter(window.stopping, window.landscape, self)
        self._study.add("stopping", self._stopping)
        self._steps = StepsPresenter(window.steps)
        self._study.add("steps", self._steps)
        self._study.redraw_requested.connect(self._draw_soon)
        self._landscape = LandscapePresenter(
            window.landscape, self.runner, self.sampler, self._editing, self._guessing, self
        )
        self._data_editing = DataEditing(window.panel, self._editing, translation, self)
        self.own_data = OwnData(window.data, self._editing, self)
        self._data = DataPresenter(window.loss_card, self._editing, self.own_data, self)
        self.opening = Opening(window)
        self.opening.data_opened.connect(self.own_data.learn)
        self.opening.failed.connect(self._on_failed)
        self._full_loss = FullLossPresenter(window.loss, self)
        self._basins = BasinsPresenter(
            window.landscape, self._landscape, self._editing, self._guessing, self._book, self
        )
        self._deriver = Deriver(self)
        self._taylor = TaylorPresenter(
            window.taylor, window.landscape, self._landscape, self._deriver
        )
        self._study.add("taylor", self._taylor)
        self._study.add("how-far", HowFarPresenter(window.how_far, self._deriver))
        self._rates = RatesPresenter(window.rates, self._editing, self._deriver, self._book, self)
        self._study.add("rates", self._rates)
        self._starts = StartsPresenter(
            window.starts, window.landscape, self._landscape, self._editing, self._book, self
        )
        self._study.add("starts", self._starts)
        self._rate_hint = RateHint(window.panel, self._deriver, self)
        self._connect_runs()
        self._connect_window()
        self._editing.begin()
        self.runner.load(self._editing.experiment)

    def _connect_runs(self) -> None:
        self.runner.trace_changed.connect(self._on_trace_changed)
        self.runner.published.connect(self._draw_soon)
        self.runner.shown_changed.connect(self._draw_soon)
        self.runner.playing_changed.connect(self._on_playing_changed)
        self.runner.failed.connect(self._on_failed)
        self.runner.futures_changed.connect(self._draw_soon)
        self.runner.runs_changed.connect(self._draw_soon)
        self._race.redraw_requested.connect(self._draw_soon)
        self._race.refused.connect(self._on_failed)
        self._line_by_line.changed.connect(self._on_line_changed)
        self._guessing.changed.connect(self._draw_soon)
        self.sampler.failed.connect(self._on_failed)
        self._editing.restarted.connect(self.runner.load)
        self._editing.changed.connect(self.runner.change)
        self._landscape.cleared.connect(self._study.clear)
        self._landscape.cleared.connect(self._rate_hint.clear)
        self._deriver.derived.connect(self._draw_soon)
        self._deriver.failed.connect(self._on_failed)
        self._landscape.redraw_requested.connect(self._draw_soon)
        self._data.redraw_requested.connect(self._draw_soon)
        self._basins.failed.connect(self._on_failed)
        self._basins.descent_requested.connect(self.runner.play)
        self._full_loss.failed.connect(self._on_failed)
        self._rates.failed.connect(self._on_failed)
        self._starts.failed.connect(self._on_failed)
        self._rates.rate_chosen.connect(self._on_rate_chosen)
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
            (window.steps.step_selected, self._on_step_selected),
            (window.stopping.step_selected, self._on_step_selected),
            (window.play.triggered, runner.toggle),
            (window.step.triggered, self._guessing.step),
            (window.next_line.triggered, self._line_by_line.next),
            (window.line_before.triggered, self._line_by_line.back),
            (window.rise_before.triggered, window.loss.go_to_rise_before),
            (window.rise_after.triggered, window.loss.go_to_rise_after),
            (window.step_tab.strip.next_requested, self._line_by_line.next),
            (window.step_tab.strip.back_requested, self._line_by_line.back),
            (window.guess.toggled, self._guessing.set_on),
            (window.back.triggered, runner.back),
            (window.home.triggered, runner.home),
            (window.end.triggered, runner.end),
            (window.random_start.triggered, self._landscape.start_anywhere),
            (window.panel.random_start_requested, self._landscape.start_anywhere),
            (window.panel.function.points_wanted, self.own_data.begin),
            (window.panel.function.data.batch_landscape_toggled, self._landscape.set_of_batch),
            (window.log_loss.toggled, window.loss.set_log),
            (window.loss.log_toggled, window.log_loss.setChecked),
            (window.open_data.triggered, self.opening.ask),
            (window.paste_data.triggered, self.opening.paste),
            (window.panel.function.file_wanted, self.opening.ask),
            (window.file_dropped, self.opening.look_at),
            (window.export_steps.triggered, self._export_steps),
            (window.copy_step.triggered, self._copy_step),
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
        """Stop the threads."""
        self._drawing.stop()
        self.opening.shut_down()
        self._basins.shut_down()
        self._full_loss.shut_down()
        self._rates.shut_down()
        self._starts.shut_down()
        self.runner.shut_down()
        self.sampler.shut_down()

    # Runs

    @Slot(object)
    def _on_trace_changed(self, trace: Trace) -> None:
        self._editing.accept(trace.experiment)
        self._basins.refresh()
        experiment = trace.experiment
        objective = experiment.objective()
        few = objective.dimension <= MOST_COMPONENTS
        self._window.panel.set_formula_typeset(
            objective.latex(),
            objective.gradient_latex() if few else (),
            experiment.parameters,
            objective.gradient_plain() if few else (),
        )
        if isinstance(objective, RowObjective) and objective.prediction is not None:
            text = f"ŷ = {plain(objective.prediction.root)}"
            self._window.panel.function.set_prediction_typeset(objective.prediction_latex(), text)
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

    @Slot(float)
    def _on_rate_chosen(self, rate: float) -> None:
        """Descend from the start with this η, as in the sweep; the run of now is kept."""
        self.runner.home()
        self._editing.enter_eta(rate)

    @Slot()
    def _copy_step(self) -> None:
        """Copy the shown step, whichever tab is in front."""
        trace = self.runner.trace
        if trace is not None:
            self._readout.draw(trace, trace.step(self.runner.shown))
            self._window.readout.copy()

    @Slot()
    def _export_steps(self) -> None:
        if self.runner.trace is not None:
            self.runner.pause()
            export_steps(self._window, self.runner.trace)

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
        if trace is None or runner.is_loading:
            return
        step = trace.step(runner.shown)
        ended = trace.ending is not None and runner.shown == runner.last
        hidden = self._guessing.is_waiting
        known = self._guessing.hidden(trace) if hidden else self._line_by_line.known(trace, step)
        self._readout.set_known(known)
        self._taylor.set_known(known)
        self._stopping.set_hidden(hidden)
        self._steps.set_hidden(hidden)
        marks = phrases.marks(trace, self._translation)
        runs = self._race.views(marks, future=not hidden)
        self._landscape.draw(runs, step, known, ended)
        self._landscape.draw_guess(trace)
        self._data.draw(trace, step)
        self._full_loss.draw(trace, step.index if hidden else len(trace))
        window.loss.set_runs(runs)
        window.loss.legend.set_runs(self._race.legend())
        experiment = trace.segment(runner.shown).experiment
        on_loss = experiment.stop is StopRule.LOSS
        window.loss.set_threshold(
            experiment.epsilon if on_loss else None, f"ε = {shown(experiment.epsilon, 4)}"
        )
        note, sentences = "", ""
        if not runner.is_too_fast_to_read:
            note, sentences = rise_phrases.said(
                trace, step.index, self._deriver, revealed=known.ghost
            )
        window.loss.set_rise(note, sentences)
        window.readout.set_remark(sentences)
        self._study.draw(trace, step)
        self._rate_hint.draw(trace, step)
        self._draw_transport()

    @Slot()
    def _on_line_changed(self) -> None:
        """A phase was stepped to: what it brought grows before the eye."""
        self._window.study.show_tab("step")
        self._draw()
        part = self._line_by_line.take_growing()
        if part is not None:
            self._landscape.grow(part)

    def _draw_transport(self) -> None:
        runner, bar = self.runner, self._window.transport
        trace = runner.trace
        assert trace is not None
        bar.set_position(runner.row, runner.farthest, trace.experiment.max_steps)
        experiment = trace.segment(runner.shown).experiment
        bar.set_batch(data_phrases.batch_position(experiment, runner.shown))
        bar.set_enabled_actions(can_back=runner.row > 0, can_forward=not runner.is_over)
        bar.set_status(*phrases.status(runner))

    def retranslate(self) -> None:
        """Say everything again in the language of now."""
        self.opening.retranslate()
        self._data_editing.retranslate()
        self._editing.retranslate()
        self._study.retranslate()
        self._landscape.retranslate()
        self._basins.retranslate()
        self._rate_hint.retranslate()
        self._draw_soon()
