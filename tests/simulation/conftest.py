"""A runner that is shut down after every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from runner_driver import RunnerDriver, has_running_thread

from gdsim.simulation.runner import Runner


@pytest.fixture
def driver(qtbot: QtBot) -> Iterator[RunnerDriver]:
    driver = RunnerDriver(Runner(), qtbot)
    yield driver
    driver.runner.shut_down()
    assert not has_running_thread(driver.runner)
