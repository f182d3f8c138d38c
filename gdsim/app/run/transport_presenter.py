"""The bar of buttons beneath the plots: where the run stands, and what moves it."""

from __future__ import annotations

from PySide6.QtCore import Slot

from gdsim.app.language import data_phrases
from gdsim.app.language import run_phrases as phrases
from gdsim.app.moment import Moment
from gdsim.app.workplace import Presenter, Workplace
from gdsim.views.widgets.status_line import Activity
from gdsim.views.window.transport_bar import TransportBar

_SPEED = 2.0  # steps a second at first


class TransportPresenter(Presenter):
    """Passes the buttons on to the runner, and shows its row, its pace and how it stands."""

    def __init__(self, bar: TransportBar, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._bar = bar
        self._runner = runner = workplace.runner
        bar.home_requested.connect(runner.home)
        bar.back_requested.connect(runner.back)
        bar.play_requested.connect(runner.play)
        bar.pause_requested.connect(runner.pause)
        bar.step_requested.connect(workplace.guessing.step)
        bar.end_requested.connect(runner.end)
        bar.speed_changed.connect(runner.set_speed)
        bar.step_selected.connect(workplace.go_to)
        runner.playing_changed.connect(self._on_playing_changed)
        workplace.bug_reported.connect(self._on_bug_reported)
        runner.set_speed(_SPEED)
        bar.set_speed(_SPEED)

    def draw(self, moment: Moment) -> None:
        runner, bar = self._runner, self._bar
        bar.set_position(runner.row, runner.farthest, moment.trace.experiment.max_steps)
        bar.set_batch(data_phrases.batch_position(moment.experiment, runner.shown))
        bar.set_enabled_actions(can_back=runner.row > 0, can_forward=not runner.is_over)
        bar.set_status(*phrases.status(runner, self.workplace.judge, self.workplace.deriver))

    @Slot(bool)
    def _on_playing_changed(self, playing: bool) -> None:
        self._bar.set_playing(playing)
        self.workplace.redraw()

    @Slot()
    def _on_bug_reported(self) -> None:
        self._bar.set_status(
            self.tr("gdsim has a fault of its own; standard error has the details"),
            Activity.FAILED,
        )
