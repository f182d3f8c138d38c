"""Opening a data file: a preview of its beginning, then reading it in the background."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from gdsim.app.language.translation import problem_sentence
from gdsim.app.workplace import Presenter, Workplace
from gdsim.core.data.csv_dialect import Dialect
from gdsim.core.data.csv_preview import Preview, preview_csv
from gdsim.core.data.csv_reader import Table
from gdsim.core.learning.first_experiment import FirstExperimentReading, OpenedFile
from gdsim.core.number_text import grouped
from gdsim.core.problem import Problem
from gdsim.simulation.explorer import Explorer
from gdsim.views.data.open_data_dialog import OpenDataDialog

# A file is read again when the choice of columns has not changed for this time, in ms.
_REST = 150
# The most inputs that are ticked by default.
_FEW = 2
_PLAIN = Dialect("utf-8-sig", ",", has_header=True, decimal=".")


class Opening(Presenter):
    """Asks for a file, shows how it is understood, and reads it while columns are chosen.

    Therefore the rows that are left out are reported before the file is opened.
    """

    data_opened = Signal(object)
    """The FirstExperiment to begin with."""

    def __init__(self, window: QWidget, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._window = window
        self._dialog: OpenDataDialog | None = None
        self._path = Path()
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
        """The dialog that shows the preview; it is created with the first file."""
        if self._dialog is None:
            dialog = self._dialog = OpenDataDialog(self._window)
            dialog.dialect_chosen.connect(self._on_dialect_chosen)
            dialog.columns_chosen.connect(self._on_columns_chosen)
            dialog.open_requested.connect(self._on_open_requested)
            dialog.file_requested.connect(self.ask)
            dialog.cancel_requested.connect(self._on_cancel)
            dialog.resume_requested.connect(self._read)
            dialog.finished.connect(self._leave)
        return self._dialog

    # Requests

    @Slot()
    def ask(self) -> None:
        """Ask for a file, and show a preview of it."""
        path, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open data"),
            str(self._path.parent),
            self.tr("Tables as text (*.csv *.tsv *.txt *.dat);;All files (*)"),
        )
        if path:
            self.look_at(path)

    @Slot(str)
    def look_at(self, path: str) -> None:
        """Show how a file is interpreted: its columns, numbers and first rows."""
        self._path = Path(path)
        self.dialog.set_file(self._path.name)
        self._look(None)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    @Slot(object)
    def _on_dialect_chosen(self, dialect: Dialect) -> None:
        self._look(dialect)

    def _look(self, dialect: Dialect | None) -> None:
        self._stop()
        try:
            preview = preview_csv(self._path, dialect)
        except Problem as problem:
            self._preview, self._problem = None, problem
            self.dialog.set_dialect(dialect or _PLAIN)
            self.dialog.set_preview(None)
            self._say()
            return
        numeric = preview.numeric
        self._preview = preview
        self._target = numeric[-1] if numeric else None
        self._inputs = numeric[:-1] if len(numeric) <= _FEW + 1 else numeric[:1]
        self.dialog.set_dialect(preview.dialect)
        self.dialog.set_preview(preview, self._inputs, self._target)
        self._read()

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
        if self._preview is not None and self._target is not None and self._inputs:
            self._explorer.explore(
                FirstExperimentReading(self._preview, self._inputs, self._target)
            )
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

    # Texts

    def retranslate(self) -> None:
        """Say everything again in the language of now."""
        if self._dialog is not None:
            self._say()

    def _say(self) -> None:
        self.dialog.set_problem(self._problem_sentence())
        opened = self._opened
        self.dialog.set_ready(None if opened is None else self._read_sentence(opened.table))

    def _problem_sentence(self) -> str:
        if self._problem is not None:
            return problem_sentence(self._problem)
        if self._preview is not None and not self._preview.numeric:
            return problem_sentence(Problem("no column of the file holds numbers"))
        if self._target is None or not self._inputs:
            return self.tr("Choose at least one input and a target")
        return ""

    def _read_sentence(self, table: Table) -> str:
        rows = grouped(table.rows)
        if table.first_left_out is None:
            return self.tr("Rows: {rows}, all of them whole").format(rows=rows)
        return self.tr(
            "Rows: {rows}; left out because a number is missing: {left_out}, first in line {line}"
        ).format(rows=rows, left_out=grouped(table.left_out), line=grouped(table.first_left_out))
