"""Arithmetic breaks between operators, and never inside a number."""

from __future__ import annotations

import re

import pytest

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.run.descend import descend
from gdsim.core.step.explain import explain
from gdsim.views.formula.arithmetic_text import typographic
from gdsim.views.formula.line_breaks import break_lines

NUMBER = re.compile(r"[−-]?[\d.]+(?:e[−-]?\d+)?")


def lines_of(text: str, room: int) -> list[str]:
    return [text[start:end].rstrip() for start, end in break_lines(text, room, len)]


def test_text_that_fits_stays_on_one_line() -> None:
    assert lines_of("1 + 2 = 3", 9) == ["1 + 2 = 3"]
    assert lines_of("", 9) == [""]


def test_sums_are_broken_first_then_products_then_brackets() -> None:
    text = typographic("10 + 2*3*sin(0.5) = 12")
    assert lines_of(text, 20) == ["10", "+ 2\u202f·\u202f3\u202f·\u202fsin(0.5)", "=\u00a012"]
    assert lines_of(text, 10) == ["10 + 2\u202f·", "3\u202f·", "sin(0.5)", "=\u00a012"]
    assert lines_of(text, 5)[-3:] == ["sin(", "0.5)", "=\u00a012"]


def test_a_number_longer_than_the_line_stays_whole() -> None:
    assert lines_of("1 + 0.123456789 + 2", 8) == ["1", "+ 0.123456789", "+ 2"]


@pytest.mark.parametrize("room", [20, 30, 45, 60])
@pytest.mark.parametrize("key", list(catalogue.functions()))
def test_no_line_of_any_function_is_too_wide_or_cuts_a_number(key: str, room: int) -> None:
    trace = descend(key, max_steps=3, stop="none")
    for line in explain(trace, len(trace) - 1):
        for _, numbers in line.numbers:
            text = typographic(numbers)
            spans = break_lines(text, room, len)
            assert "".join(text[start:end] for start, end in spans) == text
            assert all(len(text[start:end].rstrip()) <= room for start, end in spans)
            cuts = {start for start, _ in spans}
            for number in NUMBER.finditer(text):
                assert not cuts & set(range(number.start() + 1, number.end()))
