"""The tabs about the shown step: who fills each, and only while it can be seen."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from gdsim.app.language import run_phrases as phrases
from gdsim.app.run.line_by_line import WHOLE, Known
from gdsim.core.run.trace import Step, Trace
from gdsim.core.step.explain import explain
from gdsim.views.tabs.step.step_readout import ReadoutLine
from gdsim.views.tabs.step.step_tab import StepTab
from gdsim.views.window.tab_panel import StudyPanel


class Presenter(Protocol):
    """Fills one tab, and whatever it draws on the landscape, from the shown step."""

    def draw(self, trace: Trace, step: Step) -> None:
        """Bring the tab to this step; called at most once a frame, while the tab is in front."""

    def clear(self) -> None:
        """Take everything off the plots: the tab goes to the back, or the function changes."""

    def retranslate(self) -> None:
        """Forget what was said in another language; ``draw`` follows."""


class Study(QObject):
    """Hands the shown step to the presenter whose tab is in front."""

    redraw_requested = Signal()

    def __init__(self, panel: StudyPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._panel = panel
        self._presenters: dict[str, Presenter] = {}
        self._front = ""
        panel.tab_changed.connect(self._on_tab_changed)

    def add(self, key: str, presenter: Presenter) -> None:
        """Let this presenter fill the tab of this key."""
        self._presenters[key] = presenter
        self._front = self._panel.current

    def draw(self, trace: Trace, step: Step) -> None:
        """Bring the tab in front to this step."""
        if self._front in self._presenters:
            self._presenters[self._front].draw(trace, step)

    def clear(self) -> None:
        """Another function: nothing of the old one may stay."""
        for presenter in self._presenters.values():
            presenter.clear()

    def retranslate(self) -> None:
        """Another language."""
        for presenter in self._presenters.values():
            presenter.retranslate()

    @Slot(str)
    def _on_tab_changed(self, key: str) -> None:
        if self._front in self._presenters:
            self._presenters[self._front].clear()
        self._front = key
        self.redraw_requested.emit()


class ReadoutPresenter:
    """Fills the tab that shows the rule, line by line, with this step's numbers."""

    def __init__(self, tab: StepTab) -> None:
        self._tab = tab
        self._known = WHOLE

    def set_known(self, known: Known) -> None:
        """How much of the step may be shown from the next draw on."""
        self._known = known

    def draw(self, trace: Trace, step: Step) -> None:
        known, readout = self._known, self._tab.readout
        self._tab.strip.set_stage(known.stage)
        readout.set_title(phrases.step_title(trace, step.index))
        lines = [
            ReadoutLine(line.latex, line.plain, line.numbers)
            for line in explain(trace, step.index)[: known.lines]
        ]
        readout.set_lines(lines)
        if known.lines is not None:
            readout.show_last_line()
        readout.set_verdict(
            *(phrases.verdict(trace, step.index) if known.tested else ("", "moving"))
        )

    def clear(self) -> None:
        self._tab.strip.set_stage("")
        self._tab.readout.set_title("")
        self._tab.readout.set_lines([])
        self._tab.readout.set_verdict("", "moving")

    def retranslate(self) -> None:
        """Every text comes anew with the next draw."""
