"""Plain text in so many lines and no more, the last of them cut short with …"""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption


def elided_lines(text: str, font: QFont, width: int, most_lines: int) -> list[str]:
    """The lines that are shown of a text in that width, in pixels."""
    # No letter is narrower than a pixel: what is beyond cannot be seen, and would be measured too.
    text = text[: most_lines * max(width, 1) + 1]
    layout = QTextLayout(text, font)
    layout.setTextOption(_ANYWHERE)
    layout.beginLayout()
    starts: list[int] = []
    # One line more than is shown tells whether there is anything to cut.
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
