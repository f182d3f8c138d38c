"""What the colours of the basin map stand for, how far it is, and how to leave it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gdsim.views.basin_style import swatch
from gdsim.views.styled import role_label
from gdsim.views.theme import LIGHT, SPACING, Theme

_SWATCH = 14


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """``label``: of the map, None for an entry without a colour. ``text``: place and share."""

    label: int | None
    text: str


class BasinLegend(QWidget):
    """Entries in columns under a line that says what is shown and how far it is."""

    cancel_requested = Signal()
    resume_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._entries: tuple[LegendEntry, ...] = ()
        self._signs: list[tuple[QLabel, QLabel]] = []
        self._columns = 0
        self._is_working = False
        self._note = role_label("muted", wraps=True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 1000)
        self.progress.setFixedWidth(80)
        self.button = QPushButton()
        self.button.setProperty("flat", True)
        self.button.clicked.connect(self._on_clicked)
        row = QHBoxLayout()
        row.setSpacing(SPACING)
        row.addWidget(self._note, 1)
        row.addWidget(self.progress)
        row.addWidget(self.button)
        # The width decides on the columns, never the columns on the width.
        table = QWidget()
        table.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._grid = QGridLayout(table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACING)
        self._grid.setVerticalSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(table)
        column.addLayout(row)
        self.set_progress(None)
        self._retranslate()

    def set_note(self, note: str) -> None:
        """What is shown, and what the map leaves out."""
        self._note.setText(note)

    def set_entries(self, entries: Sequence[LegendEntry]) -> None:
        """The colours that are on the map, in the order in which they are to be read."""
        if tuple(entries) != self._entries:
            self._entries = tuple(entries)
            self._fill()

    def set_progress(self, done: float | None, *, is_whole: bool = True) -> None:
        """How much of the work is done; None while nothing is under way.

        ``is_whole``: whether the map is finished then, or was left before.
        """
        self._is_working = done is not None
        self.progress.setVisible(self._is_working)
        self.progress.setValue(round(1000 * (done or 0.0)))
        self.button.setVisible(self._is_working or not is_whole)
        self._reword()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._fill()

    def texts(self) -> list[str]:
        """The entries as they are read."""
        return [text.text() for _, text in self._signs]

    def _fill(self) -> None:
        for sign, text in self._signs:
            for label in (sign, text):
                self._grid.removeWidget(label)
                label.hide()
                label.deleteLater()
        self._signs = []
        ratio = self.devicePixelRatioF()
        for entry in self._entries:
            sign, text = QLabel(), QLabel(entry.text)
            text.setTextFormat(Qt.TextFormat.PlainText)
            if entry.label is not None:
                sign.setPixmap(swatch(self._theme, entry.label, _SWATCH, ratio))
            sign.setFixedWidth(_SWATCH)
            self._signs.append((sign, text))
        self._columns = 0
        self._arrange()

    def _arrange(self) -> None:
        widest = max((text.sizeHint().width() for _, text in self._signs), default=0)
        columns = max(1, self.width() // (_SWATCH + 2 * SPACING + widest))
        if columns == self._columns:
            return
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for place, (sign, text) in enumerate(self._signs):
            row, column = divmod(place, columns)
            self._grid.addWidget(sign, row, 2 * column)
            self._grid.addWidget(text, row, 2 * column + 1)
        for column in range(columns):
            self._grid.setColumnStretch(2 * column + 1, 1)

    @Slot()
    def _on_clicked(self) -> None:
        (self.cancel_requested if self._is_working else self.resume_requested).emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.progress.setAccessibleName(self.tr("How much of the basin map is done"))
        self._reword()

    def _reword(self) -> None:
        self.button.setText(self.tr("Cancel") if self._is_working else self.tr("Go on"))
        self.button.setToolTip(
            self.tr("Leave the map as coarse as it is")
            if self._is_working
            else self.tr("Compute the map to the end")
        )
