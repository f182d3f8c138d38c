"""Descents made by another program, number for number."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.run.descend import descend

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.json"))
TOLERANCE = 1e-9


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_a_reference_descent_is_reproduced(file: Path) -> None:
    reference = json.loads(file.read_text(encoding="utf-8"))
    theta = np.array(reference["theta"])
    trace = descend(
        reference["loss_formula"],
        parameters=reference["parameters"],
        start=reference["start"],
        eta=reference["eta"],
        optimizer=reference["optimizer"],
        hyperparameters=reference["hyperparameters"],
        stop="none",
        max_steps=len(theta) - 1,
    )
    assert trace.parameters == tuple(reference["parameters"])
    np.testing.assert_allclose(trace.theta(), theta, rtol=TOLERANCE, atol=0)
    np.testing.assert_allclose(trace.loss(), reference["loss"], rtol=TOLERANCE, atol=0)
    np.testing.assert_allclose(trace.gradient(), reference["gradient"], rtol=TOLERANCE, atol=0)


def test_there_is_a_reference_for_every_optimizer_that_has_one() -> None:
    covered = {json.loads(file.read_text(encoding="utf-8"))["optimizer"] for file in GOLDEN}
    assert covered == set(catalogue.optimizers()) - {"lion", "newton"}
