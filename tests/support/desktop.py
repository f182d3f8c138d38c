"""A virtual screen with a window manager and simulated input, for tests in real windows."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage

SIZE = (1440, 900)
PATIENCE = 60.0


def wait_until(condition: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Wait until a condition is true; after `patience` seconds fail with its description."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"waited {patience:g} s in vain: {what}")
        time.sleep(0.05)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Screen:
    """A virtual screen with a window manager, simulated input, and screenshots."""

    def __init__(self) -> None:
        reader, writer = os.pipe()
        # The server chooses a free display number and writes it when it is ready.
        self._server = subprocess.Popen(
            [
                *("Xvfb", "-displayfd", str(writer), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24"),
                *("+extension", "GLX", "-nolisten", "tcp", "-noreset"),
            ],
            pass_fds=[writer],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writer)
        with os.fdopen(reader) as answer:
            number = answer.readline().strip()
        if not number:
            _stop(self._server)
            pytest.fail("Xvfb did not start")
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("WAYLAND")},
            "DISPLAY": f":{number}",
            "QT_QPA_PLATFORM": "xcb",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "LC_ALL": "C.UTF-8",
        }
        self._manager = subprocess.Popen(
            ["openbox"],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(self._is_managed, "openbox to take over the screen")
        self._copier = subprocess.Popen(
            [sys.executable, "-c", _COPY],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def _is_managed(self) -> bool:
        return "window id #" in self.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK")

    def close(self) -> None:
        self._copier.communicate()
        _stop(self._manager)
        _stop(self._server)

    def run(self, *words: str | int, patience: float = PATIENCE) -> str:
        """The output of a program that runs on this screen."""
        done = subprocess.run(
            [str(word) for word in words],
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            timeout=patience,
        )
        return done.stdout

    def press(self, *keys: str) -> None:
        """Press keys in turn, by their X names: ``press("Right", "ctrl+c")``."""
        for key in keys:
            self.run("xdotool", "key", "--clearmodifiers", key)

    def type(self, text: str) -> None:
        self.run("xdotool", "type", "--delay", 20, "--", text)

    def click(self, x: int, y: int) -> None:
        self.run("xdotool", "mousemove", x, y, "click", 1)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Drag the mouse from one point to another, in ten small moves."""
        self.run("xdotool", "mousemove", *start, "mousedown", 1)
        for part in range(1, 11):
            x, y = (a + (b - a) * part // 10 for a, b in zip(start, end, strict=True))
            self.run("xdotool", "mousemove", x, y)
            time.sleep(0.02)
        self.run("xdotool", "mouseup", 1)

    def photograph(self, file: Path) -> Path:
        """A picture of the whole screen, as PNG."""
        self.run("import", "-window", "root", str(file))
        return file

    def copied(self, keys: str, patience: float = 5.0) -> str:
        """The text that these keys copy to the clipboard, read by another program."""
        assert self._copier.stdin
        assert self._copier.stdout
        print(keys, patience, file=self._copier.stdin, flush=True)
        text: str = json.loads(self._copier.stdout.readline())
        return text


def pixels(picture: Path) -> NDArray[np.uint32]:
    """The pixels of a picture as 0xRRGGBB, by row and column."""
    image = QImage(str(picture)).convertToFormat(QImage.Format.Format_RGB32)
    assert not image.isNull(), picture
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1) & 0xFFFFFF


def largest_spot(picture: Path, color: str) -> tuple[int, int]:
    """The position of a disc of a colour: the point with most pixels of it within 6 pixels."""
    found = pixels(picture) == int(color.lstrip("#"), 16)
    sums = np.pad(found.astype(np.int32), 7).cumsum(0).cumsum(1)
    near = sums[13:, 13:] - sums[:-13, 13:] - sums[13:, :-13] + sums[:-13, :-13]
    y, x = np.unravel_index(near.argmax(), near.shape)
    if near[y, x] == 0:
        pytest.fail(f"nothing on the screen has the colour {color}: {picture}")
    return int(x), int(y)


# It owns the clipboard until another program does: so it reads what these keys copied, and
# not an older text.
_COPY = """
import json, subprocess, sys, time
from PySide6.QtGui import QGuiApplication
application = QGuiApplication([])
clipboard = application.clipboard()
for line in sys.stdin:
    keys, patience = line.split()
    clipboard.setText("")
    subprocess.run(["xdotool", "key", "--clearmodifiers", keys])
    end = time.monotonic() + float(patience)
    while clipboard.ownsClipboard() and time.monotonic() < end:
        application.processEvents()
        time.sleep(0.002)
    print(json.dumps(clipboard.text()), flush=True)
"""


class Program:
    """gdsim, running in its own window with its own, empty settings."""

    def __init__(self, screen: Screen, home: Path, *arguments: str) -> None:
        self.screen = screen
        self.home = home
        runtime = home / "runtime"
        runtime.mkdir(mode=0o700, exist_ok=True)
        self._messages = (home / "messages.txt").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "gdsim", *arguments],
            env={
                **screen.environment,
                "HOME": str(home),
                "XDG_CONFIG_HOME": str(home / "config"),
                "XDG_DATA_HOME": str(home / "share"),
                "XDG_CACHE_HOME": str(home / "cache"),
                "XDG_RUNTIME_DIR": str(runtime),
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                "PYTHONFAULTHANDLER": "1",
            },
            cwd=home,
            stdout=self._messages,
            stderr=subprocess.STDOUT,
        )
        wait_until(self._has_window, f"a window to open\n{self.messages()}")
        wait_until(self._answers, "the first step to be shown")

    def window(self) -> str:
        """The X window's number; empty while there is none."""
        return next(iter(self._windows("--name", "gdsim")), "")

    def _windows(self, *which: str) -> list[str]:
        words = ("xdotool", "search", "--onlyvisible", "--pid", self._process.pid, *which)
        return self.screen.run(*words).split()

    def _has_window(self) -> bool:
        if self._process.poll() is not None:
            pytest.fail(f"gdsim ended with {self._process.returncode}:\n{self.messages()}")
        return bool(self.window())

    def _answers(self) -> bool:
        # Keys that are pressed too early, or while the window has no focus, have no effect.
        self.screen.run("xdotool", "windowfocus", self.window())
        return bool(self.screen.copied("ctrl+shift+c", 0.5))

    # Actions of a user

    def press(self, *keys: str) -> None:
        self.screen.press(*keys)

    def type(self, text: str) -> None:
        self.screen.type(text)

    def click(self, place: tuple[int, int]) -> None:
        """Click at a place in the window, counted from its upper left corner."""
        move = ("xdotool", "mousemove", "--window", self.window(), *place)
        self.screen.run(*move, "click", 1)

    def choose_function(self, place: tuple[int, int], beginning: str) -> None:
        """Click on the list at this point, and choose an item by its first letters."""
        self.click(place)
        wait_until(lambda: len(self._windows()) > 1, "the list to open")
        self.type(beginning)
        self.press("Return")

    def interrupt(self) -> int:
        """Press Ctrl+C in the terminal from which it was started; returns the exit status."""
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(PATIENCE)

    def close_window(self) -> int:
        """Close the window as its ✕ does; returns the exit status."""
        self.press("alt+F4")
        return self._process.wait(PATIENCE)

    # What a user sees

    def is_running(self) -> bool:
        return self._process.poll() is None

    def title(self) -> str:
        return self.screen.run("xdotool", "getwindowname", self.window()).strip()

    def size(self) -> tuple[int, int]:
        """Width and height of the window without its frame."""
        told = self.screen.run("xdotool", "getwindowgeometry", self.window())
        found = re.search(r"Geometry: (\d+)x(\d+)", told)
        return (int(found[1]), int(found[2])) if found else (0, 0)

    def step(self) -> str:
        """The card "This step" as text: title, lines, numbers, verdict.

        A program that answers has heard of all that was pressed and clicked before.
        """
        told = ""

        def has_answered() -> bool:
            nonlocal told
            told = self.screen.copied("ctrl+shift+c")
            return bool(told)

        wait_until(has_answered, "the step to be copied")
        return told

    def row(self) -> int:
        """The t of the step that is shown."""
        found = re.search(r"t = (\d+)", self.step())
        assert found
        return int(found[1])

    def numbers(self) -> list[str]:
        """The results on the last line of the rule: the parameters after this step."""
        results = re.findall(r"[=≈] (\S+)$", self.step(), re.MULTILINE)
        return [result.replace("−", "-") for result in results]

    def find(self, color: str) -> tuple[int, int]:
        """The centre of the largest area of a colour (#rrggbb) on the screen."""
        return largest_spot(self.still_picture(), color)

    def photograph(self, name: str) -> Path:
        return self.screen.photograph(self.home / f"{name}.png")

    def still_picture(self) -> Path:
        """A screenshot, taken when nothing on the screen changes any more."""
        picture = self.home / "still.bmp"  # written in half the time of a PNG
        seen: list[bytes] = []

        def stands_still() -> bool:
            time.sleep(0.1)
            seen.append(pixels(self.screen.photograph(picture)).tobytes())
            return len(seen) > 2 and len(set(seen[-3:])) == 1

        wait_until(stands_still, "the screen to stand still")
        return picture

    def messages(self) -> str:
        """All its output; a program that works prints nothing."""
        self._messages.flush()
        return (self.home / "messages.txt").read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        _stop(self._process)
        self._messages.close()
