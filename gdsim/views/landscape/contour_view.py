"""The landscape over two parameters: colours, iso-lines, paths, and a step with its arrows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Signal
from PySide6.QtWidgets import QWidget

from gdsim.core.arrays import Floats, Range
from gdsim.core.landscape.landscape import Landscape
from gdsim.core.landscape.plane import Plane
from gdsim.views.landscape.colour_bar import ColourBar
from gdsim.views.landscape.landscape_layer import LandscapeLayer
from gdsim.views.landscape.landscape_plot import LandscapePlot
from gdsim.views.overlays.dial_layer import Dial, DialKnob, DialLayer
from gdsim.views.plot.plot_view import valid_range
from gdsim.views.run.step_layer import Part, ShownStep
from gdsim.views.theme import Theme

if TYPE_CHECKING:
    from gdsim.core.run.trace import Trace


# If one range is more than this many times the other, the axes do not have equal scales, because
# the plot would be too narrow.
_MOST_UNEQUAL = 8.0


class ContourView(LandscapePlot):
    """Two parameters at equal scales, so that −∇L is perpendicular to the iso-lines.

    If the ranges differ too much for that, the scales differ, and a note says so.
    """

    start_dragged = Signal(float, float)
    start_dropped = Signal(float, float)
    clicked = Signal(float, float)
    dial_turned = Signal(float, float)
    """x and y of the direction to which the hand of the dial was turned."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, on_card=False)
        self._titles = ("x", "y")
        self._plane = Plane.of_parameters((0.0, 0.0))
        self._stretched = False
        self._landscape = LandscapeLayer(self.box)
        self._dial = DialLayer(self.box)
        self._knob = DialKnob(self.box)
        self._layers += [self._landscape, self._dial, self._knob]
        self._knob.turned.connect(self.dial_turned)
        self._start.dragged.connect(self.start_dragged)
        self._start.dropped.connect(self.start_dropped)
        self.box.clicked.connect(self.clicked)
        self._bar = ColourBar()
        self.row.addWidget(self._bar)
        self.set_titles(self._titles)
        self.set_theme(self.theme)
        self.set_home_range((-2.0, 2.0), (-2.0, 2.0))
        self._retranslate()

    # Setters

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._bar.set_theme(theme)

    def set_titles(self, titles: tuple[str, str]) -> None:
        """Set the names of the axes: two parameters, or two directions."""
        self._titles = titles
        self.x_axis.set_title(titles[0])
        self.y_axis.set_title(titles[1])
        self._update_note()

    def set_plane(self, plane: Plane) -> None:
        """Set the plane that is shown; paths are projected onto it."""
        if plane != self._plane:
            self._plane = plane
            self._paths.clear()
            self._rises.set_run(None)
            self._stops.update()

    def set_home_range(self, x_range: Range, y_range: Range) -> None:
        (x0, x1), (y0, y1) = valid_range(x_range), valid_range(y_range)
        ratio = (x1 - x0) / (y1 - y0)
        self._stretched = not 1 / _MOST_UNEQUAL <= ratio <= _MOST_UNEQUAL
        self.box.setAspectLocked(not self._stretched)
        self._update_note()
        super().set_home_range(x_range, y_range)

    def set_landscape(self, landscape: Landscape | None) -> None:
        """Show a picture of the loss; None: an empty plane."""
        self._landscape.set_landscape(landscape)
        self._bar.set_landscape(landscape)

    def set_loss_shown(self, shown: bool) -> None:
        """Set whether the picture of the loss is visible; it is replaced by a basin map."""
        self._bar.setVisible(shown)
        self._landscape.setVisible(shown)

    def set_step(
        self,
        theta: Sequence[float] | Floats,
        gradient: Sequence[float] | Floats | None,
        delta: Sequence[float] | Floats | None,
        next_theta: Sequence[float] | Floats | None,
        state: tuple[str, Sequence[float] | Floats] | None = None,
        projected: frozenset[Part] = frozenset(),
    ) -> None:
        """Show a step, as far as it may be shown, as vectors (x, y) of the plane.

        ``state``: (label, vector) of the optimizer's memory, drawn as −vector; ``projected``: the
        arrows whose vectors do not lie in the plane.
        """
        memory = None if state is None else (state[0], _pair(state[1]))
        self._step.set_step(
            ShownStep(
                _pair(theta),
                None if gradient is None else _pair(gradient),
                None if delta is None else _pair(delta),
                None if next_theta is None else _pair(next_theta),
                memory,
                projected,
            )
        )
        self._update_note()

    def set_dial(self, dial: Dial | None) -> None:
        """Show the circle of all steps of one length around θ_t with its hand; None: no circle."""
        self._dial.set_dial(dial)
        self._knob.set_dial(dial)

    def shown_dial(self) -> Dial | None:
        """The dial around the point, with its radius and direction; None where there is none."""
        return self._knob.dial

    def dial_hand(self) -> QPointF | None:
        """Where the hand of the dial is, in pixels of the box; None where it is out of view."""
        return self._knob.spot()

    def set_start(self, x: float, y: float) -> None:
        """Set the position of the start point's handle."""
        self._start.set_start(x, y)

    # What is shown

    def shown_landscape(self) -> Landscape | None:
        """The picture of the loss; None while there is none."""
        return self._landscape.landscape

    def shown_plane(self) -> Plane:
        """The plane whose coordinates the plot has, or one parallel to it."""
        return self._plane

    # Internals

    def _columns(self, trace: Trace, start: int, stop: int) -> tuple[Floats, Floats]:
        return self._plane.columns(trace.theta(start, stop))

    def _axis_names(self) -> tuple[str, str]:
        return self._titles

    def _retranslate(self) -> None:
        super()._retranslate()
        self.setAccessibleName(self.tr("Landscape"))
        self.setAccessibleDescription(
            self.tr("The loss over two parameters, with the path of the descent.")
        )
        self._knob.setToolTip(self.tr("Direction of the step: turn it"))

    def _notes(self) -> list[str]:
        if not self._stretched:
            return []
        return [
            self.tr("Stretched: {x} and {y} have different scales").format(
                x=self._titles[0], y=self._titles[1]
            )
        ]

    def _on_range_changed(self, *_: object) -> None:
        super()._on_range_changed()
        area = self.box.mapRectToScene(self.box.rect())
        self._bar.set_span(area.top(), area.bottom())


def _pair(values: Sequence[float] | Floats) -> tuple[float, float]:
    return (float(values[0]), float(values[1]))
