"""Every colour, pen and font of the window, in a light and a dark set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from string import Template
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette, QPen

from gdsim.views.icons import tinted_file
from gdsim.views.stylesheet import SHEET

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtWidgets import QApplication


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours (``#rrggbb``), the size of its text and the weight of its lines."""

    name: str
    # The window and its controls.
    window: str
    card: str
    card_border: str
    text: str
    text_muted: str
    text_disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    accent_text: str
    control: str
    control_hover: str
    control_pressed: str
    control_border: str
    field: str
    groove: str
    selection: str
    error: str
    error_field: str
    warning: str
    # The plots.
    grid: str
    axis: str
    numbers: str
    path: str
    path_point: str
    outline: str
    current: str
    current_outline: str
    start: str
    ghost: str
    gradient_arrow: str
    gradient_arrow_on_card: str
    delta_arrow: str
    minimum: str
    minimum_on_card: str
    iso_line: str
    loss_line: str
    loss_future: str
    full_loss: str
    rise: str
    threshold: str
    tangent: str
    curve: str
    mark: str
    guess: str
    second_order: str
    higher_order: str
    dial: str
    # The basin map, where there is no minimum: still moving, at rest anywhere, diverged.
    basin_moving: str
    basin_strewn: str
    basin_diverged: str
    # The data: a row, a row of each of two classes, the lines from rows to the model.
    row: str
    class_low: str
    class_high: str
    residual: str
    boundary: str
    image_alpha: float
    # Points of text, and a factor for the width of every line.
    text_size: float = 10.0
    line_weight: float = 1.0


LIGHT = Theme(
    name="light",
    window="#f3f5f8",
    card="#ffffff",
    card_border="#dfe3e8",
    text="#1b222b",
    text_muted="#5d6875",
    text_disabled="#a3abb5",
    accent="#0b63ce",
    accent_hover="#0a58b8",
    accent_pressed="#094c9f",
    accent_text="#ffffff",
    control="#f6f7f9",
    control_hover="#edf0f4",
    control_pressed="#e1e6ec",
    control_border="#cfd6de",
    field="#ffffff",
    groove="#dfe3e8",
    selection="#cfe2fb",
    error="#c0261d",
    error_field="#fdf1f0",
    warning="#8a5a00",
    grid="#e4e8ed",
    axis="#5d6875",
    numbers="#0b63ce",
    path="#e69f00",
    path_point="#e69f00",
    outline="#26211a",
    current="#d55e00",
    current_outline="#ffffff",
    start="#ffffff",
    ghost="#d55e00",
    gradient_arrow="#ffffff",
    gradient_arrow_on_card="#1b222b",
    delta_arrow="#d55e00",
    minimum="#ffffff",
    minimum_on_card="#009e73",
    iso_line="#ffffff",
    loss_line="#0072b2",
    loss_future="#8fc1de",
    full_loss="#d55e00",
    rise="#cc79a7",
    threshold="#009e73",
    tangent="#d55e00",
    curve="#0072b2",
    mark="#7b8794",
    guess="#cc79a7",
    second_order="#009e73",
    higher_order="#a8558a",
    dial="#b5338a",
    basin_moving="#e2e5e9",
    basin_strewn="#a9b0b8",
    basin_diverged="#5b626b",
    row="#39424e",
    class_low="#0072b2",
    class_high="#e69f00",
    residual="#d55e00",
    boundary="#1b222b",
    image_alpha=1.0,
)

DARK = Theme(
    name="dark",
    window="#15181c",
    card="#1e2227",
    card_border="#31373e",
    text="#e8ebef",
    text_muted="#9ba5b0",
    text_disabled="#5d6670",
    accent="#58a6ff",
    accent_hover="#79b8ff",
    accent_pressed="#3f8fe8",
    accent_text="#0c1520",
    control="#282d34",
    control_hover="#323840",
    control_pressed="#3b424b",
    control_border="#414952",
    field="#15181c",
    groove="#3a414a",
    selection="#264b78",
    error="#ff8179",
    error_field="#2d1d1e",
    warning="#e3b341",
    grid="#2d333a",
    axis="#9ba5b0",
    numbers="#6cb1ff",
    path="#f0a818",
    path_point="#f0a818",
    outline="#14110c",
    current="#e8690b",
    current_outline="#ffffff",
    start="#ffffff",
    ghost="#e8690b",
    gradient_arrow="#ffffff",
    gradient_arrow_on_card="#e8ebef",
    delta_arrow="#e8690b",
    minimum="#ffffff",
    minimum_on_card="#2bc59a",
    iso_line="#ffffff",
    loss_line="#56b4e9",
    loss_future="#2f6485",
    full_loss="#f08a3c",
    rise="#d98bb6",
    threshold="#2bc59a",
    tangent="#f08a3c",
    curve="#56b4e9",
    mark="#7f8a96",
    guess="#cc79a7",
    second_order="#2bc59a",
    higher_order="#cc79a7",
    dial="#e27bbb",
    basin_moving="#4d545c",
    basin_strewn="#7b838c",
    basin_diverged="#2a2e34",
    row="#c9d1da",
    class_low="#56b4e9",
    class_high="#e69f00",
    residual="#e8690b",
    boundary="#ffffff",
    image_alpha=0.78,
)

THEMES: Mapping[str, Theme] = MappingProxyType({theme.name: theme for theme in (LIGHT, DARK)})


@dataclass(frozen=True, slots=True)
class RunStyle:
    """How one run of several is told apart: by colour, and by dash and marker too.

    ``dash`` is in line widths, empty for a solid line; ``marker`` is a pyqtgraph symbol.
    """

    color: str
    dash: tuple[float, ...]
    marker: str


# Okabe and Ito's colours, which stay apart for colour-blind eyes.
RUN_STYLES: tuple[RunStyle, ...] = (
    RunStyle("#e69f00", (), "o"),
    RunStyle("#56b4e9", (6, 3), "s"),
    RunStyle("#cc79a7", (2, 2), "t"),
    RunStyle("#f0e442", (8, 3, 2, 3), "d"),
    RunStyle("#d55e00", (4, 2), "+"),
    RunStyle("#009e73", (10, 4), "star"),
    RunStyle("#0072b2", (2, 4), "x"),
)


def run_style(place: int, colour: int | None = None) -> RunStyle:
    """The style of the run at this place of a list, different for 49 of them.

    ``colour``: the place in ``RUN_STYLES`` whose colour it has instead of its own.
    """
    count = len(RUN_STYLES)
    # When the colours come round again, dashes and markers have moved on by three.
    pattern = RUN_STYLES[(place + 3 * (place // count)) % count]
    shade = RUN_STYLES[(place if colour is None else colour) % count]
    return RunStyle(shade.color, pattern.dash, pattern.marker)


# The same colours in an order in which neighbours on a map differ in brightness too.
BASIN_COLOURS = ("#0072b2", "#f0e442", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#e69f00")

# Distances in the layouts, in device-independent pixels.
SPACING = 8
CARD_PADDING = 12
GAP = 10

_CJK_FALLBACK = ("Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC")
# What Qt answers where no desktop tells it a font; those names resolve to whatever comes first.
_NO_FAMILY = frozenset({"Sans Serif", "Sans", ""})


def font(theme: Theme) -> QFont:
    """The system's own text font at the theme's size, with Chinese glyphs where it has none."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    families = [family for family in system.families() if family not in _NO_FAMILY]
    system.setFamilies([*(families or _usual_families()), *_CJK_FALLBACK])
    system.setPointSizeF(theme.text_size)
    return system


@cache
def _usual_families() -> tuple[str, ...]:
    return tuple(name for name in ("Noto Sans", "DejaVu Sans") if QFontDatabase.hasFamily(name))


def prepare_theme(application: QApplication, theme: Theme) -> None:
    """Style, colours and font, before any widget: a font does not reach those already there."""
    if application.style().name() != "fusion":
        application.setStyle("Fusion")
    application.setPalette(palette(theme))
    application.setFont(font(theme))


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Dress the whole application; plots and typeset formulas follow by their ``set_theme``."""
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
        "text_pt": f"{theme.text_size:g}",
        "small_pt": f"{theme.text_size * 0.92:g}",
        "title_pt": f"{theme.text_size * 1.05:g}",
        "code_family": QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family(),
    }
    return Template(SHEET).substitute(asdict(theme) | images | sizes)


def chip_sheet(theme: Theme) -> str:
    """The style of a small label that floats over a plot."""
    card = QColor(theme.card)
    return (
        f"color: {theme.text}; border: 1px solid {theme.card_border}; border-radius: 5px;"
        f" padding: 2px 6px; background: rgba({card.red()}, {card.green()}, {card.blue()}, 88%);"
    )


def palette(theme: Theme) -> QPalette:
    """The colours of what the style sheet leaves alone: dialogs, links, plain text."""
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


@cache
def loss_colormap() -> NDArray[np.uint8]:
    """Viridis from low to high loss, (256, 4) RGBA: evenly bright, safe for colour-blind eyes."""
    import pyqtgraph as pg

    table: NDArray[np.uint8] = pg.colormap.get("viridis").getLookupTable(nPts=256, alpha=True)
    table.setflags(write=False)
    return table


@cache
def class_colormap(theme: Theme) -> NDArray[np.uint8]:
    """From one class to the other, (256, 3): palest where a model is undecided."""
    import numpy as np

    pale, *ends = (_rgb(name) for name in (theme.card, theme.class_low, theme.class_high))
    share = 0.6 * np.abs(np.linspace(-1.0, 1.0, 256))[:, None]
    ink = np.repeat(ends, 128, axis=0)
    table: NDArray[np.uint8] = np.round(np.array(pale) * (1 - share) + ink * share).astype(np.uint8)
    table.setflags(write=False)
    return table


def _rgb(name: str) -> tuple[int, int, int]:
    colour = QColor(name)
    return (colour.red(), colour.green(), colour.blue())


def color(name: str, alpha: float = 1.0) -> QColor:
    """A theme's colour made translucent; ``alpha`` runs from 0 to 1."""
    result = QColor(name)
    result.setAlphaF(alpha)
    return result


def pen(
    theme: Theme,
    name: str,
    width: float,
    *,
    alpha: float = 1.0,
    dash: tuple[float, ...] = (),
) -> QPen:
    """A pen whose width counts in pixels at any zoom (cosmetic), as plots need it."""
    result = QPen(color(name, alpha), width * theme.line_weight)
    result.setCosmetic(True)
    result.setCapStyle(Qt.PenCapStyle.RoundCap)
    result.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dash:
        result.setCapStyle(Qt.PenCapStyle.FlatCap)
        result.setDashPattern(list(dash))
    return result


def path_pen(theme: Theme, run: int = 0) -> QPen:
    """The path of one run on the landscape."""
    style = RUN_STYLES[run % len(RUN_STYLES)]
    return pen(theme, theme.path if run == 0 else style.color, 2, dash=style.dash)


def path_outline_pen(theme: Theme) -> QPen:
    """Beneath the path: a dark rim, so that it stands out on bright yellow too."""
    return pen(theme, theme.outline, 4, alpha=0.45)


def iso_pen(theme: Theme) -> QPen:
    return pen(theme, theme.iso_line, 1, alpha=0.55)


def current_outline_pen(theme: Theme) -> QPen:
    """The ring around the point of the shown step."""
    return pen(theme, theme.current_outline, 2)


def start_pen(theme: Theme) -> QPen:
    """The ring of the start point, which can be dragged."""
    return pen(theme, theme.start, 2)


def ghost_pen(theme: Theme) -> QPen:
    """The ring of θ_{t+1}, where the step would lead."""
    return pen(theme, theme.ghost, 2, dash=(2, 1.5))


def gradient_pen(theme: Theme, *, on_card: bool = False) -> QPen:
    """The arrow −∇L; ``on_card`` where it lies on a plain card, not on the coloured landscape."""
    return pen(theme, theme.gradient_arrow_on_card if on_card else theme.gradient_arrow, 2.5)


def state_pen(theme: Theme, *, on_card: bool = False) -> QPen:
    """What the optimizer remembers: dashed, beside the arrow of −∇L."""
    colour = theme.gradient_arrow_on_card if on_card else theme.gradient_arrow
    return pen(theme, colour, 2.5, dash=(3, 1.5))


def guess_pen(theme: Theme) -> QPen:
    """From a guess to where the step landed."""
    return pen(theme, theme.guess, 2, dash=(2, 2))


def delta_pen(theme: Theme) -> QPen:
    """The arrow Δ, the update itself."""
    return pen(theme, theme.delta_arrow, 3)


def arrow_outline_pen(theme: Theme) -> QPen:
    """Beneath an arrow, as beneath the path."""
    return pen(theme, theme.outline, 5, alpha=0.4)


def loss_pen(theme: Theme, run: int = 0) -> QPen:
    """L(θ_t) up to the shown step."""
    style = RUN_STYLES[run % len(RUN_STYLES)]
    return pen(theme, theme.loss_line if run == 0 else style.color, 2, dash=style.dash)


def loss_future_pen(theme: Theme) -> QPen:
    """L(θ_t) past the shown step, where the run has been already."""
    return pen(theme, theme.loss_future, 2, dash=(4, 3))


def batch_loss_pen(theme: Theme) -> QPen:
    """The loss of each step's own rows, which jumps from batch to batch."""
    return pen(theme, theme.loss_line, 1.25, alpha=0.4)


def full_loss_pen(theme: Theme) -> QPen:
    """The loss over all rows, where a step sees only some of them."""
    return pen(theme, theme.full_loss, 2.5)


def threshold_pen(theme: Theme) -> QPen:
    return pen(theme, theme.threshold, 1.5, dash=(6, 4))


def tangent_pen(theme: Theme) -> QPen:
    return pen(theme, theme.tangent, 2, dash=(5, 3))


def curve_pen(theme: Theme) -> QPen:
    return pen(theme, theme.curve, 2.5)


def mark_pen(theme: Theme) -> QPen:
    """Where a setting was changed in mid-run."""
    return pen(theme, theme.mark, 1, dash=(3, 3))


def grid_pen(theme: Theme) -> QPen:
    return pen(theme, theme.grid, 1)


def axis_pen(theme: Theme) -> QPen:
    return pen(theme, theme.axis, 1)


def first_order_pen(theme: Theme) -> QPen:
    """What the slope alone foretells: the tangent, the cosine."""
    return pen(theme, theme.tangent, 2, dash=(5, 3))


def second_order_pen(theme: Theme) -> QPen:
    """What slope and curvature foretell: the parabola."""
    return pen(theme, theme.second_order, 2, dash=(8, 3, 2, 3))


def higher_order_pen(theme: Theme) -> QPen:
    """The Taylor polynomial of a higher order."""
    return pen(theme, theme.higher_order, 2.5, dash=(2.5, 1.5))


def circle_pen(theme: Theme) -> QPen:
    """The circle of all steps of one length."""
    return pen(theme, theme.iso_line, 2)


def level_pen(theme: Theme) -> QPen:
    """The contours of the linear model inside that circle."""
    return pen(theme, theme.iso_line, 1.5, dash=(5, 3))


def dial_pen(theme: Theme) -> QPen:
    """The hand that is turned around the circle."""
    return pen(theme, theme.dial, 2.5)


def angle_pen(theme: Theme) -> QPen:
    """The arc of an angle, and the direction that it counts from."""
    return pen(theme, theme.outline, 1.5)


def residual_pen(theme: Theme, *, faint: bool = False) -> QPen:
    """From what a row says to what the model says of it."""
    return pen(theme, theme.residual, 1.25, alpha=0.25 if faint else 0.8)


def boundary_pen(theme: Theme) -> QPen:
    """Where a model is undecided between two classes."""
    return pen(theme, theme.boundary, 2)


def diagonal_pen(theme: Theme) -> QPen:
    """Where prediction and target agree."""
    return pen(theme, theme.curve, 2, dash=(6, 4))
