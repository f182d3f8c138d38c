"""A runner that is shut down after every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desk import Desk, has_running_thread
from pytestqt.qtbot import QtBot

from gdsim.simulation.runner import Runner


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(Runner(), qtbot)
    yield desk
    desk.runner.shut_down()
    assert not has_running_thread(desk.runner)
