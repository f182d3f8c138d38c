"""The switch for adding points to the data by clicking, and which class a click adds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from gdsim.views.theme import Theme
from gdsim.views.theme.icons import icon
from gdsim.views.widgets.segmented_buttons import SegmentedButtons

_SIGNS = ("●", "■")


class PointsHeader(QWidget):
    """A switch; while it is on, a choice of the class, a button that undoes and one that saves."""

    adding_toggled = Signal(bool)
    last_removed = Signal()
    save_requested = Signal()
    switched = Signal(bool)
    """Whether points are added and moved has changed, by the user or by the program."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: tuple[str, str] | None = None
        self._classes = SegmentedButtons(("low", "high"))
        self._undo = QToolButton()
        self._undo.setProperty("flat", True)
        self._undo.setShortcut("Del")
        self.save = QToolButton()
        self.save.setProperty("flat", True)
        self.switch = QPushButton()
        self.switch.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addStretch(1)
        for widget in (self._classes, self._undo, self.save, self.switch):
            row.addWidget(widget)
        self.switch.toggled.connect(self._on_toggled)
        self._undo.clicked.connect(self.last_removed)
        self.save.clicked.connect(self.save_requested)
        self._show()
        self._retranslate()

    @property
    def is_adding(self) -> bool:
        """Whether a click into the plot adds a point."""
        return self.switch.isChecked()

    @property
    def has_classes(self) -> bool:
        """Whether a new point has a class."""
        return self._labels is not None

    @property
    def chosen_class(self) -> int:
        """The class that a left click adds, 0 or 1."""
        return int(self._classes.key == "high")

    def set_adding(self, adding: bool) -> None:
        """Whether clicks add points."""
        blocked = self.switch.blockSignals(True)
        self.switch.setChecked(adding)
        self.switch.blockSignals(blocked)
        self._show()

    def set_possible(self, possible: bool) -> None:
        """Whether a click determines all columns of a new row."""
        self.switch.setVisible(possible)
        if not possible and self.is_adding:
            self.switch.setChecked(False)

    def set_classes(self, labels: tuple[str, str] | None) -> None:
        """The two classes of the target as texts; None if the target is not a class."""
        self._labels = labels
        self._retranslate()
        self._show()

    def set_removable(self, removable: bool) -> None:
        """Whether there is a point to take back."""
        self._undo.setEnabled(removable)

    def set_theme(self, theme: Theme) -> None:
        self._undo.setIcon(icon("undo", theme))
        self.save.setIcon(icon("save", theme))

    @Slot(bool)
    def _on_toggled(self, adding: bool) -> None:
        self._show()
        self.adding_toggled.emit(adding)

    def _show(self) -> None:
        self._classes.setVisible(self.is_adding and self.has_classes)
        self._undo.setVisible(self.is_adding)
        self.save.setVisible(self.is_adding)
        self.switched.emit(self.is_adding)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.switch.setText(self.tr("Add points"))
        self.switch.setAccessibleName(self.tr("Add points"))
        self.switch.setToolTip(
            self.tr("Each click in the plot adds a row to the data; points can be dragged")
        )
        self._undo.setAccessibleName(self.tr("Undo the last change of the points"))
        self._undo.setToolTip(self.tr("Undo the last change of the points (Del)"))
        self.save.setAccessibleName(self.tr("Save the points"))
        self.save.setToolTip(self.tr("Save the points as CSV"))
        self._classes.setAccessibleName(self.tr("Class that a click adds"))
        for key, sign, label in zip(
            ("low", "high"), _SIGNS, self._labels or ("0", "1"), strict=True
        ):
            self._classes.describe(
                key,
                f"{sign} {label}",
                self.tr("A click adds class {label}; the right button adds the other").format(
                    label=label
                ),
            )
