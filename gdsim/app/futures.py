"""The futures of a run in their tab."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Slot

from gdsim.app import phrases
from gdsim.app.run_styles import RunStyles
from gdsim.app.translation import Translation, ending_sentence
from gdsim.core.numbers import shown
from gdsim.core.trace import Step, Trace, parting
from gdsim.simulation.runner import Runner
from gdsim.views.runs_view import RunRow, RunsView
from gdsim.views.theme import RunStyle


class FuturesPresenter(QObject):
    """Fills the table of the selected run's futures and carries out its wishes."""

    def __init__(
        self,
        view: RunsView,
        runner: Runner,
        styles: RunStyles,
        translation: Translation,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._runner = runner
        self._styles = styles
        self._translation = translation
        view.take_up_requested.connect(self._on_take_up)
        view.forget_requested.connect(self._on_forget)

    def draw(self, trace: Trace, step: Step) -> None:
        lane, styles = self._runner.selected, self._styles
        assert lane is not None
        self._view.set_runs(
            [
                self._row(trace, styles.of_lane(lane), 0),
                *(
                    self._row(other, styles.of_future(other), parting(other, trace))
                    for other in self._runner.kept
                ),
            ]
        )

    def clear(self) -> None:
        self._view.set_runs([])

    def retranslate(self) -> None:
        """Every text comes anew with the next draw."""

    def _row(self, trace: Trace, style: RunStyle, since: int) -> RunRow:
        last = len(trace) - 1
        experiment = trace.experiment
        status = QCoreApplication.translate("Futures", "can go on")
        if trace.ending is not None:
            status = ending_sentence(trace.ending)
        return RunRow(
            style,
            QCoreApplication.translate("Futures", "{name}, η = {eta}").format(
                name=phrases.optimizer_name(experiment, self._translation),
                eta=phrases.eta_text(experiment),
            ),
            str(since),
            str(last),
            shown(float(trace.loss(last, last + 1)[0]), 5),
            status,
        )

    @Slot(int)
    def _on_take_up(self, row: int) -> None:
        self._runner.take_up(self._runner.kept[row - 1])

    @Slot(int)
    def _on_forget(self, row: int) -> None:
        self._runner.forget(self._runner.kept[row - 1])
