"""Without room for temporary files the window does not open, and one line says why."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SCRIPT = """
import resource, sys
from gdsim.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
sys.exit(main([]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on files")
def test_a_full_temporary_folder_is_named(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "QT_QPA_PLATFORM": "offscreen",
            "TMPDIR": str(tmp_path),
            "XDG_CONFIG_HOME": str(tmp_path),
        },
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    last = done.stderr.decode().splitlines()[-1]
    assert last.startswith("gdsim: the folder for temporary files cannot be written: ")
