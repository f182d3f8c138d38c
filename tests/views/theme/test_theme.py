"""Colours stay readable, and every icon can be drawn."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontDatabase, QIcon
from pytestqt.qtbot import QtBot

from gdsim import resources
from gdsim.views.theme import (
    DARK,
    LIGHT,
    RUN_STYLES,
    Theme,
    font,
    loss_colormap,
    path_pen,
    stylesheet,
)
from gdsim.views.theme.icons import icon, tinted_file

ICONS = sorted(file.stem for file in resources.path("icons").glob("*.svg"))
BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


def luminance(color: str) -> float:
    """The relative luminance according to WCAG 2.2."""
    channels = np.array(QColor(color).getRgbF()[:3])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@BOTH
def test_every_colour_is_a_colour(theme: Theme) -> None:
    for field in fields(theme):
        value = getattr(theme, field.name)
        if isinstance(value, str) and field.name != "name":
            assert len(value) == 7, field.name
            assert QColor(value).isValid(), field.name


@BOTH
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("text", "window"),
        ("text", "card"),
        ("text", "control"),
        ("text", "selection"),
        ("text_muted", "card"),
        ("text_muted", "window"),
        ("accent_text", "accent"),
        ("accent", "card"),
        ("numbers", "card"),
        ("error", "card"),
        ("error", "error_field"),
        ("warning", "card"),
    ],
)
def test_text_can_be_read(theme: Theme, ink: str, ground: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5


@BOTH
def test_the_style_sheet_has_no_unfilled_fields(qtbot: QtBot, theme: Theme) -> None:
    assert "$" not in stylesheet(theme)


def test_runs_also_differ_without_colour() -> None:
    for attribute in ("color", "dash", "marker"):
        assert len({getattr(style, attribute) for style in RUN_STYLES}) == len(RUN_STYLES)


def test_the_colour_map_runs_from_dark_to_light() -> None:
    table = loss_colormap()
    assert table.shape == (256, 4)
    assert table.dtype == np.uint8
    lights = table[:, :3].astype(float) @ [0.2126, 0.7152, 0.0722]
    assert np.all(np.diff(lights) >= -1)


def test_a_larger_theme_thickens_its_lines(qtbot: QtBot) -> None:
    from dataclasses import replace

    projector = replace(LIGHT, text_size=18.0, line_weight=2.0)
    assert path_pen(projector).widthF() == 2 * path_pen(LIGHT).widthF()
    assert font(projector).pointSizeF() == 18.0
    assert font(LIGHT).families()[-1] in font(projector).families()
    assert QFontDatabase.families()


@pytest.mark.parametrize("name", ICONS)
@BOTH
def test_every_icon_is_drawn_in_the_themes_colour(qtbot: QtBot, name: str, theme: Theme) -> None:
    image = icon(name, theme).pixmap(QSize(24, 24), 2.0).toImage()
    assert image.width() == 48
    solid = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert solid
    if name != "gdsim":
        assert theme.text in solid
    faded = icon(name, theme).pixmap(QSize(24, 24), 1.0, QIcon.Mode.Disabled)
    assert not faded.isNull()


def test_a_tinted_icon_is_written_only_once(qtbot: QtBot) -> None:
    assert tinted_file("play", "#123456") is tinted_file("play", "#123456")
