"""The tab "This step": the phases of the update, and its lines with their numbers."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gdsim.views.tabs.step.phase_strip import PhaseStrip
from gdsim.views.tabs.step.step_readout import StepReadout
from gdsim.views.theme import SPACING, Theme


class StepTab(QWidget):
    """The strip of phases, above the readout of the step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strip = PhaseStrip()
        self.readout = StepReadout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addWidget(self.strip)
        self.readout.header.addWidget(self.strip.buttons)
        column.addWidget(self.readout, 1)

    def tab_title(self) -> str:
        """The title of the tab."""
        return self.tr("This step")

    def set_theme(self, theme: Theme) -> None:
        self.strip.set_theme(theme)
        self.readout.set_theme(theme)
