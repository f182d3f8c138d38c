"""A label with a typeset formula."""

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

from gdsim.views.formula.formula_lines import LineLayout, PlacedDrawing, lay_out_lines, pieces
from gdsim.views.formula.latex_drawing import NOMINAL_PIXELS, Drawing
from gdsim.views.formula.size_estimate import estimated_drawing
from gdsim.views.formula.typesetting import Typesetter, drawing, is_processed
from gdsim.views.theme import LIGHT, Theme
from gdsim.views.widgets.elided_label import elided_lines
from gdsim.views.widgets.literal_text import literal

# A formula is broken into lines before it shrinks below the first scale, and it never shrinks below
# the second.
_SCALE_BEFORE_BREAKING = 0.85
_SMALLEST_SCALE = 0.7
_PLAIN_SCALES = (1.0, 0.85, 0.7)
_FADE_PIXELS = 28
_ELLIPSIS = " ⋯"
# Letters of LaTeX that fill more lines than any label has; what follows is not typeset.
_LONGEST = 2000


class FormulaLabel(QWidget):
    """Typeset LaTeX; plain text until it is typeset, or if it cannot be.

    Where the formula does not fit, it is broken into lines if that is allowed, then it shrinks to
    at least 70 %, then its end fades out: then it can be dragged sideways, and the tool tip holds
    all of it as plain text. Of a very long formula only the beginning is typeset, followed by “⋯”.

    Parameters
    ----------
    role : the colour in the theme: ``text``, ``text_muted`` or ``numbers``.
    size : the size of its letters relative to the widget's font.
    most_lines : the largest number of lines.
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
        self._is_all = True  # whether the pieces are the whole formula
        # The drawings of the pieces: estimates of their sizes until all are typeset, and none if
        # one of them cannot be typeset.
        self._drawings: tuple[Drawing, ...] = ()
        self._is_typeset = False
        self._line_layouts: dict[int, LineLayout] = {}
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
        """Whether the typeset formula is shown, not its plain text."""
        return self._is_typeset

    @property
    def latex_pieces(self) -> list[str]:
        """The formula cut at the positions where a line may end."""
        return self._pieces

    def set_latex(self, latex: str, plain: str) -> None:
        """Show a formula: typeset at once if it has been typeset before, else as plain text."""
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
        self._line_layouts.clear()
        self.updateGeometry()
        self.update()

    def missing(self) -> str | None:
        """The next piece to typeset; None if there is none or the label is hidden."""
        if not self.isVisible():
            return None
        return next((piece for piece in self._pieces if not is_processed(piece)), None)

    def typeset(self) -> None:
        """Show the typeset formula if all of its pieces are ready."""
        if self._is_processed():
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
        self._refresh()

    def sizeHint(self) -> QSize:
        if not self._drawings:
            metrics = self.fontMetrics()
            return QSize(metrics.horizontalAdvance(self._plain[:_LONGEST]) + 1, metrics.height())
        unit = self._unit()
        line = lay_out_lines(self._drawings, NOMINAL_PIXELS, inf, 1)
        return QSize(int(line.width * unit) + 1, int(line.height * unit) + 1)

    def minimumSizeHint(self) -> QSize:
        natural = self.sizeHint()
        return QSize(min(24, natural.width()), int(natural.height() * _SMALLEST_SCALE))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if not self._drawings:
            return self.fontMetrics().height() * len(self._plain_lines(width))
        return int(self._line_layout(width).height * self._unit() * self._scale(width)) + 1

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._line_layouts.clear()
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._is_typeset:
            # In the meantime the same formula may have been typeset for another label.
            if not self._is_processed() or all(map(drawing, self._pieces)):
                Typesetter.instance().request(self)
            self._paint_plain(painter)
            return
        lines = self._line_layout(self.width())
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
        self._line_layouts.clear()
        self._shift_to(self._shift)
        self._update_tool_tip()

    def _refresh(self) -> None:
        self._line_layouts.clear()
        self._renderers.clear()
        self._update_tool_tip()
        self.updateGeometry()
        self.update()

    def _update_tool_tip(self) -> None:
        if not self._is_typeset:
            hidden = _is_cut(self.fitting_plain_lines()[1])
        else:
            whole = self._is_all and self._line_layout(self.width()).is_whole
            hidden = self._overflow() > 0 or not whole
        self.setToolTip(literal(self._plain if hidden else ""))

    def _is_processed(self) -> bool:
        return all(is_processed(piece) for piece in self._pieces)

    def _color(self) -> str:
        return str(getattr(self._theme, self._role))

    def _renderer(self, one: Drawing) -> QSvgRenderer:
        if one.svg not in self._renderers:
            self._renderers[one.svg] = one.renderer(self._color())
        return self._renderers[one.svg]

    def _unit(self) -> float:
        """Pixels per unit of the drawings, from the font that the widget really has."""
        return QFontInfo(self.font()).pixelSize() * self._size / NOMINAL_PIXELS

    def _line_layout(self, width: int) -> LineLayout:
        """The layout: one line if it fits or nearly fits, else broken at its natural size."""
        if width not in self._line_layouts:
            room = width / self._unit()
            length = sum(one.width for one in self._drawings)
            if length <= room / _SCALE_BEFORE_BREAKING:
                room = length
            self._line_layouts[width] = lay_out_lines(
                self._drawings, NOMINAL_PIXELS, room, self._most_lines
            )
        return self._line_layouts[width]

    def _scale(self, width: int) -> float:
        natural = self._line_layout(width).width * self._unit()
        return 1.0 if natural <= width else max(_SMALLEST_SCALE, width / natural)

    def _overflow(self) -> float:
        """The number of pixels by which the shrunk formula is too wide."""
        if not self._is_typeset:
            return 0.0
        width = self.width()
        beyond = self._line_layout(width).width * self._unit() * self._scale(width) - width
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
        """Font and lines of the plain text that fit into the area, in smaller letters if needed."""
        font = QFont(self.font())
        for scale in _PLAIN_SCALES:
            font.setPointSizeF(self.font().pointSizeF() * scale)
            most = max(1, self.height() // QFontMetrics(font).lineSpacing())
            lines = elided_lines(self._plain, font, max(self.width(), 1), most)
            if not _is_cut(lines):
                break
        return font, lines

    def _paint_ellipsis(
        self, painter: QPainter, last: PlacedDrawing, unit: float, top: float
    ) -> None:
        """Paint “⋯” after the last shown line, because lines were left out."""
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
    """Add or remove grey formulas so that the list, shown in ``column``, holds ``count``."""
    while len(labels) < count:
        label = FormulaLabel("text_muted", size, most_lines=3)
        label.set_theme(theme)
        column.addWidget(label)
        labels.append(label)
    for label in labels[count:]:
        # Hide it at once, because deletion waits for the event loop.
        label.hide()
        label.deleteLater()
    del labels[count:]
