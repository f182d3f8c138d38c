"""A line of an update rule with the numbers of a step: wrapped, selectable, fast to change."""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QMenu, QWidget

from gdsim.core.formula.names import plain_name
from gdsim.views.formula.line_breaks import THIN_SPACE, Span, break_lines
from gdsim.views.formula.maths_font import italic, maths_font
from gdsim.views.theme import LIGHT, Theme
from gdsim.views.widgets.literal_text import literal

_SUPERSCRIPT = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_WHOLE_POWER = re.compile(r"\^(?:([-−]?\d+)(?![\d.])|\(([-−]?\d+)\))")
# No line may end between “=” and the result. Copied text has normal spaces instead.
_NO_BREAK_SPACE = "\u00a0"
_RESULT = re.compile(r"([=≈]) (?=[^=≈]*$)")
_LABEL_GAP = 8


def typographic(text: str) -> str:
    """Typed arithmetic in typographic form: 3*-2^2 becomes 3 · −2²."""
    if "*" in text:
        text = text.replace("**", "^").replace("*", "·")
    if "^" in text:
        text = _WHOLE_POWER.sub(lambda power: (power[1] or power[2]).translate(_SUPERSCRIPT), text)
    text = text.replace("-", "−").replace("·", f"{THIN_SPACE}·{THIN_SPACE}")
    return _RESULT.sub(rf"\1{_NO_BREAK_SPACE}", text)


def _copied(text: str) -> str:
    return text.replace(THIN_SPACE, "").replace(_NO_BREAK_SPACE, " ")


class ArithmeticText(QWidget):
    """The name of a parameter and its arithmetic, painted directly.

    A QLabel with selectable text takes ten times as long to update, and the font of the formulas
    would put four lines of space between its lines.
    """

    copy_all_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._label = ""
        self._text = ""
        self._label_width = 0.0
        self._line_cache: tuple[str, float, tuple[Span, ...]] | None = None
        self._selection = (0, 0)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.set_theme(LIGHT)

    # What is shown

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._font = maths_font(theme)
        self._metrics = QFontMetricsF(self._font)
        self._line_cache = None
        self.update()

    def set_entry(self, name: str, text: str) -> None:
        """Show the arithmetic of a parameter; ``name`` may be empty."""
        text = typographic(text)
        if (name, text) == (self._name, self._text):
            return
        if name != self._name:
            self._name = name
            self._label = italic(plain_name(name)) if name else ""
        self._text = text
        self._selection = (0, 0)
        self.setAccessibleName(self.text())
        self.update()

    def set_label_width(self, width: float) -> None:
        """Reserve pixels for the longest name of the readout, so that the numbers align."""
        if width != self._label_width:
            self._label_width = width
            self.update()

    def text(self) -> str:
        """Name and arithmetic, as copied to the clipboard."""
        text = _copied(self._text)
        return f"{plain_name(self._name)}: {text}" if self._name else text

    def selected_text(self) -> str:
        """The selected text, as copied to the clipboard."""
        start, end = sorted(self._selection)
        return _copied(self._text[start:end])

    # How large it is

    def label_width(self) -> float:
        """The width of the parameter's name in pixels."""
        if not self._label:
            return 0.0
        return self._metrics.horizontalAdvance(self._label) + _LABEL_GAP

    def digit_width(self) -> float:
        """The width of a digit in pixels."""
        return self._metrics.horizontalAdvance("0")

    def line_height(self) -> int:
        """The distance from one line to the next in pixels."""
        return round(self._metrics.capHeight() * 2.2)

    def lines_at(self, width: int) -> int:
        """The number of lines when the widget is ``width`` pixels wide."""
        return len(self._lines(width))

    def shown_lines(self, width: int) -> list[str]:
        """The arithmetic as it is broken into lines in that width."""
        return [self._text[slice(*line)].rstrip() for line in self._lines(width)]

    def sizeHint(self) -> QSize:
        width = self._label_width + self._metrics.horizontalAdvance(self._text)
        return QSize(int(width) + 1, self.line_height())

    # How it is painted

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font)
        if self._label:
            painter.setPen(QColor(self._theme.text_muted))
            painter.drawText(QPointF(0, self._baseline()), self._label)
        room = self.width() - self._label_width
        for number, span in enumerate(self._lines(self.width())):
            top = number * self.line_height()
            self._paint_selection(painter, span, top)
            painter.setPen(QColor(self._theme.numbers))
            line = self._text[slice(*span)].rstrip()
            line = self._metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, room + 1)
            painter.drawText(QPointF(self._label_width, top + self._baseline()), line)

    def _paint_selection(self, painter: QPainter, span: Span, top: int) -> None:
        start, end = sorted(self._selection)
        first, last = max(start, span[0]), min(end, span[1])
        if first < last:
            left, right = (self._x(span, position) for position in (first, last))
            box = QRectF(self._label_width + left, top, right - left, self.line_height())
            painter.fillRect(box, QColor(self._theme.selection))

    def _baseline(self) -> float:
        return (self.line_height() + self._metrics.capHeight()) / 2

    def _lines(self, width: float) -> tuple[Span, ...]:
        room = width - self._label_width
        if self._line_cache is None or self._line_cache[:2] != (self._text, room):
            advance = self._metrics.horizontalAdvance
            lines = break_lines(self._text, room, advance)
            self._line_cache = (self._text, room, lines)
            hidden = any(advance(self._text[slice(*line)].rstrip()) > room + 1 for line in lines)
            self.setToolTip(literal(_copied(self._text) if hidden else ""))
        return self._line_cache[2]

    def _x(self, line: Span, position: int) -> float:
        """The x position, within its line, of a position in the text."""
        return self._metrics.horizontalAdvance(self._text[line[0] : position])

    # How it is selected and copied

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            position = self._position(event.position())
            self._select(position, position)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._select(self._selection[0], self._position(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._select(0, len(self._text))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Copy this line"), self._copy)
        menu.addAction(self.tr("Copy the whole step"), self.copy_all_requested.emit)
        menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.selected_text():
            self._copy()
        else:
            super().keyPressEvent(event)  # the readout around it copies all of its lines

    def _select(self, anchor: int, position: int) -> None:
        self._selection = (anchor, position)
        self.update()

    def _position(self, point: QPointF) -> int:
        lines = self._lines(self.width())
        line = lines[min(max(int(point.y()) // self.line_height(), 0), len(lines) - 1)]
        x = point.x() - self._label_width
        return min(range(line[0], line[1] + 1), key=lambda place: abs(self._x(line, place) - x))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.selected_text() or self.text())
