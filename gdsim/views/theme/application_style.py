"""Font, palette and style sheet of the application in a theme, and distances in layouts."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from gdsim.views.theme.colours import Theme
from gdsim.views.theme.icons import tinted_file
from gdsim.views.theme.sheet import SHEET

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

# Distances in the layouts, in device-independent pixels.
SPACING = 8
CARD_PADDING = 12
GAP = 10

# Sizes of text relative to the theme's: notes and axes; captions below small pictures.
SMALL = 0.92
CAPTION = 0.85

_LONGEST = 30  # pixels: the longest length in the style sheet that scales with the text
_CJK_FALLBACK = ("Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC")
# Names that Qt gives where the desktop sets no font; they resolve to an arbitrary font.
_NO_FAMILY = frozenset({"Sans Serif", "Sans", ""})


def font(theme: Theme, share: float = 1.0) -> QFont:
    """The system's text font, followed by fonts with Chinese glyphs.

    Its size is ``share`` times the theme's text size, but at least the theme's smallest size.
    """
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    families = [family for family in system.families() if family not in _NO_FAMILY]
    system.setFamilies([*(families or _usual_families()), *theme.fonts])
    system.setPointSizeF(_points(theme, share))
    return system


def _points(theme: Theme, share: float) -> float:
    return max(theme.text_size * share, theme.least_size)


@cache
def _usual_families() -> tuple[str, ...]:
    return tuple(name for name in ("Noto Sans", "DejaVu Sans") if QFontDatabase.hasFamily(name))


def prepare_theme(application: QApplication, theme: Theme) -> None:
    """Set style, palette and font, before any widget is created: a font affects only new ones."""
    # With a style sheet the style's name is hidden, and setting it again restyles all widgets.
    if not application.styleSheet() and application.style().name() != "fusion":
        application.setStyle("Fusion")
    application.setPalette(palette(theme))
    application.setFont(font(theme))


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Style the whole application, except plots and formulas, which have ``set_theme``."""
    prepare_theme(application, theme)
    application.setStyleSheet(stylesheet(theme))


@cache
def stylesheet(theme: Theme) -> str:
    """The Qt style sheet of the whole application."""
    images = {
        "chevron_down": tinted_file("chevron-down", theme.text_muted),
        "chevron_up": tinted_file("chevron-up", theme.text_muted),
        "chevron_right": tinted_file("chevron-right", theme.text_muted),
        "check": tinted_file("check", theme.accent_text),
        "check_menu": tinted_file("check", theme.text),
    }
    sizes = {
        "small_pt": f"{_points(theme, SMALL):g}",
        "title_pt": f"{_points(theme, 1.05):g}",
        "code_family": QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family(),
    }
    lengths = {f"px{length}": f"{theme.pixels(length)}px" for length in range(_LONGEST)}
    return Template(SHEET).substitute(asdict(theme) | images | sizes | lengths)


def chip_sheet(theme: Theme) -> str:
    """The style sheet of a small label over a plot."""
    card = QColor(theme.card)
    return (
        f"color: {theme.text}; border: 1px solid {theme.card_border}; border-radius: 5px;"
        f" padding: 2px 6px; background: rgba({card.red()}, {card.green()}, {card.blue()}, 88%);"
    )


def palette(theme: Theme) -> QPalette:
    """The colours of what the style sheet does not cover: dialogs, links, plain text."""
    role = QPalette.ColorRole
    result = QPalette()
    for target, color in (
        (role.Window, theme.window),
        (role.WindowText, theme.text),
        (role.Base, theme.field),
        (role.AlternateBase, theme.control),
        (role.Text, theme.text),
        (role.Button, theme.control),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.accent_text),
        (role.ToolTipBase, theme.card),
        (role.ToolTipText, theme.text),
        (role.PlaceholderText, theme.text_muted),
        (role.Highlight, theme.selection),
        (role.HighlightedText, theme.text),
        (role.Accent, theme.accent),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.Light, theme.control_hover),
        (role.Midlight, theme.control),
        (role.Mid, theme.control_border),
        (role.Dark, theme.control_border),
        (role.Shadow, theme.window),
    ):
        result.setColor(target, QColor(color))
    for target in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, target, QColor(theme.text_disabled))
    return result
