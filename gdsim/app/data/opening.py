"""Opening data from a file or the clipboard: a preview, and reading in the background."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from gdsim.app.language.translation import problem_sentence
from gdsim.app.workplace import Presenter, Workplace
from gdsim.core.data.cell_numbers import AmbiguousNumber, Cell
from gdsim.core.data.column_kinds import Column
from gdsim.core.data.csv_dialect import Dialect, DialectChoices
from gdsim.core.data.csv_preview import Preview, no_numbers, preview_csv
from gdsim.core.data.csv_reader import Table
from gdsim.core.data.table_files import source_of
from gdsim.core.data.table_source import TableSource, pasted
from gdsim.core.learning.first_experiment import FirstExperimentReading, OpenedFile
from gdsim.core.number_text import grouped
from gdsim.core.plain_text import plain_text, quoted
from gdsim.core.problem import Problem
from gdsim.simulation.explorer import Explorer
from gdsim.views.data.open_data_dialog import OpenDataDialog

_REST = 150  # ms without another choice of columns before the file is read again
_FEW = 2  # inputs that are ticked by default, at most
_PLAIN = Dialect("utf-8-sig", ",", has_header=True, decimal=".")


class Opening(Presenter):
    """Asks for a file, shows how it is read, and reads it while columns are chosen.

    So the dialog can say how many rows are left out before anything is opened.
    """

    data_opened = Signal(object)
    """The FirstExperiment to begin with."""

    def __init__(self, window: QWidget, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._window = window
        self._dialog: OpenDataDialog | None = None
        self._folder = Path()
        self._source: TableSource | None = None
        self._choices = DialectChoices()
        self._preview: Preview | None = None
        self._inputs: tuple[int, ...] = ()
        self._target: int | None = None
        self._opened: OpenedFile | None = None
        self._problem: Problem | None = None
        self._explorer = Explorer("opening", self)
        self._explorer.reported.connect(self._on_reported)
        self._explorer.failed.connect(self._on_failed)
        self._resting = QTimer(self, singleShot=True, interval=_REST)
        self._resting.timeout.connect(self._read)

    @property
    def dialog(self) -> OpenDataDialog:
        """The dialog, made when it is first needed."""
        if self._dialog is None:
            dialog = self._dialog = OpenDataDialog(self._window)
            dialog.dialect_chosen.connect(self._on_dialect_chosen)
            dialog.columns_chosen.connect(self._on_columns_chosen)
            dialog.open_requested.connect(self._on_open_requested)
            dialog.file_requested.connect(self.ask)
            dialog.paste_requested.connect(self.paste)
            dialog.cancel_requested.connect(self._on_cancel)
            dialog.resume_requested.connect(self._read)
            dialog.finished.connect(self._leave)
        return self._dialog

    # Requests

    @Slot()
    def ask(self) -> None:
        """Ask for a file, and show it."""
        path, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open data"),
            str(self._folder),
            self.tr("Tables (*.csv *.tsv *.txt *.dat *.xlsx);;All files (*)"),
        )
        if path:
            self.look_at(path)

    @Slot(str)
    def look_at(self, path: str) -> None:
        """Show how a file is read."""
        place = Path(path)
        self._folder = place.parent
        try:
            source = source_of(place)
        except Problem as problem:
            self._show_source(plain_text(place.name), problem)
        else:
            self._show_source(source.name, source)

    @Slot()
    def paste(self) -> None:
        """Show how the table on the clipboard is read."""
        # An empty clipboard may have no contents at all.
        contents = QGuiApplication.clipboard().mimeData() or QMimeData()
        files = [url.toLocalFile() for url in contents.urls() if url.isLocalFile()]
        if files:
            self.look_at(files[0])
            return
        source: TableSource | Problem
        try:
            source = pasted(contents.text())
        except Problem as problem:
            source = problem
        self._show_source(self.tr("clipboard"), source)

    def _show_source(self, name: str, source: TableSource | Problem) -> None:
        self._choices, self._preview = DialectChoices(), None
        self.dialog.set_file(name)
        self._stop()
        if isinstance(source, Problem):
            self._source = None
            self._show_problem(source)
        else:
            self._source = source
            self._look()
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    @Slot(str, object)
    def _on_dialect_chosen(self, field: str, value: Any) -> None:
        self._choices = replace(self._choices, **{field: value})
        self._stop()
        if self._source is not None:
            self._look()

    def _look(self) -> None:
        """Show the beginning of the source, and read it unless there is a question first."""
        assert self._source is not None
        try:
            preview = preview_csv(self._source, self._choices)
        except Problem as problem:
            self._show_problem(problem)
            return
        before, self._preview = self._preview, preview
        if before is None or before.columns != preview.columns:
            self._inputs, self._target = _first_columns(preview)
        self.dialog.set_dialect(preview.dialect)
        self.dialog.set_preview(preview, self._inputs, self._target)
        self._read()

    def _show_problem(self, problem: Problem) -> None:
        self._preview, self._problem = None, problem
        chosen = {field: getattr(self._choices, field) for field in DialectChoices.__slots__}
        given = {field: value for field, value in chosen.items() if value is not None}
        self.dialog.set_dialect(replace(_PLAIN, **given))
        self.dialog.set_preview(None)
        self._say()

    @Slot(object, object)
    def _on_columns_chosen(self, inputs: tuple[int, ...], target: int | None) -> None:
        self._inputs, self._target = inputs, target
        self._stop()
        self._say()
        self._resting.start()

    @Slot()
    def _on_open_requested(self) -> None:
        opened = self._opened
        if opened is not None:
            self.dialog.accept()
            self.data_opened.emit(opened.first)

    @Slot()
    def _on_cancel(self) -> None:
        self._explorer.cancel()
        self.dialog.set_progress(None, is_whole=False)

    @Slot()
    def _leave(self) -> None:
        """Stop reading, because the dialog is closed."""
        self._stop()

    @Slot()
    def shut_down(self) -> None:
        """Stop the thread and close the dialog."""
        self._resting.stop()
        self._explorer.shut_down()
        if self._dialog is not None:
            self._dialog.close()

    # Reading

    def _stop(self) -> None:
        self._resting.stop()
        self._explorer.cancel()
        self._opened = self._problem = None
        self.dialog.set_progress(None)

    @Slot()
    def _read(self) -> None:
        """Read the chosen columns, if the choice is valid."""
        self._opened = self._problem = None
        preview = self._preview
        if preview is not None and preview.doubt is not None:
            self._problem = AmbiguousNumber(preview.doubt)
        elif preview is not None and self._target is not None and self._inputs:
            self._explorer.explore(FirstExperimentReading(preview, self._inputs, self._target))
            self.dialog.set_progress(0.0)
        self._say()

    @Slot(object, object, object)
    def _on_reported(self, _: object, done: float, opened: OpenedFile | None) -> None:
        if opened is None:
            self.dialog.set_progress(done)
            return
        self._opened = opened
        self.dialog.set_dialect(opened.table.preview.dialect)
        self.dialog.set_progress(None)
        self._say()

    @Slot(object)
    def _on_failed(self, problem: object) -> None:
        self.dialog.set_progress(None)
        if isinstance(problem, Problem):
            self._problem = problem
            self._say()
        else:
            self.workplace.report(problem)

    # Sentences

    def retranslate(self) -> None:
        """Show the sentences in the current language."""
        if self._dialog is not None:
            self._say()

    def _say(self) -> None:
        problem = self._problem
        if isinstance(problem, AmbiguousNumber):
            self.dialog.set_problem("")
            self.dialog.set_question(self._question(problem.cell), problem.readings)
        else:
            self.dialog.set_problem(self._problem_sentence())
            self.dialog.set_question(None)
        opened = self._opened
        self.dialog.set_ready(None if opened is None else self._read_sentence(opened.table))

    def _question(self, cell: Cell) -> str:
        return self.tr("Line {line} says {cell}. Which number is meant?").format(
            line=grouped(cell.line), cell=quoted(cell.text)
        )

    def _problem_sentence(self) -> str:
        if self._problem is not None:
            return problem_sentence(self._problem)
        if self._preview is not None and not self._preview.usable:
            return problem_sentence(no_numbers(self._preview))
        if self._target is None or not self._inputs:
            return self.tr("Choose at least one input and a target")
        return ""

    def _read_sentence(self, table: Table) -> str:
        rows = grouped(table.rows)
        cell = table.first_left_out
        if cell is None:
            sentence = self.tr("Rows: {rows}, none left out").format(rows=rows)
        elif cell.text.strip():
            sentence = self.tr(
                "Rows: {rows}; left out because a cell is not a number: {left_out}, first in line"
                " {line}: {cell}"
            ).format(
                rows=rows,
                left_out=grouped(table.left_out),
                line=grouped(cell.line),
                cell=quoted(cell.text),
            )
        else:
            sentence = self.tr(
                "Rows: {rows}; left out because a number is missing: {left_out}, first in line"
                " {line}"
            ).format(rows=rows, left_out=grouped(table.left_out), line=grouped(cell.line))
        return f"{sentence}\n{self._target_sentence(table.columns[-1])}"

    def _target_sentence(self, target: Column) -> str:
        if target.kind is not None:
            return self.tr("Target: {name}, 1 for {kind} and 0 for every other kind").format(
                name=target.shown, kind=target.kind
            )
        if target.classes is not None:
            low, high = target.classes
            return self.tr("Target: {name}, 0 for {low} and 1 for {high}").format(
                name=target.shown, low=low, high=high
            )
        return self.tr("Target: {name}").format(name=target.shown)


def _first_columns(preview: Preview) -> tuple[tuple[int, ...], int | None]:
    """The inputs and the target that are chosen at first.

    The target is the last column that numbers can be read from. Inputs are columns of numbers, or
    classes where there are none; all of them if they are few, else the first.
    """
    if not preview.usable:
        return (), None
    last = max(preview.columns[place].place for place in preview.usable)
    target = next(at for at in preview.usable if preview.columns[at].place == last)
    others = [at for at in preview.usable if preview.columns[at].place != last]
    inputs = [at for at in others if preview.columns[at].is_numeric] or others
    return tuple(inputs if len(inputs) <= _FEW else inputs[:1]), target
