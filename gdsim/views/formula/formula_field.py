"""A field for one formula as typed on a keyboard; it does not check the formula."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gdsim.views.widgets.entry_field import EntryField
from gdsim.views.widgets.note_label import NoteLabel


class FormulaField(EntryField):
    """One line of text that emits what the user entered; the owner accepts it or sets an error.

    Below the line stands how the formula was read, where that is not literally what was typed.
    """

    formula_entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # More than is accepted, so that a too long formula gets an error instead of being cut.
        self.line.setMaxLength(32767)
        self._reading: tuple[str, str] | None = None
        self._reading_label = NoteLabel()
        self._reading_label.hide()
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self._reading_label)
        self.line.textEdited.connect(lambda: self.set_reading(None))

    def set_formula(self, text: str) -> None:
        """Show the current formula. If it is unchanged, the user may go on typing."""
        if text == self._current_text and self.is_being_edited:
            return
        if text != self._current_text:
            self.set_reading(None)
        self._show(text)

    def set_reading(self, reading: tuple[str, str] | None) -> None:
        """Show what was typed and how it is read; None: it is read as it stands."""
        self._reading = reading
        self.retranslate()

    def retranslate(self) -> None:
        """Show the text of the field in the current language."""
        if self._reading is None:
            self._reading_label.set_note("")
            return
        typed, formula = self._reading
        sentence = self.tr("{typed} is read as {formula}")
        self._reading_label.set_note(sentence.format(typed=typed, formula=formula))

    @property
    def shown_reading(self) -> str:
        """The sentence below the line; empty where there is none."""
        return self._reading_label.text()

    def _submit(self, text: str) -> None:
        self.formula_entered.emit(text)
