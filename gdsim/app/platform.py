"""Checks whether a window can be opened; without the check Qt would abort the process."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
from pathlib import Path

LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
"""The libraries that Qt loads on X11, each with its Debian and Ubuntu package."""

_ALWAYS = ("libEGL.so.1", "libfontconfig.so.1", "libdbus-1.so.3")
"""The libraries that Qt needs on every Linux platform."""


_SCREENLESS = ("offscreen", "minimal")
"""Qt platforms that need no display and no libraries."""


def missing_for_a_window() -> str | None:
    """A sentence that says what to install or use instead; None if a window can be opened."""
    sentence = _missing_on_linux() if sys.platform.startswith("linux") else None
    return sentence if sentence is not None else _missing_qt()


def _missing_on_linux() -> str | None:
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    on_x11 = chosen.split(":")[0] == "xcb" or (not chosen and not _wayland_answers())
    if on_x11 and not os.environ.get("DISPLAY"):
        return "there is no display to open a window on; `gdsim run` descends without one"
    missing = [
        package
        for library, package in LIBRARIES.items()
        if (on_x11 or library in _ALWAYS) and not _loads(library)
    ]
    if missing:
        return f"Qt needs system libraries; install them: sudo apt-get install {' '.join(missing)}"
    if on_x11 and not _display_answers():
        return (
            f"the display {os.environ['DISPLAY']} does not answer;"
            " `gdsim run` descends without a window"
        )
    if chosen and not on_x11 and chosen not in _SCREENLESS and not _qt_starts():
        return (
            f"Qt cannot open a window on QT_QPA_PLATFORM={chosen};"
            " unset it, or use `gdsim run`, which descends without a window"
        )
    return None


def _wayland_answers() -> bool:
    """Whether a Wayland compositor accepts a connection; if none does, Qt uses X11."""
    name = os.environ.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    place = Path(os.environ.get("XDG_RUNTIME_DIR", "")) / name
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as plug:
        try:
            plug.connect(str(place))
        except OSError:
            return False
    return True


def _qt_starts() -> bool:
    """Whether Qt starts on the platform chosen by the user, tested in a separate process."""
    trial = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
    done = subprocess.run([sys.executable, "-c", trial], capture_output=True, check=False)
    return done.returncode == 0


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _display_answers() -> bool:
    """Whether an X server accepts a connection; if none does, Qt would abort the process."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def _missing_qt() -> str | None:
    try:
        import PySide6.QtWidgets  # noqa: F401
    except ImportError as error:
        return f"Qt cannot be loaded ({error}); `gdsim run` descends without a window"
    return None
