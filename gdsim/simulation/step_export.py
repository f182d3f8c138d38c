"""Writes the recorded steps to a file on a thread of its own."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QObject, QThread, Signal

from gdsim.core.run.trace import Trace
from gdsim.core.run.trace_csv import write_header, write_rows
from gdsim.core.safe_write import written_file

WHOLE = 1000
"""What ``progressed`` counts to."""

ROWS_AT_ONCE = 1_024
_SECONDS_BETWEEN_REPORTS = 0.05


class _CancelledError(Exception):
    """The file is not wanted any more."""


class StepExport(QThread):
    """Writes the rows that a trace has at this moment, all of them or none.

    ``requestInterruption`` cancels: the unfinished file is removed, and one that was there before
    stays as it was.
    """

    progressed = Signal(int)  # thousandths of the rows

    def __init__(self, trace: Trace, path: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trace, self._rows, self._path = trace, len(trace), path
        self.failure: Exception | None = None
        """Why the file could not be written; None while it is written and afterwards."""

    def run(self) -> None:
        try:
            self._write()
        except _CancelledError:
            pass
        except Exception as failure:  # raised again, or shown, on the window's thread
            self.failure = failure

    def _write(self) -> None:
        # The file dialog has asked whether an existing file may be replaced.
        with written_file(self._path, force=True, may_wait=False) as file:
            write_header(self._trace, file)
            reported = monotonic()
            for start in range(0, self._rows, ROWS_AT_ONCE):
                if self.isInterruptionRequested():
                    raise _CancelledError
                stop = min(start + ROWS_AT_ONCE, self._rows)
                write_rows(self._trace, file, start, stop)
                if monotonic() - reported >= _SECONDS_BETWEEN_REPORTS:
                    reported = monotonic()
                    self.progressed.emit(stop * WHOLE // self._rows)
