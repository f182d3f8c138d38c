"""How a descent ended and at what kind of point, in the current language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gdsim.app.language.translation import ending_sentence, translated
from gdsim.core.run.ending import Outcome
from gdsim.core.run.trace import Trace
from gdsim.core.verdict.kind import PointKind
from gdsim.simulation.judge import Judge
from gdsim.views.widgets.status_line import RunState


def end_of(trace: Trace, judge: Judge) -> tuple[str, RunState]:
    """The sentence about the end of a run, and its state.

    Until the point has been judged, the sentence says no more than which rule was met.
    """
    assert trace.ending is not None
    report = judge.report(trace)
    if report is None:
        return ending_sentence(trace.ending), trace.ending.outcome
    outcome = report.ending.outcome
    state = report.verdict.kind if outcome is Outcome.STOP_RULE else outcome
    return translated(report.said_with_reason), state


def state_word(state: RunState) -> str:
    """An end in a word or two, for a column of a table; empty for a run that has not ended."""
    words: dict[RunState, str] = {
        Outcome.STOP_RULE: QCoreApplication.translate("Ends", "rule met"),
        Outcome.STEP_LIMIT: QCoreApplication.translate("Ends", "step limit"),
        Outcome.DIVERGED: QCoreApplication.translate("Ends", "diverged"),
        Outcome.UNDEFINED: QCoreApplication.translate("Ends", "undefined"),
        Outcome.STOPPED: QCoreApplication.translate("Ends", "stopped"),
        PointKind.MINIMUM: QCoreApplication.translate("Ends", "converged"),
        PointKind.SADDLE: QCoreApplication.translate("Ends", "saddle"),
        PointKind.MAXIMUM: QCoreApplication.translate("Ends", "maximum"),
        PointKind.FLAT: QCoreApplication.translate("Ends", "flat ground"),
        PointKind.NOT_STATIONARY: QCoreApplication.translate("Ends", "no minimum"),
        PointKind.UNKNOWN: QCoreApplication.translate("Ends", "unknown point"),
    }
    return words.get(state, "")
