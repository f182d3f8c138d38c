"""The letters that numbers are written in beside a typeset formula: the formula's own."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from gdsim.views.theme import Theme

# Where ziamath's font cannot be had: the serif faces of Windows, macOS and Linux.
_FALLBACK = ("STIX Two Text", "Cambria Math", "Times New Roman", "Nimbus Roman", "serif")
# A little larger than the text around it, as its letters are small; a little smaller than the
# formulas, so that numbers find room beside them.
_SCALE = 1.06


def maths_font(theme: Theme) -> QFont:
    """STIX Two Math, in which the formulas are typeset.

    Its line height is four times its letters' (room for tall brackets): a widget that uses it
    spaces its lines itself.
    """
    font = QFont()
    font.setFamilies([*_bundled_families(), *_FALLBACK])
    font.setPointSizeF(theme.text_size * _SCALE)
    return font


@cache
def _bundled_families() -> tuple[str, ...]:
    # Found, not imported: ziamath takes longer to import than the first window to open.
    spec = importlib.util.find_spec("ziamath")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for file in sorted(Path(folder, "fonts").glob("*.ttf")):
            number = QFontDatabase.addApplicationFont(str(file))
            if number >= 0:
                return tuple(QFontDatabase.applicationFontFamilies(number))
    return ()


def italic(text: str) -> str:
    """Single letters as mathematics writes variables, 𝑥 and 𝜃; longer names stay upright."""
    return "".join(map(_slanted, text)) if sum(map(str.isalpha, text)) == 1 else text


def _slanted(letter: str) -> str:
    if letter == "h":
        return "ℎ"  # the one hole in Unicode's italic alphabet
    for first, last, target in (("a", "z", "𝑎"), ("A", "Z", "𝐴"), ("α", "ω", "𝛼")):
        if first <= letter <= last:
            return chr(ord(target) + ord(letter) - ord(first))
    return letter
