"""LaTeX to a drawing; ziamath is loaded at the first formula, not with the window."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer

# Formulas are set at this size and scaled when they are painted.
NOMINAL_PIXELS = 20.0
# A piece of a formula that is longer has no place to break: it would be wider than any screen.
LONGEST_PIECE = 1500
_MARGIN = 0.5
_VIEW_BOX = re.compile(r'viewBox="([^"]*)"')
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
        """The drawing in this colour, ready to be painted."""
        return QSvgRenderer(QByteArray(self.svg.replace(_INK, color).encode()))


def draw(latex: str) -> Drawing | None:
    """The typeset formula, some 10 to 100 ms of work; None where it cannot be typeset.

    It touches no window, so it may run on any thread, but on one at a time.
    """
    if not latex or len(latex) > LONGEST_PIECE:
        return None
    try:
        import ziamath

        # Qt reads SVG 1.2 Tiny, which has no reusable symbols.
        ziamath.config.svg2 = False
        svg = ziamath.Latex(latex, size=NOMINAL_PIXELS, color=_INK).svg()
        left, top, width, height = _view_box(svg)
    # Whatever goes wrong in there, the formula's plain text is shown instead.
    except Exception:
        return None
    if not (width > 0 and height > 0):
        return None
    # The empty group that begins a continued line is there for the room that it makes.
    if not latex.startswith("{}"):
        svg, width = _trimmed(svg, left, top, width, height)
    return Drawing(svg, width, height, -top)


def _view_box(svg: str) -> tuple[float, float, float, float]:
    found = _VIEW_BOX.search(svg)
    left, top, width, height = map(float, found[1].split()) if found else (0.0, 0.0, 0.0, 0.0)
    return left, top, width, height


def _trimmed(svg: str, left: float, top: float, width: float, height: float) -> tuple[str, float]:
    """The drawing without the room that ziamath leaves before an accent, and its width.

    Lines of a rule would otherwise not begin beneath each other.
    """
    paths = " ".join(_PATH.findall(svg))
    first = min((float(x) for x, _ in _POINT.findall(paths)), default=left) - _MARGIN
    if not left < first < left + width:
        return svg, width
    width -= first - left
    view = f'viewBox="{first:.3f} {top:.3f} {width:.3f} {height:.3f}"'
    size = rf'\1 width="{width:.3f}" height="{height:.3f}"'
    return _SIZE.sub(size, _VIEW_BOX.sub(view, svg, count=1), count=1), width
