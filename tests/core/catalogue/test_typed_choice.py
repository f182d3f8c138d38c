"""Keys of the catalogue, right or mistyped, are told from formulas."""

from __future__ import annotations

import pytest

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue.tasks import tasks
from gdsim.core.catalogue.typed_choice import read_choice


@pytest.mark.parametrize("key", [*catalogue.functions(), *tasks()])
def test_a_key_is_not_read_as_a_formula(key: str) -> None:
    assert read_choice(key, None, None).texts == (key, None)


@pytest.mark.parametrize(
    "key", ["rosenbrok", "Rosenbrock", "two-clases", "levy13", "xro", "xor2", "three-point"]
)
def test_a_mistyped_key_is_left_to_be_refused(key: str) -> None:
    assert read_choice(key, None, None).loss.is_literal


@pytest.mark.parametrize(
    ("typed", "read"), [("sinx", "sin(x)"), ("xy", "x*y"), ("ab-c", "a*b-c"), ("pix", "pi*x")]
)
def test_a_formula_that_looks_like_a_key_is_read(typed: str, read: str) -> None:
    assert read_choice(typed, None, None).loss.text == read


def test_the_model_of_a_task_is_read_with_its_columns() -> None:
    reading = read_choice("three-points", "ax + b", None)
    assert reading.texts == ("three-points", "a*x + b")
