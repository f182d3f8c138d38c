"""Second derivatives are derived once for each function, and never on the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gdsim.core.loss.objective import Objective
from gdsim.core.problem import Problem
from gdsim.core.run.choices import choose
from gdsim.core.taylor import derivatives as directional
from gdsim.core.taylor.derivatives import HessianForm
from gdsim.simulation.deriver import Deriver

FORMULA = "exp(-(x - {})^2 - (y*z + 1)^2)*sin(x*y*z)"


@pytest.fixture
def derive(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Objective], object]], None]:
    """Replace the work that the thread does."""
    return lambda work: monkeypatch.setattr(directional, "hessian_form", work)


def test_the_derivatives_arrive_later_and_are_kept(qtbot: QtBot) -> None:
    deriver, experiment = Deriver(), choose(FORMULA.format(1))
    with qtbot.waitSignal(deriver.answered):
        assert deriver.hessian_form(experiment) is None
    form = deriver.hessian_form(experiment)
    assert isinstance(form, HessianForm)
    point = np.array([0.1, 0.2, 0.3])
    assert form(point, point, point) == pytest.approx(
        point @ experiment.objective().hessian(point) @ point
    )
    # Another run of the same function uses the same derivatives.
    assert deriver.hessian_form(experiment.replace(start=(1.0, 2.0, 3.0))) is form


def test_nothing_is_derived_on_the_window_s_thread(
    qtbot: QtBot, derive: Callable[[Callable[[Objective], object]], None]
) -> None:
    seen: list[threading.Thread] = []
    derive(lambda _objective: seen.append(threading.current_thread()))
    deriver = Deriver()
    with qtbot.waitSignal(deriver.answered):
        deriver.hessian_form(choose(FORMULA.format(2)))
    assert len(seen) == 1
    assert threading.main_thread() not in seen


def test_the_newest_request_is_answered_next(
    qtbot: QtBot, derive: Callable[[Callable[[Objective], object]], None]
) -> None:
    derived: list[str] = []
    gate = threading.Event()

    def work(objective: Objective) -> object:
        derived.append(objective.text)
        gate.wait(60)
        return len(derived)

    derive(work)
    deriver = Deriver()
    first, second, third = (choose(FORMULA.format(number)) for number in (3, 4, 5))
    for experiment in (first, second, third):
        for _ in range(3):  # as each frame does
            assert deriver.hessian_form(experiment) is None
    gate.set()
    qtbot.waitUntil(lambda: deriver.hessian_form(third) is not None)
    assert derived == [first.loss, third.loss]


def test_a_function_without_second_derivatives_gives_the_reason(
    qtbot: QtBot, derive: Callable[[Callable[[Objective], object]], None]
) -> None:
    def refuse(_objective: Objective) -> None:
        raise Problem("the formula is too large to be differentiated")

    derive(refuse)
    deriver, experiment = Deriver(), choose(FORMULA.format(6))
    with qtbot.waitSignal(deriver.answered):
        deriver.hessian_form(experiment)
    assert "too large" in str(deriver.hessian_form(experiment))


def test_a_bug_is_reported_once_and_not_derived_again(
    qtbot: QtBot, derive: Callable[[Callable[[Objective], object]], None]
) -> None:
    def stumble(_objective: Objective) -> None:
        raise ZeroDivisionError("a bug")

    derive(stumble)
    deriver, experiment = Deriver(), choose(FORMULA.format(7))
    told: list[str] = []
    deriver.failed.connect(told.append)
    with qtbot.waitSignal(deriver.answered):
        deriver.hessian_form(experiment)
    assert isinstance(deriver.hessian_form(experiment), Problem)
    assert ["ZeroDivisionError" in text for text in told] == [True]


def test_closing_does_not_wait(
    qtbot: QtBot, derive: Callable[[Callable[[Objective], object]], None]
) -> None:
    gate = threading.Event()
    derive(lambda _objective: gate.wait(60))
    deriver = Deriver()
    deriver.hessian_form(choose(FORMULA.format(8)))
    worker = next(thread for thread in threading.enumerate() if thread.name == "gdsim Deriver")
    assert worker.daemon
    del deriver
    gate.set()
    worker.join(60)
    assert not worker.is_alive()
