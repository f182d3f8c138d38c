"""The futures of a run in their tab."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Slot

from gdsim.app.language.translation import ending_sentence
from gdsim.app.run.run_names_and_styles import RunBook
from gdsim.core.number_text import shown
from gdsim.core.run.trace import Step, Trace, parting
from gdsim.simulation.runner import Runner
from gdsim.views.tabs.futures.futures_view import RunRow, RunsView
from gdsim.views.theme import RunStyle


class FuturesPresenter(QObject):
    """Fills the table of the selected run's futures and carries out its wishes."""

    def __init__(self, view: RunsView, runner: Runner, book: RunBook, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._runner = runner
        self._book = book
        view.take_up_requested.connect(self._on_take_up)
        view.forget_requested.connect(self._on_forget)

    def draw(self, trace: Trace, step: Step) -> None:
        run, book = self._runner.selected, self._book
        assert run is not None
        self._view.set_runs(
            [
                self._row(trace, book.of_run(run), 0),
                *(
                    self._row(other, book.of_future(other), parting(other, trace))
                    for other in self._runner.futures
                ),
            ]
        )

    def clear(self) -> None:
        self._view.set_runs([])

    def retranslate(self) -> None:
        """Every text comes anew with the next draw."""

    def _row(self, trace: Trace, style: RunStyle, since: int) -> RunRow:
        last = len(trace) - 1
        status = QCoreApplication.translate("Futures", "can go on")
        if trace.ending is not None:
            status = ending_sentence(trace.ending)
        return RunRow(
            style,
            self._book.settings(trace),
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
