"""Many steps are written on a thread of their own, all of them or none."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gdsim.core.run.descend import descend
from gdsim.core.run.trace import Trace
from gdsim.simulation.step_export import StepExport

MOST_MS = 60_000


@pytest.fixture(scope="module")
def long() -> Trace:
    return descend("rosenbrock", optimizer="adam", stop="none", max_steps=60_000)


def test_every_row_is_written(qtbot: QtBot, long: Trace, tmp_path: Path) -> None:
    export = StepExport(long, str(tmp_path / "steps.csv"))
    export.start()
    assert export.wait(MOST_MS)
    assert export.failure is None
    assert (tmp_path / "steps.csv").read_bytes().count(b"\n") == len(long) + 1


def test_a_cancelled_export_leaves_the_old_file_whole(
    qtbot: QtBot, long: Trace, tmp_path: Path
) -> None:
    file = tmp_path / "steps.csv"
    file.write_text("old")
    export = StepExport(long, str(file))
    direct = Qt.ConnectionType.DirectConnection
    export.progressed.connect(export.requestInterruption, direct)
    export.start()
    assert export.wait(MOST_MS)
    assert export.failure is None
    assert file.read_text() == "old"
    assert os.listdir(tmp_path) == ["steps.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on files")
def test_a_disk_that_becomes_full_leaves_the_old_file_whole(
    qtbot: QtBot, long: Trace, tmp_path: Path
) -> None:
    import resource

    file = tmp_path / "steps.csv"
    file.write_text("old")
    export = StepExport(long, str(file))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    try:
        export.start()
        assert export.wait(MOST_MS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert isinstance(export.failure, OSError)
    assert export.failure.filename == str(file)
    assert file.read_text() == "old"
    assert os.listdir(tmp_path) == ["steps.csv"]
