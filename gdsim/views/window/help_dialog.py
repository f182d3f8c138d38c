"""The dialog with the list of keys, opened with F1."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gdsim.views.theme import CARD_PADDING, GAP, LIGHT, SPACING, Theme
from gdsim.views.widgets.style_roles import role_label, scrolled

_SCROLL_BAR = 20
_FRAME = (20, 60)  # pixels that a window manager adds to width and height


class HelpDialog(QDialog):
    """All keys and mouse gestures with their meanings. It does not block the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(False)
        self._keys: list[QLabel] = []
        self._meanings: list[QLabel] = []
        card = QFrame()
        card.setObjectName("card")
        self._grid = QGridLayout(card)
        self._grid.setContentsMargins(*[CARD_PADDING + 4] * 4)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(SPACING)
        self._grid.setColumnStretch(1, 1)
        card.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)
        self._card = card
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.addWidget(scrolled(card))
        self._retranslate()
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Give the names of keys the look of keys."""
        for label in self._keys:
            label.setStyleSheet(
                f"background: {theme.control}; border: 1px solid {theme.control_border};"
                " border-radius: 5px; padding: 2px 8px; font-weight: 600;"
            )
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        self._fit()
        super().showEvent(event)

    def _fit(self) -> None:
        """Make the dialog as large as the list, but no larger than the screen; then it scrolls."""
        self._card.ensurePolished()
        room = self.screen().availableGeometry().size() - QSize(*_FRAME)
        hint = self._card.sizeHint() + QSize(2 * GAP + _SCROLL_BAR, 2 * GAP)
        self.resize(hint.boundedTo(room))

    def entries(self) -> list[tuple[str, str]]:
        """The rows of the list: (keys, meaning)."""
        pairs = zip(self._keys, self._meanings, strict=True)
        return [(keys.text(), meaning.text()) for keys, meaning in pairs]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1:  # the key that opens the dialog also closes it
            self.close()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Keys"))
        rows = (
            (self.tr("Space"), self.tr("Play, pause")),
            (self.tr("→ or PgDn"), self.tr("One step")),
            (self.tr("← or PgUp"), self.tr("One step back")),
            (self.tr("Shift+→"), self.tr("Next line of the rule")),
            (self.tr("Shift+←"), self.tr("Previous line of the rule")),
            (self.tr("[ and ]"), self.tr("Previous, next step at which the loss rose")),
            (self.tr("P"), self.tr("Predict, then reveal")),
            (self.tr("Home"), self.tr("Back to the start")),
            (self.tr("End"), self.tr("Run to the end")),
            (self.tr("+ and −"), self.tr("Faster, slower")),
            (self.tr("R"), self.tr("A random start")),
            (self.tr("0 or double-click"), self.tr("Show the whole plot again")),
            (self.tr("Wheel, drag"), self.tr("Zoom and move a plot")),
            (self.tr("L"), self.tr("Loss on a log scale")),
            (self.tr("D"), self.tr("Switch between data and loss")),
            (self.tr("Ctrl+Tab"), self.tr("Next tab")),
            (self.tr("Ctrl+Shift+C"), self.tr("Copy this step")),
            (self.tr("Ctrl+O"), self.tr("Open a data file; you can also drop it on the window")),
            (self.tr("Ctrl+V"), self.tr("Open data copied from a spreadsheet")),
            (self.tr("F5"), self.tr("Projector mode: large type, thick lines")),
            (
                self.tr("S"),
                self.tr(
                    "In projector mode on a small screen: switch between the setup, and loss and"
                    " step"
                ),
            ),
            (self.tr("F11"), self.tr("Full screen")),
            (self.tr("F1"), self.tr("This list")),
        )
        for index, (keys, meaning) in enumerate(rows):
            if index == len(self._keys):
                self._add_row(index)
            self._keys[index].setText(keys)
            self._meanings[index].setText(meaning)

    def _add_row(self, index: int) -> None:
        keys, meaning = role_label("key"), role_label("text")
        self._keys.append(keys)
        self._meanings.append(meaning)
        self._grid.addWidget(keys, index, 0, Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(meaning, index, 1)
