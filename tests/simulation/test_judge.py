"""Reports on the ends of runs, made in the background."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from gdsim.core.run.choices import choose
from gdsim.core.run.descent import Descent
from gdsim.core.run.trace import Trace
from gdsim.core.verdict import report
from gdsim.core.verdict.kind import PointKind
from gdsim.simulation.judge import Judge


def ended(loss: str = "quadratic", **settings: Any) -> Trace:
    descent = Descent(choose(loss, **settings))
    descent.advance(10_000)
    assert descent.trace.ending is not None
    return descent.trace


@pytest.fixture
def judge(qtbot: QtBot) -> Judge:
    return Judge()


def judged(judge: Judge, trace: Trace, qtbot: QtBot) -> PointKind:
    if judge.report(trace) is None:
        qtbot.waitUntil(lambda: judge.report(trace) is not None, timeout=30_000)
    found = judge.report(trace)
    assert found is not None
    return found.verdict.kind


def test_a_run_that_goes_on_has_no_report(judge: Judge) -> None:
    assert judge.report(Descent(choose("quadratic")).trace) is None


def test_every_run_that_is_asked_for_is_judged(judge: Judge, qtbot: QtBot) -> None:
    traces = [ended(), ended("saddle", start=[1.0, 0.0]), ended("(x - 3)^2", eta=1e-7)]
    for trace in traces:
        assert judge.report(trace) is None
    kinds = [judged(judge, trace, qtbot) for trace in traces]
    assert kinds == [PointKind.MINIMUM, PointKind.SADDLE, PointKind.NOT_STATIONARY]


def test_a_run_is_judged_once(judge: Judge, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    report_end = report.report_end

    def counted(trace: Trace) -> report.EndReport:
        asked.append(trace)
        return report_end(trace)

    monkeypatch.setattr(report, "report_end", counted)
    trace = ended()
    for _ in range(3):
        judge.report(trace)
    judged(judge, trace, qtbot)
    assert asked == [trace]


def test_a_bug_is_told_and_the_next_run_is_judged(
    judge: Judge, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(trace: Trace) -> report.EndReport:
        raise RuntimeError("broken")

    trace = ended()
    with monkeypatch.context() as patch:
        patch.setattr(report, "report_end", broken)
        with qtbot.waitSignal(judge.failed, timeout=30_000) as told:
            judge.report(trace)
    assert "broken" in str(told.args)
    assert judged(judge, trace, qtbot) is PointKind.UNKNOWN
    assert judge.has_converged(trace) is False
    assert judged(judge, ended(), qtbot) is PointKind.MINIMUM


def test_a_run_has_converged_at_a_minimum_alone(judge: Judge, qtbot: QtBot) -> None:
    at_minimum, on_saddle = ended(), ended("saddle", start=[1.0, 0.0])
    assert judge.has_converged(at_minimum) is judge.has_converged(on_saddle) is None
    assert judge.has_converged(ended(max_steps=3)) is False
    judged(judge, at_minimum, qtbot)
    judged(judge, on_saddle, qtbot)
    assert judge.has_converged(at_minimum) is True
    assert judge.has_converged(on_saddle) is False
