"""Export of the recorded steps to a file that the user chooses."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from gdsim.app.language.translation import problem_sentence
from gdsim.core.problem import Problem
from gdsim.core.run.trace import Trace
from gdsim.core.run.trace_csv import write_header, write_rows
from gdsim.core.safe_write import written_file
from gdsim.views.widgets.literal_text import literal

_ROWS_AT_ONCE = 4_096


def export_steps(window: QWidget, trace: Trace) -> None:
    """Ask for a file and write every recorded step to it."""

    def write(file: TextIO) -> None:
        write_header(trace, file)
        for start in range(0, len(trace), _ROWS_AT_ONCE):
            write_rows(trace, file, start, min(start + _ROWS_AT_ONCE, len(trace)))

    title = QCoreApplication.translate("Exporting", "Export the steps")
    ask_and_write(window, title, "gdsim.csv", write)


def ask_and_write(window: QWidget, title: str, name: str, write: Callable[[TextIO], None]) -> None:
    """Ask for a CSV file and write it, whole or not at all; a message box tells of a failure."""
    path, _ = QFileDialog.getSaveFileName(
        window,
        title,
        name,
        QCoreApplication.translate("Exporting", "Comma-separated values (*.csv)"),
    )
    if not path:
        return
    try:
        # The dialog has asked whether an existing file may be replaced.
        with written_file(path, force=True, may_wait=False) as file:
            write(file)
    except Problem as problem:
        QMessageBox.warning(window, title, literal(problem_sentence(problem)))
    except OSError as error:
        sentence = QCoreApplication.translate("Exporting", "{path} could not be written: {reason}")
        reason = error.strerror or str(error)
        QMessageBox.warning(window, title, literal(sentence.format(path=path, reason=reason)))
