"""A monkey at the window: random keys, clicks, texts, files and sizes, repeatable by its seed."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from teacher import Teacher
from wheel import turn_wheel

from gdsim.app.tabs.registry import TABS
from gdsim.views.plot.plot_view import PlotView

KEYS = (
    "Space Right Left PgDown PgUp Shift+Right Shift+Left [ ] P Home End + - R 0 S L D F1 F5 Up Down"
    " Tab Shift+Tab Return Escape Del Backspace Ctrl+Tab Ctrl+Shift+Tab Ctrl+V Ctrl+A Ctrl+C Ctrl+D"
    " Ctrl+Shift+C Ctrl+S Ctrl+O Alt+F F2 F10 1 9 E ."
).split()
"""All keys of the window but those that close it or leave the screen."""

TEXTS = (
    *("1e308", "-1e308", "1e-320", "0", "-0", "nan", "inf", "1/0", "0,1", "1/3", "-5", "100"),
    *("12345678901", "1e400", "", " ", "１２", "²", "x", "x^2", "x^2 + y^2", "1/x", "log(x)", "10"),
    *("(x-1)^4 + (y+2)^2", "sqrt(-x^2)", "exp(exp(exp(x)))", "1e308*x*1e308", "|x| + |y|", "x^x"),
    *("((((((((((x))))))))))", "x +", ")", "__import__('os')", "a*b*c*d*e*f*g*h", "θ^2 + κ", "t"),
    *("sin(1/x)", "0*x", "5", "(prediction - y)^2", "a + b*x", "<img src=/dev/zero>", "\u202eabc"),
    *("x" * 3000, "9**9**9", "relu(x) - relu(-x)", "max(x, y, z)", "0.1/t", "eta0*min(1, t/T)"),
    *("v = beta*v + g", "theta = theta - eta*g", "theta = theta/0", "beta = 0.9", "m = 0", "1e-6"),
)
"""What is typed into any field: numbers at the edges, formulas, and what is neither."""

FILES = {
    "line.csv": b"x,y\n1,2\n2,4.1\n3,5.9\n4,8.2\n",
    "classes.csv": b"a,b,label\n1,2,no\n3,1,yes\n2,5,no\n4,1,yes\n",
    "huge-numbers.csv": b"x,y\n1e308,-1e308\n-1e308,1e308\n1e-320,5\n",
    "one-row.csv": b"x,y\n1,2\n",
    "one-value.csv": b"x,y\n1,1\n1,1\n1,1\n",
    "only-titles.csv": b"x,y\n",
    "empty.csv": b"",
    "gaps.csv": b"x,y\n1,\n,2\n3,4\n5\n6,7,8\n",
    "hostile.csv": "a<img src=/dev/zero>\x1b[2J\u202e,b\n1,2\n3,5\n".encode(),
    "not-text.csv": bytes(range(256)) * 4,
    "utf-16.csv": "x;y\n1,5;2\n3;4,5\n".encode("utf-16"),
    "semicolons.txt": b"sep=;\nx;y\n1.234,5;2\n3;4\n",
    "not-a-workbook.xlsx": b"PK\x03\x04 this is not a workbook",
    "quotes.csv": b'x,"y\n1,2\n3,4\n',
    "many-columns.csv": b",".join(b"c%d" % n for n in range(60)) + b"\n" + b"1," * 59 + b"1\n",
}

SIZES = ((800, 570), (1024, 720), (1366, 700), (1440, 860), (400, 300), (1920, 1000))


class Monkey:
    """Does one random thing after another at a window, and remembers what.

    Parameters
    ----------
    seed : repeats the same choices, as long as the window shows the same in between.
    folder : an empty folder for the files that are opened and saved.
    """

    def __init__(self, teacher: Teacher, seed: int, folder: Path) -> None:
        self.actions: list[str] = []
        self._teacher = teacher
        self._window = teacher.window
        self._dice = random.Random(seed)
        self._folder = folder
        for name, contents in FILES.items():
            (folder / name).write_bytes(contents)
        self._deeds: list[Callable[[], None]] = [
            *[self._press] * 6,
            *[self._click] * 6,
            *[self._type] * 5,
            *[self._choose] * 4,
            *[self._drag] * 3,
            *[self._show_tab] * 3,
            *[self._turn_wheel] * 2,
            *[self._look_away] * 2,
            *[self._drop_file] * 1,
            *[self._paste] * 1,
            *[self._change_look] * 1,
            *[self._resize] * 1,
        ]
        # Menus and messages wait in an event loop of their own; the monkey answers them as well.
        self._impatience = QTimer(interval=40)
        self._impatience.timeout.connect(self._answer)

    def begin(self) -> None:
        self._impatience.start()

    def stop(self) -> None:
        self._impatience.stop()

    def act(self) -> None:
        """Do one thing, and let the window react."""
        self._dice.choice(self._deeds)()
        QApplication.processEvents()

    def chosen_file(self, *_: object) -> tuple[str, str]:
        """What the monkey answers where the system asks for a file to open."""
        return str(self._folder / self._dice.choice(list(FILES))), ""

    def chosen_place(self, *_: object) -> tuple[str, str]:
        """What the monkey answers where the system asks where to save."""
        places = ("out.csv", "no-folder/out.csv", "", "line.csv")
        place = self._dice.choice(places)
        return (str(self._folder / place) if place else ""), ""

    # What it does

    def _press(self) -> None:
        key = self._dice.choice(KEYS)
        target = QApplication.focusWidget() or self._window
        self._note(f"press {key} in {_name(target)}")
        QTest.keySequence(target, key)

    def _click(self) -> None:
        widget = self._some(QAbstractButton, QTabBar, QAbstractItemView, QAbstractSlider, PlotView)
        if widget is None:
            return
        spot = self._spot(widget)
        button = self._dice.choices(
            (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton), (9, 1)
        )[0]
        self._note(f"click {button.name} at {spot.toTuple()} on {_name(widget)}")
        target = widget.paper if isinstance(widget, PlotView) else widget
        if isinstance(target, QAbstractItemView):
            target = target.viewport()
        if self._dice.random() < 0.1:
            QTest.mouseDClick(target, button, pos=spot)
        else:
            QTest.mouseClick(target, button, pos=spot)

    def _type(self) -> None:
        widget = self._some(QLineEdit, QPlainTextEdit)
        text = self._dice.choice(TEXTS)
        enters = self._dice.random() < 0.8
        if not isinstance(widget, QLineEdit | QPlainTextEdit):
            return
        self._note(f"type {text[:40]!r}{' and Return' if enters else ''} into {_name(widget)}")
        widget.setFocus()
        widget.selectAll()
        QGuiApplication.clipboard().setText(text)
        widget.paste()
        if enters:
            QTest.keyClick(widget, Qt.Key.Key_Return)

    def _choose(self) -> None:
        box = self._some(QComboBox)
        if isinstance(box, QComboBox) and box.count():
            index = self._dice.randrange(box.count())
            self._note(f"choose {box.itemText(index)!r} in {_name(box)}")
            if box.model().flags(box.model().index(index, 0)) & Qt.ItemFlag.ItemIsSelectable:
                box.setCurrentIndex(index)
                box.activated.emit(index)

    def _drag(self) -> None:
        widget = self._some(PlotView, QAbstractSlider, QHeaderView)
        if widget is None:
            return
        begin, end = self._spot(widget), self._spot(widget)
        self._note(f"drag {begin.toTuple()} to {end.toTuple()} on {_name(widget)}")
        target = widget.paper if isinstance(widget, PlotView) else widget
        QTest.mousePress(target, Qt.MouseButton.LeftButton, pos=begin)
        for part in range(1, 5):
            if shiboken6.isValid(target):
                QTest.mouseMove(target, begin + (end - begin) * part / 4)
                QApplication.processEvents()
        if shiboken6.isValid(target):
            QTest.mouseRelease(target, Qt.MouseButton.LeftButton, pos=end)

    def _turn_wheel(self) -> None:
        widget = self._some(PlotView, QAbstractItemView, QComboBox, QAbstractSlider)
        if widget is not None:
            notches = self._dice.choice((-8, -1, 1, 8))
            spot = self._spot(widget)
            self._note(f"turn the wheel by {notches} at {spot.toTuple()} on {_name(widget)}")
            turn_wheel(widget.paper if isinstance(widget, PlotView) else widget, spot, notches)

    def _show_tab(self) -> None:
        key = self._dice.choice(TABS).key
        self._note(f"show the tab {key}")
        self._window.tabs.show_tab(key)

    def _look_away(self) -> None:
        seconds = self._dice.choice((0.0, 0.02, 0.1, 0.3))
        self._note(f"wait {seconds} s")
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            QApplication.processEvents()
            time.sleep(0.002)

    def _drop_file(self) -> None:
        name = self._dice.choice(list(FILES))
        self._note(f"drop the file {name}")
        self._window.file_dropped.emit(str(self._folder / name))

    def _paste(self) -> None:
        text = self._dice.choice(list(FILES.values())).decode("utf-8", "replace")
        self._note(f"paste {text[:40]!r}")
        QGuiApplication.clipboard().setText(text)
        self._window.paste_data.trigger()

    def _change_look(self) -> None:
        menu = self._dice.choice((self._window.languages, self._window.themes))
        key = self._dice.choice(list(menu))
        self._note(f"choose {key} in the menu View")
        menu[key].trigger()

    def _resize(self) -> None:
        size = self._dice.choice(SIZES)
        self._note(f"resize the window to {size}")
        self._window.resize(*size)

    def _answer(self) -> None:
        """Press a key in an open menu or message, or close it."""
        popup = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if popup is None:
            return
        key = self._dice.choice(
            (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Escape)
        )
        if isinstance(popup, QMenu) and key == Qt.Key.Key_Return:
            chosen = popup.activeAction()
            # Neither leave nor fill the screen.
            if chosen in (self._window.quit, self._window.full_screen):
                key = Qt.Key.Key_Escape
        self._note(f"answer {key.name} in {_name(popup)}")
        QTest.keyClick(popup, key)

    # What it finds

    def _some(self, *kinds: type[QWidget]) -> QWidget | None:
        """A random visible and enabled widget of these kinds, in any open window."""
        found = [
            widget
            for top in QApplication.topLevelWidgets()
            if top.isVisible()
            for widget in top.findChildren(QWidget)
            if isinstance(widget, kinds) and widget.isVisible() and widget.isEnabled()
        ]
        return self._dice.choice(found) if found else None

    def _spot(self, widget: QWidget) -> QPoint:
        width, height = max(widget.width(), 1), max(widget.height(), 1)
        return QPoint(self._dice.randrange(width), self._dice.randrange(height))

    def _note(self, action: str) -> None:
        self.actions.append(action)


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName()!r}"
