"""The window ends on a signal as it does when it is closed: settings saved, exit status 0."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SCRIPT = """
import os, signal, sys, threading, time
from gdsim.app.application import open_window

number = getattr(signal, sys.argv[1])
usual = signal.getsignal(number)

def send():
    while signal.getsignal(number) is usual:
        time.sleep(0.005)  # until the window listens
    time.sleep(float(sys.argv[2]))  # before, while or after the window opens
    os.kill(os.getpid(), number)

threading.Thread(target=send, daemon=True).start()
sys.exit(open_window())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize(
    ("name", "seconds"), [("SIGINT", 0.0), ("SIGTERM", 0.0), ("SIGTERM", 1.5), ("SIGHUP", 0.5)]
)
def test_a_signal_closes_the_window(tmp_path: Path, name: str, seconds: float) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, name, str(seconds)],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_CONFIG_HOME": str(tmp_path),
        },
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert [file for file in tmp_path.rglob("*") if file.is_file() and file.stat().st_size]
