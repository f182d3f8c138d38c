"""The futures of a run in their tab."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QCoreApplication, Slot

from gdsim.app.language.end_phrases import end_of
from gdsim.app.moment import Moment
from gdsim.app.tab_presenter import TabPresenter
from gdsim.app.workplace import Workplace
from gdsim.core.number_text import shown
from gdsim.core.run.trace import Trace, first_difference
from gdsim.views.tabs.futures.futures_view import FutureRow, FuturesView
from gdsim.views.theme import RunStyle


class FuturesPresenter(TabPresenter[FuturesView]):
    """Fills the table of the selected run's futures, and does what is asked for in it."""

    key: ClassVar = "futures"
    group: ClassVar = "run"
    shown_in_predictions: ClassVar = True

    def __init__(self, view: FuturesView, workplace: Workplace) -> None:
        super().__init__(view, workplace)
        self._runner = workplace.runner
        self._names = workplace.names
        view.take_up_requested.connect(self._on_take_up)
        view.forget_requested.connect(self._on_forget)

    @classmethod
    def make_view(cls) -> FuturesView:
        return FuturesView()

    def draw(self, moment: Moment) -> None:
        trace, run, names = moment.trace, self._runner.selected, self._names
        assert run is not None
        self.view.set_runs(
            [
                self._row(trace, names.of_run(run), 0),
                *(
                    self._row(other, names.of_future(other), first_difference(other, trace))
                    for other in self._runner.futures
                ),
            ]
        )

    def clear(self) -> None:
        self.view.set_runs([])

    def _row(self, trace: Trace, style: RunStyle, since: int) -> FutureRow:
        last = len(trace) - 1
        status = QCoreApplication.translate("Futures", "can be continued")
        if trace.ending is not None:
            status, _ = end_of(trace, self.workplace.judge)
        return FutureRow(
            style,
            self._names.settings(trace),
            str(since),
            str(last),
            shown(float(trace.loss(last, last + 1)[0]), 5),
            status,
        )

    @Slot(int)
    def _on_take_up(self, row: int) -> None:
        self._runner.resume_future(self._runner.futures[row - 1])

    @Slot(int)
    def _on_forget(self, row: int) -> None:
        self._runner.forget_future(self._runner.futures[row - 1])
