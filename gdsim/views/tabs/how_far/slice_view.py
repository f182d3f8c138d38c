"""The plot of L(θ − τ∇L) over τ."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from gdsim.core.how_far.line_slice import LineSlice
from gdsim.views.plot.grid_layer import GridLayer
from gdsim.views.plot.plot_axis import position_text
from gdsim.views.plot.plot_view import PlotView
from gdsim.views.tabs.how_far.slice_layer import SliceLayer
from gdsim.views.theme import Theme

_HEIGHT = 110


class SliceView(PlotView):
    """The loss after a gradient step of every learning rate τ."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = GridLayer(self.box, self.y_axis)
        self._layer = SliceLayer(self.box)
        self.y_axis.set_title("L(θ − τ∇L)")
        self.set_theme(self.theme)
        self._retranslate()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.setMinimumHeight(round(_HEIGHT * theme.text_size / 10))
        for layer in (self._grid, self._layer):
            layer.set_theme(theme)

    def set_slice(self, line: LineSlice | None) -> None:
        """Show all of a line; None shows an empty plot."""
        self._layer.set_slice(line)
        if line is not None:
            self.set_home_range(line.tau_range, line.loss_range)
            self._grid.invalidate()

    def sizeHint(self) -> QSize:
        return QSize(300, self.minimumHeight())

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("The loss along −∇L"))
        self.setAccessibleDescription(
            self.tr("The loss after one plain gradient step, for each learning rate τ.")
        )

    def _on_hovered(self, position: tuple[float, float] | None) -> None:
        text = ""
        if position is not None:
            pixels = self.box.pixels()
            scales = (pixels.x_scale, pixels.y_scale)
            text = ", ".join(map(position_text, ("τ", "L"), position, scales))
        self.position_note.set_note(text)
        self._place_notes()
