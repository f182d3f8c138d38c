"""When the window has drawn what a worker told it, so that the worker can rest until then.

Every call into Qt lets go of Python's lock, and a thread that computes meanwhile takes it: a frame
would take ten times as long.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

LONGEST_WAIT_MS = 200
"""How long a worker leaves the processor to a window that draws, unless it hears of it before."""

_TURNS = 2


class FrameWatch(QObject):
    """Waits on the window's thread until it has drawn.

    A timer fires after what was posted before it: the first time everything is laid out by then,
    the second time it is painted.
    """

    drawn = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turns = 0
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._on_turn)

    def begin(self) -> None:
        """The window was told something."""
        self._turns = _TURNS
        self._timer.start()

    def stop(self) -> None:
        """Nobody waits any more."""
        self._timer.stop()

    @Slot()
    def _on_turn(self) -> None:
        self._turns -= 1
        if self._turns > 0:
            self._timer.start()
        else:
            self.drawn.emit()
