"""How a run stands: a sign, a word, a sentence. Colour is never the only sign."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from gdsim.views.theme import LIGHT, Theme
from gdsim.views.theme.icons import icon

_SIGNS = {
    "paused": "pause",
    "moving": "play",
    "converged": "check",
    "limit": "stop",
    "stopped": "stop",
    "diverged": "close",
    "failed": "close",
}
_SIGN_SIZE = 14


def state_color(state: str, theme: Theme) -> str:
    """The colour of a state's sign; what needs attention stands out."""
    return {
        "moving": theme.accent,
        "converged": theme.minimum_on_card,
        "limit": theme.warning,
        "diverged": theme.error,
        "failed": theme.error,
    }.get(state, theme.text_muted)


def text_color(state: str, theme: Theme) -> str:
    """The colour of a state's sentence: quiet while it moves, plain or alarming at an end."""
    if state in ("limit", "diverged", "failed"):
        return state_color(state, theme)
    return theme.text if state == "converged" else theme.text_muted


class StateIcon(QLabel):
    """The small sign of a state: a tick where the run converged, a cross where it diverged."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = ""
        self._theme = LIGHT
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._redraw()

    def set_state(self, state: str) -> None:
        """The state by name, as ``StatusLine.set_status`` takes it."""
        if state != self._state:
            self._state = state
            self._redraw()

    def _redraw(self) -> None:
        sign = _SIGNS.get(self._state)
        self.setVisible(sign is not None)
        if sign is not None:
            drawing = icon(sign, self._theme, state_color(self._state, self._theme))
            size = round(_SIGN_SIZE * self._theme.text_size / LIGHT.text_size)
            self.setPixmap(drawing.pixmap(QSize(size, size), self.devicePixelRatioF()))


class ElidedLabel(QWidget):
    """One line of text that gives way: cut short with … where room lacks, whole in its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._color = LIGHT.text
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_text(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self._retip()
            self.update()

    def set_color(self, color: str) -> None:
        if color != self._color:
            self._color = color
            self.update()

    def text(self) -> str:
        return self._text

    def shown_text(self) -> str:
        """What fits: the text, or its beginning."""
        return self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._text), self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._retip()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(self._color))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect(), flags, self.shown_text())

    def _retip(self) -> None:
        self.setToolTip(self._text if self.shown_text() != self._text else "")


class StatusLine(QWidget):
    """The sign of a state and its sentence on one line; its word where there is no sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._state = ""
        self._said = ""
        self._sign = StateIcon()
        self._sentence = ElidedLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._sign)
        row.addWidget(self._sentence, 1)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._sign.set_theme(theme)
        self._recolor()

    def set_status(self, sentence: str, state: str) -> None:
        """What is said; ``state``: paused, moving, converged, limit, stopped, diverged, failed."""
        if state != self._state:
            self._state = state
            self._sign.set_state(state)
            self._recolor()
        self._said = sentence
        self._reword()

    def text(self) -> str:
        """What is said, or the word for the state."""
        return self._sentence.text()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._reword()
        super().changeEvent(event)

    def _reword(self) -> None:
        words = {
            "paused": self.tr("paused"),
            "moving": self.tr("moving"),
            "converged": self.tr("converged"),
            "limit": self.tr("step limit"),
            "stopped": self.tr("stopped"),
            "diverged": self.tr("diverged"),
            "failed": self.tr("failed"),
        }
        self._sentence.set_text(self._said or words.get(self._state, ""))

    def _recolor(self) -> None:
        self._sentence.set_color(text_color(self._state, self._theme))
