"""The futures of a run on the plots and in their tab."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Slot

from gdsim.app import phrases
from gdsim.app.translation import Translation, ending_sentence
from gdsim.core.numbers import shown
from gdsim.core.trace import Step, Trace, parting
from gdsim.simulation.runner import Runner
from gdsim.views.run_style import RunView
from gdsim.views.runs_view import RunRow, RunsView
from gdsim.views.theme import RUN_STYLES


class FuturesPresenter(QObject):
    """Tells the runs apart, fills their table and carries out its wishes."""

    def __init__(
        self, view: RunsView, runner: Runner, translation: Translation, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._runner = runner
        self._translation = translation
        self._styles: dict[int, int] = {}  # id of a kept trace → its style
        view.take_up_requested.connect(self._on_take_up)
        view.forget_requested.connect(self._on_forget)

    def views(self, marks: tuple[tuple[int, str], ...], *, future: bool) -> list[RunView]:
        """Every run as the plots draw it: the futures that were left beneath the one in force.

        Without ``future`` nothing is drawn that lies beyond the shown row.
        """
        trace = self._runner.trace
        assert trace is not None
        if not future:
            return [RunView(trace, self._runner.shown, marks=marks, future=False)]
        left = [
            RunView(other, parting(other, trace), *self._style(other))
            for other in self._runner.kept
        ]
        return [*left, RunView(trace, self._runner.shown, marks=marks)]

    def draw(self, trace: Trace, step: Step) -> None:
        self._view.set_runs(
            [
                self._row(trace, "", (), 0),
                *(
                    self._row(other, *self._style(other)[:2], parting(other, trace))
                    for other in self._runner.kept
                ),
            ]
        )

    def clear(self) -> None:
        self._view.set_runs([])

    def retranslate(self) -> None:
        """Every text comes anew with the next draw."""

    def _style(self, trace: Trace) -> tuple[str, tuple[float, ...], str]:
        """A style of its own for every kept trace, as long as it is kept."""
        kept = {id(other) for other in self._runner.kept}
        self._styles = {key: place for key, place in self._styles.items() if key in kept}
        if id(trace) not in self._styles:
            taken = set(self._styles.values())
            count = len(RUN_STYLES)
            free = next((place for place in range(1, count) if place not in taken), 0)
            self._styles[id(trace)] = free or 1 + len(taken) % (count - 1)
        style = RUN_STYLES[self._styles[id(trace)]]
        return style.color, style.dash, style.marker

    def _row(self, trace: Trace, colour: str, dash: tuple[float, ...], since: int) -> RunRow:
        last = len(trace) - 1
        experiment = trace.experiment
        status = QCoreApplication.translate("Futures", "can go on")
        if trace.ending is not None:
            status = ending_sentence(trace.ending)
        return RunRow(
            colour,
            dash,
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
