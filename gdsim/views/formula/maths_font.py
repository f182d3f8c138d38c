"""The font of numbers beside typeset formulas: the same as in the formulas."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from gdsim.views.theme import Theme

# Used where ziamath's font cannot be loaded: serif fonts of Windows, macOS and Linux.
_FALLBACK = ("STIX Two Text", "Cambria Math", "Times New Roman", "Nimbus Roman", "serif")
# A little larger than the text around it, because its letters are small, and a little smaller than
# the formulas, so that numbers fit beside them.
_SCALE = 1.06


def maths_font(theme: Theme) -> QFont:
    """STIX Two Math, the font of the typeset formulas.

    Its line height is four times the height of its letters, to have room for tall brackets: a
    widget that uses it has to space its lines itself.
    """
    font = QFont()
    font.setFamilies([*_bundled_families(), *_FALLBACK])
    font.setPointSizeF(theme.text_size * _SCALE)
    return font


@cache
def _bundled_families() -> tuple[str, ...]:
    # Located but not imported: importing ziamath takes longer than opening the window.
    spec = importlib.util.find_spec("ziamath")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for file in sorted(Path(folder, "fonts").glob("*.ttf")):
            number = QFontDatabase.addApplicationFont(str(file))
            if number >= 0:
                return tuple(QFontDatabase.applicationFontFamilies(number))
    return ()


def italic(text: str) -> str:
    """A name in italics if it has only one letter, as is usual for variables (𝑥, 𝜃)."""
    return "".join(map(_slanted, text)) if sum(map(str.isalpha, text)) == 1 else text


def _slanted(letter: str) -> str:
    if letter == "h":
        return "ℎ"  # the only letter that is missing in Unicode's italic alphabet
    for first, last, target in (("a", "z", "𝑎"), ("A", "Z", "𝐴"), ("α", "ω", "𝛼")):
        if first <= letter <= last:
            return chr(ord(target) + ord(letter) - ord(first))
    return letter
