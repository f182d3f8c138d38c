"""The tab "Starts": where many random starts end, and the chance that N starts suffice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gdsim.views.tabs.starts.chance_plot import ChanceCurve, ChancePlot
from gdsim.views.tabs.starts.ends_table import EndRow, EndsTable
from gdsim.views.theme import SPACING, Theme
from gdsim.views.widgets.flow_layout import FlowLayout
from gdsim.views.widgets.literal_text import literal
from gdsim.views.widgets.number_field import Bounds, NumberField
from gdsim.views.widgets.style_roles import role_label, scrolled
from gdsim.views.widgets.work_progress import WorkProgress

_COUNT_WIDTH = 56
_WIDEST = 40  # the largest width of the table, as a multiple of the size of text


class StartsView(QWidget):
    """The number of starts, a table of their ends, and the plot of the chance."""

    count_entered = Signal(int)
    others_requested = Signal()
    best_requested = Signal()
    row_chosen = Signal(int)
    """The row from whose best start the user wants to descend."""

    def __init__(self, fewest: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count_title = role_label("plain")
        self.count = NumberField(Bounds(minimum=fewest, maximum=most, whole=True))
        self._count_title.setBuddy(self.count)
        self.others, self.best = QPushButton(), QPushButton()
        for button in (self.others, self.best):
            button.setAutoDefault(True)  # Enter presses it; Space plays
        self.best.setEnabled(False)
        self.work = WorkProgress()
        self.ends = EndsTable()
        self.chance = ChancePlot()
        self._sentence = role_label("plain", wraps=True)
        self._aside = role_label("muted", wraps=True)
        for label in (self._sentence, self._aside):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        self.count.value_entered.connect(self._on_count_entered)
        self.others.clicked.connect(self.others_requested)
        self.best.clicked.connect(self.best_requested)
        self.ends.row_chosen.connect(self.row_chosen)
        self._retranslate()

    def _lay_out(self) -> None:
        controls = FlowLayout(spacing=6, pushed=(self.best,))
        controls.addWidget(self._count_title)
        controls.addWidget(self.count)
        controls.addWidget(self.others)
        controls.addWidget(self.best)
        pictures = QHBoxLayout()
        pictures.setSpacing(SPACING)
        pictures.addWidget(self.ends, 3)
        pictures.addWidget(self.chance, 2)
        foot = QHBoxLayout()
        foot.setSpacing(SPACING)
        foot.addWidget(self._sentence, 1)
        foot.addWidget(self.work)
        sheet = QWidget()
        sheet.setObjectName("panel")  # transparent on its card
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(controls)
        column.addWidget(self.count.error_label)
        column.addLayout(pictures, 1)
        column.addLayout(foot)
        column.addWidget(self._aside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(sheet))

    def tab_title(self) -> str:
        """The title of the tab."""
        return self.tr("Starts")

    # Setters

    def set_theme(self, theme: Theme) -> None:
        self.count.setFixedWidth(theme.pixels(_COUNT_WIDTH))
        self.ends.set_theme(theme)
        self.ends.setMaximumWidth(round(_WIDEST * theme.text_size))
        self.chance.set_theme(theme)

    def set_count(self, count: int) -> None:
        """Show the current number of starts."""
        self.count.set_value(float(count))

    def set_rows(self, rows: Sequence[EndRow]) -> None:
        """Show the points where the starts end."""
        self.ends.set_rows(rows)

    def set_best(self, note: str) -> None:
        """Set the tool tip about the best start; empty: there is none."""
        self.best.setEnabled(bool(note))
        self.best.setToolTip(literal(note or self.best.accessibleDescription()))

    def set_chance(self, curve: ChanceCurve | None) -> None:
        """Show the chance for each N; None: it is not known."""
        self.chance.set_curve(curve)

    def text(self) -> str:
        """What is said beneath the plots: the result, and the remark on it."""
        return f"{self._sentence.text()} {self._aside.text()}"

    def set_sentence(self, sentence: str, aside: str) -> None:
        """Set the sentence on the result, and a remark on it."""
        for label, text in ((self._sentence, sentence), (self._aside, aside)):
            label.setText(text)
            label.setVisible(bool(text))

    # Internals

    @Slot(float)
    def _on_count_entered(self, count: float) -> None:
        self.count_entered.emit(round(count))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._count_title.setText(self.tr("Random starts"))
        self.count.set_accessible_name(self.tr("Number of random starts"))
        self.count.set_tool_tip(
            self.tr("How many random starts to choose inside the initial view; Enter applies it")
        )
        self.others.setText(self.tr("Other starts"))
        self.others.setToolTip(self.tr("Choose the same number of other random starts (Enter)"))
        self.best.setText(self.tr("Use the best start"))
        self.best.setAccessibleDescription(self.tr("Descend from the start with the lowest loss"))
        if not self.best.isEnabled():
            self.best.setToolTip(literal(self.best.accessibleDescription()))
        self.work.describe(
            self.tr("How much of the descents is done"),
            self.tr("Stop the descents here"),
            self.tr("Compute the rest of the descents"),
        )
        self.ends.setAccessibleName(self.tr("Where the starts end"))
        self.ends.setToolTip(self.tr("Enter or a double click descends from a row's best start"))
        self.ends.setHorizontalHeaderLabels(
            [self.tr("point reached"), self.tr("final L"), self.tr("starts")]
        )
