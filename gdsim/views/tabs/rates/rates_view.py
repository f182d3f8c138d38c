"""The tab "Rates": two plots over many learning rates, a film strip, and a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gdsim.views.tabs.rates.film_strip import FilmStrip, Frame
from gdsim.views.tabs.rates.rates_layer import RateMark, RatePoints
from gdsim.views.tabs.rates.rates_plot import RatesPlot
from gdsim.views.theme import SPACING, Theme
from gdsim.views.widgets.flow_layout import FlowLayout
from gdsim.views.widgets.number_field import Bounds, NumberField
from gdsim.views.widgets.segmented_buttons import SegmentedButtons
from gdsim.views.widgets.style_roles import role_label, scrolled
from gdsim.views.widgets.work_progress import WorkProgress

_FIELD_WIDTH, _COUNT_WIDTH = 66, 42
_BOTH = 22  # the height, in lines of text, from which on the film strip fits below the plots

TableRow = tuple[str, str, str, str]
"""η, the final loss, the number of steps, and the ending."""


@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """The content of one plot: its points, the range of its y axis, and whether that is log₁₀."""

    points: RatePoints
    heights: tuple[float, float]
    is_log: bool


class RatesView(QWidget):
    """A range and a number of rates can be entered; a click on a rate chooses it."""

    range_entered = Signal(float, float, int)
    rate_chosen = Signal(int)
    """The index of the rate that the user chose."""

    MODES = ("plots", "film", "table")

    def __init__(self, frames: int, fewest: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame_rates: tuple[int, ...] = ()
        self._rows: tuple[TableRow, ...] = ()
        self._from, self._to, self._values = (role_label("plain") for _ in range(3))
        self.low, self.high = (
            NumberField(Bounds(minimum=0.0, excludes_minimum=True)) for _ in range(2)
        )
        self.count = NumberField(Bounds(minimum=fewest, maximum=most, whole=True))
        self._range_error = role_label("error", wraps=True)
        self._range_error.hide()
        self.work = WorkProgress()
        self.modes = SegmentedButtons(self.MODES)
        self.loss, self.steps = RatesPlot(labelled=True), RatesPlot(labelled=False)
        self.loss.hide_x_axis()
        self.steps.box.setXLink(self.loss.box)
        self.strip = FilmStrip(frames)
        self.table = QTableWidget(0, 4)
        self._sentence = role_label("plain", wraps=True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._aside = role_label("muted", wraps=True)
        self._set_up_table()
        self._lay_out()
        self._connect()
        self._retranslate()

    def _set_up_table(self) -> None:
        table = self.table
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)

    def _lay_out(self) -> None:
        controls = FlowLayout(spacing=4, pushed=(self.modes,))
        for label, field in (
            (self._from, self.low),
            (self._to, self.high),
            (self._values, self.count),
        ):
            label.setBuddy(field)
            controls.addWidget(label)
            controls.addWidget(field)
        controls.addWidget(self.modes)
        self._plots = QWidget()
        self._plots.setObjectName("panel")  # transparent on its card
        column = QVBoxLayout(self._plots)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.loss, 5)
        column.addWidget(self.steps, 6)
        pictures = QWidget()
        pictures.setObjectName("panel")
        column = QVBoxLayout(pictures)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._plots, 3)
        column.addWidget(self.strip, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(pictures)
        self._stack.addWidget(self.table)
        foot = QHBoxLayout()
        foot.setSpacing(SPACING)
        foot.addWidget(self._sentence, 1)
        foot.addWidget(self.work)
        sheet = QWidget()
        sheet.setObjectName("panel")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(controls)
        for field in (self.low, self.high, self.count):
            column.addWidget(field.error_label)
        column.addWidget(self._range_error)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)
        column.addWidget(self._aside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(sheet))

    def _connect(self) -> None:
        for field in (self.low, self.high, self.count):
            field.value_entered.connect(self._on_range_entered)
        self.modes.chosen.connect(self._on_mode_chosen)
        for plot in (self.loss, self.steps):
            plot.rate_clicked.connect(self.rate_chosen)
        self.strip.frame_clicked.connect(self._on_frame_clicked)
        self.table.cellActivated.connect(self._on_row_activated)

    def tab_title(self) -> str:
        """The title of the tab."""
        return self.tr("Rates")

    # Setters

    def set_theme(self, theme: Theme) -> None:
        for part in (self.loss, self.steps, self.strip):
            part.set_theme(theme)
        for field in (self.low, self.high):
            field.setFixedWidth(theme.pixels(_FIELD_WIDTH))
        self.count.setFixedWidth(theme.pixels(_COUNT_WIDTH))

    def set_range(self, low: float, high: float, count: int) -> None:
        """Show the current range and number of rates."""
        for field, value in ((self.low, low), (self.high, high), (self.count, float(count))):
            field.set_value(value)

    def set_range_error(self, sentence: str) -> None:
        """Show what is wrong with the range as a whole; empty: no error."""
        self._range_error.setText(sentence)
        self._range_error.setVisible(bool(sentence))

    def set_quantities(
        self, loss: Quantity | None, steps: Quantity | None, texts: Sequence[str]
    ) -> None:
        """Set what the two plots show, and a text for each point."""
        for plot, quantity in ((self.loss, loss), (self.steps, steps)):
            if quantity is None:
                plot.set_points(None, (0.0, 1.0), is_log=False)
            else:
                plot.set_points(
                    quantity.points, quantity.heights, is_log=quantity.is_log, texts=texts
                )

    def set_marks(self, marks: Sequence[RateMark]) -> None:
        """Mark rates from the theory."""
        for plot in (self.loss, self.steps):
            plot.set_marks(marks)

    def set_chosen(self, rate: float | None) -> None:
        """Mark the current η."""
        for plot in (self.loss, self.steps):
            plot.set_chosen(rate)

    def set_frames(self, frames: Sequence[Frame], rates: Sequence[int], chosen: int | None) -> None:
        """Set the frames of the film strip, the index of each one's rate, and the current frame."""
        self._frame_rates = tuple(rates)
        self.strip.set_frames(frames, chosen)

    def set_rows(self, rows: Sequence[TableRow], chosen: int | None) -> None:
        """Set the rows of the table, which holds the numbers of the plots, and the current row."""
        known = dict(enumerate(self._rows))
        if len(rows) != len(self._rows):
            known = {}
            self.table.setRowCount(len(rows))
            for index in range(len(rows)):
                self.table.setRowHeight(index, self.fontMetrics().height() + 6)
        for index, row in enumerate(rows):
            if row != known.get(index):
                for column, text in enumerate(row):
                    self.table.setItem(index, column, QTableWidgetItem(text))
        self._rows = tuple(rows)
        if chosen is None:
            self.table.clearSelection()
        elif not self.table.hasFocus():
            self.table.selectRow(chosen)

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
    def _on_range_entered(self, _: float) -> None:
        self.range_entered.emit(self.low.value, self.high.value, round(self.count.value))

    @Slot(str)
    def _on_mode_chosen(self, mode: str) -> None:
        self._stack.setCurrentIndex(int(mode == "table"))
        self._share_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()

    def _share_height(self) -> None:
        """Show plots and film strip together if both fit, else one of them."""
        film = self.modes.key == "film"
        self._plots.setVisible(not film)
        self.strip.setVisible(film or self.height() >= _BOTH * self.fontMetrics().height())

    @Slot(int)
    def _on_frame_clicked(self, frame: int) -> None:
        if frame < len(self._frame_rates):
            self.rate_chosen.emit(self._frame_rates[frame])

    @Slot(int, int)
    def _on_row_activated(self, row: int, _column: int) -> None:
        self.rate_chosen.emit(row)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._from.setText(self.tr("η from"))
        self._to.setText(self.tr("to"))
        self._values.setText(self.tr("values"))
        self.low.set_accessible_name(self.tr("Smallest learning rate"))
        self.high.set_accessible_name(self.tr("Largest learning rate"))
        self.count.set_accessible_name(self.tr("Number of learning rates"))
        self.low.set_tool_tip(self.tr("The smallest η of the sweep; Enter applies it"))
        self.high.set_tool_tip(self.tr("The largest η of the sweep; Enter applies it"))
        self.count.set_tool_tip(
            self.tr(
                "How many values of η, each the same multiple of the one before; Enter applies it"
            )
        )
        self.work.describe(
            self.tr("How much of the sweep is done"),
            self.tr("Stop the sweep here"),
            self.tr("Compute the rest of the sweep"),
        )
        self.modes.setAccessibleName(self.tr("Ways of looking at the sweep"))
        self.modes.describe("plots", self.tr("Plots"), self.tr("Loss and steps against η"))
        self.modes.describe(
            "film", self.tr("Pictures"), self.tr("The first steps with eight of the learning rates")
        )
        self.modes.describe(
            "table", self.tr("Table"), self.tr("The same in numbers; Enter uses the η of a row")
        )
        self.loss.set_title(self.tr("final L"))
        self.steps.set_title(self.tr("steps"))
        self.loss.setAccessibleName(self.tr("Plot of the final loss against η"))
        self.steps.setAccessibleName(self.tr("Plot of the steps to ε against η"))
        for plot in (self.loss, self.steps):
            plot.setAccessibleDescription(
                self.tr("The table holds the same in numbers. Click a point to use its η.")
            )
            plot.set_band_label(self.tr("diverges"))
        self.table.setAccessibleName(self.tr("The sweep in numbers"))
        self.table.setHorizontalHeaderLabels(
            ["η", self.tr("final L"), self.tr("steps"), self.tr("how it ended")]
        )
