"""LaTeX to drawings, cached; ziamath is loaded at the first formula, not with the window."""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Protocol
from weakref import ref

from PySide6.QtCore import QByteArray, QCoreApplication, QObject, QTimer, Slot
from PySide6.QtSvg import QSvgRenderer
from shiboken6 import isValid

# Formulas are set at this size and scaled when they are painted.
NOMINAL_PIXELS = 20.0
_LONGEST_LATEX = 1500
_CACHED_FORMULAS = 600
_SLICE_SECONDS = 0.008
_MARGIN = 0.5
_VIEW_BOX = re.compile(r'viewBox="[^"]*"')
_SIZE = re.compile(r'(<svg[^>]*?) width="[^"]*" height="[^"]*"')
_PATH = re.compile(r' d="([^"]*)"')
_POINT = re.compile(r"(-?[\d.]+) (-?[\d.]+)")
# The colour that drawings are made in, to be replaced; no formula contains it otherwise.
_INK = "#010203"


@dataclass(frozen=True, slots=True)
class Drawing:
    """One typeset formula, ``NOMINAL_PIXELS`` an em; ``ascent`` is its part above the baseline."""

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
    # The empty group that begins a continued line is there for the room that it makes.
    if not latex.startswith("{}"):
        svg = _trimmed(svg)
    box = QSvgRenderer(QByteArray(svg.encode())).viewBoxF()
    if box.isEmpty():
        return None
    return Drawing(svg, box.width(), box.height(), -box.top())


def _trimmed(svg: str) -> str:
    """The drawing without the room that ziamath leaves before an accent.

    Lines of a rule would otherwise not begin beneath each other.
    """
    box = QSvgRenderer(QByteArray(svg.encode())).viewBoxF()
    paths = " ".join(_PATH.findall(svg))
    left = min((float(x) for x, _ in _POINT.findall(paths)), default=box.left()) - _MARGIN
    if not box.left() < left < box.right():
        return svg
    width = box.right() - left
    view = f'viewBox="{left:.3f} {box.top():.3f} {width:.3f} {box.height():.3f}"'
    size = rf'\1 width="{width:.3f}" height="{box.height():.3f}"'
    return _SIZE.sub(size, _VIEW_BOX.sub(view, svg, count=1), count=1)


class Waiting(Protocol):
    """Something that shows a formula once it has been typeset."""

    def typeset(self) -> None: ...


class Typesetter(QObject):
    """Typesets for those who wait, a few at a time between events, so that nothing stutters."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # In the order of asking, which is from the top of the window down.
        self._waiting: dict[ref[Waiting], None] = {}
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
        self._waiting[ref(label)] = None
        self._timer.start(0)

    @Slot()
    def _work(self) -> None:
        end = time.perf_counter() + _SLICE_SECONDS
        while self._waiting and time.perf_counter() < end:
            label = (reference := next(iter(self._waiting)))()
            del self._waiting[reference]
            if label is not None and isValid(label):
                label.typeset()
        if self._waiting:
            self._timer.start(0)
