"""Draws the loss over all rows on the loss plot when each step uses only a batch of them."""

from __future__ import annotations

from PySide6.QtCore import Slot

from gdsim.app.moment import Moment
from gdsim.app.workplace import Presenter, Workplace
from gdsim.core.run.full_loss import FullLoss, differs
from gdsim.simulation.explorer import Explorer
from gdsim.views.loss.loss_view import LossView


class FullLossPresenter(Presenter):
    """Has it computed beside the run, on a thread of its own; the run never waits for it."""

    def __init__(self, view: LossView, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._view = view
        self._full: FullLoss | None = None
        self._asked = 0  # the number of rows of the trace at the last request
        self._last = 0  # the last row that may be shown
        self._explorer = Explorer("full loss", self)
        self._explorer.reported.connect(self._on_reported)
        self._explorer.failed.connect(workplace.report)

    def draw(self, moment: Moment) -> None:
        trace = moment.trace
        self._last = moment.step.index if moment.is_hidden else len(trace)
        if not differs(trace):
            if self._full is not None:
                self._explorer.cancel()
                self._full = None
                self._view.set_full_loss(None)
            return
        if self._full is None or self._full.trace is not trace:
            self._full, self._asked = FullLoss(trace, known=self._full), 0
            self._explorer.cancel()
        if len(trace) != self._asked and not self._explorer.is_busy:
            self._asked = len(trace)
            self._explorer.explore(self._full)
        self._show()

    @Slot()
    def shut_down(self) -> None:
        """Stop the thread."""
        self._explorer.shut_down()

    def _show(self) -> None:
        if self._full is not None:
            rows, losses = self._full.points()
            seen = rows <= self._last
            self._view.set_full_loss((rows[seen].astype(float), losses[seen]))

    @Slot(object, object, object)
    def _on_reported(self, full: object, *_: object) -> None:
        if full is self._full:
            self._show()
