"""Reports on the ends of runs, made in the background."""

from __future__ import annotations

import threading
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal, Slot

from gdsim.core.run.trace import Trace

if TYPE_CHECKING:
    from gdsim.core.verdict.report import EndReport


class Judge(QObject):
    """Finds out at what kind of point a run ended, once for each run.

    The second derivatives that this takes may need a second or more, and SymPy cannot be
    interrupted: so the thread is a daemon, and closing the window does not wait for it.
    """

    judged = Signal()
    """Another report is there."""
    failed = Signal(object)  # a traceback

    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: WeakKeyDictionary[Trace, EndReport | None] = WeakKeyDictionary()
        self._waiting: list[Trace] = []
        self._working: Trace | None = None
        self._done.connect(self._on_done)

    def report(self, trace: Trace) -> EndReport | None:
        """The report on a run that has ended.

        None as long as it is not there; ``judged`` is emitted when it is.
        """
        if trace.ending is None:
            return None
        if trace not in self._known and trace not in (self._working, *self._waiting):
            self._waiting.append(trace)
            self._begin()
        return self._known.get(trace)

    def _begin(self) -> None:
        if self._working is None and self._waiting:
            # The run that was asked for last is the one that is looked at.
            self._working = self._waiting.pop()
            threading.Thread(
                target=self._judge, args=(self._working,), name="gdsim verdict", daemon=True
            ).start()

    def _judge(self, trace: Trace) -> None:
        from gdsim.core.verdict.report import report_end

        answer: object
        try:
            answer = report_end(trace)
        except Exception:  # a bug must be shown to the user
            answer = traceback.format_exc()
        with suppress(RuntimeError):  # the window has been closed in the meantime
            self._done.emit(trace, answer)

    @Slot(object, object)
    def _on_done(self, trace: Trace, answer: EndReport | str) -> None:
        self._working = None
        if isinstance(answer, str):
            self.failed.emit(answer)
            self._known[trace] = None
        else:
            self._known[trace] = answer
        self._begin()
        self.judged.emit()
