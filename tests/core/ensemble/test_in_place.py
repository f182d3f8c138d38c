"""Array code in place computes what the same code computes with a new array for every result."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from trees import NAMES, trees

from gdsim.core.ensemble.in_place import UFUNCS, StraightLine, rewrite
from gdsim.core.formula.expression import Node
from gdsim.core.formula.python_source import Writer, array_functions, compile_source

laws = settings(derandomize=True, deadline=None, max_examples=200)
SIZE = 5
POINTS = (
    np.array([[0.5, -1.5, 2.0, 0.0, 1e200]] * len(NAMES)) * np.arange(1, 1 + len(NAMES))[:, None]
)
FUNCTIONS = {**array_functions(), "float_": np.float64, **UFUNCS}


def lines_of(nodes: list[Node]) -> list[str]:
    writer = Writer(nodes, {name: f"p{place}" for place, name in enumerate(NAMES)})
    for place, node in enumerate(nodes):
        writer.assign(f"r{place}", node)
    return writer.lines


def run(lines: list[str], given: dict[str, Any], results: list[str]) -> list[Any]:
    body = "".join(f"    {line}\n" for line in lines)
    source = f"def run({', '.join(given)}):\n{body}    return [{', '.join(results)}]\n"
    with np.errstate(all="ignore"):
        return list(compile_source(source, "run", FUNCTIONS)(**given))


def in_place(straight: StraightLine, given: dict[str, Any], results: int) -> list[Any]:
    """The kept values, then the results."""
    places = {f"o{number}": np.full(SIZE, 7.0) for number in range(results)}
    places |= {f"t{number}": np.full(SIZE, 8.0) for number in range(straight.temporaries)}
    kept = run(straight.lines, {**given, **straight.constants, **places}, straight.kept)
    return [*kept, *(places[f"o{number}"] for number in range(results))]


def assert_same(found: list[Any], expected: list[Any]) -> None:
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_array_equal(np.broadcast_to(one, SIZE), np.broadcast_to(other, SIZE))


@laws
@given(nodes=st.lists(trees, min_size=1, max_size=4), numbers=st.booleans())
def test_the_same_bits_in_place(nodes: list[Node], numbers: bool) -> None:
    names = [f"p{place}" for place in range(len(NAMES))]
    given: dict[str, Any] = dict(zip(names, POINTS.copy(), strict=True))
    if numbers:  # the last is the same in every column
        given[names[-1]] = 1.25
    arrays = [name for name, value in given.items() if np.ndim(value)]
    results = [f"r{place}" for place in range(len(nodes))]
    lines = lines_of(nodes)
    straight = rewrite(lines, arrays, set(names) - set(arrays), results[:1], results)
    expected = run(lines, given, results)
    before = POINTS.copy()
    found = in_place(straight, given, len(results))
    assert_same(found, [expected[0], *expected])
    for name in arrays:  # what enters is left as it is
        np.testing.assert_array_equal(given[name], before[names.index(name)])


def test_places_are_used_again() -> None:
    lines = ["a = p0*p0", "b = a + p0", "c = b/p0", "d = c*c - 2.0", "r = d*d"]
    straight = rewrite(lines, ["p0"], [], [], ["r"])
    assert straight.temporaries == 1


def test_what_is_kept_is_not_written_over() -> None:
    lines = ["a = p0*p0", "b = a + 1.0", "b += a*a", "r = b*b", "a2 = a"]
    straight = rewrite(lines, ["p0"], [], ["a", "b", "a2"], ["r", "a"])
    p0 = np.arange(SIZE) + 1.0
    a = p0 * p0
    b = a + 1.0 + a * a
    assert_same(in_place(straight, {"p0": p0}, 2), [a, b, a, b * b, a])


def test_a_result_that_is_a_number_or_was_given_fills_its_place() -> None:
    straight = rewrite(["u = 2.0", "w = p0", "z = u*3.0"], ["p0"], [], [], ["u", "w", "w", "z"])
    p0 = np.arange(SIZE) + 1.0
    assert_same(in_place(straight, {"p0": p0}, 4), [2.0, p0, p0, 6.0])
