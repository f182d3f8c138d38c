"""Fixtures for real windows: a screen for the session, a program for each test.

def test_step(gdsim: Program) -> None:
    gdsim.press("Right")
    assert "t = 1" in gdsim.step()
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desktop import Program, Screen

NEEDED = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "import": "imagemagick",
    "xdpyinfo": "x11-utils",
}
LIBRARIES = "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libegl1 libopengl0 libgl1-mesa-dri"


def _refuse_or_skip(reason: str) -> None:
    """A real-window test that cannot run fails in CI, and is reported as skipped elsewhere."""
    if os.environ.get("CI", "").lower() in ("true", "1"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    missing = sorted({package for name, package in NEEDED.items() if not shutil.which(name)})
    if missing:
        command = "apt-get install -y --no-install-recommends"
        _refuse_or_skip(f"real-window tests need: {command} {' '.join(missing)} {LIBRARIES}")
    running = Screen()
    yield running
    running.close()


@pytest.fixture
def launch(screen: Screen, tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """Start gdsim, also more than once; settings are kept between the starts of one test."""
    started: list[Program] = []

    def start(*arguments: str) -> Program:
        started.append(Program(screen, tmp_path, *arguments))
        return started[-1]

    yield start
    for program in started:
        program.stop()


@pytest.fixture
def gdsim(launch: Callable[..., Program]) -> Program:
    """A freshly opened window."""
    return launch()
