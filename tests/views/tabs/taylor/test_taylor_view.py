"""The widgets of the Taylor tab: their texts, their signals, and that they fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from plot_traces import settle
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QSlider, QWidget
from pytestqt.qtbot import QtBot

from gdsim.views.formula.formula_label import FormulaLabel
from gdsim.views.formula.latex_drawing import draw
from gdsim.views.tabs.taylor.angle_plot import AngleCurves, AngleMark
from gdsim.views.tabs.taylor.dial_panel import DialReading
from gdsim.views.tabs.taylor.taylor_table import Arithmetic, TaylorRow
from gdsim.views.tabs.taylor.taylor_view import TaylorView
from gdsim.views.theme import DARK, LIGHT, apply_theme

LONG = "−39.8725 + ((−21.8118)·0.618538^2 + 2·4.20218·0.618538·0.127025 + (−19.7)·0.127^2)/2 ≈ −43"
ROWS = (
    TaylorRow(
        "first",
        "First order",
        r"\nabla L \cdot \Delta",
        "∇L·Δ",
        "2·(−3) = −6",
        "−6",
        "+2.4 (6 %)",
    ),
    TaylorRow("second", "Second order", r"\Delta^{\top} H \Delta", "ΔᵀHΔ", LONG, "−43", "≈ 0"),
    TaylorRow("actual", "Actual", r"L(\theta)", "L(θ)", "3 − 7 = −4", "−4", ""),
)
READINGS = (
    DialReading("first", "First order", r"r \cos\beta", "r·cos β", "63·1.6·(−0.5) = −50.4"),
    DialReading("actual", "Actual", r"L(\theta)", "L(θ)", "= −70"),
)
BETA = np.linspace(0, 360, 181)
CURVES = AngleCurves(
    BETA,
    {
        "first": 3 * np.cos(np.radians(BETA)),
        "second": 2 * np.cos(np.radians(BETA)),
        "actual": np.cos(np.radians(BETA)),
    },
)


@pytest.fixture
def view(qtbot: QtBot, own_look: QApplication) -> Iterator[TaylorView]:
    apply_theme(own_look, LIGHT)  # whether all fits depends on the font
    widget = TaylorView(10)
    qtbot.addWidget(widget)
    widget.resize(440, 340)
    widget.set_title("t = 2 → 3")
    widget.set_rows(ROWS)
    widget.set_verdict("The slope alone is off by 6 %.")
    widget.dial.set_radius(0.5)
    widget.dial.set_beta(135.0)
    widget.dial.set_reading("β = 135°", READINGS)
    widget.dial.plot.set_curves(CURVES)
    widget.dial.plot.set_mark(AngleMark(135.0, (("first", -2.1), ("actual", -0.7))))
    widget.show()
    qtbot.waitExposed(widget)
    rest()
    yield widget
    widget.close()


def rest() -> None:
    for _ in range(5):
        QApplication.processEvents()


def heard(signal: object) -> list[float]:
    values: list[float] = []
    signal.connect(values.append)  # type: ignore[attr-defined]
    return values


# The table


def test_the_table_can_be_read_as_text(view: TaylorView) -> None:
    text = view.text()
    assert text.startswith("t = 2 → 3\nFirst order: ∇L·Δ = 2·(−3) = −6  [+2.4 (6 %)]")
    assert "Actual: L(θ) = 3 − 7 = −4\n" in text
    assert "β = 135°" in text
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == text


def test_widgets_are_kept_from_step_to_step(view: TaylorView) -> None:
    before = view.findChildren(FormulaLabel)
    view.set_rows(ROWS)
    view.set_rows(ROWS[::-1])
    assert view.findChildren(FormulaLabel) == before


def test_fewer_lines_hide_the_rest(view: TaylorView) -> None:
    view.set_rows(ROWS[:1])
    rest()
    shown = [label.text() for label in view.table.findChildren(QLabel) if label.isVisible()]
    assert "First order" in shown
    assert "Actual" not in shown
    view.set_rows([])
    assert view.table.text() == ""


@pytest.mark.parametrize(("width", "longer"), [(300, 0), (360, 1), (440, 1), (700, 1)])
def test_nothing_is_cut_off_sideways_and_nothing_overlaps(
    view: TaylorView, width: int, longer: int
) -> None:
    """With names half as long again as well, as another language may have them."""
    view.resize(width, 320)
    view.set_rows([replace(row, name=row.name + " order" * longer) for row in ROWS])
    rest()
    scroll = view.findChild(QScrollArea)
    assert scroll.horizontalScrollBar().maximum() == 0
    room = scroll.viewport().width()
    placed: list[QWidget] = []
    for child in view.table.children():
        if isinstance(child, QWidget) and child.isVisible():
            assert child.mapTo(scroll.widget(), QPoint()).x() + child.width() <= room
            placed.append(child)
    for place, one in enumerate(placed):
        for other in placed[place + 1 :]:
            common = one.geometry().intersected(other.geometry())
            assert common.width() <= 1 or common.height() <= 1


def test_all_parts_can_be_scrolled_to(view: TaylorView) -> None:
    view.resize(400, 240)
    rest()
    scroll = view.findChild(QScrollArea)
    bar = scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    last = view.derivation.findChildren(FormulaLabel)[-1]
    bottom = last.mapTo(scroll.viewport(), last.rect().bottomLeft()).y()
    assert bottom <= scroll.viewport().height()


# Signals


def test_setters_of_the_tab_emit_nothing(view: TaylorView) -> None:
    wishes = [heard(signal) for signal in (view.radius_entered, view.beta_entered)]
    wishes.append(heard(view.order_chosen))
    view.dial.set_radius(0.25)
    view.dial.set_beta(77.0)
    view.dial.set_reach(100.0)
    view.order.set_order(7)
    assert wishes == [[], [], []]


def test_length_and_angle_are_typed(view: TaylorView) -> None:
    radii, angles = heard(view.radius_entered), heard(view.beta_entered)
    for field, text in ((view.dial.radius, "0.75"), (view.dial.beta, "90")):
        field.line.selectAll()
        QTest.keyClicks(field.line, text)
        QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert (radii, angles) == ([0.75], [90.0])


@pytest.mark.parametrize(("field", "text"), [("radius", "0"), ("radius", "-1"), ("beta", "400")])
def test_invalid_lengths_and_angles_are_refused(view: TaylorView, field: str, text: str) -> None:
    radii, angles = heard(view.radius_entered), heard(view.beta_entered)
    entry = getattr(view.dial, field)
    entry.line.selectAll()
    QTest.keyClicks(entry.line, text)
    QTest.keyClick(entry.line, Qt.Key.Key_Return)
    assert radii == angles == []
    assert entry.error_label.text()


def test_sliders_can_be_moved_with_keys(view: TaylorView) -> None:
    radii, angles = heard(view.radius_entered), heard(view.beta_entered)
    for slider in (view.dial.radius_slider, view.dial.beta_slider):
        assert isinstance(slider, QSlider)
        slider.setFocus()
        QTest.keyClick(slider, Qt.Key.Key_Up)
    assert radii
    assert radii[0] > 0.5
    assert angles == [136.0]


def test_the_length_slider_reaches_as_far_as_the_view(view: TaylorView) -> None:
    radii = heard(view.radius_entered)
    for reach, longest in ((0.3, 1.0), (5.0, 10.0), (400.0, 1000.0)):
        view.dial.set_reach(reach)
        view.dial.set_radius(reach / 7)
        slider = view.dial.radius_slider
        slider.setValue(slider.maximum())
        assert radii[-1] == pytest.approx(longest)


def test_the_button_goes_back_to_the_step(view: TaylorView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.step_requested):
        view.dial.as_step.click()


def test_pressing_and_dragging_on_the_plot_turns_the_hand(view: TaylorView, qtbot: QtBot) -> None:
    angles = heard(view.beta_entered)
    plot = view.dial.plot
    view.show_reading()
    settle(plot, 3)
    paper = plot.paper

    def at(beta: float) -> QPoint:
        spot = plot.box.mapToScene(*plot.box.pixels().point(beta, 0.0))
        return spot.toPoint()

    before = plot.visible_range()
    qtbot.mouseClick(paper, Qt.MouseButton.LeftButton, pos=at(90))
    assert angles[-1] == pytest.approx(90, abs=2)
    QTest.mousePress(paper, Qt.MouseButton.LeftButton, pos=at(90))
    for beta in (120, 200, 270):
        QTest.mouseMove(paper, at(beta))
        qtbot.wait(20)
    QTest.mouseRelease(paper, Qt.MouseButton.LeftButton, pos=at(270))
    assert angles[-1] == pytest.approx(270, abs=2)
    assert plot.visible_range() == before


def test_without_curves_the_plot_emits_nothing(view: TaylorView, qtbot: QtBot) -> None:
    angles = heard(view.beta_entered)
    view.dial.plot.set_curves(None)
    view.dial.plot.set_mark(None)
    qtbot.mouseClick(view.dial.plot.paper, Qt.MouseButton.LeftButton)
    assert angles == []


def test_the_axis_of_the_plot_fits_its_curves(view: TaylorView) -> None:
    plot = view.dial.plot
    for size in (1.0, 50.0, 0.02, 1e-9):
        scaled = {kind: size * curve for kind, curve in CURVES.curves.items()}
        plot.set_curves(AngleCurves(BETA, scaled))
        low, high = plot.visible_range()[1]
        assert low < -3 * size < 3 * size < high
        assert high - low < 13 * size
    broken = {kind: np.full_like(curve, np.nan) for kind, curve in CURVES.curves.items()}
    plot.set_curves(AngleCurves(BETA, broken))
    settle(plot, 2)


def test_the_order_is_chosen(view: TaylorView) -> None:
    view.set_dimension(1)
    rest()
    orders = heard(view.order_chosen)
    view.order.order.setFocus()
    QTest.keyClick(view.order.order, Qt.Key.Key_Up)
    assert orders == [2]
    assert view.order.order.maximum() == 10


# One parameter, several parameters, the derivation


def test_one_parameter_has_an_order_and_several_have_a_dial(view: TaylorView) -> None:
    for parameters, has_order in ((1, True), (2, False), (5, False), (1, True)):
        view.set_dimension(parameters)
        rest()
        assert view.order.isVisible() == has_order
        assert view.dial.isVisible() == (not has_order)


def test_the_polynomial_is_not_broken_inside_a_bracket(view: TaylorView) -> None:
    view.set_dimension(1)
    view.order.set_polynomial("higher", "P₂(x) = 1 + 2·(x − 1.5) + 3·(x − 1.5)^2")
    numbers = view.order.findChild(Arithmetic)
    seen = set()
    for width in range(150, 600, 10):
        lines = numbers.shown_lines(width)
        seen.add(len(lines))
        assert all(line.count("(") == line.count(")") for line in lines), lines
    assert len(seen) > 1, "there is a width at which it is broken"
    assert view.order.text() == "P₂(x) = 1 + 2·(x − 1.5) + 3·(x − 1.5)²"
    view.order.set_note("It ends here.")
    assert view.order.text().endswith("It ends here.")


def test_the_derivation_can_be_hidden_and_shown(view: TaylorView) -> None:
    derivation = view.derivation
    assert derivation.is_open
    assert "cos β" in derivation.text()
    formulas = derivation.findChildren(FormulaLabel)
    derivation.fold.click()
    assert not any(formula.isVisible() for formula in formulas)
    QTest.keyClick(derivation.fold, Qt.Key.Key_Space)
    assert all(formula.isVisible() for formula in formulas)


def test_every_formula_can_be_typeset(view: TaylorView, qtbot: QtBot) -> None:
    view.set_dimension(1)
    for formula in view.findChildren(FormulaLabel):
        assert all(map(draw, formula.latex_pieces)), formula.plain


def test_a_formula_that_another_label_had_typeset_meanwhile_is_typeset_too(qtbot: QtBot) -> None:
    latex = r"\alpha_{91} + \beta_{17}"
    first, second = FormulaLabel(), FormulaLabel()
    for label in (first, second):
        qtbot.addWidget(label)
        label.set_latex(latex, "α + β")
    first.show()
    qtbot.waitUntil(lambda: first.is_typeset)
    second.show()
    qtbot.waitUntil(lambda: second.is_typeset)


# Looks and texts


def test_controls_have_names_and_tool_tips(view: TaylorView) -> None:
    dial = view.dial
    for control in (
        dial.radius.line,
        dial.beta.line,
        dial.radius_slider,
        dial.beta_slider,
        view.order.order,
    ):
        assert control.accessibleName()
        assert control.toolTip()
    assert dial.plot.accessibleName()
    assert dial.as_step.text()
    names = [control.accessibleName() for control in (dial.radius_slider, dial.radius.line)]
    assert len(set(names)) == len(names)


def test_themes_change_without_losing_anything(view: TaylorView) -> None:
    before, light = view.text(), view.grab().toImage()
    view.set_theme(DARK)
    rest()
    assert view.grab().toImage() != light
    view.set_theme(LIGHT)
    assert view.text() == before


def test_another_language_is_shown_at_once(view: TaylorView) -> None:
    QApplication.sendEvent(view, QEvent(QEvent.Type.LanguageChange))
    assert view.tab_title() == "Taylor"
