"""The dialog in which a table is checked before it is opened: how it is read, which columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gdsim.core.data.cell_numbers import DECIMALS
from gdsim.core.data.csv_dialect import DELIMITERS, ENCODINGS, Dialect
from gdsim.core.data.csv_preview import Preview
from gdsim.views.data.file_preview_table import CellTable
from gdsim.views.theme import CARD_PADDING, GAP, SPACING
from gdsim.views.widgets.choice_box import ChoiceBox
from gdsim.views.widgets.style_roles import role_label
from gdsim.views.widgets.work_progress import WorkProgress

_PLACE = Qt.ItemDataRole.UserRole
_INPUTS_WIDTH = 190
_SIZE = QSize(860, 560)
_MOST_ABOVE = 1_000


class OpenDataDialog(QDialog):
    """Shows the first rows as they are read; everything that was detected can be changed."""

    dialect_chosen = Signal(str, object)
    """A part of the dialect by the name of its field, and its new value."""
    columns_chosen = Signal(object, object)
    """The places of the inputs, a tuple, and of the target; None if none is chosen."""
    open_requested = Signal()
    file_requested = Signal()
    """Choose another file."""
    paste_requested = Signal()
    """Read the table on the clipboard."""
    cancel_requested = Signal()
    resume_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(False)
        self._preview: Preview | None = None
        self._name = ""
        self.delimiter, self.decimal, self.encoding = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.header = QCheckBox()
        self.above = QSpinBox()
        self.above.setRange(0, _MOST_ABOVE)
        self.above.setKeyboardTracking(False)
        self.target = ChoiceBox()
        self.inputs = QListWidget()
        self.table = CellTable()
        self.another, self.paste = QPushButton(), QPushButton()
        self._question, self._question_row = role_label("warning", wraps=True), QFrame()
        self.answers = {decimal: QPushButton() for decimal in DECIMALS}
        self.open_button, self.cancel_button = QPushButton(), QPushButton()
        self.work = WorkProgress()
        self._file, self._sentence = role_label("heading"), role_label("muted", wraps=True)
        self._error = role_label("error", wraps=True)
        self._labels = [role_label("muted") for _ in range(6)]
        self._lay_out()
        self._connect()
        self.set_ready(None)
        self.set_problem("")
        self.set_question(None)
        self._retranslate()
        self.resize(_SIZE)

    def _lay_out(self) -> None:
        *_, target, inputs = self._labels
        card = QFrame()
        card.setObjectName("card")
        body = QVBoxLayout(card)
        body.setContentsMargins(*[CARD_PADDING] * 4)
        body.setSpacing(SPACING)
        top = QHBoxLayout()
        top.addWidget(self._file, 1)
        top.addWidget(self.paste)
        top.addWidget(self.another)
        body.addLayout(top)
        how = QGridLayout()
        how.setHorizontalSpacing(SPACING)
        how.setVerticalSpacing(2)
        boxes = (self.delimiter, self.decimal, self.encoding, self.above)
        for label, buddy in zip(self._labels, (*boxes, self.target, self.inputs), strict=True):
            label.setBuddy(buddy)
        for place, box in enumerate(boxes):
            how.addWidget(self._labels[place], 0, place)
            how.addWidget(box, 1, place)
        how.addWidget(self.header, 1, len(boxes))
        how.setColumnStretch(len(boxes) + 1, 1)
        body.addLayout(how)
        question = QHBoxLayout(self._question_row)
        question.setContentsMargins(0, 0, 0, 0)
        question.addWidget(self._question, 1)
        for button in self.answers.values():
            question.addWidget(button)
        body.addWidget(self._question_row)
        which = QVBoxLayout()
        which.setSpacing(2)
        for widget in (target, self.target, inputs, self.inputs):
            which.addWidget(widget)
        middle = QHBoxLayout()
        middle.setSpacing(SPACING)
        middle.addWidget(self.table, 1)
        middle.addLayout(which)
        self.target.setFixedWidth(_INPUTS_WIDTH)
        self.inputs.setFixedWidth(_INPUTS_WIDTH)
        self.inputs.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        body.addLayout(middle, 1)
        body.addWidget(self._error)
        said = QHBoxLayout()
        said.addWidget(self._sentence, 1)
        said.addWidget(self.work)
        body.addLayout(said)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.open_button)
        self.open_button.setProperty("primary", True)
        self.open_button.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addWidget(card, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        boxes = {"delimiter": self.delimiter, "decimal": self.decimal, "encoding": self.encoding}
        for field, box in boxes.items():
            box.chosen.connect(partial(self._choose, field))
        for decimal, button in self.answers.items():
            button.clicked.connect(partial(self._answer, decimal))
        self.header.toggled.connect(partial(self._choose, "has_header"))
        self.above.valueChanged.connect(partial(self._choose, "above"))
        self.target.chosen.connect(self._on_target_chosen)
        self.inputs.itemChanged.connect(self._on_inputs_changed)
        self.another.clicked.connect(self.file_requested)
        self.paste.clicked.connect(self.paste_requested)
        QShortcut(QKeySequence.StandardKey.Paste, self).activated.connect(self.paste_requested)
        self.open_button.clicked.connect(self.open_requested)
        self.cancel_button.clicked.connect(self.reject)
        self.work.cancel_requested.connect(self.cancel_requested)
        self.work.resume_requested.connect(self.resume_requested)

    # Setters

    def set_file(self, name: str) -> None:
        """The name of the file."""
        self._name = name
        self._retitle()

    def set_dialect(self, dialect: Dialect) -> None:
        """How the file is read."""
        self.delimiter.set_key(dialect.delimiter)
        self.decimal.set_key(dialect.decimal)
        self.encoding.set_key(dialect.encoding)
        with QSignalBlocker(self.header):
            self.header.setChecked(dialect.has_header)
        with QSignalBlocker(self.above):
            self.above.setValue(dialect.above)

    def set_preview(
        self, preview: Preview | None, inputs: tuple[int, ...] = (), target: int | None = None
    ) -> None:
        """The first rows, and which columns are chosen; None if the file cannot be read."""
        self._preview = preview
        titles = {} if preview is None else {at: _title(preview, at) for at in preview.usable}
        with QSignalBlocker(self.inputs):
            self.inputs.clear()
            for place, title in titles.items():
                item = QListWidgetItem(title)
                item.setData(_PLACE, place)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
                self.inputs.addItem(item)
        self.target.set_choices([(str(place), title, "") for place, title in titles.items()])
        self._show_columns(inputs, target)

    def set_question(self, sentence: str | None, readings: Mapping[str, str] | None = None) -> None:
        """Ask which of two values a number has, by decimal sign; None asks nothing."""
        self._question.setText(sentence or "")
        for decimal, text in (readings or {}).items():
            self.answers[decimal].setText(text)
        self._question_row.setVisible(sentence is not None)

    def set_problem(self, sentence: str) -> None:
        """What is wrong with the file or the choice; empty if nothing is."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def set_progress(self, done: float | None, *, is_whole: bool = True) -> None:
        """The progress of reading, from 0 to 1; None while nothing is read."""
        self.work.set_progress(done, is_whole=is_whole)

    def set_ready(self, sentence: str | None) -> None:
        """A summary of what has been read, once it can be opened; None before that."""
        self._sentence.setText(sentence or "")
        self.open_button.setEnabled(sentence is not None)

    # What is shown

    def sentence(self) -> str:
        """The summary of what has been read."""
        return self._sentence.text()

    def problem(self) -> str:
        """The sentence about what is wrong."""
        return self._error.text()

    def question(self) -> str:
        """The question about a number with two meanings."""
        return self._question.text()

    # Internals

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.setFocus()

    def _chosen_inputs(self) -> tuple[int, ...]:
        items = (self.inputs.item(row) for row in range(self.inputs.count()))
        return tuple(
            int(item.data(_PLACE)) for item in items if item.checkState() is Qt.CheckState.Checked
        )

    def _show_columns(self, inputs: tuple[int, ...], target: int | None) -> None:
        """Tick, name and mark the columns that are chosen."""
        self.target.set_key(None if target is None else str(target))
        with QSignalBlocker(self.inputs):
            for row in range(self.inputs.count()):
                item = self.inputs.item(row)
                place = int(item.data(_PLACE))
                ticked = place in inputs
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
                item.setHidden(self._is_target(place, target))
        roles: dict[int, str] = dict.fromkeys(inputs, self.tr("input"))
        if target is not None:
            roles[target] = self.tr("target")
        self.table.set_preview(self._preview, roles)

    def _is_target(self, place: int, target: int | None) -> bool:
        """Whether a column is the target, or made from the same text: no input of its model."""
        if target is None or self._preview is None:
            return False
        columns = self._preview.columns
        return columns[place].place == columns[target].place

    def _choose(self, field: str, value: object) -> None:
        self.dialect_chosen.emit(field, value)

    def _answer(self, decimal: str) -> None:
        self.dialect_chosen.emit("decimal", decimal)

    @Slot(str)
    def _on_target_chosen(self, key: str) -> None:
        target = int(key)
        inputs = tuple(
            place for place in self._chosen_inputs() if not self._is_target(place, target)
        )
        self._show_columns(inputs, target)
        self.columns_chosen.emit(inputs, target)

    @Slot()
    def _on_inputs_changed(self) -> None:
        key = self.target.currentData(_PLACE)
        target = None if key is None else int(key)
        inputs = self._chosen_inputs()
        self._show_columns(inputs, target)
        self.columns_chosen.emit(inputs, target)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retitle(self) -> None:
        self.setWindowTitle(self.tr("Open data: {file}").format(file=self._name))
        self._file.setText(self._name)

    def _retranslate(self) -> None:
        self._retitle()
        for label, text in zip(
            self._labels,
            (
                self.tr("Separated by"),
                self.tr("Decimals"),
                self.tr("Encoding"),
                self.tr("Lines to skip"),
                self.tr("Target"),
                self.tr("Inputs"),
            ),
            strict=True,
        ):
            label.setText(text)
            buddy = label.buddy()
            assert buddy is not None
            buddy.setAccessibleName(text)
        signs = {
            ",": self.tr("comma ,"),
            ";": self.tr("semicolon ;"),
            "\t": self.tr("tab"),
            "|": self.tr("bar |"),
            " ": self.tr("blanks"),
        }
        self.delimiter.set_choices([(sign, signs[sign], "") for sign in DELIMITERS])
        self.decimal.set_choices([(sign, f"1{sign}5", "") for sign in DECIMALS])
        names = dict(zip(ENCODINGS, ("UTF-8", "GB18030", "Windows-1252", "UTF-16"), strict=True))
        self.encoding.set_choices([(key, names[key], "") for key in ENCODINGS])
        self.delimiter.setToolTip(self.tr("The sign between two cells"))
        self.decimal.setToolTip(self.tr("The sign before the decimals"))
        self.above.setToolTip(self.tr("Lines above the table, which are not read"))
        self.encoding.setToolTip(self.tr("How letters are stored in the file"))
        self.target.setToolTip(self.tr("The column that the model predicts"))
        self.inputs.setToolTip(self.tr("The columns that the model computes it from"))
        self.header.setText(self.tr("First row holds titles"))
        self.header.setAccessibleName(self.tr("First row holds titles"))
        self.header.setToolTip(self.tr("Otherwise the columns are called x₁, x₂, …"))
        self.paste.setText(self.tr("Paste"))
        self.paste.setAccessibleName(self.tr("Paste from a spreadsheet"))
        self.paste.setToolTip(self.tr("Read the cells copied from a spreadsheet (Ctrl+V)"))
        self.another.setText(self.tr("Another file…"))
        self.another.setAccessibleName(self.tr("Another file"))
        self.open_button.setText(self.tr("Open"))
        self.cancel_button.setText(self.tr("Cancel"))
        self.open_button.setAccessibleName(self.tr("Open these data"))
        self.cancel_button.setAccessibleName(self.tr("Close without opening"))
        self.work.describe(
            self.tr("Reading the file"),
            self.tr("Stop reading"),
            self.tr("Read the file from its beginning"),
        )
        if self._preview is not None:
            target = self.target.currentData(_PLACE)
            self._show_columns(self._chosen_inputs(), None if target is None else int(target))


def _title(preview: Preview, place: int) -> str:
    column = preview.columns[place]
    return column.title or column.shown
