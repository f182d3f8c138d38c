"""Joins window, runs and presenters, and lets everything be drawn."""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gdsim.app.data.data_editing import DataEditing
from gdsim.app.data.data_presenter import DataPresenter
from gdsim.app.data.opening import Opening
from gdsim.app.data.own_data import OwnData
from gdsim.app.landscape.basins_presenter import BasinsPresenter
from gdsim.app.landscape.landscape_presenter import LandscapePresenter
from gdsim.app.language.translation import Translation
from gdsim.app.main_window import MainWindow
from gdsim.app.run.exporting import export_steps
from gdsim.app.run.full_loss_presenter import FullLossPresenter
from gdsim.app.run.loss_presenter import LossPresenter
from gdsim.app.run.transport_presenter import TransportPresenter
from gdsim.app.setup.start_advice import StartAdvice
from gdsim.app.setup.typeset_function import TypesetFunction
from gdsim.app.tab_presenter import TabPresenter
from gdsim.app.tabs.how_far.rate_hint import RateHint
from gdsim.app.tabs.registry import TABS
from gdsim.app.tabs.step.step_presenter import StepPresenter
from gdsim.app.tabs.tab_switch import TabSwitch
from gdsim.app.workplace import Workplace
from gdsim.core.run.experiment import Experiment
from gdsim.simulation.sampler import Sampler

AnyTab = TypeVar("AnyTab", bound=TabPresenter[Any])


class Controller(QObject):
    """Owns the workplace and the presenters for as long as the window is open."""

    bug_found = Signal(str)

    def __init__(self, window: MainWindow, translation: Translation, sampler: Sampler) -> None:
        super().__init__(window)
        self._window = window
        self.sampler = sampler
        sampler.setParent(self)
        self.workplace = workplace = Workplace(window.panel, window.landscape, translation, self)
        self.runner = workplace.runner
        # Several changes within one turn of the event loop are drawn once.
        self._drawing = QTimer(self, singleShot=True, interval=0)
        self._drawing.timeout.connect(self._draw)
        self._landscape = LandscapePresenter(window.landscape, sampler, workplace)
        DataEditing(window.panel, workplace)
        TypesetFunction(window.panel, workplace)
        StartAdvice(window.panel, workplace)
        self.own_data = OwnData(window.data, workplace)
        self.opening = Opening(window, workplace)
        data = DataPresenter(window.loss_card, self.own_data, workplace)
        self._basins = BasinsPresenter(window.landscape, workplace)
        self._tabs = {tab.key: tab(window.tab_view(tab.key), workplace) for tab in TABS}
        self._drawn = (
            self._landscape,
            data,
            FullLossPresenter(window.loss, workplace),
            LossPresenter(window.loss, workplace),
            TabSwitch(window.tabs, self._tabs.values(), workplace),
            RateHint(window.panel, workplace),
            TransportPresenter(window.transport, workplace),
        )
        self._connect_runs()
        self._connect_window()
        workplace.editing.begin()
        self.runner.load(self.experiment)

    def _connect_runs(self) -> None:
        workplace, runner = self.workplace, self.runner
        for change in (
            workplace.redraw_requested,
            workplace.guessing.changed,
            workplace.deriver.answered,
            workplace.judge.answered,
            runner.trace_changed,
            runner.published,
            runner.shown_changed,
            runner.futures_changed,
            runner.runs_changed,
        ):
            change.connect(self._draw_soon)
        for failure in (
            self.bug_found,
            runner.failed,
            self.sampler.failed,
            workplace.deriver.failed,
            workplace.judge.failed,
        ):
            failure.connect(workplace.report)
        workplace.lines.changed.connect(self._on_line_changed)
        workplace.editing.restarted.connect(runner.load)
        workplace.editing.changed.connect(runner.change)
        self.opening.data_opened.connect(self.own_data.learn)

    def _connect_window(self) -> None:
        window, runner, workplace = self._window, self.runner, self.workplace
        for wish, slot in (
            (window.play.triggered, runner.toggle),
            (window.step.triggered, workplace.guessing.step),
            (window.next_line.triggered, workplace.lines.next),
            (window.line_before.triggered, workplace.lines.back),
            (window.rise_before.triggered, window.loss.go_to_rise_before),
            (window.rise_after.triggered, window.loss.go_to_rise_after),
            (window.guess.toggled, workplace.guessing.set_on),
            (window.back.triggered, runner.back),
            (window.home.triggered, runner.home),
            (window.end.triggered, runner.end),
            (window.random_start.triggered, self._landscape.start_anywhere),
            (window.panel.random_start_requested, self._landscape.start_anywhere),
            (window.panel.function.points_requested, self.own_data.begin),
            (window.panel.function.data.batch_landscape_toggled, self._landscape.set_of_batch),
            (window.log_loss.toggled, window.loss.set_log),
            (window.loss.log_toggled, window.log_loss.setChecked),
            (window.open_data.triggered, self.opening.ask),
            (window.paste_data.triggered, self.opening.paste),
            (window.panel.function.file_requested, self.opening.ask),
            (window.file_dropped, self.opening.look_at),
            (window.export_steps.triggered, self._export_steps),
            (window.copy_step.triggered, self._copy_step),
            (window.closing, self.shut_down),
        ):
            wish.connect(slot)

    @property
    def experiment(self) -> Experiment:
        """The experiment that the setup panel shows; its run may still be under way."""
        return self.workplace.editing.experiment

    def tab(self, kind: type[AnyTab]) -> AnyTab:
        """The tab of this class."""
        tab = self._tabs[kind.key]
        assert isinstance(tab, kind)
        return tab

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        self.workplace.retranslate()
        self._draw_soon()

    @Slot()
    def shut_down(self) -> None:
        """Stop the threads."""
        self._drawing.stop()
        self.workplace.shut_down()
        self.sampler.shut_down()

    # Pictures

    @Slot()
    def _draw_soon(self) -> None:
        if not self._drawing.isActive():
            self._drawing.start()

    @Slot()
    def _draw(self) -> None:
        """Bring every view to the shown row."""
        moment = None if self.runner.is_loading else self.workplace.moment()
        if moment is not None:
            for part in self._drawn:
                part.draw(moment)

    @Slot()
    def _on_line_changed(self) -> None:
        """A phase was stepped to: what it brought grows before the eye."""
        self._window.tabs.show_tab(StepPresenter.key)
        self._draw()
        part = self.workplace.lines.take_growing()
        if part is not None:
            self._landscape.grow(part)

    # What is taken away from the window

    @Slot()
    def _copy_step(self) -> None:
        moment = self.workplace.moment()
        if moment is not None:
            self.tab(StepPresenter).copy(moment)

    @Slot()
    def _export_steps(self) -> None:
        if self.runner.trace is not None:
            self.runner.pause()
            export_steps(self._window, self.runner.trace)
