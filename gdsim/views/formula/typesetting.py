"""Formulas are typeset on a thread of their own, so that the window never waits for one."""

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


def is_known(latex: str) -> bool:
    """Whether it has been settled how this formula is drawn."""
    return latex in _drawings


def drawing(latex: str) -> Drawing | None:
    """The typeset formula; None where it cannot be typeset, or has not been yet."""
    if latex not in _drawings:
        return None
    _drawings.move_to_end(latex)
    return _drawings[latex]


class Waiting(Protocol):
    """Something that shows a formula once it has been typeset."""

    def missing(self) -> str | None:
        """The next piece of it that is still to be drawn; None: nothing more is wanted."""

    def typeset(self) -> None:
        """All pieces are there."""


class Typesetter(QObject):
    """Typesets for those who wait, one piece at a time, in the order of asking.

    What to draw next is asked for only when it is begun: a formula that was replaced or hidden
    meanwhile costs nothing. ziamath cannot be interrupted, so each piece has a short-lived thread,
    and a piece's length is limited.
    """

    _drawn = Signal(object, object)  # LaTeX, Drawing or None

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # In the order of asking, which is from the top of the window down.
        self._waiting: dict[ref[Waiting], None] = {}
        self._thread: threading.Thread | None = None
        self._drawn.connect(self._on_drawn)
        # A wish comes from the middle of painting: it is looked at once that is done.
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._go_on)
        self._resting = QTimer(self, singleShot=True)
        self._resting.timeout.connect(self._go_on)

    @classmethod
    def instance(cls) -> Typesetter:
        """The application's one typesetter."""
        application = QCoreApplication.instance()
        assert application is not None
        found = application.findChild(cls)
        return found if found is not None else cls(application)

    def request(self, label: Waiting) -> None:
        """Have the pieces typeset that the label misses; it is told of each."""
        self._waiting[ref(label)] = None
        self._next.start()

    def rest(self, milliseconds: int) -> None:
        """Begin no piece for so long: something else is to be seen first. 0: go on."""
        self._resting.start(milliseconds)

    def finish(self) -> None:
        """Forget every wish, and wait for the piece that is being drawn."""
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
