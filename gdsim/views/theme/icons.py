"""The program's own icons: drawn in ``currentColor``, tinted as the theme wants them."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from gdsim import resources

if TYPE_CHECKING:
    from gdsim.views.theme.colours import Theme


def icon(name: str, theme: Theme, color: str | None = None) -> QIcon:
    """The icon drawn in ``resources/icons/NAME.svg``, sharp at any size and screen density.

    ``color`` replaces the theme's text colour, as on a primary button.
    """
    return _icon(name, color or theme.text, theme.text_disabled)


@cache
def tinted_file(name: str, color: str) -> str:
    """The path, with forward slashes, of the icon in that colour.

    Qt's SVG icon engine and its style sheets read files only, so a tinted copy is written for the
    life of the process.
    """
    drawing = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
    copy = _folder() / f"{name}-{color.lstrip('#')}.svg"
    copy.write_text(drawing.replace("currentColor", color), encoding="utf-8")
    return copy.as_posix()


@cache
def _icon(name: str, color: str, disabled: str) -> QIcon:
    # No size: the engine then renders for whatever size and density it is asked.
    result = QIcon(tinted_file(name, color))
    result.addFile(tinted_file(name, disabled), QSize(), QIcon.Mode.Disabled)
    return result


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="gdsim-icons-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
