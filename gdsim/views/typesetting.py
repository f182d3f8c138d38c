"""LaTeX to drawings, cached; ziamath is loaded at the first formula, not with the window."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Protocol
from weakref import WeakSet

from PySide6.QtCore import QByteArray, QCoreApplication, QObject, QRectF, QTimer, Slot
from PySide6.QtSvg import QSvgRenderer

# Formulas are set at this size and scaled when they are painted.
NOMINAL_PIXELS = 20.0
_LONGEST_LATEX = 1500
_CACHED_FORMULAS = 600
_SLICE_SECONDS = 0.008
# The colour that drawings are made in, to be replaced; no formula contains it otherwise.
_INK = "#010203"


@dataclass(frozen=True, slots=True)
class Drawing:
    """One typeset formula at ``NOMINAL_PIXELS`` an em; ``ascent`` is what lies above the baseline."""

    svg: str
    width: float
    height: float
    ascent: float

    def renderer(self, color: str) -> QSvgRenderer:
        return QSvgRenderer(QByteArray(self.svg.replace(_INK, color).encode()))


_drawings: OrderedDict[str, Drawing | None] = OrderedDict()


def is_known(latex: str) -> bool:
    """Whether ``drawing`` would answer at once."""
    return latex in _drawings


def drawing(latex: str) -> Drawing | None:
    """The typeset formula, some 10 ms when it is new; None where it cannot be typeset."""
    if latex not in _drawings:
        _drawings[latex] = _typeset(latex)
        if len(_drawings) > _CACHED_FORMULAS:
            _drawings.popitem(last=False)
    _drawings.move_to_end(latex)
    return _drawings[latex]


def _typeset(latex: str) -> Drawing | None:
    if not latex or len(latex) > _LONGEST_LATEX:
        return None
    try:
        import ziamath

        # Qt reads SVG 1.2 Tiny, which has no reusable symbols.
        ziamath.config.svg2 = False
        svg = ziamath.Latex(latex, size=NOMINAL_PIXELS, color=_INK).svg()
    # Whatever goes wrong in there, the formula's plain text is shown instead.
    except Exception:
        return None
    box = QSvgRenderer(QByteArray(svg.encode())).viewBoxF()
    if box == QRectF() or box.isEmpty():
        return None
    return Drawing(svg, box.width(), box.height(), -box.top())


class Waiting(Protocol):
    """Something that shows a formula once it has been typeset."""

    def typeset(self) -> None: ...


class Typesetter(QObject):
    """Typesets for those who wait, a few at a time between events, so that nothing stutters."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: WeakSet[Waiting] = WeakSet()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._work)

    @classmethod
    def instance(cls) -> Typesetter:
        """The application's one typesetter."""
        application = QCoreApplication.instance()
        assert application is not None
        found = application.findChild(cls)
        return found if found is not None else cls(application)

    def request(self, label: Waiting) -> None:
        self._waiting.add(label)
        self._timer.start(0)

    @Slot()
    def _work(self) -> None:
        end = time.perf_counter() + _SLICE_SECONDS
        while self._waiting and time.perf_counter() < end:
            self._waiting.pop().typeset()
        if self._waiting:
            self._timer.start(0)
