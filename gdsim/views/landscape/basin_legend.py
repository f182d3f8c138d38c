"""The legend of the basin map, with its progress and a button to cancel or resume it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gdsim.views.overlays.basin_style import swatch
from gdsim.views.theme import LIGHT, SPACING, Theme
from gdsim.views.widgets.style_roles import role_label
from gdsim.views.widgets.work_progress import WorkProgress

_SWATCH = 14
_ROW_GAP = 2
_LEAST_ROWS = 2


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A legend entry: the label on the map (None: no colour), and the point with its share."""

    label: int | None
    text: str


class BasinLegend(QWidget):
    """Entries in columns, above a line with a note and the progress of the map."""

    cancel_requested = Signal()
    resume_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._entries: tuple[LegendEntry, ...] = ()
        self._signs: list[tuple[QLabel, QLabel]] = []
        self._columns = 0
        self._note = role_label("muted", wraps=True)
        self._work = WorkProgress()
        self.progress, self.button = self._work.progress, self._work.button
        self._work.cancel_requested.connect(self.cancel_requested)
        self._work.resume_requested.connect(self.resume_requested)
        row = QHBoxLayout()
        row.setSpacing(SPACING)
        row.addWidget(self._note, 1)
        row.addWidget(self._work)
        # The number of columns depends on the width, so the width must not depend on the columns.
        self._table = QWidget()
        self._table.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACING)
        self._grid.setVerticalSpacing(_ROW_GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._table)
        column.addLayout(row)
        self.set_entries(())
        self._retranslate()

    def set_note(self, note: str) -> None:
        """Set the note: what is shown, and what the map leaves out."""
        self._note.setText(note)

    def set_entries(self, entries: Sequence[LegendEntry]) -> None:
        """Set the entries in reading order."""
        before, self._entries = self._entries, tuple(entries)
        # While there are no entries their space is kept, because the plot would resize twice.
        rows = _LEAST_ROWS * (self.fontMetrics().height() + _ROW_GAP)
        if not entries:
            kept = self._table.sizeHint() if before else self._table.minimumSize()
            rows = max(rows, kept.height())
        self._table.setMinimumHeight(rows)
        if [entry.label for entry in before] != [entry.label for entry in self._entries]:
            self._fill()
        elif self._entries != before:
            for (_, text), entry in zip(self._signs, self._entries, strict=True):
                text.setText(entry.text)
            self._arrange()

    def set_progress(self, done: float | None, *, is_whole: bool = True) -> None:
        """Show which share of the map is done, 0 to 1; None: nothing is being computed.

        ``is_whole`` is False if the map was cancelled before its end, so that it can be resumed.
        """
        self._work.set_progress(done, is_whole=is_whole)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._fill()

    def texts(self) -> list[str]:
        """The texts of the entries."""
        return [text.text() for _, text in self._signs]

    def note(self) -> str:
        """The sentence beneath the entries."""
        return self._note.text()

    def _fill(self) -> None:
        for swatch_label, text in self._signs:
            for label in (swatch_label, text):
                self._grid.removeWidget(label)
                label.hide()
                label.deleteLater()
        self._signs = []
        ratio, size = self.devicePixelRatioF(), self._theme.pixels(_SWATCH)
        for entry in self._entries:
            swatch_label, text = QLabel(), QLabel(entry.text)
            text.setTextFormat(Qt.TextFormat.PlainText)
            if entry.label is not None:
                swatch_label.setPixmap(swatch(self._theme, entry.label, size, ratio))
            swatch_label.setFixedWidth(size)
            self._signs.append((swatch_label, text))
        self._columns = 0
        self._arrange()

    def _arrange(self) -> None:
        widest = max((text.sizeHint().width() for _, text in self._signs), default=0)
        columns = max(1, self.width() // (self._theme.pixels(_SWATCH) + 2 * SPACING + widest))
        if columns == self._columns:
            return
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for index, (swatch_label, text) in enumerate(self._signs):
            row, column = divmod(index, columns)
            self._grid.addWidget(swatch_label, row, 2 * column)
            self._grid.addWidget(text, row, 2 * column + 1)
        for column in range(columns):
            self._grid.setColumnStretch(2 * column + 1, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._work.describe(
            self.tr("How much of the basin map is done"),
            self.tr("Stop here and keep the coarse map"),
            self.tr("Compute the rest of the map"),
        )
