"""Answers that take long, each found once on a thread of its own and then kept."""

from __future__ import annotations

import threading
import traceback
from contextlib import suppress
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal, Slot

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class Background(QObject, Generic[Question, Answer]):
    """Finds one answer at a time; of the questions that wait, the newest comes next.

    SymPy cannot be interrupted, so the thread is a daemon: closing the window does not wait for it.
    An answer is kept as long as its question exists.
    """

    answered = Signal()
    """Another answer is there."""
    failed = Signal(object)  # a traceback

    _done = Signal(object, object, str)

    most_waiting = 1
    """How many questions may wait; beyond that the oldest is dropped."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: WeakKeyDictionary[Question, Answer] = WeakKeyDictionary()
        self._waiting: list[Question] = []
        self._working: Question | None = None
        self._done.connect(self._on_done)

    def find(self, question: Question) -> Answer:
        """The answer; called on the thread."""
        raise NotImplementedError

    def fallback(self, question: Question) -> Answer:
        """What stands for the answer after a bug in :meth:`find`, which ``failed`` reports."""
        raise NotImplementedError

    def answer(self, question: Question) -> Answer | None:
        """The answer, or None where it is not there yet: ``answered`` is emitted when it is."""
        if question not in self._known and question is not self._working:
            others = [waiting for waiting in self._waiting if waiting is not question]
            self._waiting = [*others, question][-self.most_waiting :]
            self._begin()
        return self._known.get(question)

    def _begin(self) -> None:
        if self._working is None and self._waiting:
            self._working = self._waiting.pop()
            name = f"gdsim {type(self).__name__}"
            threading.Thread(
                target=self._work, args=(self._working,), name=name, daemon=True
            ).start()

    def _work(self, question: Question) -> None:
        found, bug = None, ""
        try:
            found = self.find(question)
        except Exception:  # a bug must be shown to the user
            bug = traceback.format_exc()
        with suppress(RuntimeError):  # the window has been closed in the meantime
            self._done.emit(question, found, bug)

    @Slot(object, object, str)
    def _on_done(self, question: Question, found: Answer, bug: str) -> None:
        self._working = None
        if bug:
            self.failed.emit(bug)
            found = self.fallback(question)
        self._known[question] = found
        self._begin()
        self.answered.emit()
