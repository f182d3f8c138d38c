"""Export of the recorded steps to a file that the user chooses."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QIODevice, QSaveFile
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from gdsim.core.run.trace import Trace
from gdsim.core.run.trace_csv import write_header, write_rows

_ROWS_AT_ONCE = 4_096


def export_steps(window: QWidget, trace: Trace) -> None:
    """Ask for a file and write all recorded steps to it; an error is shown in a message box."""
    path, _ = QFileDialog.getSaveFileName(
        window,
        QCoreApplication.translate("Exporting", "Export the steps"),
        "gdsim.csv",
        QCoreApplication.translate("Exporting", "Comma-separated values (*.csv)"),
    )
    if not path:
        return
    reason = write_steps(path, trace)
    if reason is not None:
        QMessageBox.warning(
            window,
            QCoreApplication.translate("Exporting", "Export the steps"),
            QCoreApplication.translate("Exporting", "{path} could not be written: {reason}").format(
                path=path, reason=reason
            ),
        )


def write_steps(path: str, trace: Trace) -> str | None:
    """Write all the steps or none; returns the error message, or None."""
    file = QSaveFile(path)
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        return file.errorString()
    text = _Utf8(file)
    write_header(trace, text)
    for start in range(0, len(trace), _ROWS_AT_ONCE):
        write_rows(trace, text, start, min(start + _ROWS_AT_ONCE, len(trace)))
    return None if file.commit() else file.errorString()


class _Utf8:
    """A text file for Python that writes to a Qt file."""

    def __init__(self, file: QSaveFile) -> None:
        self._file = file

    def write(self, text: str, /) -> None:
        self._file.write(text.encode())
