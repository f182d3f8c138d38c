"""Random points of the catalogue's functions, and local models at given ones."""

from __future__ import annotations

from functools import cache

import numpy as np

from gdsim.core.arrays import Floats
from gdsim.core.catalogue import entries as catalogue
from gdsim.core.loss.objective import Objective
from gdsim.core.taylor.local_model import LocalModel, local_model

FUNCTIONS = catalogue.functions()


@cache
def objective(key: str) -> Objective:
    entry = FUNCTIONS[key]
    return Objective(entry.loss, entry.parameters, entry.constants)


def points(key: str, count: int = 4) -> list[tuple[Floats, Floats, float]]:
    """Random points of the view, each with a random direction, and the size of the view."""
    random = np.random.default_rng(len(key) * 7919)
    view = np.array(FUNCTIONS[key].view)
    found = []
    for _ in range(count):
        theta = random.uniform(view[:, 0], view[:, 1])
        direction = random.normal(size=len(view))
        found.append((theta, direction / np.linalg.norm(direction), float(np.ptp(view[0]))))
    return found


def model_at(text: str, *theta: float) -> LocalModel:
    return local_model(Objective(text), np.array(theta))
