"""The tab "Taylor": ΔL predicted from slope and curvature at θ_t, and the actual ΔL."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gdsim.views.tabs.taylor.dial_panel import DialPanel
from gdsim.views.tabs.taylor.order_panel import OrderPanel
from gdsim.views.tabs.taylor.taylor_derivation import TaylorDerivation
from gdsim.views.tabs.taylor.taylor_table import TaylorRow, TaylorTable
from gdsim.views.theme import SPACING, Theme
from gdsim.views.widgets.style_roles import role_label, separator


class TaylorView(QWidget):
    """The table for the shown step, the dial or the order of the polynomial, the derivation."""

    radius_entered = Signal(float)
    beta_entered = Signal(float)
    step_requested = Signal()
    order_chosen = Signal(int)

    def __init__(self, highest_order: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = role_label("title")
        self.table = TaylorTable()
        self._verdict = role_label("", wraps=True)
        for label in (self._title, self._verdict):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.dial = DialPanel()
        self.order = OrderPanel(highest_order)
        self.derivation = TaylorDerivation()
        self._lay_out()
        self.dial.radius_entered.connect(self.radius_entered)
        self.dial.beta_entered.connect(self.beta_entered)
        self.dial.step_requested.connect(self.step_requested)
        self.order.order_chosen.connect(self.order_chosen)
        self.set_dimension(2)
        self._retranslate()

    def _lay_out(self) -> None:
        sheet = QWidget()
        sheet.setObjectName("panel")  # transparent on its card
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(SPACING)
        self._line = separator()
        for widget in (
            self._title,
            self.table,
            self._verdict,
            self.order,
            self._line,
            self.dial,
            separator(),
            self.derivation,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(sheet)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def tab_title(self) -> str:
        """The title of the tab."""
        return self.tr("Taylor")

    # Setters

    def set_title(self, text: str) -> None:
        """Set the title, which names the step."""
        self._title.setText(text)

    def set_rows(self, rows: Sequence[TaylorRow]) -> None:
        """Set the rows of the table for the shown step."""
        self.table.set_rows(rows)

    def set_verdict(self, sentence: str) -> None:
        """Set the sentence that interprets the table; empty: none."""
        self._verdict.setText(sentence)
        self._verdict.setVisible(bool(sentence))

    def set_dimension(self, parameters: int) -> None:
        """Show the polynomial for one parameter, the dial for more."""
        self.order.setVisible(parameters == 1)
        for widget in (self._line, self.dial):
            widget.setVisible(parameters > 1)

    @Slot()
    def show_reading(self) -> None:
        """Scroll to the readings of the dial, while it is being turned on the landscape."""
        self._scroll.ensureWidgetVisible(self.dial.plot, 0, 0)
        self._scroll.ensureWidgetVisible(self.dial.headline, 0, 0)

    def text(self) -> str:
        """The tab as text, as copied to the clipboard."""
        parts = [self._title.text(), self.table.text(), self._verdict.text()]
        if not self.dial.isHidden():
            parts.append(self.dial.text())
        if not self.order.isHidden():
            parts.append(self.order.text())
        return "\n".join(filter(None, parts))

    def set_theme(self, theme: Theme) -> None:
        for part in (self.table, self.dial, self.order, self.derivation):
            part.set_theme(theme)

    # Internals

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.text())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Taylor"))
        self._scroll.setAccessibleName(
            self.tr("What slope and curvature predict for this step, and what actually happens")
        )
        self._scroll.setAccessibleDescription(self.tr("Ctrl+C copies it"))
