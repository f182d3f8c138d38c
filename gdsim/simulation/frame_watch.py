"""Tells a worker when the window has finished drawing, so that the worker can wait until then.

Every call into Qt releases Python's global lock, and a thread that computes at the same time takes
it. Without the wait, drawing one frame takes ten times as long.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

LONGEST_WAIT_MS = 200
"""The longest time that a worker waits for the window to draw before it computes on."""

_TURNS = 2  # of the event loop, after which the window is painted


class FrameWatch(QObject):
    """Lives on the window's thread and reports when the window has drawn.

    A timer of 0 ms fires after all events that were posted before it. When it fires for the first
    time the widgets are laid out, when it fires for the second time they are painted.
    """

    drawn = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turns = 0
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._on_turn)

    def begin(self) -> None:
        """Watch for the end of the drawing that has just been caused."""
        self._turns = _TURNS
        self._timer.start()

    def stop(self) -> None:
        """Stop watching."""
        self._timer.stop()

    @Slot()
    def _on_turn(self) -> None:
        self._turns -= 1
        if self._turns > 0:
            self._timer.start()
        else:
            self.drawn.emit()
