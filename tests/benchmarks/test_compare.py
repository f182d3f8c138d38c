"""The time until a learning-rate sweep and many random starts are shown.

Budgets: the first picture within 200 ms, a slice of the work within 50 ms.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.explore.rates import RateSweep, rates_around, spread_rates
from gdsim.core.explore.starts import ManyStarts
from gdsim.core.run.choices import choose


class Work(Protocol):
    def stages(self) -> Iterator[tuple[float, Any]]: ...


def sweep(function: str, optimizer: str) -> Work:
    entry = catalogue.function(function)
    low, high, _ = rates_around(catalogue.sensible_eta(optimizer, entry.eta))
    chosen = choose(function, optimizer=optimizer)
    return RateSweep.of(chosen, spread_rates(low, high, 200), tuple(entry.view))


def starts(function: str, optimizer: str) -> Work:
    entry = catalogue.function(function)
    eta = catalogue.sensible_eta(optimizer, entry.eta)
    chosen = choose(function, optimizer=optimizer, eta=eta)
    return ManyStarts.of(chosen, tuple(entry.view), 2000, 1)


@pytest.mark.parametrize("make", [sweep, starts], ids=["200 rates", "2000 starts"])
@pytest.mark.parametrize("function", ["himmelblau", "rosenbrock"])
@pytest.mark.parametrize("optimizer", ["gradient-descent", "adam"])
def test_from_the_request_to_the_end(
    benchmark: BenchmarkFixture,
    capsys: pytest.CaptureFixture[str],
    make: Callable[[str, str], Work],
    function: str,
    optimizer: str,
) -> None:
    firsts: list[float] = []
    slices: list[float] = []

    def whole() -> None:
        begun = last = time.perf_counter()
        seen = False
        for _, picture in make(function, optimizer).stages():
            now = time.perf_counter()
            slices.append(now - last)
            last = now
            if picture is not None and not seen:
                seen = True
                firsts.append(now - begun)

    benchmark.pedantic(whole, rounds=3)
    longest = float(np.max(slices[1:], initial=0.0))
    figures = {
        "first picture, ms": 1e3 * min(firsts),
        "longest slice, ms": 1e3 * longest,
        "whole, ms": 1e3 * benchmark.stats.stats.min,
    }
    benchmark.extra_info.update(figures)
    with capsys.disabled():
        said = ", ".join(f"{name} {value:.0f}" for name, value in figures.items())
        print(f"\n{optimizer} on {function}: {said}", end="")
