"""The card of the landscape: a curve for one parameter, a contour plot or surface for more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QToolButton, QWidget

from gdsim.views.landscape.contour_view import ContourView
from gdsim.views.landscape.curve_view import CurveView
from gdsim.views.landscape.slice_selector import SliceSelector
from gdsim.views.theme import LIGHT, Theme
from gdsim.views.theme.icons import icon
from gdsim.views.widgets.card import Card
from gdsim.views.widgets.segmented_buttons import SegmentedButtons
from gdsim.views.widgets.status_line import ElidedLabel

if TYPE_CHECKING:
    from gdsim.views.surface.surface_view import SurfaceView


class LandscapePanel(Card):
    """Shows the view for the number of parameters, and for more than two the choice of the slice.

    The constructor creates only the plots, so that they appear soon; ``build_rest`` adds the
    surface and the legend of the basins.
    """

    mode_changed = Signal(str)
    """The mode in which two parameters are shown has changed; one of MODES."""

    MODES = ("contour", "surface", "basins")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.contour = ContourView()
        self.curve = CurveView()
        self.planes: tuple[ContourView | SurfaceView, ...] = (self.contour,)
        """The views of two parameters; they have the same setters."""
        self._theme = LIGHT
        self._stack = QStackedWidget()
        self._stack.addWidget(self.contour)
        self._stack.addWidget(self.curve)
        self.body.addWidget(self._stack, 1)
        self._modes = SegmentedButtons(self.MODES)
        self._modes.hide()
        self._modes.setEnabled(False)
        self._dimension = 2
        # Whether the surface was shown before a function of one parameter was chosen.
        self._had_surface = False
        self._reset = QToolButton()
        self._reset.setProperty("flat", True)
        self._message = ElidedLabel()
        self._message.hide()
        self._scope = ElidedLabel()
        self._scope.hide()
        for line in (self._message, self._scope):
            self.body.insertWidget(0, line)
        self.add_to_header(self._modes)
        self.slice = SliceSelector()
        self.slice.hide()
        # In a row of its own, because beside the title it would make the window wider.
        self.body.insertWidget(0, self.slice)
        self.add_to_header(self._reset)
        self._reset.clicked.connect(self.reset_view)
        self._modes.chosen.connect(self._on_mode_chosen)
        self._retranslate()

    def build_rest(self) -> None:
        """Add the views that are not needed for the first picture."""
        from gdsim.views.landscape.basin_legend import BasinLegend
        from gdsim.views.surface.surface_view import SurfaceView

        self.surface = SurfaceView()
        self._stack.addWidget(self.surface)
        self.planes = (self.contour, self.surface)
        self.legend = BasinLegend()
        self.legend.hide()
        self.body.addWidget(self.legend)
        self._modes.setEnabled(True)
        self.surface.set_theme(self._theme)
        self.legend.set_theme(self._theme)

    @property
    def is_curve(self) -> bool:
        """Whether the current function has one parameter."""
        return self._stack.currentWidget() is self.curve

    @property
    def mode(self) -> str:
        """The current mode, one of MODES."""
        return self._modes.key

    def set_mode(self, mode: str) -> None:
        """Show two parameters in this mode, one of MODES."""
        if mode != self._modes.key:
            self._modes.set_key(mode)
            self._on_mode_chosen(mode)

    @Slot(str)
    def _on_mode_chosen(self, mode: str) -> None:
        self._show_view()
        self.legend.setVisible(mode == "basins")
        self.mode_changed.emit(mode)

    def set_parameters(self, parameters: Sequence[str]) -> None:
        """Set the names of the parameters; their number decides on the view."""
        self._dimension = len(parameters)
        is_curve = len(parameters) == 1
        self.slice.setVisible(len(parameters) > 2)
        self._modes.setVisible(True)
        self._modes.button("surface").setVisible(not is_curve)
        self._describe_first_mode()
        if is_curve and self.mode == "surface":
            self._had_surface = True
            self.set_mode("contour")
        elif not is_curve and self._had_surface:
            self._had_surface = False
            if self.mode == "contour":
                self.set_mode("surface")
        self._show_view()
        if is_curve:
            self.curve.set_parameter(parameters[0])

    def set_message(self, message: str) -> None:
        """Set the line above the plot with what the user is asked to do; empty: no line."""
        self._message.set_text(message)
        self._message.setVisible(bool(message))

    def set_scope(self, scope: str) -> None:
        """Set the line above the plot that names the rows of the landscape; empty: no line."""
        self._scope.set_text(scope)
        self._scope.setVisible(bool(scope))

    def scope(self) -> str:
        """The line that names the rows of the landscape if it is not of all rows."""
        return self._scope.text()

    def message(self) -> str:
        """The line with what the user is asked to do."""
        return self._message.text()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for view in (*self.planes, self.curve):
            view.set_theme(theme)
        if len(self.planes) > 1:
            self.legend.set_theme(theme)
        self._reset.setIcon(icon("reset-view", theme))
        self._message.set_color(theme.numbers)
        self._scope.set_color(theme.numbers)

    @Slot()
    def reset_view(self) -> None:
        """Go back to the home view."""
        self._view().reset_view()

    def _view(self) -> ContourView | SurfaceView | CurveView:
        """The view that is shown now."""
        if self._dimension == 1:
            return self.curve
        return self.surface if self.mode == "surface" else self.contour

    def _show_view(self) -> None:
        self._stack.setCurrentWidget(self._view())

    def _describe_first_mode(self) -> None:
        if self._dimension == 1:
            self._modes.describe("contour", self.tr("Curve"), self.tr("The loss as a curve"))
        else:
            self._modes.describe(
                "contour", self.tr("Contour"), self.tr("The loss as colours and iso-lines")
            )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.set_title(self.tr("Landscape"))
        self._modes.setAccessibleName(self.tr("Ways of looking at the landscape"))
        self._describe_first_mode()
        self._modes.describe(
            "surface",
            self.tr("Surface"),
            self.tr("The loss as heights, to be turned with the mouse"),
        )
        self._modes.describe(
            "basins",
            self.tr("Basins"),
            self.tr(
                "Each pixel is a starting point, in the colour of the point that the descent"
                " reaches"
            ),
        )
        self._reset.setAccessibleName(self.tr("Reset the view"))
        self._reset.setToolTip(self.tr("Reset the view (0)"))
