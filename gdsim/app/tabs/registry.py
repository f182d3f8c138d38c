"""The list of tabs."""

from __future__ import annotations

from typing import Any

from gdsim.app.tab_presenter import TabPresenter
from gdsim.app.tabs.futures.futures_presenter import FuturesPresenter
from gdsim.app.tabs.how_far.how_far_presenter import HowFarPresenter
from gdsim.app.tabs.race.race_presenter import RacePresenter
from gdsim.app.tabs.rates.rates_presenter import RatesPresenter
from gdsim.app.tabs.starts.starts_presenter import StartsPresenter
from gdsim.app.tabs.step.step_presenter import StepPresenter
from gdsim.app.tabs.steps.steps_presenter import StepsPresenter
from gdsim.app.tabs.stopping.stopping_presenter import StoppingPresenter
from gdsim.app.tabs.taylor.taylor_presenter import TaylorPresenter

TABS: list[type[TabPresenter[Any]]] = [
    StepPresenter,
    TaylorPresenter,
    HowFarPresenter,
    StoppingPresenter,
    StepsPresenter,
    FuturesPresenter,
    RacePresenter,
    RatesPresenter,
    StartsPresenter,
]
"""Every tab of the window, in the order in which the tabs of a group stand beside each other.

A program that brings a tab of its own appends its class before a window opens.
"""
