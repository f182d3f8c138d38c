"""For tests of the setup panel: a panel with all choices filled in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from gdsim.views.setup.control_panel import ControlPanel
from gdsim.views.theme import LIGHT

FUNCTIONS = [
    ("One parameter", [("quadratic", "Quadratic", "The textbook example.")]),
    ("Two parameters", [("saddle", "Saddle", "Down two ways."), ("beale", "Beale", "Steep.")]),
]
OPTIMIZERS = [("gradient-descent", "Gradient descent", "Straight down."), ("adam", "Adam", "Both.")]
SCHEDULES = [("constant", "Constant", "As it is."), ("inverse-time", "Inverse time", "Like 1/t.")]
ADAM = [
    (r"m \leftarrow \beta_{1} m + \left(1 - \beta_{1}\right) g", "m ← β₁m + (1 − β₁)g"),
    (r"\theta \leftarrow \theta - \eta m", "θ ← θ − ηm"),
]
STOP_RULES = [
    ("step", "stop when ‖Δθ‖ < ε", "Short."),
    ("loss", "stop when L < ε", "Low."),
    ("none", "only at the step limit", "No ε."),
]
RULE = ("beta1 = 0.9", "m = 0", "m = beta1*m + (1 - beta1)*g\ntheta = theta - eta*m")


def fill(panel: ControlPanel) -> None:
    """Call every setter once."""
    panel.set_theme(LIGHT)
    panel.set_functions(FUNCTIONS)
    panel.set_function("saddle", "x^2 - y^2", "Down two ways.")
    panel.set_formula_typeset("x^{2} - y^{2}", ["2 x", "-2 y"], ["x", "y"], ["2*x", "-2*y"])
    panel.set_formula_error(None, None)
    panel.set_start(["x", "y"], [0.5, -0.5])
    panel.set_optimizers(OPTIMIZERS)
    panel.set_optimizer("adam", "Both.", ADAM, {"beta1": 0.9, "delta": 1e-8})
    panel.set_rule_text(*RULE)
    panel.set_rule_error(None, None, None)
    panel.set_eta(0.1)
    panel.set_eta_error(None)
    panel.set_eta_hint("stable below 0.027")
    panel.set_suggested_eta("Adam usually starts at η = 0.05.")
    panel.set_schedules(SCHEDULES)
    panel.set_schedule("inverse-time", "eta0/(1 + k*(t - 1))", {"k": 0.1}, True)
    panel.set_schedule_error(None, None)
    panel.set_epsilon(1e-6)
    panel.set_epsilon_error(None)
    panel.set_stop_rules(STOP_RULES)
    panel.set_stop("step", True)
    panel.set_max_steps(10_000)


def shown_panel(qtbot: QtBot) -> ControlPanel:
    """A visible panel with all choices filled in."""
    panel = ControlPanel()
    qtbot.addWidget(panel)
    fill(panel)
    panel.resize(panel.sizeHint().width(), 900)
    panel.show()
    return panel


def type_into(qtbot: QtBot, line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)
