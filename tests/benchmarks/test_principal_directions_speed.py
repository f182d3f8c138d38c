"""The time of the principal directions of a path per frame, for paths of any length."""

from __future__ import annotations

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from gdsim.core.landscape.principal_directions import PathStatistics
from gdsim.core.run.trace import row_width

ROWS = 8_192


@pytest.mark.parametrize("dimension", [3, 13, 64])
def test_reading_rows(benchmark: BenchmarkFixture, dimension: int) -> None:
    table = np.random.default_rng(2).normal(size=(ROWS, row_width(dimension, 0)))
    statistics = PathStatistics(dimension)
    benchmark(statistics.add, table[:, :dimension])
    benchmark.extra_info["million rows, s"] = round(benchmark.stats.stats.min * 1e6 / ROWS, 2)


@pytest.mark.parametrize("dimension", [3, 13, 64])
def test_fitting_directions(benchmark: BenchmarkFixture, dimension: int) -> None:
    statistics = PathStatistics(dimension)
    statistics.add(np.random.default_rng(2).normal(size=(ROWS, dimension)).cumsum(axis=0))
    assert benchmark(statistics.principal) is not None
