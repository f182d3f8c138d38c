"""The choice of the slice through more than two parameters: its directions and its point."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gdsim.core.formula.names import plain_name
from gdsim.views.theme import SPACING
from gdsim.views.widgets.choice_box import ChoiceBox
from gdsim.views.widgets.flow_layout import FlowLayout
from gdsim.views.widgets.style_roles import role_label

# The number of letters of a choice that are always shown, however narrow the card is.
_SHORT_NAME = 3


class SliceSelector(QWidget):
    """A row of choices, and a sentence that says what is shown."""

    kind_chosen = Signal(str)
    """The kind of directions: ``parameters``, ``principal`` or ``random``."""
    axes_chosen = Signal(int, int)
    anchor_chosen = Signal(str)
    """The point through which the slice goes: the ``shown`` or the ``last`` one."""
    others_requested = Signal()
    """The user wants two other random directions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parameters: tuple[str, ...] = ()
        self._axes = (0, 1)
        self.kind, self.anchor = ChoiceBox(), ChoiceBox()
        self.x_choice, self.y_choice = ChoiceBox(), ChoiceBox()
        self.others = QPushButton()
        self._plane = QWidget()
        self._sentence = role_label("muted", wraps=True)
        row = FlowLayout(spacing=SPACING, pushed=(self.anchor,))
        row.addWidget(self.kind)
        row.addWidget(self._plane)
        row.addWidget(self.others)
        row.addWidget(self.anchor)
        for box in (self.kind, self.anchor):
            box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
        axes = QHBoxLayout(self._plane)
        axes.setContentsMargins(0, 0, 0, 0)
        axes.setSpacing(SPACING)
        for widget in (self.x_choice, QLabel("×"), self.y_choice):
            axes.addWidget(widget)
        for box in (self.x_choice, self.y_choice):
            box.setMinimumContentsLength(_SHORT_NAME)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(4)
        body.addLayout(row)
        body.addWidget(self._sentence)
        self.kind.chosen.connect(self.kind_chosen)
        self.anchor.chosen.connect(self.anchor_chosen)
        self.others.clicked.connect(self.others_requested)
        self.x_choice.chosen.connect(self._on_axis_chosen)
        self.y_choice.chosen.connect(self._on_axis_chosen)
        self._retranslate()
        self.set_slice("parameters", "shown")

    # Setters

    def set_parameters(self, parameters: Sequence[str], axes: tuple[int, int]) -> None:
        """Set the names of all parameters, and the indices of the two along the axes."""
        self._parameters, self._axes = tuple(parameters), axes
        choices = [(name, plain_name(name), "") for name in parameters]
        for box, axis in ((self.x_choice, axes[0]), (self.y_choice, axes[1])):
            box.set_choices(choices)
            box.set_key(parameters[axis])

    def set_slice(self, kind: str, anchor: str) -> None:
        """Show the current kind and point, named as in the signals."""
        self.kind.set_key(kind)
        self.anchor.set_key(anchor)
        self._plane.setVisible(kind == "parameters")
        self.others.setVisible(kind == "random")

    def set_sentence(self, sentence: str) -> None:
        """Set the sentence that says what is shown."""
        if sentence != self._sentence.text():
            self._sentence.setText(sentence)

    def sentence(self) -> str:
        """The sentence that says what is shown."""
        return self._sentence.text()

    # Internals

    def _on_axis_chosen(self, name: str) -> None:
        chosen = self._parameters.index(name)
        x, y = self._axes
        if self.sender() is self.x_choice:
            x, y = chosen, x if chosen == y else y
        else:
            x, y = (y if chosen == x else x), chosen
        self.axes_chosen.emit(x, y)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.kind.set_choices(
            [
                (
                    "parameters",
                    self.tr("Two parameters"),
                    self.tr("The other parameters stay as they are at the point"),
                ),
                (
                    "principal",
                    self.tr("Principal directions"),
                    self.tr("The two directions along which the path moves most"),
                ),
                (
                    "random",
                    self.tr("Random directions"),
                    self.tr(
                        "Two random directions; in each group of parameters they are as long"
                        " as θ is in that group"
                    ),
                ),
            ]
        )
        self.anchor.set_choices(
            [
                (
                    "shown",
                    self.tr("Shown point"),
                    self.tr("The picture changes as the point moves"),
                ),
                (
                    "last",
                    self.tr("Last point"),
                    self.tr("The picture stands still while the recorded run is played"),
                ),
            ]
        )
        self.kind.setAccessibleName(self.tr("Directions of the slice"))
        self.kind.setToolTip(self.tr("Which two directions of the parameters' space are shown"))
        self.anchor.setAccessibleName(self.tr("Point of the slice"))
        self.anchor.setToolTip(self.tr("Through which point of the path the slice goes"))
        self.x_choice.setAccessibleName(self.tr("Parameter along the horizontal axis"))
        self.y_choice.setAccessibleName(self.tr("Parameter along the vertical axis"))
        for box in (self.x_choice, self.y_choice):
            box.setToolTip(self.tr("The other parameters stay as they are at the point"))
        self.others.setText(self.tr("Draw others"))
        self.others.setAccessibleName(self.tr("Other random directions"))
        self.others.setToolTip(self.tr("Draw two other random directions"))
        self._sentence.setToolTip(self.tr("The path and the arrows are projected onto the slice"))
