"""A runner that is shut down after every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from runner_driver import RunnerDriver

from gdsim.simulation.runner import Runner


@pytest.fixture
def driver(qtbot: QtBot) -> Iterator[RunnerDriver]:
    runner = Runner()
    yield RunnerDriver(runner, qtbot)
    runner.shut_down()
    assert not runner._thread.isRunning()
