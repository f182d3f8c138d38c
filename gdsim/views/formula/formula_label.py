"""One typeset formula."""

from __future__ import annotations

from math import inf

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetrics,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from gdsim.views.formula.formula_lines import Flow, Placed, flow, pieces
from gdsim.views.formula.latex_drawing import NOMINAL_PIXELS, Drawing
from gdsim.views.formula.size_estimate import estimated_drawing
from gdsim.views.formula.typesetting import Typesetter, drawing, is_known
from gdsim.views.theme import LIGHT, Theme
from gdsim.views.widgets.elided_label import elided_lines

# A formula is rather broken into lines than shrunk below the first, and never below the second.
_SCALE_BEFORE_BREAKING = 0.85
_SMALLEST_SCALE = 0.7
_PLAIN_SCALES = (1.0, 0.85, 0.7)
_FADE_PIXELS = 28
_ELLIPSIS = " ⋯"
# So many letters of LaTeX fill more lines than any label has; what follows is not typeset.
_LONGEST = 2000


class FormulaLabel(QWidget):
    """LaTeX drawn in the theme's colour; plain text until it is typeset, or where it cannot be.

    Where there is too little room the formula is broken into lines if it may be, then shrinks to
    70 %, then its end fades out: it can be dragged sideways, and the tool tip tells the whole in
    plain text. Of a very long formula only the beginning is typeset, and ⋯ stands for the rest.

    Parameters
    ----------
    role : the theme's colour: ``text``, ``text_muted`` or ``numbers``.
    size : the size of its letters as a multiple of the text around it.
    most_lines : into how many lines it may be broken.
    """

    def __init__(
        self,
        role: str = "text",
        size: float = 1.15,
        most_lines: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role = role
        self._size = size
        self._most_lines = most_lines
        self._theme = LIGHT
        self._latex = ""
        self._plain = ""
        self._pieces: list[str] = [""]
        self._is_all = True  # nothing of the formula was left out
        # Its pieces as they are laid out: only outlines until they are typeset, none if they
        # cannot be.
        self._drawings: tuple[Drawing, ...] = ()
        self._is_typeset = False
        self._flows: dict[int, Flow] = {}
        self._renderers: dict[str, QSvgRenderer] = {}
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
        """Whether the typeset formula is shown, and no longer its plain text."""
        return self._is_typeset

    @property
    def latex_pieces(self) -> list[str]:
        """The formula cut where a line may end."""
        return self._pieces

    def set_latex(self, latex: str, plain: str) -> None:
        """Show a formula, at once where it has been typeset before."""
        if (latex, plain) == (self._latex, self._plain):
            return
        self._latex, self._plain = latex, plain
        self._shift = 0.0
        self._pieces, self._is_all = (
            pieces(latex, _LONGEST) if self._most_lines > 1 else ([latex], True)
        )
        self.setAccessibleName(plain)
        self.typeset()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._renderers.clear()
        self._flows.clear()
        self.updateGeometry()
        self.update()

    def missing(self) -> str | None:
        """The next piece that is still to be drawn, as long as anybody can see the formula."""
        if not self.isVisible():
            return None
        return next((piece for piece in self._pieces if not is_known(piece)), None)

    def typeset(self) -> None:
        """Show the drawings, where all of them are there."""
        if self._is_known():
            drawn = [drawing(piece) for piece in self._pieces]
            self._drawings = tuple(one for one in drawn if one is not None)
            self._is_typeset = len(self._drawings) == len(drawn)
            if not self._is_typeset:
                self._drawings = ()
        else:
            self._drawings = tuple(
                drawing(piece) or estimated_drawing(piece) for piece in self._pieces
            )
            self._is_typeset = False
        self._take_stock()

    def sizeHint(self) -> QSize:
        if not self._drawings:
            metrics = self.fontMetrics()
            return QSize(metrics.horizontalAdvance(self._plain[:_LONGEST]) + 1, metrics.height())
        unit = self._unit()
        line = flow(self._drawings, NOMINAL_PIXELS, inf, 1)
        return QSize(int(line.width * unit) + 1, int(line.height * unit) + 1)

    def minimumSizeHint(self) -> QSize:
        natural = self.sizeHint()
        return QSize(min(24, natural.width()), int(natural.height() * _SMALLEST_SCALE))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if not self._drawings:
            return self.fontMetrics().height() * len(self._plain_lines(width))
        return int(self._flow(width).height * self._unit() * self._scale(width)) + 1

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._flows.clear()
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._is_typeset:
            # Meanwhile another label may have had the same formula typeset.
            if not self._is_known() or all(map(drawing, self._pieces)):
                Typesetter.instance().request(self)
            self._paint_plain(painter)
            return
        lines = self._flow(self.width())
        unit = self._unit() * self._scale(self.width())
        top = (self.height() - lines.height * unit) / 2
        for entry in lines.placed:
            one = entry.drawing
            place = QRectF(
                entry.x * unit - self._shift,
                top + entry.y * unit,
                one.width * unit,
                one.height * unit,
            )
            self._renderer(one).render(painter, place)
        self._paint_fades(painter)
        if not (lines.is_whole and self._is_all):
            self._paint_ellipsis(painter, lines.placed[-1], unit, top)

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._flows.clear()
        self._shift_to(self._shift)
        self._tell_what_is_hidden()

    def _take_stock(self) -> None:
        self._flows.clear()
        self._renderers.clear()
        self._tell_what_is_hidden()
        self.updateGeometry()
        self.update()

    def _tell_what_is_hidden(self) -> None:
        if not self._is_typeset:
            hidden = _is_cut(self.fitting_plain_lines()[1])
        else:
            whole = self._is_all and self._flow(self.width()).is_whole
            hidden = self._overflow() > 0 or not whole
        self.setToolTip(self._plain if hidden else "")

    def _is_known(self) -> bool:
        return all(is_known(piece) for piece in self._pieces)

    def _color(self) -> str:
        return str(getattr(self._theme, self._role))

    def _renderer(self, one: Drawing) -> QSvgRenderer:
        if one.svg not in self._renderers:
            self._renderers[one.svg] = one.renderer(self._color())
        return self._renderers[one.svg]

    def _unit(self) -> float:
        """Pixels for a unit of the drawings, from the font that the widget really gets."""
        return QFontInfo(self.font()).pixelSize() * self._size / NOMINAL_PIXELS

    def _flow(self, width: int) -> Flow:
        """The formula in one line where it nearly fits, else broken at its natural size."""
        if width not in self._flows:
            room = width / self._unit()
            length = sum(one.width for one in self._drawings)
            if length <= room / _SCALE_BEFORE_BREAKING:
                room = length
            self._flows[width] = flow(self._drawings, NOMINAL_PIXELS, room, self._most_lines)
        return self._flows[width]

    def _scale(self, width: int) -> float:
        natural = self._flow(width).width * self._unit()
        return 1.0 if natural <= width else max(_SMALLEST_SCALE, width / natural)

    def _overflow(self) -> float:
        """How many pixels of the shrunk formula find no room."""
        if not self._is_typeset:
            return 0.0
        width = self.width()
        beyond = self._flow(width).width * self._unit() * self._scale(width) - width
        return beyond if beyond > 1 else 0.0

    def _shift_to(self, shift: float) -> None:
        self._shift = max(0.0, min(self._overflow(), shift))
        self.update()

    def _plain_lines(self, width: int) -> list[str]:
        return elided_lines(self._plain, self.font(), max(width, 1), self._most_lines)

    def _paint_plain(self, painter: QPainter) -> None:
        font, lines = self.fitting_plain_lines()
        painter.setFont(font)
        painter.setPen(QColor(self._color()))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), flags, "\n".join(lines))

    def fitting_plain_lines(self) -> tuple[QFont, list[str]]:
        """The plain text in the room that the drawing will take, in smaller letters if it must."""
        font = QFont(self.font())
        for scale in _PLAIN_SCALES:
            font.setPointSizeF(self.font().pointSizeF() * scale)
            most = max(1, self.height() // QFontMetrics(font).lineSpacing())
            lines = elided_lines(self._plain, font, max(self.width(), 1), most)
            if not _is_cut(lines):
                break
        return font, lines

    def _paint_ellipsis(self, painter: QPainter, last: Placed, unit: float, top: float) -> None:
        """Say that lines were left out, after the last one that was not."""
        width = self.fontMetrics().horizontalAdvance(_ELLIPSIS)
        left = min((last.x + last.drawing.width) * unit, self.width() - width)
        baseline = top + (last.y + last.drawing.ascent) * unit
        painter.fillRect(
            QRectF(left, top + last.y * unit, width, last.drawing.height * unit),
            QColor(self._theme.card),
        )
        painter.setPen(QColor(self._color()))
        painter.drawText(QPointF(left, baseline), _ELLIPSIS)

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


def _is_cut(lines: list[str]) -> bool:
    return "".join(lines[-1:]).endswith("…")


def set_formula_count(
    labels: list[FormulaLabel], count: int, column: QLayout, theme: Theme, size: float
) -> None:
    """Make the list, and the layout that shows it, hold so many muted formulas."""
    while len(labels) < count:
        label = FormulaLabel("text_muted", size, most_lines=3)
        label.set_theme(theme)
        column.addWidget(label)
        labels.append(label)
    for label in labels[count:]:
        # Hidden at once: deletion waits for the event loop.
        label.hide()
        label.deleteLater()
    del labels[count:]
