"""What is true of every function, optimizer and schedule of the catalogue."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gdsim import resources
from gdsim.core.arrays import Floats
from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue import toml_fields as catalogue_file
from gdsim.core.formula.notation import parse
from gdsim.core.formula.python_source import compile_scalar
from gdsim.core.formula.tokens import is_name
from gdsim.core.loss.objective import Objective
from gdsim.core.problem import Problem

GOLDEN = sorted((Path(__file__).parents[1] / "run" / "golden").glob("*.json"))

# Where a loss has no gradient. Each is also its minimum.
KINKS = {"absolute-value": (0.0,), "ackley": (0.0, 0.0)}

FUNCTIONS = catalogue.functions()
OPTIMIZERS = catalogue.optimizers()
SCHEDULES = catalogue.schedules()
NAMED = [*FUNCTIONS.values(), *OPTIMIZERS.values(), *SCHEDULES.values()]
KINDS = (
    ["function"] * len(FUNCTIONS) + ["optimizer"] * len(OPTIMIZERS) + ["schedule"] * len(SCHEDULES)
)

each_named = pytest.mark.parametrize(
    "entry", NAMED, ids=[f"{kind}-{e.key}" for kind, e in zip(KINDS, NAMED, strict=True)]
)
each_function = pytest.mark.parametrize("key", FUNCTIONS)
each_optimizer = pytest.mark.parametrize("key", OPTIMIZERS)
each_schedule = pytest.mark.parametrize("key", SCHEDULES)


@cache
def objective(key: str) -> Objective:
    entry = FUNCTIONS[key]
    return Objective(entry.loss, entry.parameters)


def kebab_case(name: str) -> str:
    """``Lévy 13`` is levy-13; everything but Latin letters and digits separates words."""
    plain = unicodedata.normalize("NFKD", name).lower().replace("\u0301", "")
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def is_chinese(text: str) -> bool:
    return re.search(r"[\u4e00-\u9fff]", text) is not None


def test_the_catalogue_has_the_documented_size() -> None:
    assert len(FUNCTIONS) >= 25
    assert {len(entry.parameters) for entry in FUNCTIONS.values()} >= {1, 2, 3, 4}
    promised = "gradient-descent momentum nesterov adagrad rmsprop adadelta adam adamax nadam adamw"
    assert {*promised.split(), "amsgrad", "lion", "newton"} <= set(OPTIMIZERS)
    schedules = "constant inverse-time exponential step cosine warm-up"
    assert set(schedules.split()) <= set(SCHEDULES)


@each_named
def test_the_key_is_the_english_name_in_kebab_case(entry: catalogue_file.NamedEntry) -> None:
    assert entry.key == kebab_case(entry.name["en"])


@each_named
def test_name_and_note_are_in_english_and_chinese(entry: catalogue_file.NamedEntry) -> None:
    for texts in (entry.name, entry.note):
        assert {"en", "zh"} <= set(texts)
        assert not is_chinese(texts["en"])
        assert is_chinese(texts["zh"])
        assert all(text == text.strip() for text in texts.values())


@each_named
def test_the_note_is_one_sentence(entry: catalogue_file.NamedEntry) -> None:
    assert re.findall(r"[.!?](?=\s|$)", entry.note["en"]) == ["."]
    assert entry.note["en"].endswith(".")
    assert re.findall(r"[。！？]", entry.note["zh"]) == ["。"]
    assert entry.note["zh"].endswith("。")


@each_named
def test_the_start_has_the_same_chinese_word_everywhere(entry: catalogue_file.NamedEntry) -> None:
    assert "初始点" not in entry.note["zh"]  # the window says 起点


def test_names_differ_within_a_language() -> None:
    for entries in (FUNCTIONS, OPTIMIZERS, SCHEDULES):
        for language in {language for e in entries.values() for language in e.name}:
            names = [e.name.get(language, e.name["en"]) for e in entries.values()]
            assert len(set(names)) == len(entries)


@each_function
def test_the_formula_uses_exactly_its_parameters(key: str) -> None:
    entry = FUNCTIONS[key]
    assert parse(entry.loss).names == entry.parameters


@each_function
def test_start_and_minima_are_in_the_view(key: str) -> None:
    entry = FUNCTIONS[key]
    points = [entry.start, *entry.minima, *(local.at for local in entry.local_minima)]
    for point in points:
        assert all(low < v < high for v, (low, high) in zip(point, entry.view, strict=True))


def points_in_view(key: str, draw: st.DataObject) -> Floats:
    ranges = FUNCTIONS[key].view
    point = np.array([draw.draw(st.floats(low, high)) for low, high in ranges])
    if key in KINKS:
        assume(float(np.linalg.norm(point - KINKS[key])) > 0.05)
    return point


def central_difference(function: object, point: Floats, width: float = 1e-5) -> Floats:
    """∂f/∂θᵢ by (f(θ + h eᵢ) − f(θ − h eᵢ)) / 2h; the derivative's index comes last."""
    assert callable(function)
    shifts = width * np.eye(len(point))
    slopes = [(function(point + h) - function(point - h)) / (2 * width) for h in shifts]
    return np.stack([np.asarray(slope) for slope in slopes], axis=-1)


@each_function
@settings(derandomize=True, deadline=None, max_examples=30)
@given(draw=st.data())
def test_gradient_is_the_slope_of_the_loss(key: str, draw: st.DataObject) -> None:
    loss, point = objective(key), points_in_view(key, draw)
    gradient = loss.gradient(point)
    scale = 1 + abs(loss.value(point)) + np.abs(gradient).max()
    slope = central_difference(loss.value, point)
    np.testing.assert_allclose(gradient, slope, rtol=0, atol=1e-6 * scale)


@each_function
@settings(derandomize=True, deadline=None, max_examples=30)
@given(draw=st.data())
def test_hessian_is_the_slope_of_the_gradient(key: str, draw: st.DataObject) -> None:
    loss, point = objective(key), points_in_view(key, draw)
    hessian = loss.hessian(point)
    scale = 1 + np.abs(loss.gradient(point)).max() + np.abs(hessian).max()
    slope = central_difference(loss.gradient, point)
    np.testing.assert_allclose(hessian, slope, rtol=0, atol=1e-6 * scale)
    np.testing.assert_allclose(hessian, hessian.T, rtol=1e-12, atol=1e-12 * scale)


def listed_minima(key: str) -> list[tuple[tuple[float, ...], float]]:
    entry = FUNCTIONS[key]
    local = [(minimum.at, minimum.value) for minimum in entry.local_minima]
    if entry.minimum is None:
        assert not entry.minima
        return local
    return [(point, entry.minimum) for point in entry.minima] + local


@each_function
def test_listed_minima_have_their_value(key: str) -> None:
    for point, value in listed_minima(key):
        assert objective(key).value(point) == pytest.approx(value, rel=1e-12, abs=1e-12)


@each_function
def test_at_listed_minima_the_gradient_is_zero_and_the_curvature_not_negative(key: str) -> None:
    for point, value in listed_minima(key):
        if point == KINKS.get(key):
            ring = [np.array(point) + 1e-6 * d for d in (*np.eye(len(point)), *-np.eye(len(point)))]
            assert all(objective(key).value(near) > value for near in ring)
            continue
        curvature = np.linalg.eigvalsh(objective(key).hessian(point))
        # The minimum point rounded to a float is off by up to half a unit in the last place.
        rounding = 1e-15 * curvature.max() * (1 + np.abs(point).max())
        assert np.abs(objective(key).gradient(point)).max() <= 8 * rounding
        assert curvature.min() >= -8 * rounding


@each_function
def test_no_point_of_the_view_has_a_lower_loss_than_the_minimum(key: str) -> None:
    entry = FUNCTIONS[key]
    if entry.minimum is None:
        return
    count = {1: 4001, 2: 201, 3: 41}.get(len(entry.parameters), 17)
    axes = [np.linspace(low, high, count) for low, high in entry.view]
    grid = objective(key).value(np.stack(np.meshgrid(*axes)))
    assert np.nanmin(grid) >= entry.minimum - 1e-12 * (1 + abs(entry.minimum))
    assert all(local.value > entry.minimum for local in entry.local_minima)


@each_function
def test_gradient_descent_reduces_the_loss_from_the_start(key: str) -> None:
    entry, loss = FUNCTIONS[key], objective(key)
    theta = np.array(entry.start)
    # A loss without a minimum is descended only inside the view.
    for _ in range(200 if entry.minima else 20):
        theta = theta - entry.eta * loss.gradient(theta)
    assert loss.value(theta) < loss.value(entry.start)


def test_the_textbook_example_equals_that_of_the_textbook() -> None:
    entry, loss = FUNCTIONS["quadratic"], objective("quadratic")
    path = [np.array(entry.start)]
    for _ in range(3):
        path.append(path[-1] - entry.eta * loss.gradient(path[-1]))
    assert np.ravel(path) == pytest.approx([0, 0.6, 1.08, 1.464])


@each_optimizer
def test_each_line_of_a_rule_uses_only_names_defined_before_it(key: str) -> None:
    entry = OPTIMIZERS[key]
    given_names = {"theta", "g", "t", "eta", "newton", *entry.state, *entry.hyperparameters}
    assigned: set[str] = set()
    used: set[str] = set()
    for line in entry.rule:
        target, formula = (part.strip() for part in line.split("=", 1))
        assert is_name(target)
        assert target not in {"g", "t", "eta", "newton", *entry.hyperparameters}
        used |= set(parse(formula, given_names | assigned).names)
        assigned.add(target)
    assert entry.rule[-1].startswith("theta = theta - ")
    assert "theta" not in [line.split(" = ")[0] for line in entry.rule[:-1]]
    assert set(entry.state) <= assigned, "a state that no line renews"
    assert {*entry.state, *entry.hyperparameters} <= used, "a name that no line uses"


@each_optimizer
def test_an_optimizer_has_a_learning_rate_and_a_source(key: str) -> None:
    assert 0 < OPTIMIZERS[key].eta <= 1
    assert re.search(r"\b(18|19|20)\d\d\b", OPTIMIZERS[key].source)


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_the_reference_descents_use_the_catalogue_as_it_is(file: Path) -> None:
    descent = json.loads(file.read_text(encoding="utf-8"))
    function, optimizer = FUNCTIONS[descent["function"]], OPTIMIZERS[descent["optimizer"]]
    assert descent["loss_formula"] == function.loss
    assert descent["start"] == list(function.start)
    assert descent["hyperparameters"] == optimizer.hyperparameters


def rates(key: str, times: list[int]) -> list[float]:
    entry = SCHEDULES[key]
    root = parse(entry.formula, {"t", *entry.constants}, extra_functions=("floor",)).root
    rate = compile_scalar(("t", *entry.constants), [root])
    return [rate(float(t), *entry.constants.values())[0] for t in times]


@each_schedule
def test_a_schedule_starts_at_eta0_or_rises_to_it(key: str) -> None:
    eta0 = SCHEDULES[key].constants["eta0"]
    course = rates(key, list(range(1, 400)))
    assert max(course) == eta0
    assert min(course) >= 0
    if key == "warm-up":
        assert course[-1] == eta0
        assert all(a <= b for a, b in pairwise(course))
    else:
        assert course[0] == eta0
        assert all(a >= b for a, b in pairwise(course))


@pytest.mark.parametrize(
    ("key", "times", "expected"),
    [
        ("constant", [1, 1000], [0.1, 0.1]),
        ("inverse-time", [1, 11, 21], [0.1, 0.05, 0.1 / 3]),
        ("exponential", [1, 2, 3], [0.1, 0.099, 0.09801]),
        ("step", [1, 50, 51, 101], [0.1, 0.1, 0.05, 0.025]),
        ("cosine", [1, 51, 101, 500], [0.1, 0.05, 0.0, 0.0]),
        ("warm-up", [1, 5, 10, 11], [0.01, 0.05, 0.1, 0.1]),
    ],
)
def test_a_schedule_agrees_with_hand_arithmetic(
    key: str, times: list[int], expected: list[float]
) -> None:
    assert rates(key, times) == pytest.approx(expected, abs=1e-17)


@pytest.mark.parametrize("kind", ["function", "optimizer", "schedule"])
def test_an_unknown_key_is_a_problem_that_names_the_known_ones(kind: str) -> None:
    find = getattr(catalogue, kind)
    known = getattr(catalogue, kind + "s")()
    with pytest.raises(Problem) as caught:
        find("nonsense")
    assert str(caught.value) == f"there is no {kind} nonsense; known: {', '.join(known)}"
    assert all(find(key) is entry for key, entry in known.items())


GOOD = """
[dip]
name = {en = "Dip", zh = "坑"}
note = {en = "A dip.", zh = "一个坑。"}
group = "bowls"
loss = "x^2"
parameters = ["x"]
start = [1]
view = {x = [-2, 2]}
source = "nobody"
eta = 0.1
"""


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('source = "nobody"', "", "source is missing"),
        ("eta = 0.1", 'eta = "0.1"', "eta: expected 1 number"),
        ("start = [1]", "start = [1, 2]", "start: expected 1 number"),
        ("view = {x = [-2, 2]}", "view = {y = [-2, 2]}", "view: expected a range for each of x"),
        ('zh = "坑"', 'zh = ""', "name: expected text by language"),
        ('zh = "坑"', 'Zh = "坑"', "name: expected text by language"),
        ('en = "Dip", ', "", "name: expected text by language"),
        ('group = "bowls"', 'group = "bowls"\ncolour = "red"', "unknown colour"),
        ("eta = 0.1", "eta = 0.1\nlocal_minima = [3]", "local_minima: expected entries"),
    ],
)
def test_a_malformed_file_is_refused_with_entry_and_field(
    monkeypatch: pytest.MonkeyPatch, old: str, new: str, complaint: str
) -> None:
    read = catalogue.functions.__wrapped__
    monkeypatch.setattr(resources, "text", lambda *parts: GOOD)
    assert read()["dip"].start == (1.0,)
    monkeypatch.setattr(resources, "text", lambda *parts: GOOD.replace(old, new))
    with pytest.raises(ValueError, match=re.escape("functions.toml, [dip]")) as caught:
        read()
    assert complaint in str(caught.value)


def test_a_text_can_have_any_languages_beside_english(monkeypatch: pytest.MonkeyPatch) -> None:
    for old, new, languages in (
        (', zh = "坑"', "", ["en"]),
        ('zh = "坑"', 'zh = "坑", de = "Mulde"', ["en", "zh", "de"]),
    ):
        text = GOOD.replace(old, new)
        monkeypatch.setattr(resources, "text", lambda *parts, text=text: text)
        dip = catalogue.functions.__wrapped__()["dip"]
        assert list(dip.name) == languages
        assert list(dip.note) == ["en", "zh"]


def test_a_file_that_is_not_toml_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "text", lambda *parts: GOOD + GOOD)
    with pytest.raises(ValueError, match=r"functions\.toml: .*line"):
        catalogue.functions.__wrapped__()


def test_entries_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        catalogue.functions()["mine"] = FUNCTIONS["quadratic"]  # type: ignore[index]
    with pytest.raises(TypeError):
        OPTIMIZERS["adam"].state["m"] = 1.0  # type: ignore[index]
