"""Typesetting LaTeX as an SVG drawing. ziamath is imported at the first formula only."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer

# Formulas are typeset at this size and scaled when they are painted.
NOMINAL_PIXELS = 20.0
# A longer piece of a formula is not typeset: it cannot be broken and is wider than any screen.
LONGEST_PIECE = 1500
_MARGIN = 0.5
_VIEW_BOX = re.compile(r'viewBox="([^"]*)"')
_SIZE = re.compile(r'(<svg[^>]*?) width="[^"]*" height="[^"]*"')
_PATH = re.compile(r' d="([^"]*)"')
_POINT = re.compile(r"(-?[\d.]+) (-?[\d.]+)")
# The colour of the drawings as they are made; ``Drawing.renderer`` replaces it.
_PLACEHOLDER_COLOUR = "#010203"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A typeset formula in which an em is ``NOMINAL_PIXELS``; ``ascent``: above the baseline."""

    svg: str
    width: float
    height: float
    ascent: float

    def renderer(self, color: str) -> QSvgRenderer:
        """A renderer that paints the formula in this colour."""
        return QSvgRenderer(QByteArray(self.svg.replace(_PLACEHOLDER_COLOUR, color).encode()))


def draw(latex: str) -> Drawing | None:
    """Typeset a formula, which takes 10 to 100 ms; None if it cannot be typeset.

    It may run on any thread, because it uses no widgets, but not on two threads at a time.
    """
    if not latex or len(latex) > LONGEST_PIECE:
        return None
    try:
        import ziamath

        # Qt reads SVG 1.2 Tiny, which has no reusable symbols.
        ziamath.config.svg2 = False
        svg = ziamath.Latex(latex, size=NOMINAL_PIXELS, color=_PLACEHOLDER_COLOUR).svg()
        left, top, width, height = _view_box(svg)
    # Whatever error ziamath raises, the plain text of the formula is shown instead.
    except Exception:
        return None
    if not (width > 0 and height > 0):
        return None
    # The empty group at the beginning of a continued line keeps the space before its operator.
    if not latex.startswith("{}"):
        svg, width = _trimmed(svg, left, top, width, height)
    return Drawing(svg, width, height, -top)


def _view_box(svg: str) -> tuple[float, float, float, float]:
    found = _VIEW_BOX.search(svg)
    left, top, width, height = map(float, found[1].split()) if found else (0.0, 0.0, 0.0, 0.0)
    return left, top, width, height


def _trimmed(svg: str, left: float, top: float, width: float, height: float) -> tuple[str, float]:
    """The drawing without the space that ziamath leaves before an accent, and its width.

    With that space, the lines of a rule would not be aligned.
    """
    paths = " ".join(_PATH.findall(svg))
    first = min((float(x) for x, _ in _POINT.findall(paths)), default=left) - _MARGIN
    if not left < first < left + width:
        return svg, width
    width -= first - left
    view = f'viewBox="{first:.3f} {top:.3f} {width:.3f} {height:.3f}"'
    size = rf'\1 width="{width:.3f}" height="{height:.3f}"'
    return _SIZE.sub(size, _VIEW_BOX.sub(view, svg, count=1), count=1), width
