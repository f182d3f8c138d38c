"""Text from files reaches neither a terminal nor a window with characters that act on them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdsim.core.data.csv_preview import preview_csv
from gdsim.core.data.table_source import pasted
from gdsim.core.plain_text import plain_text, quoted
from gdsim.core.problem import Problem


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=60))
def test_nothing_acts_on_the_text_around_it(text: str) -> None:
    plain = plain_text(text)
    assert len(plain) == len(text)
    assert plain_text(plain) == plain
    for character in plain:
        assert unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")
        assert unicodedata.category(character) != "Cf" or character in "\u200c\u200d"
    plain.encode()  # halves of surrogate pairs could not be printed


def test_ordinary_text_stays() -> None:
    for text in (
        "Größe (cm)",
        "身高",
        "θ₁",
        "naïve – “quoted”",
        "می\u200cخواهم",
        "<img src=x>",
        "é",
    ):
        assert plain_text(text) == text
    assert plain_text("a\tb\r\nc") == "a b  c"
    assert plain_text("\x1b[31mred\u202e\u2066x\udcff") == "\ufffd[31mred\ufffd\ufffdx\ufffd"
    assert quoted("x" * 100) == "“" + "x" * 39 + "…”"


@pytest.mark.parametrize("text", ["\x1b[2J", "a\u202eb", "a\nb", "\udcff", "\x9b31m"])
def test_a_sentence_about_anything_is_plain(text: str) -> None:
    sentence = str(Problem("there is no {thing}", thing=text))
    assert sentence == f"there is no {plain_text(text)}"
    assert str(Problem("line: {inner}", inner=Problem("no {x}", x=text))).isprintable()


def test_titles_cells_and_classes_of_a_file_are_plain() -> None:
    text = 'x\x1b[2J,"a\u202eb",kind\n1,2,n\u2066o\n3,"4\x07",yes\n'
    preview = preview_csv(pasted(text))
    shown = [column.title for column in preview.columns]
    shown += [name for column in preview.columns for name in column.classes or ()]
    shown += [preview.text_at(row, place)[0] for row in range(2) for place in range(3)]
    shown += [column.spelled for column in preview.columns]
    assert all(item == plain_text(item) for item in shown)
    assert "x\ufffd[2J" in shown
