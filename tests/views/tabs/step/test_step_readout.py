"""The readout of a step: its texts, its layout, and what can be copied from it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from gdsim.core.run.ending import Outcome
from gdsim.views.formula.arithmetic_text import ArithmeticText, typographic
from gdsim.views.formula.formula_label import FormulaLabel
from gdsim.views.tabs.step.step_readout import ReadoutLine, StepReadout
from gdsim.views.theme import DARK, LIGHT
from gdsim.views.widgets.status_line import Activity, StateIcon

MOMENTUM = r"m = \beta_{1} m + \left(1 - \beta_{1}\right) g"


def update_of(step: int, parameters: tuple[str, ...] = ("x", "y")) -> list[ReadoutLine]:
    """Two lines of a rule, with numbers that change with the step."""
    sums = tuple((name, f"0.9·{step} + (1 − 0.9)·(−21.35) = {step}.79") for name in parameters)
    moves = tuple((name, f"2.412 − 0.3·{step} = 2.{step}") for name in parameters)
    return [
        ReadoutLine(MOMENTUM, "m ← β₁·m + (1 − β₁)·g", sums),
        ReadoutLine(r"\theta = \theta - \eta m", "θ ← θ − η·m", moves),
    ]


@pytest.fixture
def readout(qtbot: QtBot) -> StepReadout:
    widget = StepReadout()
    qtbot.addWidget(widget)
    widget.resize(520, 500)
    widget.set_title("This step   t = 8 → 9")
    widget.set_lines(update_of(8))
    widget.set_verdict("‖Δθ‖ = 0.41 ≥ ε = 1e-6 → move on", Activity.MOVING)
    widget.show()
    qtbot.waitExposed(widget)
    wait_for_formulas(qtbot, widget)
    return widget


def wait_for_formulas(qtbot: QtBot, widget: StepReadout) -> None:
    qtbot.waitUntil(lambda: all(f.is_typeset for f in widget.findChildren(FormulaLabel)))
    QApplication.processEvents()


def entries(readout: StepReadout) -> list[ArithmeticText]:
    return readout.findChildren(ArithmeticText)


def test_every_line_has_its_numbers_for_every_parameter(readout: StepReadout) -> None:
    assert [entry.text() for entry in entries(readout)] == [
        "x: 0.9·8 + (1 − 0.9)·(−21.35) = 8.79",
        "y: 0.9·8 + (1 − 0.9)·(−21.35) = 8.79",
        "x: 2.412 − 0.3·8 = 2.8",
        "y: 2.412 − 0.3·8 = 2.8",
    ]


def test_names_are_written_as_in_the_formula(readout: StepReadout) -> None:
    line = ReadoutLine("a", "a", (("theta1", "1"), ("m_hat", "2"), ("", "3")))
    readout.set_lines([line])
    assert [entry.text() for entry in entries(readout)[-3:]] == ["θ₁: 1", "m̂: 2", "3"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("0.9^9", "0.9⁹"),
        ("(-2)^(-3)", "(−2)⁻³"),
        ("2^0.5", "2^0.5"),
        ("x^(1/2)", "x^(1/2)"),
        ("3**2 - 1e-7", "3² − 1e−7"),
        ("2*3", "2\u202f·\u202f3"),
        ("1 + 1 = 2", "1 + 1 =\u00a02"),
    ],
)
def test_arithmetic_is_printed_as_mathematics(typed: str, shown: str) -> None:
    assert typographic(typed) == shown


def test_the_next_step_reuses_every_widget(readout: StepReadout) -> None:
    before = readout.findChildren(FormulaLabel), entries(readout)
    readout.set_lines(update_of(9))
    assert (readout.findChildren(FormulaLabel), entries(readout)) == before
    assert "0.9·9" in entries(readout)[0].text()


def test_another_rule_replaces_them(readout: StepReadout, qtbot: QtBot) -> None:
    readout.set_lines([ReadoutLine(r"\theta", "θ", (("x", "1"),))])
    qtbot.waitUntil(lambda: len(entries(readout)) == 1)
    assert len(readout.findChildren(FormulaLabel)) == 1


@pytest.mark.parametrize("width", [200, 300, 420, 520, 900])
def test_nothing_is_clipped_sideways_and_nothing_overlaps(
    readout: StepReadout, qtbot: QtBot, width: int
) -> None:
    readout.resize(width, 300)
    for _ in range(3):  # a scroll bar that appears or disappears needs another round of events
        QApplication.processEvents()
    room = readout.findChild(QScrollArea).viewport().width()
    bottom = 0
    for entry in entries(readout):
        box = entry.geometry()
        assert box.left() >= 0
        assert box.right() < room
        assert box.top() >= bottom
        assert box.height() >= entry.lines_at(box.width()) * entry.line_height()
        bottom = box.bottom()
    for formula in readout.findChildren(FormulaLabel):
        assert formula.geometry().right() <= room
        for entry in entries(readout):
            assert not formula.geometry().intersects(entry.geometry())


@pytest.mark.parametrize("width", [260, 380, 470])
def test_a_long_formula_is_broken_into_lines(
    readout: StepReadout, qtbot: QtBot, width: int
) -> None:
    terms = " + ".join(rf"\left(x_{{{i}}} - {i}\right)^{{2}}" for i in range(1, 12))
    gradient = rf"g_{{y}} = \frac{{\partial L}}{{\partial y}} = {terms}"
    readout.set_lines([ReadoutLine(gradient, "g", (("y", "1 = 1"),))])
    readout.resize(width, 400)
    wait_for_formulas(qtbot, readout)
    formula = next(f for f in readout.findChildren(FormulaLabel) if f.isVisible())
    assert formula.toolTip() == ""  # nothing of it is hidden
    assert formula.height() > 2 * formula.sizeHint().height() * 0.6
    assert entries(readout)[-1].geometry().top() >= formula.geometry().bottom()


def test_the_tool_tip_holds_a_number_longer_than_its_line(
    readout: StepReadout,
) -> None:
    entry = entries(readout)[0]
    entry.set_entry("x", "1 + 0.1234567890123456 = 1.1234567890123456")
    entry.set_label_width(0)
    entry.resize(80, 60)
    entry.grab()
    assert entry.lines_at(80) == 3
    assert entry.toolTip() == "1 + 0.1234567890123456 = 1.1234567890123456"
    entry.resize(700, 20)
    entry.grab()
    assert entry.toolTip() == ""


def test_a_long_readout_scrolls_and_keeps_the_verdict_in_sight(readout: StepReadout) -> None:
    readout.resize(420, 180)
    readout.set_lines(update_of(8, tuple(f"w{number}" for number in range(13))))
    QApplication.processEvents()
    scroll = readout.findChild(QScrollArea)
    assert scroll.verticalScrollBar().maximum() > 0
    assert scroll.horizontalScrollBar().maximum() == 0
    verdict = next(label for label in readout.findChildren(QLabel) if "‖Δθ‖" in label.text())
    assert verdict.geometry().bottom() <= readout.height()


def test_lines_grow_while_playing_and_shrink_afterwards(readout: StepReadout, qtbot: QtBot) -> None:
    entry = entries(readout)[0]
    one_line = entry.height()
    lines = update_of(8)
    long = ReadoutLine(MOMENTUM, lines[0].plain, ((("x"), "1 + " * 60 + "1"), ("y", "1")))
    readout.set_lines([long, lines[1]])
    grown = entry.height()
    assert grown > one_line
    readout.set_lines(update_of(9))
    assert entry.height() == grown
    qtbot.waitUntil(lambda: entry.height() == one_line)


def test_endings_have_an_icon_and_a_colour(readout: StepReadout) -> None:
    sign = readout.findChild(StateIcon)
    assert not sign.isVisible()
    pictures = set()
    for state in (Outcome.STOP_RULE, Outcome.STEP_LIMIT, Outcome.DIVERGED):
        readout.set_verdict("…", state)
        assert sign.isVisible()
        pictures.add(sign.pixmap().cacheKey())
    assert len(pictures) == 3


def test_numbers_are_selected_with_the_mouse_and_copied(readout: StepReadout, qtbot: QtBot) -> None:
    entry = entries(readout)[2]
    qtbot.mouseDClick(entry, Qt.MouseButton.LeftButton, pos=QPoint(60, 8))
    qtbot.keyClick(entry, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "2.412 − 0.3·8 = 2.8"


def test_without_a_selection_the_whole_step_is_copied(readout: StepReadout, qtbot: QtBot) -> None:
    qtbot.keyClick(entries(readout)[0], Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("This step   t = 8 → 9\nm ← β₁·m + (1 − β₁)·g\n    x: 0.9·8")
    assert copied.endswith("→ move on")


def test_themes_change_without_losing_the_step(readout: StepReadout) -> None:
    before = readout.text()
    light = readout.grab().toImage()
    readout.set_theme(DARK)
    dark = readout.grab().toImage()
    readout.set_theme(LIGHT)
    assert light != dark
    assert readout.text() == before


def test_screen_readers_get_a_name(readout: StepReadout) -> None:
    assert readout.accessibleName()
    assert all(entry.accessibleName() for entry in entries(readout))
    QApplication.sendEvent(readout, QEvent(QEvent.Type.LanguageChange))
    assert readout.accessibleName()
