"""One typeset formula."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontInfo,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdsim.views.theme import LIGHT, Theme
from gdsim.views.typesetting import NOMINAL_PIXELS, Drawing, Typesetter, drawing, is_known

_SMALLEST_SCALE = 0.7
_FADE_PIXELS = 28


class FormulaLabel(QWidget):
    """LaTeX drawn in the theme's colour, and its plain text until it is typeset, or if it cannot be.

    Where there is too little room the formula shrinks to 70 %, then its end fades out: it can be
    dragged sideways, and the tool tip tells the whole in plain text.

    Parameters
    ----------
    role : the theme's colour: ``text``, ``text_muted`` or ``numbers``.
    size : the size of its letters as a multiple of the text around it.
    """

    def __init__(
        self, role: str = "text", size: float = 1.15, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._role = role
        self._size = size
        self._theme = LIGHT
        self._latex = ""
        self._plain = ""
        self._drawing: Drawing | None = None
        self._renderer: QSvgRenderer | None = None
        self._shift = 0.0
        self._dragged_from: float | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def plain(self) -> str:
        """The formula as plain text."""
        return self._plain

    @property
    def is_typeset(self) -> bool:
        return self._drawing is not None

    def set_latex(self, latex: str, plain: str, *, now: bool = False) -> None:
        """Show a formula; ``now`` typesets it at once, where waiting for an idle moment flickers."""
        if (latex, plain) == (self._latex, self._plain):
            return
        self._latex, self._plain = latex, plain
        self._shift = 0.0
        self.setAccessibleName(plain)
        self._set_drawing(drawing(latex) if now or is_known(latex) else None)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._renderer = None
        self.updateGeometry()
        self.update()

    def set_role(self, role: str) -> None:
        self._role = role
        self._renderer = None
        self.update()

    def typeset(self) -> None:
        """Draw the formula now; called when the application is idle."""
        if self._drawing is None:
            self._set_drawing(drawing(self._latex))

    def sizeHint(self) -> QSize:
        natural = self._natural()
        return QSize(int(natural.width()) + 1, int(natural.height()) + 1)

    def minimumSizeHint(self) -> QSize:
        natural = self._natural()
        return QSize(min(24, int(natural.width()) + 1), int(natural.height() * _SMALLEST_SCALE))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return int(self._natural().height() * self._scale(width)) + 1

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._drawing is None:
            if not is_known(self._latex):
                Typesetter.instance().request(self)
            self._paint_plain(painter)
            return
        if self._renderer is None:
            self._renderer = self._drawing.renderer(self._color())
        natural, scale = self._natural(), self._scale(self.width())
        height = natural.height() * scale
        top = (self.height() - height) / 2
        self._renderer.render(
            painter, QRectF(-self._shift, top, natural.width() * scale, height)
        )
        self._paint_fades(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._overflow() > 0 and event.button() == Qt.MouseButton.LeftButton:
            self._dragged_from = event.position().x() + self._shift
            event.accept()
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is not None:
            self._shift_to(self._dragged_from - event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        sideways = event.angleDelta().x()
        if sideways and self._overflow() > 0:
            self._shift_to(self._shift - sideways / 4)
            event.accept()
        else:
            event.ignore()

    def resizeEvent(self, event: QEvent) -> None:
        self._shift_to(self._shift)
        self._tell_what_is_hidden()

    def _set_drawing(self, new: Drawing | None) -> None:
        self._drawing = new
        self._renderer = None
        self._tell_what_is_hidden()
        self.updateGeometry()
        self.update()

    def _tell_what_is_hidden(self) -> None:
        hidden = self._overflow() > 0 or (
            self._drawing is None and self._natural().width() > self.width() + 1
        )
        self.setToolTip(self._plain if hidden else "")

    def _color(self) -> str:
        return str(getattr(self._theme, self._role))

    def _pixels(self) -> float:
        """Pixels an em, from the font that the widget really gets."""
        return QFontInfo(self.font()).pixelSize() * self._size

    def _natural(self) -> QRectF:
        if self._drawing is None:
            metrics = self.fontMetrics()
            return QRectF(0, 0, metrics.horizontalAdvance(self._plain), metrics.height())
        scale = self._pixels() / NOMINAL_PIXELS
        return QRectF(0, 0, self._drawing.width * scale, self._drawing.height * scale)

    def _scale(self, width: int) -> float:
        natural = self._natural().width()
        if self._drawing is None or natural <= width:
            return 1.0
        return max(_SMALLEST_SCALE, width / natural)

    def _overflow(self) -> float:
        """How many pixels of the shrunk formula find no room."""
        if self._drawing is None:
            return 0.0
        beyond = self._natural().width() * self._scale(self.width()) - self.width()
        return beyond if beyond > 1 else 0.0

    def _shift_to(self, shift: float) -> None:
        self._shift = max(0.0, min(self._overflow(), shift))
        self.update()

    def _paint_plain(self, painter: QPainter) -> None:
        text = self.fontMetrics().elidedText(
            self._plain, Qt.TextElideMode.ElideRight, max(self.width(), 1)
        )
        painter.setPen(QColor(self._color()))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), flags, text)

    def _paint_fades(self, painter: QPainter) -> None:
        overflow = self._overflow()
        for goes_on, edge, inner in (
            (self._shift < overflow, self.width(), self.width() - _FADE_PIXELS),
            (self._shift > 0, 0, _FADE_PIXELS),
        ):
            if not goes_on:
                continue
            card = QColor(self._theme.card)
            clear = QColor(card)
            clear.setAlpha(0)
            fade = QLinearGradient(QPointF(edge, 0), QPointF(inner, 0))
            fade.setColorAt(0.15, card)
            fade.setColorAt(1, clear)
            left = min(edge, inner)
            painter.fillRect(QRectF(left, 0, _FADE_PIXELS, self.height()), fade)
