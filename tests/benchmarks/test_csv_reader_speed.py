"""Rows of a CSV file read in a second, and the duration of one slice of the reading."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from gdsim.core.data.csv_preview import preview_csv
from gdsim.core.data.csv_reader import CsvReading, read_csv

ROWS = 200_000


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("tables") / "measured.csv"
    numbers = np.random.default_rng(5).normal(size=(ROWS, 3))
    np.savetxt(place, numbers, fmt="%.6f", delimiter=",", header="x1,x2,y", comments="")
    return place


@pytest.fixture(scope="module")
def german(file: Path) -> Path:
    place = file.with_name("gemessen.csv")
    place.write_text(file.read_text().replace(",", ";").replace(".", ","), encoding="cp1252")
    return place


@pytest.mark.parametrize("kind", ["file", "german"])
def test_reading(benchmark: BenchmarkFixture, request: pytest.FixtureRequest, kind: str) -> None:
    place = request.getfixturevalue(kind)
    table = benchmark.pedantic(read_csv, args=(place,), rounds=3)
    assert table.rows == ROWS
    benchmark.extra_info["rows a second"] = round(ROWS / benchmark.stats.stats.min)


def test_it_takes_at_most_four_times_as_long_as_a_reader_in_c(file: Path) -> None:
    """The other reader handles no titles, gaps or dialects, and cannot be interrupted."""

    def by_numpy() -> None:
        np.loadtxt(file, delimiter=",", skiprows=1)

    ours = best(lambda: read_csv(file))
    assert ours <= 4 * best(by_numpy)


def test_a_slice_is_short(benchmark: BenchmarkFixture, file: Path) -> None:
    stages = CsvReading(preview_csv(file), (0, 1, 2)).stages()
    benchmark.pedantic(next, args=(stages,), rounds=30)


def best(action: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        action()
        times.append(time.perf_counter() - begin)
    return min(times)
