"""The progress of a long computation, with a button that cancels or resumes it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from gdsim.views.theme import SPACING
from gdsim.views.widgets.literal_text import literal

_WIDTH = 80


class WorkProgress(QWidget):
    """A progress bar and a button; both are hidden while nothing is being computed."""

    cancel_requested = Signal()
    resume_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_working = False
        self._leave_note = self._resume_note = ""
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 1000)
        self.progress.setFixedWidth(_WIDTH)
        self.button = QPushButton()
        self.button.setProperty("flat", True)
        self.button.clicked.connect(self._on_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        row.addWidget(self.progress)
        row.addWidget(self.button)
        self.set_progress(None)

    @property
    def is_working(self) -> bool:
        """Whether work is under way: it has begun, and is neither finished nor left."""
        return self._is_working

    def set_progress(self, done: float | None, *, is_whole: bool = True) -> None:
        """Show which share of the work is done, 0 to 1; None: nothing is being computed.

        ``is_whole`` is False if the work was cancelled before its end, so that it can be resumed.
        """
        self._is_working = done is not None
        self.progress.setVisible(self._is_working)
        self.progress.setValue(round(1000 * (done or 0.0)))
        self.button.setVisible(self._is_working or not is_whole)
        self._update_text()

    def describe(self, what: str, leave: str, resume: str) -> None:
        """Set a name for the work, and the tool tips for cancelling and for resuming it."""
        self.progress.setAccessibleName(what)
        self._leave_note, self._resume_note = leave, resume
        self._update_text()

    @Slot()
    def _on_clicked(self) -> None:
        (self.cancel_requested if self._is_working else self.resume_requested).emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._update_text()

    def _update_text(self) -> None:
        self.button.setText(self.tr("Cancel") if self._is_working else self.tr("Go on"))
        self.button.setToolTip(literal(self._leave_note if self._is_working else self._resume_note))
