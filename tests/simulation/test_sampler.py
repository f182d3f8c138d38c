"""The landscape is sampled coarsely first, then finely, and only for the newest request."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot
from runner_driver import has_running_thread

from gdsim.core.landscape.landscape import Curve, Landscape
from gdsim.core.landscape.plane import Plane
from gdsim.core.loss.objectives import objective
from gdsim.simulation import sampler as sampling
from gdsim.simulation.sampler import COARSE, FINE_PLANE, LandscapePart, Sampler

BOWL = LandscapePart(
    objective("x^2 + 2*y^2"), Plane.of_parameters((0.0, 0.0)), ((-2.0, 2.0), (-1.0, 1.0))
)
PARABOLA = LandscapePart(objective("(x - 1)^2"), None, ((-3.0, 3.0),))
SLICE = LandscapePart(
    objective("x^2 + y^2 + z"),
    Plane.of_parameters((1.0, 2.0, 5.0), (0, 2)),
    ((-1, 1), (-1, 1)),
)


@pytest.fixture
def sampler(qtbot: QtBot) -> Iterator[Sampler]:
    sampler = Sampler()
    yield sampler
    sampler.shut_down()
    assert not has_running_thread(sampler)


def pictures(spy: QSignalSpy) -> list[tuple[LandscapePart, object]]:
    return [tuple(spy.at(i)) for i in range(spy.count())]


def test_a_plane_comes_coarse_and_then_fine(qtbot: QtBot, sampler: Sampler) -> None:
    spy = QSignalSpy(sampler.sampled)
    sampler.request(BOWL)
    qtbot.waitUntil(lambda: spy.count() == 2)
    (view, coarse), (same, fine) = pictures(spy)
    assert view == same == BOWL
    assert isinstance(coarse, Landscape)
    assert isinstance(fine, Landscape)
    assert (coarse.z.shape, fine.z.shape) == ((COARSE,) * 2, (FINE_PLANE,) * 2)
    x, y = np.meshgrid(fine.x, fine.y)
    assert np.allclose(fine.z, x**2 + 2 * y**2)
    qtbot.wait(50)
    assert spy.count() == 2


def test_a_view_that_is_there_is_not_sampled_again(qtbot: QtBot, sampler: Sampler) -> None:
    spy = QSignalSpy(sampler.sampled)
    sampler.request(BOWL)
    qtbot.waitUntil(lambda: spy.count() == 2)
    sampler.request(SLICE)
    sampler.request(BOWL)
    assert spy.count() == 3
    assert spy.at(2)[1] is spy.at(1)[1]
    # The request before it is not answered any more.
    sampler.request(PARABOLA)
    qtbot.waitUntil(lambda: sampler.newest is not None and sampler.newest[0] == PARABOLA)
    assert [view for view, _ in pictures(spy)] == [BOWL, BOWL, BOWL, PARABOLA]


def test_where_a_coarse_picture_is_enough_there_is_no_fine_one(
    qtbot: QtBot, sampler: Sampler
) -> None:
    spy = QSignalSpy(sampler.sampled)
    sampler.set_coarse(True)
    sampler.request(BOWL)
    sampler.request(PARABOLA)
    sampler.request(SLICE)
    qtbot.waitUntil(lambda: sampler.newest is not None and sampler.newest[0] == SLICE)
    qtbot.wait(50)
    assert sampler.newest is not None
    assert sampler.is_fine
    shapes = [picture.z.shape for _, picture in pictures(spy) if isinstance(picture, Landscape)]
    assert set(shapes) == {(COARSE, COARSE)}
    sampler.set_coarse(False)
    assert not sampler.is_fine
    qtbot.waitUntil(lambda: sampler.is_fine)
    view, fine = sampler.newest
    assert view == SLICE
    assert isinstance(fine, Landscape)
    assert fine.z.shape == (FINE_PLANE, FINE_PLANE)
    seen = spy.count()
    sampler.set_coarse(False)
    qtbot.wait(50)
    assert spy.count() == seen


def test_a_curve_comes_at_once(qtbot: QtBot, sampler: Sampler) -> None:
    spy = QSignalSpy(sampler.sampled)
    sampler.request(PARABOLA)
    qtbot.waitUntil(lambda: spy.count() == 1)
    ((_, curve),) = pictures(spy)
    assert isinstance(curve, Curve)
    assert np.allclose(curve.y, (curve.x - 1) ** 2)


def test_a_slice_goes_through_the_point(qtbot: QtBot, sampler: Sampler) -> None:
    spy = QSignalSpy(sampler.sampled)
    sampler.request(SLICE)
    qtbot.waitUntil(lambda: spy.count() == 2)
    landscape = pictures(spy)[1][1]
    assert isinstance(landscape, Landscape)
    x, z = np.meshgrid(landscape.x, landscape.y)
    assert np.allclose(landscape.z, x**2 + 4 + z)


def test_requests_that_were_replaced_are_not_sampled(
    qtbot: QtBot, sampler: Sampler, monkeypatch: pytest.MonkeyPatch
) -> None:
    sampled = []
    original, all_asked = sampling.sample_plane, threading.Event()

    def counting(*inputs: object, **options: object) -> Landscape:
        sampled.append((options["x_range"], options["resolution"]))
        assert all_asked.wait(60)
        return original(*inputs, **options)

    monkeypatch.setattr(sampling, "sample_plane", counting)
    views = [
        LandscapePart(BOWL.objective, BOWL.plane, ((-2.0 - n, 2.0), (-1.0, 1.0))) for n in range(40)
    ]
    spy = QSignalSpy(sampler.sampled)
    sampler.request(views[0])
    qtbot.waitUntil(lambda: bool(sampled))
    for view in views[1:]:
        sampler.request(view)
    all_asked.set()
    last = views[-1]
    qtbot.waitUntil(
        lambda: any(view == last and len(p.x) == FINE_PLANE for view, p in pictures(spy))
    )
    assert sampled == [
        (view.ranges[0], resolution)
        for view, resolution in ((views[0], COARSE), (last, COARSE), (last, FINE_PLANE))
    ]


def test_a_bug_is_reported_and_survived(
    qtbot: QtBot, sampler: Sampler, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = QSignalSpy(sampler.failed)
    with monkeypatch.context() as broken:
        broken.setattr(sampling, "sample_curve", lambda *_, **__: 1 / 0)
        sampler.request(PARABOLA)
        qtbot.waitUntil(lambda: failed.count() == 1)
    assert "ZeroDivisionError" in failed.at(0)[0]
    spy = QSignalSpy(sampler.sampled)
    sampler.request(PARABOLA)
    qtbot.waitUntil(lambda: spy.count() == 1)


@pytest.mark.parametrize("view", [BOWL, PARABOLA, SLICE])
def test_shutting_down_in_the_middle_ends_the_thread(qtbot: QtBot, view: LandscapePart) -> None:
    sampler = Sampler()
    for _ in range(5):
        sampler.request(view)
    sampler.shut_down()
    assert not has_running_thread(sampler)
