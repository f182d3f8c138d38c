"""Learning rates as people type them."""

from __future__ import annotations

import math

import pytest
from command_line import Captured, run

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.problem import Problem
from gdsim.core.run.choices import choose
from gdsim.core.run.typed_schedule import read_schedule

KEYS = list(catalogue.schedules())


@pytest.mark.parametrize("key", KEYS)
def test_a_schedule_is_known_by_its_key_and_by_its_formula(key: str) -> None:
    entry = catalogue.schedules()[key]
    by_key = read_schedule(key, 0.3, {})
    assert by_key == read_schedule(entry.formula, 0.3, {})
    assert by_key == read_schedule(entry.formula.replace(" ", ""), 0.3, {})
    assert by_key.formula == entry.formula
    assert by_key.constants == {**entry.constants, "eta0": 0.3}


@pytest.mark.parametrize("key", KEYS)
def test_settings_go_to_the_schedule_or_to_the_optimizer(key: str) -> None:
    constants = dict.fromkeys(catalogue.schedules()[key].constants, 2.0)
    typed = read_schedule(key, 0.1, {**constants, "beta1": 0.8})
    assert typed.constants == constants
    assert typed.others == {"beta1": 0.8}
    experiment = choose(
        "rosenbrock", optimizer="adam", eta=key, hyperparameters={**constants, "beta1": 0.8}
    )
    assert dict(experiment.schedule.constants) == constants
    assert experiment.rule.hyperparameters["beta1"] == 0.8


def test_the_first_learning_rate_of_a_schedule_is_the_functions_own() -> None:
    assert choose("rosenbrock", eta="cosine").schedule.constants["eta0"] == (
        catalogue.function("rosenbrock").eta
    )


def test_a_number_may_be_an_expression() -> None:
    assert choose("quadratic", eta="1/3").schedule.constants == {"eta0": 1 / 3}
    assert choose("quadratic", eta="sqrt(2)/10").schedule.constants == {"eta0": math.sqrt(2) / 10}


def test_a_formula_reads_its_other_names_from_the_settings() -> None:
    schedule = choose("quadratic", eta="a/(1 + b*t)", hyperparameters={"a": 0.1, "b": 1.0}).schedule
    assert schedule.read().at(1) == pytest.approx(0.05)
    with pytest.raises(Problem, match="names b, which has no number"):
        choose("quadratic", eta="a/(1 + b*t)", hyperparameters={"a": 0.1})


def test_the_command_line_reads_them_too(capsys: Captured) -> None:
    words = ("quadratic", "--max-steps", "3", "--csv", "-")
    by_key = run(capsys, *words, "--eta", "cosine", "--set", "T=50")
    by_formula = run(
        capsys, *words, "--eta", catalogue.schedules()["cosine"].formula, "--set", "T=50"
    )
    assert by_key == by_formula
    assert by_key[1] != run(capsys, *words, "--eta", "cosine")[1]
