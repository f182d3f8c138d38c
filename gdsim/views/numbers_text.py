"""A line of a rule with this step's numbers: quick to change, wrapped, selectable."""

from __future__ import annotations

import re
from typing import cast

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
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QMenu, QWidget

from gdsim.core.names import plain_name
from gdsim.views.maths_font import italic, maths_font
from gdsim.views.theme import LIGHT, Theme

_SUPERSCRIPT = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_WHOLE_POWER = re.compile(r"\^(?:([-−]?\d+)(?![\d.])|\(([-−]?\d+)\))")
# Where a line must not break: around a dot, and between = and the result. Copies are without.
_THIN_SPACE = "\u202f"
_FIRM_SPACE = "\u00a0"
_RESULT = re.compile(r"([=≈]) (?=[^=≈]*$)")
_LABEL_GAP = 8


def printed(text: str) -> str:
    """Typed arithmetic as it is printed: 3*-2^2 becomes 3 · −2²."""
    if "*" in text:
        text = text.replace("**", "^").replace("*", "·")
    if "^" in text:
        text = _WHOLE_POWER.sub(lambda power: (power[1] or power[2]).translate(_SUPERSCRIPT), text)
    text = text.replace("-", "−").replace("·", f"{_THIN_SPACE}·{_THIN_SPACE}")
    return _RESULT.sub(rf"\1{_FIRM_SPACE}", text)


def _copied(text: str) -> str:
    return text.replace(_THIN_SPACE, "").replace(_FIRM_SPACE, " ")


class NumbersText(QWidget):
    """A parameter's name and its arithmetic, painted without a document.

    A label with selectable text costs ten times as much an update, and the font of the formulas
    would space its wrapped lines four lines apart.
    """

    copy_all_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._label = ""
        self._text = ""
        self._label_width = 0.0
        self._laid_out: tuple[str, float, QTextLayout] | None = None
        self._selection = (0, 0)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.set_theme(LIGHT)

    # What is shown

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._font = maths_font(theme)
        self._metrics = QFontMetricsF(self._font)
        self._laid_out = None
        self.update()

    def set_entry(self, name: str, text: str) -> None:
        """Show the arithmetic of one parameter."""
        text = printed(text)
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
        """Make room for the longest name of the readout, so that the numbers align."""
        if width != self._label_width:
            self._label_width = width
            self.update()

    def text(self) -> str:
        """Name and arithmetic, as they are copied."""
        text = _copied(self._text)
        return f"{plain_name(self._name)}: {text}" if self._name else text

    def selected_text(self) -> str:
        start, end = sorted(self._selection)
        return _copied(self._text[start:end])

    # How large it is

    def label_width(self) -> float:
        if not self._label:
            return 0.0
        return self._metrics.horizontalAdvance(self._label) + _LABEL_GAP

    def digit_width(self) -> float:
        return self._metrics.horizontalAdvance("0")

    def line_height(self) -> int:
        return round(self._metrics.capHeight() * 2.2)

    def lines_at(self, width: int) -> int:
        """How many lines the text takes in that width."""
        room = width - self._label_width
        if self._metrics.horizontalAdvance(self._text) <= room:
            return 1
        return self._layout(room).lineCount()

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
        layout = self._layout(self.width() - self._label_width)
        self._paint_selection(painter, layout)
        painter.setPen(QColor(self._theme.numbers))
        layout.draw(painter, QPointF(self._label_width, 0))

    def _paint_selection(self, painter: QPainter, layout: QTextLayout) -> None:
        start, end = sorted(self._selection)
        for number in range(layout.lineCount() if start < end else 0):
            line = layout.lineAt(number)
            first = max(start, line.textStart())
            last = min(end, line.textStart() + line.textLength())
            if first < last:
                left, right = _x(layout, number, first), _x(layout, number, last)
                top = number * self.line_height()
                box = QRectF(self._label_width + left, top, right - left, self.line_height())
                painter.fillRect(box, QColor(self._theme.selection))

    def _baseline(self) -> float:
        return (self.line_height() + self._metrics.capHeight()) / 2

    def _layout(self, room: float) -> QTextLayout:
        if self._laid_out is not None and self._laid_out[:2] == (self._text, room):
            return self._laid_out[2]
        layout = QTextLayout(self._text, self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        top = self._baseline()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(room, 1.0))
            line.setPosition(QPointF(0, top - line.ascent()))
            top += self.line_height()
        layout.endLayout()
        self._laid_out = (self._text, room, layout)
        return layout

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
            super().keyPressEvent(event)  # the readout copies everything

    def _select(self, anchor: int, position: int) -> None:
        self._selection = (anchor, position)
        self.update()

    def _position(self, point: QPointF) -> int:
        layout = self._layout(self.width() - self._label_width)
        number = min(max(int(point.y()) // self.line_height(), 0), layout.lineCount() - 1)
        if number < 0:
            return 0
        return layout.lineAt(number).xToCursor(point.x() - self._label_width)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.selected_text() or self.text())


def _x(layout: QTextLayout, number: int, position: int) -> float:
    """Where in a line a position of the text stands."""
    x, _ = cast(tuple[float, int], layout.lineAt(number).cursorToX(position))
    return x
