"""No text of a file or of the user is ever taken for markup."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from gdsim.views.widgets.literal_text import literal

PACKAGE = Path(__file__).parents[3] / "gdsim"
MODULES = sorted(path for room in ("views", "app") for path in (PACKAGE / room).rglob("*.py"))
GUESSING = {"setToolTip", "setWhatsThis", "warning", "critical", "information", "question"}
"""Methods of Qt that look at their text and decide whether it is markup."""


def shown(text: str) -> str:
    """What a tool tip shows: Qt reads what looks like markup as such."""
    document = QTextDocument()
    if text.startswith("<qt>"):
        document.setHtml(text)
        return document.toPlainText()
    return text


@pytest.mark.parametrize(
    "text",
    [
        "<img src=/dev/zero>",
        "a <b>title</b>",
        "one\n<i>two</i>",
        "<qt>x</qt>",
        "&lt;b&gt;",
        "<!-- -->",
        "x < y and y > z",
        "‖Δθ‖ = 1e−7 < ε",
        "Größe (cm)",
    ],
)
def test_a_text_is_shown_letter_by_letter(text: str) -> None:
    assert shown(literal(text)) == text


@given(st.text("<>&;/!?=ab ltimgqtbr\n", max_size=30))
def test_no_tag_survives(text: str) -> None:
    form = literal(text)
    if form != text:
        inside = form.removeprefix("<qt>").removesuffix("</qt>").replace("<br>", "")
        assert "<" not in inside
        assert ">" not in inside


def called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def is_safe(text: ast.expr) -> bool:
    """Whether it is a constant, a translation of one, or made literal."""
    match text:
        case ast.Constant():
            return True
        case ast.IfExp(body=body, orelse=other):
            return is_safe(body) and is_safe(other)
        case ast.Call(args=words):
            constants = all(isinstance(word, ast.Constant) for word in words)
            return called(text) == "literal" or (called(text) in ("tr", "translate") and constants)
    return False


def test_every_text_that_is_guessed_at_is_literal() -> None:
    seen = 0
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and called(node) in GUESSING and node.args:
                seen += 1
                assert is_safe(node.args[-1]), f"{module.relative_to(PACKAGE)}:{node.lineno}"
    assert seen > 60


def test_every_label_is_told_that_its_text_is_plain() -> None:
    seen = 0
    for module in MODULES:
        source = module.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and called(node) == "QLabel":
                seen += 1
                constant = [isinstance(word, ast.Constant) for word in node.args]
                assert "setTextFormat" in source or any(constant), f"{module}:{node.lineno}"
    assert seen >= 4
