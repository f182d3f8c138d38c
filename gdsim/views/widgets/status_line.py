"""The status of a run as an icon, a word and a sentence. Colour is never the only difference."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from gdsim.core.run.ending import Outcome
from gdsim.core.verdict.kind import PointKind
from gdsim.views.theme import LIGHT, Theme
from gdsim.views.theme.icons import icon
from gdsim.views.widgets.literal_text import literal


class Activity(Enum):
    """What a run does that has not ended."""

    PAUSED = "paused"
    MOVING = "moving"
    FULL = "full"
    """It cannot go on: its trace takes all the memory that it may."""
    FAILED = "failed"
    """There is an error in gdsim itself."""


RunState = Activity | Outcome | PointKind
"""What a run does, or how it ended: at a point of which kind, where a stop rule was met and the
point has been judged."""

_ICONS: dict[RunState | None, str] = {
    Activity.PAUSED: "pause",
    Activity.MOVING: "play",
    Activity.FULL: "stop",
    Activity.FAILED: "close",
    Outcome.STOP_RULE: "stop",
    **dict.fromkeys(PointKind, "stop"),
    PointKind.MINIMUM: "check",
    Outcome.STEP_LIMIT: "stop",
    Outcome.STOPPED: "stop",
    Outcome.DIVERGED: "close",
    Outcome.UNDEFINED: "close",
}
_ICON_SIZE = 14


def state_color(state: RunState | None, theme: Theme) -> str:
    """The colour of a state's icon; states that need attention have strong colours."""
    match state:
        case Activity.MOVING:
            return theme.accent
        case PointKind.MINIMUM:
            return theme.minimum_on_card
        case Outcome.STEP_LIMIT | Activity.FULL | PointKind():
            return theme.warning
        case Outcome.DIVERGED | Outcome.UNDEFINED | Activity.FAILED:
            return theme.error
        case _:
            return theme.text_muted


def text_color(state: RunState | None, theme: Theme) -> str:
    """The colour of a state's sentence: grey while the run moves, stronger when it has ended."""
    if state is Activity.MOVING:
        return theme.text_muted
    return theme.text if state is PointKind.MINIMUM else state_color(state, theme)


class StateIcon(QLabel):
    """The small icon of a state: a tick where the run converged, a cross where it diverged."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: RunState | None = None
        self._theme = LIGHT
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._redraw()

    def set_state(self, state: RunState | None) -> None:
        """Set the state; None: no icon."""
        if state != self._state:
            self._state = state
            self._redraw()

    def _redraw(self) -> None:
        name = _ICONS.get(self._state)
        self.setVisible(name is not None)
        if name is not None:
            drawing = icon(name, self._theme, state_color(self._state, self._theme))
            size = round(_ICON_SIZE * self._theme.text_size / LIGHT.text_size)
            self.setPixmap(drawing.pixmap(QSize(size, size), self.devicePixelRatioF()))


class ElidedLabel(QWidget):
    """One line of text, cut with “…” where it does not fit; the tool tip then holds all of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._color = LIGHT.text
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_text(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self._update_tool_tip()
            self.update()

    def set_color(self, color: str) -> None:
        if color != self._color:
            self._color = color
            self.update()

    def text(self) -> str:
        return self._text

    def shown_text(self) -> str:
        """The part of the text that fits."""
        return self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._text), self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._update_tool_tip()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(self._color))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect(), flags, self.shown_text())

    def _update_tool_tip(self) -> None:
        self.setToolTip(literal(self._text if self.shown_text() != self._text else ""))


class StatusLine(QWidget):
    """The icon of a state with a sentence or, without a sentence, a word for the state."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._state: RunState | None = None
        self._given_sentence = ""
        self._state_icon = StateIcon()
        self._sentence = ElidedLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._state_icon)
        row.addWidget(self._sentence, 1)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._state_icon.set_theme(theme)
        self._recolor()

    def set_status(self, sentence: str, state: RunState) -> None:
        """Show a sentence and the icon of a state."""
        if state != self._state:
            self._state = state
            self._state_icon.set_state(state)
            self._recolor()
        self._given_sentence = sentence
        self._update_text()

    def state(self) -> RunState | None:
        """The state whose icon is shown."""
        return self._state

    def text(self) -> str:
        """The shown sentence, or the word for the state."""
        return self._sentence.text()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._update_text()
        super().changeEvent(event)

    def _update_text(self) -> None:
        words: dict[RunState | None, str] = {
            Activity.PAUSED: self.tr("paused"),
            Activity.MOVING: self.tr("moving"),
            Activity.FULL: self.tr("paused"),
            Activity.FAILED: self.tr("failed"),
            Outcome.STOP_RULE: self.tr("stopped"),
            **dict.fromkeys(PointKind, self.tr("stopped")),
            PointKind.MINIMUM: self.tr("converged"),
            Outcome.STEP_LIMIT: self.tr("step limit"),
            Outcome.STOPPED: self.tr("stopped"),
            Outcome.DIVERGED: self.tr("diverged"),
            Outcome.UNDEFINED: self.tr("undefined"),
        }
        self._sentence.set_text(self._given_sentence or words.get(self._state, ""))

    def _recolor(self) -> None:
        self._sentence.set_color(text_color(self._state, self._theme))
