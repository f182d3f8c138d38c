"""The plot of the data and of the model's predictions at the shown step."""

from __future__ import annotations

from collections.abc import Collection
from math import isfinite

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from gdsim.core.arrays import Integers
from gdsim.core.formula.names import plain_name
from gdsim.core.formula.tokens import shortened
from gdsim.core.learning.model_picture import ModelCurve, ModelMap, PlotKind, Scatter
from gdsim.core.number_text import grouped
from gdsim.views.data.model_layer import MapLayer, ModelCurveLayer, ResidualLayer
from gdsim.views.data.point_handle import PointHandle
from gdsim.views.data.points_header import PointsHeader
from gdsim.views.data.scatter_layer import (
    LitRowsLayer,
    RowsLayer,
    draw_class_sign,
    draw_row_sign,
    draw_shades_sign,
)
from gdsim.views.overlays.start_handle import rounded_to_pixel
from gdsim.views.plot.grid_layer import GridLayer
from gdsim.views.plot.legend import Entry, Legend
from gdsim.views.plot.plot_axis import number_text, position_text
from gdsim.views.plot.plot_view import PlotView
from gdsim.views.theme import Theme, boundary_pen, curve_pen, diagonal_pen, residual_pen

_PREDICTION = "ŷ"


class DataView(PlotView):
    """Points with the model's curve or map; a click adds a point while that is switched on.

    ``header`` holds the switch for adding points; it is above the plot unless the window moves it.
    """

    point_added = Signal(float, float, int)
    """x, y and the class of a new point, 0 or 1; 0 where there are no classes."""
    point_moved = Signal(int, float, float)
    """The row of a point that was dragged, and its new x and y."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: Scatter | None = None
        self._classes = ("0", "1")
        self._map: ModelMap | None = None
        self._lit: Integers | None = None
        self._has_residuals = False
        self._message = ""
        self._units = ""
        self._grid = GridLayer(self.box, self.y_axis)
        self._map_layer = MapLayer(self.box)
        self._residuals = ResidualLayer(self.box)
        self._rows = RowsLayer(self.box)
        self._lit_rows = LitRowsLayer(self.box)
        self._curve = ModelCurveLayer(self.box)
        self.legend = Legend(_draw_symbol)
        self.body.addWidget(self.legend)
        self.header = PointsHeader()
        self.body.insertWidget(0, self.header)
        self._handle = PointHandle(self.box, self)
        self._handle.dragged.connect(self._on_point_dragged)
        self._handle.dropped.connect(self._on_point_dropped)
        self.header.switched.connect(self._handle.set_enabled)
        self.box.clicked.connect(self._on_clicked)
        self.box.right_clicked.connect(self._on_right_clicked)
        self.set_theme(self.theme)
        self._retranslate()

    # Setters

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        beneath = (self._grid, self._map_layer, self._residuals)
        above = (self._rows, self._lit_rows, self._curve)
        for layer in (*beneath, *above, self.header, self.legend):
            layer.set_theme(theme)

    def set_points(
        self,
        points: Scatter | None,
        classes: tuple[str, str] | None = None,
        standardised: Collection[str] = (),
    ) -> None:
        """The rows as points; removes the model's predictions of other points.

        ``classes`` are the texts of a target that was text; ``standardised`` the columns that have
        no units any more.
        """
        before, self._points = self._points, points
        self._rows.set_points(points)
        self._handle.set_points(points)
        if before is None or points is None or before.drawn is not points.drawn:
            self.set_curve(None)
            self.set_map(None)
            self.set_lit(None)
        if points is not None:
            for axis, name in zip((self.x_axis, self.y_axis), points.names, strict=True):
                axis.set_title(
                    self.tr("{column} (standardised)").format(column=_title(name))
                    if name in standardised
                    else _title(name)
                )
            low, high = (number_text(label) for label in points.labels)
            if classes is not None:
                low, high = (
                    f"{label} ({shortened(name)})"
                    for label, name in zip((low, high), classes, strict=True)
                )
            self._classes = (low, high)
            self.header.set_classes(self._classes if points.kind is PlotKind.CLASSES else None)
        self._update_texts()

    def set_message(self, message: str) -> None:
        """An instruction to the user; empty for none."""
        self._message = message
        self._update_texts()

    def set_units(self, sentence: str) -> None:
        """The parameters in the units of the file; empty where the data are as in the file."""
        if sentence != self._units:
            self._units = sentence
            self._update_texts()

    def set_lit(self, rows: Integers | None) -> None:
        """The rows that the shown step uses, if these are not all rows."""
        self._lit = rows
        self._rows.set_faint(rows is not None)
        self._lit_rows.set_lit(self._points, rows)
        self._update_texts()

    def set_curve(self, curve: ModelCurve | None) -> None:
        """The model along its one input."""
        self._has_residuals = curve is not None and len(curve.rows) > 0
        self._residuals.set_curve(self._points, curve)
        agrees = self._points is not None and self._points.kind is PlotKind.AGREEMENT
        self._curve.set_curve(curve, diagonal=agrees)
        self._update_texts()

    def set_map(self, picture: ModelMap | None) -> None:
        """The model over its two inputs."""
        self._map = picture
        kind = PlotKind.CLASSES if self._points is None else self._points.kind
        self._map_layer.set_map(kind, picture)
        self._update_texts()

    # What is shown

    def shown_curve(self) -> ModelCurve | None:
        """What the model says along its one input; None where no curve is drawn."""
        return self._curve.curve

    def lit_rows(self) -> Integers | None:
        """The rows that stand out as those of the shown step; None where all rows look alike."""
        return self._lit

    # Internals

    @Slot(object)
    def _on_point_dragged(self, points: Scatter) -> None:
        self._rows.set_points(points)
        self._residuals.set_curve(None, None)

    @Slot(int, float, float)
    def _on_point_dropped(self, row: int, x: float, y: float) -> None:
        self._rows.set_points(self._points)  # where it was, unless the move is accepted
        self.point_moved.emit(row, x, y)

    @Slot(float, float)
    def _on_clicked(self, x: float, y: float) -> None:
        self._add(x, y, self.header.chosen_class)

    @Slot(float, float)
    def _on_right_clicked(self, x: float, y: float) -> None:
        self._add(x, y, 1 - self.header.chosen_class)

    def _add(self, x: float, y: float, label: int) -> None:
        if self.header.is_adding:
            pixels = self.box.pixels()
            self.point_added.emit(
                rounded_to_pixel(x, pixels.x_scale),
                rounded_to_pixel(y, pixels.y_scale),
                label if self.header.has_classes else 0,
            )

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Data"))
        self.setAccessibleDescription(
            self.tr("The rows of the data, and the model's predictions at the shown step.")
        )
        self._update_texts()

    def _update_texts(self) -> None:
        points = self._points
        if points is None:
            self.legend.set_entries(())
            self.note.set_note("")
            return
        self.legend.set_entries(self._entries(points))
        thinned = ""
        if points.is_thinned:
            thinned = self.tr("{drawn} of {rows} rows are drawn, chosen at random").format(
                drawn=grouped(len(points.drawn)), rows=grouped(len(points.x))
            )
        self.note.set_note("\n".join(filter(None, (self._message, thinned, self._units))))
        self._place_notes()

    def _entries(self, points: Scatter) -> list[Entry]:
        entries = []
        if points.kind is PlotKind.CLASSES:
            low, high = self._classes
            entries += [
                ("low", self.tr("class {label}").format(label=low)),
                ("high", self.tr("class {label}").format(label=high)),
            ]
            if self._map is not None:
                middle = number_text(sum(points.labels) / 2)
                entries.append(
                    ("boundary", self.tr("boundary: ŷ = {middle}").format(middle=middle))
                )
        elif points.kind is PlotKind.VALUES:
            low, high = (number_text(label) for label in points.labels)
            entries.append(
                ("shades", self.tr("colours from {low} to {high}").format(low=low, high=high))
            )
            entries.append(("melts", self.tr("row; where ŷ = y it has the colour of the map")))
        else:
            entries.append(("row", self.tr("row")))
            agree = points.kind is PlotKind.AGREEMENT
            entries.append(("diagonal", "ŷ = y") if agree else ("model", self.tr("model ŷ")))
            if self._has_residuals:
                entries.append(("residual", self.tr("residual")))
        if self._lit is not None:
            entries.append(("lit", self.tr("rows of this step")))
        return entries

    def _on_hovered(self, position: tuple[float, float] | None) -> None:
        text = ""
        if position is not None and self._points is not None:
            pixels = self.box.pixels()
            names = ("x", "y") if self._points.kind is PlotKind.AGREEMENT else self._points.names
            texts = list(map(position_text, names, position, (pixels.x_scale, pixels.y_scale)))
            texts += self._prediction_at(*position)
            text = ", ".join(texts)
        self.position_note.set_note(text)
        self._place_notes()

    def _prediction_at(self, x: float, y: float) -> list[str]:
        """The prediction under the mouse, as text."""
        picture = self._map
        if picture is None:
            return []
        column = int(np.abs(picture.x - x).argmin())
        row = int(np.abs(picture.y - y).argmin())
        value = float(picture.values[row, column])
        return [f"{_PREDICTION} = {number_text(value)}"] if isfinite(value) else []


def _title(column: str) -> str:
    return _PREDICTION if column == "prediction" else plain_name(column)


def _draw_symbol(painter: QPainter, theme: Theme, name: str, area: QRectF) -> None:
    middle = area.center()
    if name in ("low", "high"):
        draw_class_sign(painter, theme, name == "high", middle)
    elif name in ("row", "lit"):
        draw_row_sign(painter, theme, middle, lit=name == "lit")
    elif name == "melts":
        draw_row_sign(painter, theme, middle, lit=False)
    elif name == "shades":
        draw_shades_sign(painter, theme, area)
    else:
        make = {
            "model": curve_pen,
            "diagonal": diagonal_pen,
            "boundary": boundary_pen,
            "residual": residual_pen,
        }[name]
        painter.setPen(make(theme))
        reach = QPointF(area.width() / 2 - 1, 0)
        painter.drawLine(middle - reach, middle + reach)
