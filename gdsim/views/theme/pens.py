"""The pens of the plots."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from gdsim.views.theme.colours import Theme, color


def pen(
    theme: Theme,
    name: str,
    width: float,
    *,
    alpha: float = 1.0,
    dash: tuple[float, ...] = (),
) -> QPen:
    """A pen whose ``width`` is in pixels at any zoom (cosmetic); ``dash`` is in line widths."""
    result = QPen(color(name, alpha), width * theme.line_weight)
    result.setCosmetic(True)
    result.setCapStyle(Qt.PenCapStyle.RoundCap)
    result.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dash:
        result.setCapStyle(Qt.PenCapStyle.FlatCap)
        result.setDashPattern(list(dash))
    return result


def path_pen(theme: Theme) -> QPen:
    """The path on the landscape."""
    return pen(theme, theme.path, 2)


def path_outline_pen(theme: Theme) -> QPen:
    """The dark rim beneath the path, so that it is visible on bright yellow, too."""
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
    """The ring at θ_{t+1}, where the step leads."""
    return pen(theme, theme.ghost, 2, dash=(2, 1.5))


def gradient_pen(theme: Theme, *, on_card: bool = False) -> QPen:
    """The arrow −∇L; ``on_card`` where it lies on a plain card, not on the coloured landscape."""
    return pen(theme, theme.gradient_arrow_on_card if on_card else theme.gradient_arrow, 2.5)


def state_pen(theme: Theme, *, on_card: bool = False) -> QPen:
    """The arrow of the optimizer's state (such as momentum), dashed, beside the arrow −∇L."""
    colour = theme.gradient_arrow_on_card if on_card else theme.gradient_arrow
    return pen(theme, colour, 2.5, dash=(3, 1.5))


def guess_pen(theme: Theme) -> QPen:
    """The line from a user's guess to the point where the step really led."""
    return pen(theme, theme.guess, 2, dash=(2, 2))


def delta_pen(theme: Theme) -> QPen:
    """The arrow Δ, the update itself."""
    return pen(theme, theme.delta_arrow, 3)


def arrow_outline_pen(theme: Theme) -> QPen:
    """The dark rim beneath an arrow."""
    return pen(theme, theme.outline, 5, alpha=0.4)


def loss_pen(theme: Theme) -> QPen:
    """L(θ_t) up to the shown step."""
    return pen(theme, theme.loss_line, 2)


def loss_future_pen(theme: Theme) -> QPen:
    """L(θ_t) after the shown step, where steps have been computed already."""
    return pen(theme, theme.loss_future, 2, dash=(4, 3))


def batch_loss_pen(theme: Theme) -> QPen:
    """The loss of each step on its own batch, which jumps from batch to batch."""
    return pen(theme, theme.loss_line, 1.25, alpha=0.4)


def full_loss_pen(theme: Theme) -> QPen:
    """The loss over all rows, where each step uses a batch."""
    return pen(theme, theme.full_loss, 2.5)


def threshold_pen(theme: Theme) -> QPen:
    return pen(theme, theme.threshold, 1.5, dash=(6, 4))


def tangent_pen(theme: Theme) -> QPen:
    return pen(theme, theme.tangent, 2, dash=(5, 3))


def curve_pen(theme: Theme) -> QPen:
    return pen(theme, theme.curve, 2.5)


def mark_pen(theme: Theme) -> QPen:
    """The mark at a step where a setting was changed."""
    return pen(theme, theme.mark, 1, dash=(3, 3))


def grid_pen(theme: Theme) -> QPen:
    return pen(theme, theme.grid, 1)


def axis_pen(theme: Theme) -> QPen:
    return pen(theme, theme.axis, 1)


def first_order_pen(theme: Theme) -> QPen:
    """The prediction of the linear model: the tangent, the cosine."""
    return pen(theme, theme.tangent, 2, dash=(5, 3))


def second_order_pen(theme: Theme) -> QPen:
    """The prediction of the quadratic model: the parabola."""
    return pen(theme, theme.second_order, 2, dash=(8, 3, 2, 3))


def higher_order_pen(theme: Theme) -> QPen:
    """The Taylor polynomial of an order above 2."""
    return pen(theme, theme.higher_order, 2.5, dash=(2.5, 1.5))


def circle_pen(theme: Theme) -> QPen:
    """The circle of all steps of the same length."""
    return pen(theme, theme.iso_line, 2)


def level_pen(theme: Theme) -> QPen:
    """The iso-lines of the linear model inside that circle."""
    return pen(theme, theme.iso_line, 1.5, dash=(5, 3))


def dial_pen(theme: Theme) -> QPen:
    """The hand that the user turns around the circle."""
    return pen(theme, theme.dial, 2.5)


def residual_pen(theme: Theme, *, faint: bool = False) -> QPen:
    """The residual: from the target of a row to the model's prediction."""
    return pen(theme, theme.residual, 1.25, alpha=0.25 if faint else 0.8)


def boundary_pen(theme: Theme) -> QPen:
    """The boundary between two classes, where both are equally likely."""
    return pen(theme, theme.boundary, 2)


def diagonal_pen(theme: Theme) -> QPen:
    """The line on which prediction and target are equal."""
    return pen(theme, theme.curve, 2, dash=(6, 4))
