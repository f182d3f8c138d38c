"""Hurried input: nothing crashes, no stale run is shown, and no thread is left running."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QThread
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from teacher import Teacher

from gdsim.core.run.descent import Descent
from gdsim.core.run.trace import Trace


def play_at_full_speed(teacher: Teacher) -> None:
    teacher.go_on_without_end()
    teacher.choose_speed("max")
    teacher.press("Space")
    teacher.wait_until(lambda: teacher.row() > 1000)


def shown_traces(teacher: Teacher) -> list[Trace]:
    """Every trace that any plot draws."""
    panel = teacher.window.landscape
    plots = (panel.contour, panel.curve, teacher.window.loss)
    return [run.trace for plot in plots for run in plot.shown_runs()]


def test_thirty_functions_at_full_speed_leave_nothing_stale(teacher: Teacher) -> None:
    play_at_full_speed(teacher)
    names = ["Quadratic", "Sine", "Cliff", "Round bowl", "Booth", "Saddle", "Rosenbrock", "Beale"]
    names += ["Himmelblau", "Three-parameter bowl"]
    hurried = random.Random(7)
    for name in [name for _ in range(3) for name in hurried.sample(names, 10)]:
        teacher.choose(teacher.panel.function.choice, name)
        QTest.keyClick(teacher.window, Qt.Key.Key_Space)
        until = time.perf_counter() + hurried.choice((0.0, 0.002, 0.02, 0.08))
        while time.perf_counter() < until:
            QApplication.processEvents()
        controller = teacher.session.controller
        if controller.runner.is_loading:
            continue
        teacher.look()
        experiment = controller.experiment
        for trace in shown_traces(teacher):
            assert trace.parameters == experiment.parameters
            assert trace.experiment.loss == experiment.loss
    teacher.settle()
    trace = teacher.trace()
    loss = trace.experiment.objective()
    rows = min(len(trace), 500)
    values = loss.value(trace.theta(0, rows).T)
    assert np.allclose(trace.loss(0, rows), values, rtol=1e-9, atol=1e-12, equal_nan=True)
    assert trace.theta(0, 1)[0].tolist() == teacher.start()


KEYS = [
    *(Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp),
    *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_R),
    *(Qt.Key.Key_0, Qt.Key.Key_L, Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Down),
    *(Qt.Key.Key_F1, Qt.Key.Key_Escape, Qt.Key.Key_P, Qt.Key.Key_1, Qt.Key.Key_E),
]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_mashing_keys_breaks_nothing(teacher: Teacher, seed: int) -> None:
    play_at_full_speed(teacher)
    mash = random.Random(seed)
    for _ in range(150):
        key = mash.choice(KEYS)
        shift = mash.random() < 0.1
        modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(QApplication.focusWidget() or teacher.window, key, modifier)
        if mash.random() < 0.3:
            QApplication.processEvents()
    teacher.come_back()
    if teacher.window.guess.isChecked():
        teacher.press("P")
    teacher.press("Home")
    teacher.choose_function("Quadratic")
    # Which control had the focus when a key came depends on what was greyed out then.
    teacher.choose(teacher.panel.rate.schedule, "Constant")
    teacher.settle()
    teacher.enter_eta("0.1")
    teacher.choose_optimizer("Gradient descent")
    teacher.enter_start("0")
    teacher.window.tabs.show_tab("step")
    teacher.look()
    assert teacher.results() == [0.6]


def test_clicking_everywhere_breaks_nothing(teacher: Teacher) -> None:
    play_at_full_speed(teacher)
    mash = random.Random(4)
    bar = teacher.window.transport
    buttons = [teacher.button(name) for name in ("Back to the start", "One step back", "One step")]
    for _ in range(150):
        kind = mash.randrange(4)
        if kind == 0:
            QTest.mouseClick(mash.choice(buttons), Qt.MouseButton.LeftButton)
        elif kind == 1:
            QTest.mouseClick(teacher.button("Play", "Pause"), Qt.MouseButton.LeftButton)
        elif kind == 2:
            timeline = teacher.timeline()
            place = QPoint(mash.randrange(timeline.width()), timeline.height() // 2)
            QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=place)
        else:
            paper = teacher.window.landscape.contour.paper
            place = QPoint(mash.randrange(paper.width()), mash.randrange(paper.height()))
            QTest.mouseClick(paper, Qt.MouseButton.LeftButton, pos=place)
        if mash.random() < 0.4:
            QApplication.processEvents()
    assert bar.isVisible()
    teacher.press("Home")
    assert teacher.row() == 0


def test_resizing_does_not_stop_playing(teacher: Teacher) -> None:
    play_at_full_speed(teacher)
    for width, height in ((1280, 800), (1920, 1080), (1000, 640), (1440, 860)):
        teacher.window.resize(width, height)
        teacher.rest(60)
    assert teacher.is_playing()


@pytest.mark.parametrize("moment", ["at once", "playing", "running to the end", "loading"])
def test_closing_during_work_leaves_no_thread(
    open_window: Callable[[], Teacher], moment: str
) -> None:
    teacher = open_window()
    if moment == "playing":
        play_at_full_speed(teacher)
    elif moment == "running to the end":
        teacher.go_on_without_end()
        teacher.press("End")
    elif moment == "loading":
        teacher.choose(teacher.panel.function.choice, "Wood")
    threads = teacher.session.controller.findChildren(QThread)
    assert threads
    teacher.window.close()
    assert not any(thread.isRunning() for thread in threads)


def test_a_bug_in_the_worker_is_reported_and_leaves_the_window_usable(
    teacher: Teacher, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    teacher.wait_for_derivatives()  # which are drawn when they come, over whatever is said
    teacher.press("Right")
    teacher.wait_for_row(1)
    with monkeypatch.context() as broken:
        broken.setattr(Descent, "advance", lambda *_: 1 / 0)
        teacher.press("Right")
        teacher.wait_until(lambda: "gdsim has a fault of its own" in teacher.status())
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert teacher.row() == 1
    teacher.choose_function("Quadratic")
    teacher.press("Right")
    teacher.wait_for_row(1)
    assert teacher.results() == [1.08]
    assert teacher.status() == "paused"


def test_the_window_responds_while_a_long_formula_is_differentiated(teacher: Teacher) -> None:
    long = "(" + " + ".join(f"sin({n}x*y)*exp(-x^2/{n})" for n in range(1, 6)) + ")^2"
    teacher.type_into(teacher.panel.function.formula, long)
    teacher.press("+")
    assert teacher.says(teacher.window.transport, "5 steps/s")
    teacher.settle()
    assert teacher.sentence_at(teacher.panel.function.formula) == ""
    assert teacher.row() == 0
