"""Fills the tab that shows the rule, line by line, with the numbers of the shown step."""

from __future__ import annotations

from typing import ClassVar

from gdsim.app.language import run_phrases as phrases
from gdsim.app.moment import Moment
from gdsim.app.run import rise_phrases
from gdsim.app.tab_presenter import TabPresenter
from gdsim.app.workplace import Workplace
from gdsim.core.step.explain import explain
from gdsim.views.tabs.step.step_readout import ReadoutLine
from gdsim.views.tabs.step.step_tab import StepTab
from gdsim.views.widgets.status_line import Activity, RunState


class StepPresenter(TabPresenter[StepTab]):
    """Shows as many lines of the step as may be known."""

    key: ClassVar = "step"
    group: ClassVar = "step"
    shown_in_predictions: ClassVar = True

    def __init__(self, view: StepTab, workplace: Workplace) -> None:
        super().__init__(view, workplace)
        view.strip.next_requested.connect(workplace.lines.next)
        view.strip.back_requested.connect(workplace.lines.back)

    @classmethod
    def make_view(cls) -> StepTab:
        return StepTab()

    def draw(self, moment: Moment) -> None:
        trace, step, known = moment.trace, moment.step, moment.known
        readout = self.view.readout
        self.view.strip.set_stage(known.stage)
        readout.set_title(phrases.step_title(trace, step.index))
        lines = [
            ReadoutLine(line.latex, line.plain, line.numbers)
            for line in explain(trace, step.index)[: known.lines]
        ]
        readout.set_lines(lines)
        if known.lines is not None:
            readout.show_last_line()
        result: tuple[str, RunState] = ("", Activity.MOVING)
        if known.tested:
            result = phrases.test_result(trace, step.index, self.workplace.judge)
        readout.set_verdict(*result)
        readout.set_remark(rise_phrases.said(moment.rises)[1])

    def clear(self) -> None:
        self.view.strip.set_stage("")
        self.view.readout.set_title("")
        self.view.readout.set_lines([])
        self.view.readout.set_verdict("", Activity.MOVING)
        self.view.readout.set_remark("")

    def copy(self, moment: Moment) -> None:
        """Copy the step to the clipboard, whichever tab is in front."""
        self.draw(moment)
        self.view.readout.copy()
