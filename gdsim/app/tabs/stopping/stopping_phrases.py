"""What the tab about the stop rules says, in the current language."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from gdsim.app.language import run_phrases as phrases
from gdsim.app.language.end_phrases import end_of
from gdsim.app.language.stop_rule_phrases import condition as rule_condition
from gdsim.core.number_text import shown
from gdsim.core.run.stop_rules import StopRule
from gdsim.core.run.stop_series import quantity_at
from gdsim.core.run.trace import Trace
from gdsim.simulation.judge import Judge
from gdsim.views.widgets.status_line import Activity, RunState


def headline(trace: Trace, judge: Judge) -> tuple[str, RunState]:
    """How the run ended, with the rule that was met and its numbers, or that it has not ended."""
    if trace.ending is None:
        return QCoreApplication.translate("Stopping", "It has not stopped yet"), Activity.MOVING
    return end_of(trace, judge)


def hidden() -> str:
    """What is said while a step is still to be predicted."""
    return QCoreApplication.translate("Stopping", "This step is not revealed yet.")


def test_at(trace: Trace, index: int, judge: Judge) -> str:
    """The result of the stop test at this row; empty at the last row of a run that has ended."""
    if trace.ending is not None and index == len(trace) - 1:
        return ""
    sentence, _ = phrases.test_result(trace, index, judge)
    return QCoreApplication.translate("Stopping", "At t = {t}: {sentence}").format(
        t=index, sentence=sentence
    )


def condition(stop: StopRule, epoch: int | None, *, in_force: bool) -> str:
    """The rule as a condition, with a note where it is the rule of the run."""
    text = rule_condition(stop, epoch)
    if in_force:
        return QCoreApplication.translate("Stopping", "{rule} (current)").format(rule=text)
    return text


def value_at(trace: Trace, index: int, stop: StopRule, epsilon: float) -> str:
    """The quantity at this row, and how it compares with ε: ``0.41 ≥ ε``."""
    value = quantity_at(trace, index, stop)
    if math.isnan(value):
        return "–"
    return f"{shown(value, 4)} {'<' if value < epsilon else '≥'} ε"


def first_stop(row: int | None, *, reading: bool, trace: Trace) -> str:
    """The step at which a rule would have stopped, as far as it is known."""
    if row is not None:
        return f"t = {row}"
    if reading:
        return "…"
    if trace.ending is None:
        return QCoreApplication.translate("Stopping", "not yet")
    return QCoreApplication.translate("Stopping", "not within these {count} steps").format(
        count=len(trace) - 1
    )


def tolerance_label(epsilon: float) -> str:
    """``ε = 1e−6``."""
    return f"ε = {shown(epsilon, 4)}"
