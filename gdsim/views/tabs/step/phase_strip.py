"""The phases of an update, and buttons to go through it line by line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from gdsim.views.theme import Theme
from gdsim.views.theme.icons import icon
from gdsim.views.widgets.flow_layout import FlowLayout
from gdsim.views.widgets.style_roles import restyle, role_label

STAGES = ("initialise", "gradient", "rule", "test", "move")


class PhaseStrip(QWidget):
    """initialise → gradient → update rule → satisfied? → move, with the current one highlighted.

    ``buttons`` is a widget that the owner puts into its own layout.
    """

    next_requested = Signal()
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages = {stage: role_label("stage") for stage in STAGES}
        self.back, self.next = QToolButton(), QToolButton()
        flow = FlowLayout(self, spacing=3)
        for index, label in enumerate(self._stages.values()):
            flow.addWidget(_behind_an_arrow(label) if index else label)
        self.buttons = QWidget()
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3)
        for button in (self.back, self.next):
            button.setProperty("flat", True)
            row.addWidget(button)
        self.back.clicked.connect(self.back_requested)
        self.next.clicked.connect(self.next_requested)
        self._retranslate()

    def set_stage(self, stage: str) -> None:
        """Highlight a stage; empty: none, while whole updates are shown."""
        for key, label in self._stages.items():
            restyle(label, "current", key == stage)

    def set_theme(self, theme: Theme) -> None:
        self.back.setIcon(icon("chevron-left", theme))
        self.next.setIcon(icon("chevron-right", theme))

    def text(self) -> str:
        """The text of the highlighted stage; empty if there is none."""
        return next((one.text() for one in self._stages.values() if one.property("current")), "")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        for stage, text in {
            "initialise": self.tr("initialise"),
            "gradient": self.tr("gradient"),
            "rule": self.tr("update rule"),
            "test": self.tr("satisfied?"),
            "move": self.tr("move"),
        }.items():
            self._stages[stage].setText(text)
        self.setAccessibleName(self.tr("The phases of one update"))
        self.next.setAccessibleName(self.tr("Next line of the rule"))
        self.next.setToolTip(self.tr("Next line of the rule (Shift+→)"))
        self.back.setAccessibleName(self.tr("Previous line of the rule"))
        self.back.setToolTip(self.tr("Previous line of the rule (Shift+←)"))


def _behind_an_arrow(label: QLabel) -> QWidget:
    """An arrow with the label, which stay together when the strip is broken into lines."""
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(3)
    arrow = role_label("muted")
    arrow.setText("→")
    row.addWidget(arrow)
    row.addWidget(label)
    return both
