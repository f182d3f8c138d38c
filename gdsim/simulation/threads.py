"""Ending a thread the only safe way: ask, quit, wait."""

from __future__ import annotations

from PySide6.QtCore import QThread

SHUTDOWN_TIMEOUT_MS = 10_000


def end_thread(thread: QThread) -> None:
    """Let the thread's event loop finish what it has and wait for it; never terminate it."""
    thread.quit()
    thread.wait(SHUTDOWN_TIMEOUT_MS)
