"""Changes the look of the open window without holding it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QComboBox, QStackedWidget, QWidget

from gdsim.views.theme.application_style import font, palette, stylesheet
from gdsim.views.theme.colours import Theme

_TURN_SECONDS = 0.015  # work goes on in the next turn of the event loop after so long
_REST_MS = 50  # the pause before hidden widgets are styled, in which the window is painted


_Jobs = deque[Callable[[], None] | None]
"""What is to be done; None ends a turn."""


class Restyled(Protocol):
    """What Restyling needs of a window."""

    def parts(self) -> list[QWidget]:
        """Its parts, without overlap."""

    def begin_theme(self, theme: Theme) -> None:
        """Prepare for this theme while the one before is still in place."""

    def set_theme(self, theme: Theme) -> None:
        """Restyle what the style sheet does not reach: plots, formulas, icons."""

    def end_theme(self) -> None:
        """Arrange what has been restyled and laid out."""


class Restyling(QObject):
    """Gives every widget the style of another theme, in short turns of the event loop.

    A new style sheet makes Qt style all widgets of the program in one go and lay out each of them
    again, which takes about a second; six in seven of them are hidden. Here Qt forgets what it has
    computed from the old sheet; then the visible widgets are styled and painted together, and the
    hidden ones follow, a part of the window at a time.
    """

    def __init__(self, application: QApplication, window: QWidget) -> None:
        super().__init__(window)
        self._application = application
        self._window = window
        self._is_resized = False
        self._jobs: _Jobs = deque()
        self._hidden: _Jobs = deque()
        self._turn = QTimer(self, singleShot=True)
        self._turn.timeout.connect(self._work)

    @property
    def is_done(self) -> bool:
        """Whether all widgets, also the hidden ones, have the new style."""
        return not self._turn.isActive()

    def restyle(self, theme: Theme, window: Restyled) -> None:
        """Begin to style everything; a theme that comes while this is under way replaces this one.

        What is hidden only because its part of the window is hidden counts as visible: with another
        size of text such a part may be shown next.
        """
        self._is_resized = self._is_resized or self._application.font() != font(theme)
        window.begin_theme(theme)
        parts = window.parts()
        # Nothing is painted until all that can be seen has the new style.
        self._window.setUpdatesEnabled(False)
        self._jobs = deque([partial(self._change_sheet, theme), partial(self._style_rest, parts)])
        self._jobs += [partial(self._style_shown, part) for part in parts if not _is_behind(part)]
        # After each None Qt lays everything out.
        self._jobs += [partial(window.set_theme, theme), None, window.end_theme, None]
        self._jobs.append(partial(self._window.setUpdatesEnabled, True))
        self._hidden = deque(partial(self._style_all, part) for part in parts)
        self._hidden.append(self._style_hidden_windows)
        self._turn.start(0)

    def stop(self) -> None:
        """Leave the rest as it is, because the window is closed."""
        self._turn.stop()

    @Slot()
    def _work(self) -> None:
        self._turn.start(0)  # also when a job fails the next one is done
        jobs = self._jobs or self._hidden
        end = time.perf_counter() + _TURN_SECONDS
        while jobs and time.perf_counter() < end and (job := jobs.popleft()):
            job()
        if not self._jobs and not self._hidden:
            self._turn.stop()
        elif not self._jobs and jobs is not self._hidden:
            self._turn.start(_REST_MS)

    def _change_sheet(self, theme: Theme) -> None:
        application = self._application
        # With nothing to style again, the new sheet costs nothing.
        application.style().unpolish(application)
        application.setStyleSheet(stylesheet(theme))
        application.setPalette(palette(theme))
        application.setFont(font(theme))

    def _style_rest(self, parts: list[QWidget]) -> None:
        """Style what is visible outside of the parts: bars, frames, dialogs."""
        inside = {widget for part in parts for widget in _with_children(part)}
        for window in self._application.topLevelWidgets():
            if window.isVisible():
                self._style(one for one in _with_children(window) if one not in inside)

    def _style_shown(self, part: QWidget) -> None:
        if shiboken6.isValid(part):
            self._style(one for one in _with_children(part) if one.isVisibleTo(part))

    def _style_all(self, part: QWidget) -> None:
        """Style also what may have been hidden when the visible widgets were styled."""
        if shiboken6.isValid(part):
            self._style(_with_children(part))

    def _style_hidden_windows(self) -> None:
        """Style menus and dialogs; a list of choices belongs to the part with its box."""
        for window in self._application.topLevelWidgets():
            if not window.isVisible() and not isinstance(window.parent(), QComboBox):
                self._style(_with_children(window))
        self._is_resized = False

    def _style(self, widgets: Iterable[QWidget]) -> None:
        for widget in widgets:
            widget.style().polish(widget)
            if self._is_resized:
                QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
                widget.updateGeometry()
            widget.update()


def _with_children(root: QWidget) -> list[QWidget]:
    return [root, *root.findChildren(QWidget)]


def _is_behind(part: QWidget) -> bool:
    """Whether another page of a stack is in front of this one."""
    stack = part.parentWidget()
    return isinstance(stack, QStackedWidget) and stack.currentWidget() is not part
