"""A runner that is shut down after every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desk import Desk
from pytestqt.qtbot import QtBot

from gdsim.simulation.runner import Runner


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    runner = Runner()
    yield Desk(runner, qtbot)
    runner.shut_down()
    assert not runner._thread.isRunning()
