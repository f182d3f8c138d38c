"""Plain text broken into a limited number of lines, the last of which may end with “…”."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption


def elided_lines(text: str, font: QFont, width: int, most_lines: int) -> list[str]:
    """Break a text into at most ``most_lines`` lines of ``width`` pixels; the rest becomes “…”."""
    # No letter is narrower than a pixel, so letters beyond this one cannot be visible. Cutting them
    # off saves measuring them.
    text = text[: most_lines * max(width, 1) + 1]
    layout = QTextLayout(text, font)
    layout.setTextOption(_ANYWHERE)
    layout.beginLayout()
    starts: list[int] = []
    # One line more than is shown tells whether anything has to be cut.
    while len(starts) <= most_lines and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    if len(starts) <= most_lines:
        ends = [*starts[1:], len(text)]
        return [text[start:end].rstrip() for start, end in zip(starts, ends, strict=True)]
    shown = [text[start:end].rstrip() for start, end in pairwise(starts[:most_lines])]
    rest = text[starts[most_lines - 1] : starts[most_lines] + 1]
    cut = QFontMetrics(font).elidedText(rest + "…", Qt.TextElideMode.ElideRight, width)
    return [*shown, cut]


_ANYWHERE = QTextOption()
_ANYWHERE.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
