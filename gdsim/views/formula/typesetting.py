"""Typesetting formulas on a thread of its own, so that the window never waits for it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from contextlib import suppress
from typing import Protocol
from weakref import ref

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from gdsim.views.formula.latex_drawing import Drawing, draw

_CACHED = 1000
_PATIENCE_SECONDS = 5.0

_drawings: OrderedDict[str, Drawing | None] = OrderedDict()


def is_processed(latex: str) -> bool:
    """Whether typesetting this formula has been tried, with or without success."""
    return latex in _drawings


def drawing(latex: str) -> Drawing | None:
    """The typeset formula; None if it cannot be typeset or has not been typeset yet."""
    if latex not in _drawings:
        return None
    _drawings.move_to_end(latex)
    return _drawings[latex]


class WaitingLabel(Protocol):
    """A widget that waits for its formula to be typeset."""

    def missing(self) -> str | None:
        """The next piece to typeset; None if no more are needed."""

    def typeset(self) -> None:
        """Called when all pieces have been typeset."""


class Typesetter(QObject):
    """Typesets the formulas of waiting labels, one piece at a time, in the order of requests.

    A label is asked for its next piece only when it is its turn, so a formula that was replaced or
    hidden in the meantime costs nothing. ziamath cannot be interrupted, so each piece has a
    short-lived thread and a limited length.
    """

    _drawn = Signal(object, object)  # LaTeX, Drawing or None

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # In the order of the requests, which is from the top of the window down.
        self._waiting: dict[ref[WaitingLabel], None] = {}
        self._thread: threading.Thread | None = None
        self._drawn.connect(self._on_drawn)
        # Requests come while widgets are being painted, so work begins in the next event.
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._go_on)
        self._resting = QTimer(self, singleShot=True)
        self._resting.timeout.connect(self._go_on)

    @classmethod
    def instance(cls) -> Typesetter:
        """The only typesetter of the application."""
        application = QCoreApplication.instance()
        assert application is not None
        found = application.findChild(cls)
        return found if found is not None else cls(application)

    def request(self, label: WaitingLabel) -> None:
        """Typeset the pieces that the label misses, then call its ``typeset``."""
        self._waiting[ref(label)] = None
        self._next.start()

    def pause(self, milliseconds: int) -> None:
        """Begin no piece for this time, because something else has to be shown first; 0: go on."""
        self._resting.start(milliseconds)

    def finish(self) -> None:
        """Discard all requests, and wait until the current piece is done."""
        self._waiting.clear()
        if self._thread is not None:
            self._thread.join(_PATIENCE_SECONDS)

    @Slot()
    def _go_on(self) -> None:
        while self._thread is None and self._waiting and not self._resting.isActive():
            reference = next(iter(self._waiting))
            label = reference()
            alive = label is not None and isValid(label)
            piece = label.missing() if label is not None and alive else None
            if piece is not None:
                self._begin(piece)
                return
            del self._waiting[reference]
            if label is not None and alive:
                label.typeset()

    def _begin(self, latex: str) -> None:
        self._thread = threading.Thread(
            target=self._draw, args=(latex,), name="gdsim typesetting", daemon=True
        )
        self._thread.start()

    def _draw(self, latex: str) -> None:
        drawn = draw(latex)
        with suppress(RuntimeError):  # the application has ended meanwhile
            self._drawn.emit(latex, drawn)

    @Slot(object, object)
    def _on_drawn(self, latex: str, drawn: Drawing | None) -> None:
        self._thread = None
        _drawings[latex] = drawn
        if len(_drawings) > _CACHED:
            _drawings.popitem(last=False)
        self._go_on()
