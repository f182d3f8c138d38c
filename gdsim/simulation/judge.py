"""Reports on the ends of runs, made in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gdsim.core.run.ending import Outcome
from gdsim.core.run.trace import Trace
from gdsim.core.verdict.kind import PointKind
from gdsim.simulation.background import Background

if TYPE_CHECKING:
    from gdsim.core.verdict.report import EndReport


class Judge(Background[Trace, "EndReport"]):
    """Finds out at what kind of point a run ended, once for each run.

    The second derivatives that this takes may need a second or more. Every run that waits is
    judged: a race shows the ends of all its runs.
    """

    most_waiting = 1_000

    def report(self, trace: Trace) -> EndReport | None:
        """The report on a run that has ended.

        None as long as it is not there; ``answered`` is emitted when it is.
        """
        return None if trace.ending is None else self.answer(trace)

    def has_converged(self, trace: Trace) -> bool | None:
        """Whether a stop rule was met at a minimum; None where that is still being found out."""
        if trace.ending is None or trace.ending.outcome is not Outcome.STOP_RULE:
            return False
        report = self.report(trace)
        return None if report is None else report.verdict.kind is PointKind.MINIMUM

    def find(self, question: Trace) -> EndReport:
        from gdsim.core.verdict.report import report_end

        return report_end(question)

    def fallback(self, question: Trace) -> EndReport:
        from gdsim.core.verdict.report import report_without_verdict

        return report_without_verdict(question)
