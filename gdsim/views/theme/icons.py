"""The icons of the program, tinted in the colours of the theme."""

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
from gdsim.core.problem import Problem

if TYPE_CHECKING:
    from gdsim.views.theme.colours import Theme


def icon(name: str, theme: Theme, color: str | None = None) -> QIcon:
    """The icon of ``resources/icons/NAME.svg``, sharp at any size and pixel density.

    Its colour is ``color``, or the theme's text colour.
    """
    return _icon(name, color or theme.text, theme.text_disabled)


@cache
def tinted_file(name: str, color: str) -> str:
    """The path, with forward slashes, of a copy of the icon in this colour.

    Qt's SVG icons and style sheets can only read files, so the copy is written to a temporary
    folder, which is deleted when the program ends.

    Raises
    ------
    Problem : if the folder for temporary files is full or cannot be written.
    """
    drawing = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
    try:
        copy = _folder() / f"{name}-{color.lstrip('#')}.svg"
        copy.write_text(drawing.replace("currentColor", color), encoding="utf-8")
    except OSError as error:
        raise Problem(
            "the folder for temporary files cannot be written: {reason}; make room there, or name"
            " another one in TMPDIR",
            reason=error.strerror or error,
        ) from error
    return copy.as_posix()


@cache
def _icon(name: str, color: str, disabled: str) -> QIcon:
    # Without a size, the icon is rendered anew for each size and density.
    result = QIcon(tinted_file(name, color))
    result.addFile(tinted_file(name, disabled), QSize(), QIcon.Mode.Disabled)
    return result


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="gdsim-icons-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
