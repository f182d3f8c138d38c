"""How a thread is ended safely: ask it to quit, then wait."""

from __future__ import annotations

from PySide6.QtCore import QThread

SHUTDOWN_TIMEOUT_MS = 10_000


def end_thread(thread: QThread) -> None:
    """Ask the thread's event loop to quit and wait until it has; the thread is never terminated."""
    thread.quit()
    thread.wait(SHUTDOWN_TIMEOUT_MS)
