"""A number field accepts the numbers that people type, and says what is wrong with others."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from gdsim.views.widgets.number_field import Bounds, NumberField, exact_text


def make(qtbot: QtBot, bounds: Bounds | None = None, value: float = 0.5) -> NumberField:
    field = NumberField(bounds)
    field.set_value(value)
    qtbot.addWidget(field)
    field.show()
    return field


def enter(qtbot: QtBot, field: NumberField, text: str) -> list[float]:
    """Replace the text, press Enter, and return the error of the field."""
    heard: list[float] = []
    field.value_entered.connect(heard.append)
    field.line.setFocus()
    field.line.selectAll()
    # The text is pasted, because simulated keys exist only for Latin letters.
    QGuiApplication.clipboard().setText(text)
    field.line.paste() if text else field.line.del_()
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    return heard


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1", 0.1),
        ("1e-3", 0.001),
        ("0,1", 0.1),
        (" 3 ", 3.0),
        (".5", 0.5),
        ("−2", -2.0),
        ("-2.", -2.0),
        ("+7", 7.0),
        ("１．５", 1.5),
        ("１，５", 1.5),
        ("1。5", 1.5),
        ("1E5", 1e5),
        ("0,125", 0.125),
        ("1e308", 1e308),
    ],
)
def test_what_people_type_is_a_number(qtbot: QtBot, text: str, value: float) -> None:
    field = make(qtbot, value=42)
    assert enter(qtbot, field, text) == [value]
    assert field.value == value
    assert not field.has_error


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Type a number"),
        ("abc", "“abc” is not a number."),
        ("1_000", "is not a number"),
        ("0x10", "is not a number"),
        ("1,2,3", "is not a number"),
        ("__import__('os')", "is not a number"),
        ("nan", "must be finite"),
        ("-inf", "must be finite"),
        ("∞", "must be finite"),
        ("1e999", "must be finite"),
        ("1,234", "write 1234 or 1.234"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(qtbot: QtBot, text: str, says: str) -> None:
    field = make(qtbot)
    assert enter(qtbot, field, text) == []
    assert field.value == 0.5
    assert says in field.error_label.text()
    assert field.error_label.isVisible()
    assert field.line.text() == text


@pytest.mark.parametrize(
    ("bounds", "text", "says"),
    [
        (Bounds(minimum=0), "-1", "at least 0"),
        (Bounds(minimum=0, excludes_minimum=True), "0", "greater than 0"),
        (Bounds(maximum=10), "11", "at most 10"),
        (Bounds(whole=True), "1.5", "whole"),
    ],
)
def test_a_number_outside_the_bounds_is_refused(
    qtbot: QtBot, bounds: Bounds, text: str, says: str
) -> None:
    field = make(qtbot, bounds)
    assert enter(qtbot, field, text) == []
    assert says in field.error_label.text()


def test_a_whole_number_may_be_grouped(qtbot: QtBot) -> None:
    assert enter(qtbot, make(qtbot, Bounds(whole=True)), "10,000,000") == [10_000_000.0]


def test_the_users_own_decimal_sign(qtbot: QtBot) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.German))
    field = make(qtbot)
    assert enter(qtbot, field, "1,234") == [1.234]
    # A decimal point is accepted in any language.
    assert enter(qtbot, field, "1.5") == [1.5]


def test_leaving_the_field_submits_once(qtbot: QtBot) -> None:
    field = make(qtbot)
    heard = enter(qtbot, field, "2")
    field.line.clearFocus()
    assert heard == [2.0]


def test_the_same_value_again_emits_nothing(qtbot: QtBot) -> None:
    assert enter(qtbot, make(qtbot), "0.50") == []


def test_escape_brings_back_the_last_good_value(qtbot: QtBot) -> None:
    field = make(qtbot)
    enter(qtbot, field, "abc")
    qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    assert field.line.text() == "0.5"
    assert not field.has_error


def test_a_refusal_from_outside_restores_the_previous_value(qtbot: QtBot) -> None:
    field = make(qtbot)
    field.value_entered.connect(lambda value: field.set_error("too large for this function"))
    enter(qtbot, field, "9")
    assert field.value == 0.5
    assert field.line.text() == "9"
    field.restore()
    assert field.line.text() == "0.5"


def test_setting_emits_nothing_and_keeps_a_refused_text(qtbot: QtBot) -> None:
    field = make(qtbot)
    heard = enter(qtbot, field, "abc")
    field.set_value(0.5)
    assert field.line.text() == "abc"
    field.set_value(0.25)
    assert field.line.text() == "0.25"
    assert heard == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1, "0.1"),
        (1e-6, "1e-6"),
        (100.0, "100"),
        (1e22, "1e22"),
        (-0.5, "−0.5"),
        (1e-10, "1e-10"),
    ],
)
def test_the_shortest_text(value: float, text: str) -> None:
    assert exact_text(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_text_reads_back_as_the_same_number(value: float) -> None:
    read = float(exact_text(value).replace("−", "-"))
    assert read == value
    assert math.copysign(1, read) == math.copysign(1, value)
