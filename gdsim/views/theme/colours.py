"""The themes (light, dark, projector) with all colours, and the styles that distinguish runs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtGui import QColor

_USUAL_SIZE = 10.0


@dataclass(frozen=True, slots=True)
class Theme:
    """A set of colours (``#rrggbb``) with the size of text and the weight of lines."""

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
    # The basin map, where a start leads to no minimum: still moving, converged elsewhere, diverged.
    basin_moving: str
    basin_no_minimum: str
    basin_diverged: str
    basin_undefined: str
    # The data: a row, a row of each of two classes, residuals, the boundary between classes.
    row: str
    class_low: str
    class_high: str
    residual: str
    boundary: str
    image_alpha: float
    # The size of text and of the smallest text in points, and a factor for all line widths.
    text_size: float = _USUAL_SIZE
    least_size: float = 0.0
    line_weight: float = 1.0
    # Font families for letters that the system's own font lacks, best first.
    fonts: tuple[str, ...] = ()

    def pixels(self, length: float) -> int:
        """A length, given in pixels for text of ten points, scaled to the text of this theme."""
        return int(length * self.text_size / _USUAL_SIZE)


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
    basin_no_minimum="#a9b0b8",
    basin_diverged="#5b626b",
    basin_undefined="#8f7a68",
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
    basin_no_minimum="#7b838c",
    basin_diverged="#2a2e34",
    basin_undefined="#453a31",
    row="#c9d1da",
    class_low="#56b4e9",
    class_high="#e69f00",
    residual="#e8690b",
    boundary="#ffffff",
    image_alpha=0.78,
)


# For a projector in a lit room: the smallest text is readable from the last row.
PROJECTOR = replace(
    LIGHT, name="projector", text_size=18.0, least_size=18.0, line_weight=1.8, text_muted="#3f4954"
)


@dataclass(frozen=True, slots=True)
class RunStyle:
    """How a run differs from others on a plot: by colour, and also by dash pattern and marker.

    ``dash`` is in line widths, empty for a solid line; ``marker`` is a symbol of pyqtgraph.
    """

    color: str
    dash: tuple[float, ...]
    marker: str


# The palette of Okabe and Ito, which colour-blind people can tell apart.
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
    """The style of the run at an index of a list; the first 49 styles differ.

    ``colour``: the index in ``RUN_STYLES`` of the colour to use instead of the run's own.
    """
    count = len(RUN_STYLES)
    # In each further round of colours, dashes and markers are shifted by three.
    pattern = RUN_STYLES[(place + 3 * (place // count)) % count]
    shade = RUN_STYLES[(place if colour is None else colour) % count]
    return RunStyle(shade.color, pattern.dash, pattern.marker)


# The same colours, ordered so that neighbours on a map differ in brightness, too.
BASIN_COLOURS = ("#0072b2", "#f0e442", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#e69f00")


def color(name: str, alpha: float = 1.0) -> QColor:
    """A colour with an opacity ``alpha`` from 0 to 1."""
    result = QColor(name)
    result.setAlphaF(alpha)
    return result
