"""A simulated user of the window: input by keyboard and mouse, and the texts on the screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot
from wheel import turn_wheel

from gdsim.app.application import Session
from gdsim.core.run.trace import Trace
from gdsim.views.plot.plot_view import PlotView
from gdsim.views.tabs.step.step_readout import StepReadout
from gdsim.views.widgets.entry_field import EntryField
from gdsim.views.widgets.number_field import NumberField
from gdsim.views.widgets.status_line import RunState, StatusLine

AnyWidget = TypeVar("AnyWidget", bound=QWidget)


class Teacher:
    """Uses the window by keyboard and mouse, and reads only the texts that it shows."""

    def __init__(self, session: Session, qtbot: QtBot) -> None:
        self.session = session
        self.window = session.window
        self.panel = session.window.panel
        self._qtbot = qtbot

    # Waiting

    def wait_until(self, condition: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(condition)

    def settle(self) -> None:
        """Wait until the runs with the settings of the panel are loaded and painted.

        Unless they play, the requested row is shown by then.
        """
        controller = self.session.controller
        runner = controller.runner

        def has_arrived() -> bool:
            trace = runner.trace
            if trace is None or runner.is_pending or trace.experiment != controller.experiment:
                return False
            return runner.playing or runner.is_settled

        self.wait_until(has_arrived)
        self.look()

    def look(self) -> None:
        """Process events, so that all changes are painted, also those of a new theme."""
        for _ in range(3):
            QApplication.processEvents()
        while not self.session.is_styled:
            QApplication.processEvents()

    def wait_for_row(self, row: int) -> None:
        self.wait_until(lambda: self.row() == row)

    def wait_for_end(self) -> None:
        """Wait until the run is over and its last row is shown."""
        self.wait_until(lambda: not self.is_playing())
        self.settle()

    def wait_for_picture(self) -> None:
        """Wait until the visible part of the landscape has been sampled finely.

        The axis numbers can make the plot narrower, and then it is sampled again.
        """
        controller, panel = self.session.controller, self.window.landscape

        def is_there() -> bool:
            plot = panel.curve if panel.is_curve else panel.contour
            if not plot.is_settled or controller.sampler.newest is None:
                return False
            view, _ = controller.sampler.newest
            # Which part was asked for last, no view knows.
            return controller.sampler.is_fine and view == controller._landscape._pictured

        self.wait_until(is_there)
        self.look()
        while not is_there():
            self.wait_until(is_there)
            self.look()

    def wait_for_derivatives(self) -> None:
        """Wait until the Hessian is derived and all texts about the shown step are complete."""
        experiment = self.session.controller.experiment
        deriver = self.session.controller.workplace.deriver
        self.wait_until(lambda: deriver.hessian_form(experiment) is not None)
        self.look()

    def rest(self, milliseconds: int) -> None:
        self._qtbot.wait(milliseconds)

    # Input

    def press(self, *keys: str) -> None:
        """Press keys one after another, by their names, in the focused widget."""
        for key in keys:
            target = QApplication.focusWidget() or self.window
            QTest.keySequence(target, QKeySequence(key))
            self.look()

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or QPoint())
        self.look()

    def press_button(self, name: str) -> None:
        """Click the button with this accessible name; a disabled button does nothing."""
        self.click(self.button(name))

    def type_into(self, field: EntryField | QLineEdit, text: str, *, enter: bool = True) -> None:
        """Replace the text of a field, and press Enter."""
        line = field.line if isinstance(field, EntryField) else field
        line.setFocus()
        line.selectAll()
        if not text:
            QTest.keyClick(line, Qt.Key.Key_Delete)
        elif text.isascii() and len(text) < 200:
            QTest.keyClicks(line, text)
        else:
            # Only Latin letters can be simulated as keys.
            QGuiApplication.clipboard().setText(text)
            line.paste()
        if enter:
            QTest.keyClick(line, Qt.Key.Key_Return)
            # Shortcuts of the window work only while no text is being typed.
            self.window.setFocus()

    def choose(self, box: QComboBox, name: str) -> None:
        """Choose an entry, as a click in the open list does."""
        index = box.findText(name)
        assert index >= 0, name
        box.setCurrentIndex(index)
        box.activated.emit(index)

    def choose_function(self, name: str) -> None:
        self.choose(self.panel.function.choice, name)
        self.settle()

    def choose_optimizer(self, name: str) -> None:
        self.choose(self.panel.optimizer.choice, name)
        self.settle()

    def enter_formula(self, text: str) -> None:
        self.type_into(self.panel.function.formula, text)
        self.settle()

    def enter_start(self, *values: str) -> None:
        for place, value in enumerate(values):
            self.type_into(self.start_fields()[place], value)
            self.settle()

    def enter_eta(self, text: str) -> None:
        self.type_into(self.panel.rate.eta, text)
        self.settle()

    def enter_epsilon(self, text: str) -> None:
        self.type_into(self.panel.stop.epsilon, text)
        self.settle()

    def enter_step_limit(self, text: str) -> None:
        self.type_into(self.panel.stop.max_steps, text)
        self.settle()

    def go_on_without_end(self) -> None:
        """Choose Rosenbrock's function without a stop rule."""
        self.choose_function("Rosenbrock")
        self.choose(self.panel.stop.rule, "only at the step limit")
        self.enter_step_limit("100000000")

    def choose_speed(self, name: str) -> None:
        """Press + or − until the transport bar shows this speed."""
        for key in ("+", "-"):
            for _ in range(16):
                if self.says(self.window.transport, name):
                    return
                self.press(key)
        raise AssertionError(f"no pace {name}")

    def open_the_rule(self) -> None:
        self.click(self.panel.optimizer.edit_button)

    def write_rule(self, *lines: str, hyperparameters: str = "", state: str = "") -> None:
        """Write an optimizer in the editor, as lines, and apply it."""
        editor = self.panel.optimizer.editor
        self.type_into(editor.hyperparameters, hyperparameters, enter=False)
        self.type_into(editor.state, state, enter=False)
        editor.rule.setFocus()
        editor.rule.selectAll()
        for number, line in enumerate(lines):
            if number:
                QTest.keyClick(editor.rule, Qt.Key.Key_Return)
            QTest.keyClicks(editor.rule, line)
        self.click(editor.apply_button)
        self.settle()
        self.come_back()

    def come_back(self) -> None:
        """Return from another window to the main window."""
        self.window.activateWindow()
        self.window.setFocus()
        self.look()

    def drag(self, plot: PlotView, begin: QPoint, end: QPoint) -> None:
        """Drag the mouse from one pixel of the plot to another, in small moves."""
        paper = plot.paper
        QTest.mouseMove(paper, begin)
        QTest.mousePress(paper, Qt.MouseButton.LeftButton, pos=begin)
        for part in range(1, 9):
            QTest.mouseMove(paper, begin + (end - begin) * part / 8)
            self.rest(15)  # pyqtgraph ignores moves that follow each other faster
        QTest.mouseRelease(paper, Qt.MouseButton.LeftButton, pos=end)

    def turn_wheel(self, plot: PlotView, at: QPoint, notches: int) -> None:
        turn_wheel(plot.paper, at, notches)

    def pixel(self, plot: PlotView, x: float, y: float) -> QPoint:
        """The pixel of a point of the plane, once the plot does not change any more."""
        self.wait_for_picture()
        return plot.paper_position(QPointF(*plot.box.pixels().point(x, y)))

    # Texts on the screen

    def view(self, kind: type[AnyWidget]) -> AnyWidget:
        """The part of the window that is of this class."""
        found = self.window.findChild(kind)
        assert isinstance(found, kind)
        return found

    def step(self) -> str:
        """The card "This step" as text."""
        return self.view(StepReadout).text()

    def row(self) -> int:
        found = re.search(r"t = (\d+)", self.step())
        return int(found[1]) if found else -1

    def results(self) -> list[float]:
        """The parameters after this step: the results of the last line of the rule."""
        rule = re.split(r"^θ ← ", self.step(), flags=re.MULTILINE)[-1]
        return [read(text) for text in re.findall(r"^ {4}.*?[=≈] (\S+)$", rule, re.MULTILINE)]

    def status(self) -> str:
        line = self.window.transport.findChild(StatusLine)
        assert isinstance(line, StatusLine)
        return line.text()

    def state(self) -> RunState | None:
        line = self.window.transport.findChild(StatusLine)
        assert isinstance(line, StatusLine)
        return line.state()

    def count(self) -> str:
        """``t = 3 of 12`` in the transport bar."""
        return next(
            text for text in self.texts(self.window.transport) if re.match(r"t = \S+ of", text)
        )

    def is_playing(self) -> bool:
        return self.button("Play", "Pause").accessibleName() == "Pause"

    def button(self, *names: str) -> QPushButton:
        return next(
            button
            for button in self.window.transport.findChildren(QPushButton)
            if button.accessibleName() in names
        )

    def timeline(self) -> QSlider:
        return next(
            slider
            for slider in self.window.transport.findChildren(QSlider)
            if slider.accessibleName() == "Timeline"
        )

    def texts(self, widget: QWidget) -> list[str]:
        """The texts of all visible labels in a part of the window."""
        return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]

    def says(self, widget: QWidget, text: str) -> bool:
        return text in self.texts(widget)

    def data_legend(self) -> list[str]:
        """The legend of the data plot."""
        return self.window.data.legend.texts()

    def start_fields(self) -> list[NumberField]:
        return list(self.panel.function.start.fields)

    def start(self) -> list[float]:
        return [read(field.line.text()) for field in self.start_fields()]

    def eta(self) -> float:
        return read(self.panel.rate.eta.line.text())

    def sentence_at(self, field: EntryField) -> str:
        """The message beneath a field; empty where there is none."""
        return field.error_label.text() if field.error_label.isVisible() else ""

    # What was recorded

    def trace(self) -> Trace:
        trace = self.session.controller.runner.trace
        assert trace is not None
        return trace

    def recorded(self, start: int = 0, stop: int | None = None) -> bytes:
        """The bits of the rows: two runs are equal if these are."""
        trace = self.trace()
        columns = (trace.theta, trace.loss, trace.gradient, trace.delta, trace.eta)
        return b"".join(column(start, stop).tobytes() for column in columns)


def read(text: str) -> float:
    """A number from its text on the screen."""
    return float(text.replace("−", "-").replace("\u2009", ""))
