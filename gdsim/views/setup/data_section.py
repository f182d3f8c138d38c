"""The settings of learning from data: batch size, standardisation, model, loss of a row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from gdsim.core.data.batches import USUAL_SIZES
from gdsim.views.formula.formula_field import FormulaField
from gdsim.views.setup.section import Section
from gdsim.views.widgets.choice_box import Choice, ChoiceBox
from gdsim.views.widgets.literal_text import literal
from gdsim.views.widgets.number_field import Bounds, NumberField
from gdsim.views.widgets.style_roles import role_label

_ALL, _OWN = "all", ""
_OWN_LOSS = ""


class DataSection(Section):
    """The settings that only an experiment with data has."""

    batch_entered = Signal(object)
    """The batch size as an int; None: all rows."""
    standardise_toggled = Signal(bool)
    prediction_entered = Signal(str)
    loss_chosen = Signal(str)
    own_loss_requested = Signal()
    batch_landscape_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._losses: list[Choice] = []
        self._loss_key: str | None = None
        self._batch: int | None = None
        self._titles = {name: role_label("muted") for name in ("batch", "model", "loss")}
        self.rows = role_label("muted")
        self.standardise = QCheckBox()
        self.batch = ChoiceBox()
        self.batch_size = NumberField(Bounds(minimum=1, whole=True))
        self.batch_landscape = QCheckBox()
        self.prediction = FormulaField()
        self.loss = ChoiceBox()
        self._loss_error = role_label("error", wraps=True)
        self._loss_error.hide()
        self._lay_out()
        self.standardise.toggled.connect(self.standardise_toggled)
        self.batch.chosen.connect(self._on_batch_chosen)
        self.batch_size.value_entered.connect(self._on_size_entered)
        self.batch_landscape.toggled.connect(self.batch_landscape_toggled)
        self.prediction.formula_entered.connect(self.prediction_entered)
        self.loss.chosen.connect(self._on_loss_chosen)
        self.batch_size.hide()
        self.retranslate()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        for line, (name, entries) in enumerate(
            (
                ("batch", (self.batch, self.batch_size, self.rows)),
                ("model", (self.prediction,)),
                ("loss", (self.loss,)),
            )
        ):
            row = QHBoxLayout()
            row.setSpacing(10)
            for entry in entries:
                row.addWidget(entry, 0 if entry is self.rows else 1)
            grid.addWidget(self._titles[name], line, 0)
            grid.addLayout(row, line, 1)
        grid.setColumnStretch(1, 1)
        self.column.addLayout(grid)
        self.column.addWidget(self._loss_error)
        self.column.addWidget(self.batch_size.error_label)
        for switch in (self.standardise, self.batch_landscape):
            self.column.addWidget(switch)

    def set_losses(self, choices: Sequence[Choice]) -> None:
        """Set the losses of the catalogue: [(key, name, note)]."""
        self._losses = list(choices)
        own = (
            _OWN_LOSS,
            self.tr("Your own formula…"),
            self.tr("Below, type the loss of one row as a formula of prediction and the columns."),
        )
        self.loss.set_choices([*self._losses, own])

    def set_loss(self, key: str | None) -> None:
        """Show the current loss of a row; None: the user's own."""
        self._loss_key = key
        self.loss.set_key(_OWN_LOSS if key is None else key)

    def set_loss_error(self, sentence: str | None) -> None:
        """Show why the loss just chosen is refused, and show the previous loss again."""
        self._loss_error.setText(sentence or "")
        self._loss_error.setVisible(bool(sentence))
        self.set_loss(self._loss_key)

    def set_prediction(self, formula: str) -> None:
        """Show the current model."""
        self.prediction.set_formula(formula)

    def set_prediction_error(self, sentence: str | None, column: int | None) -> None:
        """Show what is wrong with the model and mark the column; None: no error."""
        self.prediction.set_error(sentence, column)

    def set_rows(self, rows: str, name: str) -> None:
        """Set a text with the number of rows, and the name of the data for the tool tip."""
        self.rows.setText(rows)
        self.rows.setToolTip(literal(name))

    def set_standardised(self, standardised: bool | None) -> None:
        """Show whether the inputs are standardised; None hides the switch."""
        blocked = self.standardise.blockSignals(True)
        self.standardise.setVisible(standardised is not None)
        self.standardise.setChecked(bool(standardised))
        self.standardise.blockSignals(blocked)

    def set_batch(self, batch: int | None) -> None:
        """Show the current batch size; None: all rows."""
        self._batch = batch
        is_own = batch is not None and batch not in USUAL_SIZES
        self.batch.set_key(_ALL if batch is None else _OWN if is_own else str(batch))
        self.batch_size.setVisible(is_own)
        if batch is not None:
            self.batch_size.set_value(float(batch))
        self.batch_landscape.setVisible(batch is not None)

    def set_batch_error(self, sentence: str | None) -> None:
        """Show why the batch size is refused, and go back to the previous one."""
        self.batch_size.set_error(sentence)

    def retranslate(self) -> None:
        titles: dict[str, str] = {
            "batch": self.tr("Batch"),
            "model": self.tr("Model ŷ"),
            "loss": self.tr("Loss of one row"),
        }
        for name, title in titles.items():
            label: QLabel = self._titles[name]
            label.setText(title)
        self.standardise.setText(self.tr("Standardise"))
        self.standardise.setToolTip(
            self.tr(
                "Scale each input to mean 0 and standard deviation 1, and see how the contours"
                " change"
            )
        )
        self.batch.setAccessibleName(self.tr("Rows used by each update"))
        self.batch.setToolTip(
            self.tr(
                "How many rows each update uses; in an epoch each row is used once, in random order"
            )
        )
        self.batch.set_choices(
            [
                (_ALL, self.tr("all rows"), self.tr("Batch gradient descent")),
                ("1", self.tr("1 row"), self.tr("Stochastic gradient descent")),
                ("32", self.tr("32 rows"), self.tr("Mini-batch gradient descent")),
                ("64", self.tr("64 rows"), self.tr("Mini-batch gradient descent")),
                (_OWN, self.tr("Your own number…"), self.tr("Type any number of rows.")),
            ]
        )
        self.batch_size.set_accessible_name(self.tr("Rows per update"))
        self.batch_size.set_tool_tip(self.tr("How many rows each update uses"))
        self.batch_landscape.setText(self.tr("Landscape of this batch"))
        self.batch_landscape.setToolTip(
            self.tr("The landscape that this step uses: the loss of only the rows of its batch")
        )
        self.prediction.retranslate()
        self.prediction.set_accessible_name(self.tr("Model"))
        self.prediction.set_tool_tip(
            self.tr("What the model predicts for a row: a formula of columns and parameters")
        )
        self.prediction.line.setPlaceholderText(self.tr("Such as theta0 + theta1*x"))
        self.loss.setAccessibleName(self.tr("Loss of one row"))
        self.loss.setToolTip(self.tr("The loss is the mean of this over the rows"))
        self.set_losses(self._losses)

    @Slot(str)
    def _on_batch_chosen(self, key: str) -> None:
        if key != _OWN:
            self.batch_entered.emit(None if key == _ALL else int(key))
            return
        # Nothing changes yet: the user edits the current number first.
        self.set_batch(self._batch)
        self.batch_size.show()
        self.batch_size.line.setFocus()
        self.batch_size.line.selectAll()

    @Slot(float)
    def _on_size_entered(self, size: float) -> None:
        self.batch_entered.emit(int(size))

    @Slot(str)
    def _on_loss_chosen(self, key: str) -> None:
        if key != _OWN_LOSS:
            self.loss_chosen.emit(key)
            return
        # Nothing changes yet: the user edits the current formula first.
        self.loss.set_key(self._loss_key)
        self.own_loss_requested.emit()
