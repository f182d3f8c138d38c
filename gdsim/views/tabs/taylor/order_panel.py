"""The Taylor polynomial of one parameter: its order, formula and numbers."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from gdsim.views.formula.formula_label import FormulaLabel
from gdsim.views.tabs.taylor.taylor_table import Arithmetic, LineSample
from gdsim.views.theme import Theme
from gdsim.views.widgets.style_roles import role_label

_FORMULA = (
    r"P_{n}(\theta) = \sum_{k=0}^{n} \frac{L^{(k)}(\theta_{t})}{k!} (\theta - \theta_{t})^{k}"
)
# A line may end between two terms, but not inside the brackets (θ − θ_t).
_BRACKET = re.compile(r"\([^()]*\)")
_FIRM_SPACE = "\u00a0"
_PLAIN = "Pₙ(θ) = Σ L⁽ᵏ⁾(θₜ)/k! · (θ − θₜ)ᵏ"


class OrderPanel(QWidget):
    """A field for the order n, and the polynomial in symbols and in numbers."""

    order_chosen = Signal(int)

    def __init__(self, highest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sample = LineSample("higher")
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self.order = QSpinBox()
        self.order.lineEdit().setTextMargins(5, 0, 0, 0)  # the style sheet does not reach it
        self.order.setRange(1, highest)
        self.order.setKeyboardTracking(False)
        self.order.lineEdit().setAcceptDrops(False)  # a file is dropped onto the window
        self._label.setBuddy(self.order)
        self._note = role_label("muted", wraps=True)
        self._formula = FormulaLabel("text_muted", 1.0)
        self._formula.set_latex(_FORMULA, _PLAIN)
        self._numbers = Arithmetic()
        row = QHBoxLayout()
        for widget in (self._sample, self._label, self.order):
            row.addWidget(widget)
        row.addWidget(self._formula, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._numbers)
        column.addWidget(self._note)
        self.order.valueChanged.connect(self.order_chosen)
        self.set_note("")
        self._retranslate()

    def set_order(self, order: int) -> None:
        """Show the requested order of the polynomial."""
        with QSignalBlocker(self.order):
            self.order.setValue(order)

    def set_polynomial(self, kind: str, text: str) -> None:
        """Show the polynomial as text, and a sample of its line by ``kind``."""
        self._sample.set_kind(kind)
        self._numbers.set_text(_BRACKET.sub(lambda match: match[0].replace(" ", _FIRM_SPACE), text))

    def set_note(self, sentence: str) -> None:
        """Set the note: why the polynomial has a lower order, or what a kink means."""
        self._note.setText(sentence)
        self._note.setVisible(bool(sentence))

    def text(self) -> str:
        """The polynomial and the note as text."""
        return "\n".join(filter(None, (self._numbers.text(), self._note.text())))

    def set_theme(self, theme: Theme) -> None:
        for widget in (self._sample, self._formula, self._numbers):
            widget.set_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._label.setText(self.tr("Order n"))
        self.order.setAccessibleName(self.tr("Order of the Taylor polynomial"))
        self.order.setToolTip(self.tr("Up to which power of θ − θₜ the polynomial goes"))
