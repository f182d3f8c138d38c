"""Export of the recorded steps to a file that the user chooses."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QProgressDialog, QWidget

from gdsim.app.language.translation import problem_sentence
from gdsim.core.problem import Problem
from gdsim.core.run.trace import Trace
from gdsim.core.safe_write import written_file
from gdsim.simulation.step_export import WHOLE, StepExport
from gdsim.views.widgets.literal_text import literal

_UNNOTICED_MS = 100
"""An export that takes no longer than this shows no progress."""


def export_steps(window: QWidget, trace: Trace) -> None:
    """Ask for a file and write every recorded step to it, on a thread of its own.

    A long export shows its progress and can be cancelled; closing the window cancels it as well.
    Returns when the file is written or the export has ended otherwise.
    """
    title = QCoreApplication.translate("Exporting", "Export the steps")
    path = _asked_path(window, title, "gdsim.csv")
    if not path:
        return
    export, loop = StepExport(trace, path), QEventLoop()
    export.finished.connect(loop.quit)
    export.start()
    if not export.wait(_UNNOTICED_MS):
        _show_progress(window, title, export, loop)
    if export.failure is not None:
        _tell(window, title, path, export.failure)


def _show_progress(window: QWidget, title: str, export: StepExport, loop: QEventLoop) -> None:
    """Show how far the export has got until it has ended."""
    cancel = QCoreApplication.translate("Exporting", "Cancel")
    progress = QProgressDialog(title, cancel, 0, WHOLE, window)
    progress.setWindowTitle(title)
    progress.setWindowModality(Qt.WindowModality.WindowModal)
    progress.setAutoClose(False)
    progress.setAutoReset(False)
    progress.canceled.connect(export.requestInterruption)
    export.progressed.connect(progress.setValue)
    progress.show()
    loop.exec()
    # The loop also ends when the program does, in the middle of an export.
    export.requestInterruption()
    export.wait()
    export.progressed.disconnect(progress.setValue)
    progress.close()
    progress.deleteLater()


def ask_and_write(window: QWidget, title: str, name: str, write: Callable[[TextIO], None]) -> None:
    """Ask for a CSV file and write it, whole or not at all; a message box tells of a failure."""
    path = _asked_path(window, title, name)
    if not path:
        return
    try:
        # The dialog has asked whether an existing file may be replaced.
        with written_file(path, force=True, may_wait=False) as file:
            write(file)
    except (Problem, OSError) as failure:
        _tell(window, title, path, failure)


def _asked_path(window: QWidget, title: str, name: str) -> str:
    """The path of a CSV file that the user chooses; empty if none is chosen."""
    kinds = QCoreApplication.translate("Exporting", "Comma-separated values (*.csv)")
    return QFileDialog.getSaveFileName(window, title, name, kinds)[0]


def _tell(window: QWidget, title: str, path: str, failure: Exception) -> None:
    """Show why a file could not be written; anything unexpected is raised."""
    if isinstance(failure, Problem):
        sentence = problem_sentence(failure)
    elif isinstance(failure, OSError):
        sentence = QCoreApplication.translate("Exporting", "{path} could not be written: {reason}")
        sentence = sentence.format(path=path, reason=failure.strerror or str(failure))
    else:
        raise failure
    QMessageBox.warning(window, title, literal(sentence))
