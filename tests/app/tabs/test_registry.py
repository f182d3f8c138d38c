"""A tab is a class and one line in a list: the window does everything else for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

import pytest
from PySide6.QtWidgets import QLabel
from teacher import Teacher

from gdsim.app.moment import Moment
from gdsim.app.tab_presenter import TabPresenter
from gdsim.app.tabs import registry
from gdsim.views.tabs.rates.rates_view import RatesView
from gdsim.views.tabs.steps.step_table import StepTable
from gdsim.views.tabs.taylor.taylor_view import TaylorView
from gdsim.views.theme import Theme
from gdsim.views.window.tab_panel import GROUPS


class MemoryView(QLabel):
    """What a view needs at least: a title, and a look."""

    theme: Theme | None = None

    def tab_title(self) -> str:
        return "Memory"

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme


class MemoryTab(TabPresenter[MemoryView]):
    """The least that a tab can do: write what the optimizer remembers."""

    key: ClassVar = "example"
    group: ClassVar = "step"
    has_ended = False
    languages: ClassVar[list[str]] = []

    @classmethod
    def make_view(cls) -> MemoryView:
        return MemoryView()

    def draw(self, moment: Moment) -> None:
        remembered = {name: vector.tolist() for name, vector in moment.step.state.items()}
        self.view.setText(f"t = {moment.step.index}: {remembered}")

    def clear(self) -> None:
        self.view.setText("")

    def retranslate(self) -> None:
        self.languages.append(self.workplace.translation.language)

    def shut_down(self) -> None:
        self.has_ended = True


@pytest.fixture
def with_memory() -> Iterator[None]:
    """The tab is in the list before a window opens."""
    registry.TABS.append(MemoryTab)
    MemoryTab.languages.clear()
    yield
    registry.TABS.remove(MemoryTab)


@pytest.fixture
def memory(with_memory: None, open_window: Callable[[], Teacher]) -> Teacher:
    """Somebody with the tab in front, on a descent with momentum."""
    teacher = open_window()
    teacher.choose_optimizer("Momentum")
    teacher.window.tabs.show_tab("example")
    teacher.look()
    return teacher


def text(teacher: Teacher) -> str:
    return teacher.view(MemoryView).text()


def test_it_is_shown(memory: Teacher) -> None:
    view = memory.view(MemoryView)
    assert view.isVisible()
    assert memory.window.tabs.titles() == ["This step", "Taylor", "How far", "Memory"]
    assert view.theme is not None


def test_it_is_drawn_while_it_is_in_front(memory: Teacher) -> None:
    assert text(memory).startswith("t = 0: {")
    memory.press("Right")
    memory.wait_until(lambda: text(memory).startswith("t = 1: {"))
    memory.window.tabs.show_tab("step")
    memory.press("Right")
    memory.wait_for_row(2)
    assert text(memory) == ""


def test_it_is_retranslated(memory: Teacher) -> None:
    memory.window.languages["zh"].trigger()
    memory.look()
    assert MemoryTab.languages == ["zh"]
    assert text(memory).startswith("t = 0: {")


def test_it_is_empty_while_a_prediction_is_open(memory: Teacher) -> None:
    memory.press("P")
    memory.wait_until(lambda: text(memory) == "")
    memory.press("Right")
    memory.look()
    assert text(memory) == ""
    memory.press("P")
    memory.wait_until(lambda: text(memory).startswith("t = 0"))


def test_it_is_cleared_with_the_function(memory: Teacher, monkeypatch: pytest.MonkeyPatch) -> None:
    cleared: list[str] = []
    monkeypatch.setattr(MemoryTab, "clear", lambda tab: cleared.append(tab.key))
    memory.choose_function("Booth")
    assert cleared == ["example"]


def test_it_is_shut_down(memory: Teacher) -> None:
    tab = memory.session.controller.tab(MemoryTab)
    assert not tab.has_ended
    memory.window.close()
    assert tab.has_ended


# Every tab


@pytest.mark.parametrize("tab", registry.TABS, ids=lambda tab: tab.key)
def test_every_tab_has_a_group(tab: type[TabPresenter[Any]]) -> None:
    assert tab.group in GROUPS


def test_keys_are_unique() -> None:
    keys = [tab.key for tab in registry.TABS]
    assert len(set(keys)) == len(keys) >= 9


CHOICES: Mapping[str, Mapping[str, Any]] = {
    "taylor": {"order": 7, "radius": 0.25, "beta": 90.0},
    "stopping": {"plotted": "gradient", "while": "step"},
    "steps": {"hidden columns": ["loss"], "hidden quantities": []},
    "rates": {"range": [0.001, 0.01, 20]},
    "starts": {"count": 50, "seed": 3},
}
"""For each tab that remembers what the user chose: what may stand in a file."""


def test_every_tab_takes_up_what_it_gave_to_a_file(open_window: Callable[[], Teacher]) -> None:
    controller = open_window().session.controller
    for kind in registry.TABS:
        tab = controller.tab(kind)
        before = tab.state()
        assert bool(before) <= (kind.key in CHOICES)
        tab.restore(CHOICES.get(kind.key, {}))
        after = tab.state()
        assert after == {**before, **CHOICES.get(kind.key, {})}
        tab.restore(json.loads(json.dumps(after)))
        assert tab.state() == after


def test_what_is_taken_up_is_shown(teacher: Teacher) -> None:
    for kind in registry.TABS:
        teacher.session.controller.tab(kind).restore(CHOICES.get(kind.key, {}))
    for key in CHOICES:
        teacher.window.tabs.show_tab(key)
        teacher.settle()
    states = {kind.key: teacher.session.controller.tab(kind).state() for kind in registry.TABS}
    assert {key: states[key] for key in CHOICES} == CHOICES
    dial, steps = teacher.view(TaylorView).dial, teacher.view(StepTable)
    assert (dial.radius.line.text(), dial.beta.line.text()) == ("0.25", "90")
    teacher.window.tabs.show_tab("steps")
    teacher.look()
    hidden = [column.key for column in steps.model.columns if steps.grid.is_hidden(column)]
    assert hidden == ["loss"]
    assert teacher.view(RatesView).count.line.text() == "20"
