"""A column that is mistyped does not become a parameter without a word."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdsim.core.catalogue.tasks import tasks
from gdsim.core.data.dataset import Dataset
from gdsim.core.data.mistyped_columns import is_one_edit_away
from gdsim.core.problem import Problem
from gdsim.core.run.choices import choose

SQUARED = "(prediction - y)^2"
HOUSES = Dataset("houses", {"Height": [1, 2], "rooms": [3, 4], "x1": [5, 6], "y": [7, 8]})

words = st.text("abc", max_size=5)


def edits(word: str) -> set[str]:
    """All words that are one edit away, made one by one."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    letters = string.ascii_lowercase[:4]
    made = {left + right[1:] for left, right in cuts if right}
    made |= {left + letter + right for left, right in cuts for letter in letters}
    made |= {left + letter + right[1:] for left, right in cuts if right for letter in letters}
    made |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    return made - {word}


@given(words)
def test_every_edit_is_one_edit(word: str) -> None:
    for other in edits(word):
        assert is_one_edit_away(word, other)
        assert is_one_edit_away(other, word)


@given(words, words)
def test_what_no_edit_makes_is_none(one: str, other: str) -> None:
    assert is_one_edit_away(one, other) == (other in edits(one))


@pytest.mark.parametrize(
    ("prediction", "name", "meant"),
    [
        ("a + b*Hieght", "Hieght", "Height"),
        ("a + b*height", "height", "Height"),
        ("a + b*Heights", "Heights", "Height"),
        ("a*Height + b*Heigth", "Heigth", "Height"),
        ("a + b*room", "room", "rooms"),
        ("a + b*rooms + c*X1", "X1", "x1"),
        ("a + b*rooms + c*x2", "x2", "x1"),
    ],
)
def test_nearly_the_name_of_a_column_is_refused(prediction: str, name: str, meant: str) -> None:
    with pytest.raises(Problem) as caught:
        choose(SQUARED, data=HOUSES, prediction=prediction)
    assert str(caught.value) == (
        f"the data have no column {name}; if you do not mean {meant}, give the parameter a less"
        " similar name"
    )


@pytest.mark.parametrize(
    ("loss", "prediction", "sentence"),
    [
        (
            "(prediction - target)^2",
            "a + b*rooms",
            "the loss names target, but the data have only these columns",
        ),
        (SQUARED, "a + b*z", "the prediction uses no column of the data; the columns are"),
        (
            "(prediction - z)^2",
            "a + b*w",
            "the formulas use no column of the data; the columns are",
        ),
        ("(theta - 3)^2", None, "the formulas use no column of the data; the columns are"),
    ],
)
def test_formulas_that_pass_the_data_by_are_refused(
    loss: str, prediction: str | None, sentence: str
) -> None:
    with pytest.raises(Problem, match=rf"^{sentence}: Height, rooms, x1, y$"):
        choose(loss, data=HOUSES, prediction=prediction)


@pytest.mark.parametrize(
    ("loss", "prediction", "parameters"),
    [
        (SQUARED, "w1*x1 + w2*Height + b", ("b", "w1", "w2")),
        (SQUARED, "theta", ("theta",)),
        (SQUARED, "a*rooms + x", ("a", "x")),
        ("softplus(-prediction) + 0.1*w^2", "y*(w*rooms + b)", ("b", "w")),
        ("(theta - y)^2", None, ("theta",)),
        ("(prediction - y)^2 + lambda*w^2", "w*rooms", ("lambda", "w")),
    ],
)
def test_ordinary_parameters_are_found(
    loss: str, prediction: str | None, parameters: tuple[str, ...]
) -> None:
    assert choose(loss, data=HOUSES, prediction=prediction).parameters == parameters


def test_who_names_the_parameters_may_name_them_as_they_like() -> None:
    chosen = choose(SQUARED, data=HOUSES, prediction="room*rooms", parameters=["room"])
    assert chosen.parameters == ("room",)


@pytest.mark.parametrize("key", tasks())
def test_the_names_of_every_task_are_told_apart(key: str) -> None:
    entry = tasks()[key]
    found = choose(entry.formula, data=entry.data, prediction=entry.prediction).parameters
    assert set(found) == set(entry.parameters)


@pytest.mark.parametrize("key", ["rosenbrock", "three-points"])
def test_a_key_of_the_catalogue_is_no_loss_of_a_row(key: str) -> None:
    with pytest.raises(Problem, match=f"^{key} is a key of the catalogue; with data the loss of"):
        choose(key, data=HOUSES)


FILE = "身高,weight,y,note\n1.5,50,2,a\n1.6,,3,b\n1.7,70,,c\n1.8,80,5,d\n"


@pytest.fixture
def path(tmp_path: Path) -> str:
    file = tmp_path / "people.csv"
    file.write_text(FILE, encoding="utf-8")
    return str(file)


def test_of_a_file_only_the_columns_that_are_read_decide_which_rows_are_kept(path: str) -> None:
    data = choose(SQUARED, data=path, prediction="a*x1").data
    assert data == Dataset("people", {"x1": [1.5, 1.6, 1.8], "y": [2, 3, 5]})
    data = choose(SQUARED, data=path, prediction="a*x1 + b*weight").data
    assert data == Dataset("people", {"x1": [1.5, 1.8], "weight": [50, 80], "y": [2, 5]})


@pytest.mark.parametrize(
    ("prediction", "sentence"),
    [
        ("a*身高", "身 at column 3 is not part of the notation"),
        ("a*x1 + b*note", "column note of the file does not hold numbers: line 2 says “a”"),
        (
            "a*x1 + b*wieght",
            "the data have no column wieght; if you do not mean weight, give the parameter a less"
            " similar name",
        ),
    ],
)
def test_how_formulas_know_the_columns_of_a_file_is_said(
    path: str, prediction: str, sentence: str
) -> None:
    with pytest.raises(Problem) as caught:
        choose(SQUARED, data=path, prediction=prediction)
    assert str(caught.value) == f"{sentence}; in formulas the columns are called x1 (身高)"
