"""Fills the tab about the stop rules, and marks on the path where each would have ended it."""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter
from typing import Any, ClassVar

from PySide6.QtCore import QTimer, Slot

from gdsim.app.language.stop_rule_phrases import named_quantity, quantity
from gdsim.app.moment import Moment
from gdsim.app.tab_presenter import TabPresenter
from gdsim.app.tabs.stopping import stopping_phrases as say
from gdsim.app.workplace import Workplace
from gdsim.core.run.stop_rules import RULES, StopRule
from gdsim.core.run.stop_series import FirstStops, QuantitySeries
from gdsim.core.run.trace import Trace
from gdsim.views.tabs.stopping.quantity_layer import StopMark, Tolerance
from gdsim.views.tabs.stopping.stopping_view import RuleRow, StoppingView
from gdsim.views.widgets.status_line import Activity

# A frame may spend this long on reading rows, in seconds; the rest waits for the next turn.
_PATIENCE = 0.004
_ROWS_AT_ONCE = 8_192


class StoppingPresenter(TabPresenter[StoppingView]):
    """Reads a run piece by piece, however long it is; the window never waits for it."""

    key: ClassVar = "stopping"
    group: ClassVar = "run"
    shown_in_predictions: ClassVar = True

    def __init__(self, view: StoppingView, workplace: Workplace) -> None:
        super().__init__(view, workplace)
        self._panel = workplace.landscape
        self._stops: FirstStops | None = None
        self._series: dict[StopRule, QuantitySeries] = {}
        self._index = 0
        # The rule that the user looks at, for as long as this one is the current one.
        self._chosen: tuple[StopRule, StopRule] | None = None
        self._reading = QTimer(self, singleShot=True, interval=0)
        self._reading.timeout.connect(self._read_on)
        view.rule_chosen.connect(self._on_rule_chosen)
        view.step_selected.connect(workplace.go_to)
        self.retranslate()

    @classmethod
    def make_view(cls) -> StoppingView:
        return StoppingView()

    def state(self) -> dict[str, Any]:
        if self._chosen is None:
            return {}
        plotted, present = self._chosen
        return {"plotted": plotted.value, "while": present.value}

    def restore(self, state: Mapping[str, Any]) -> None:
        if state:
            self._chosen = (StopRule(state["plotted"]), StopRule(state["while"]))
            self.workplace.redraw()

    def draw(self, moment: Moment) -> None:
        if moment.is_hidden:
            self.clear()
            self.view.set_sentence(say.hidden(), Activity.MOVING)
            return
        if self._stops is None or self._stops.trace is not moment.trace:
            self._stops = FirstStops(moment.trace)
            self._series = {}
        self._index = moment.step.index
        self._read_on()

    def clear(self) -> None:
        """Remove the marks from the path and drop the reference to the run."""
        self._reading.stop()
        self._stops = None
        self._series = {}
        self.view.plot.set_quantity("", None)
        self.view.set_rules("", ())
        self.view.set_sentence("", Activity.MOVING)
        self.view.set_test("")
        self._mark_path(None, ())

    def retranslate(self) -> None:
        """Fill the list of rules; every other text is written by the next draw."""
        epoch = None if self._stops is None else self._epoch()
        self.view.set_choices([(stop.value, named_quantity(stop, epoch), "") for stop in RULES])

    @Slot(str)
    def _on_rule_chosen(self, key: str) -> None:
        if self._stops is not None:
            self._chosen = (StopRule(key), self._in_force())
            self._read_on()

    def _in_force(self) -> StopRule:
        assert self._stops is not None
        return self._stops.trace.stretch(self._index).experiment.stop

    def _epoch(self) -> int | None:
        """The updates in an epoch, where the rules are tested at the ends of epochs."""
        assert self._stops is not None
        return self._stops.trace.stretch(self._index).experiment.epoch

    def _plotted(self) -> StopRule:
        """The rule whose quantity is plotted: the user's choice, else the run's own."""
        in_force = self._in_force()
        if self._chosen is not None and self._chosen[1] is in_force:
            return self._chosen[0]
        return in_force if in_force.compares else StopRule.STEP

    # Reading

    @Slot()
    def _read_on(self) -> None:
        """Read new rows for a short time, show what is known, go on in the next turn."""
        stops = self._stops
        if stops is None:
            return
        plotted = self._plotted()
        series = self._series.setdefault(plotted, QuantitySeries(stops.trace, plotted))
        deadline = perf_counter() + _PATIENCE
        while True:
            behind = stops.advance(_ROWS_AT_ONCE)
            behind |= series.advance(_ROWS_AT_ONCE)
            self.view.plot.set_quantity(quantity(plotted, self._epoch()), series)
            if not behind or perf_counter() > deadline:
                break
        self._fill(stops, plotted)
        if behind:
            self._reading.start()

    # Showing

    def _fill(self, stops: FirstStops, plotted: StopRule) -> None:
        view, trace, index = self.view, stops.trace, self._index
        view.set_sentence(*say.headline(trace, self.workplace.judge))
        view.set_test(say.test_at(trace, index, self.workplace.judge))
        self.retranslate()
        view.set_choice(plotted.value)
        view.plot.set_shown(index)
        view.plot.set_tolerances(_tolerances(trace))
        marks = self._marks(stops)
        view.plot.set_stops(
            tuple(StopMark(row, label, plotted in rules) for row, label, rules in marks)
        )
        view.set_rules(f"t = {index}", self._rows(stops))
        self._mark_path(trace, tuple((row, label) for row, label, _ in marks))

    def _mark_path(self, trace: Trace | None, spots: tuple[tuple[int, str], ...]) -> None:
        """Mark the rows on the landscape that is shown; None removes the marks."""
        panel = self._panel
        panel.contour.set_stops(None if panel.is_curve else trace, spots)
        panel.curve.set_stops(trace if panel.is_curve else None, spots)

    def _rows(self, stops: FirstStops) -> list[RuleRow]:
        trace, index = stops.trace, self._index
        epsilon = trace.stretch(index).experiment.epsilon
        in_force = self._in_force()
        reading = stops.read < len(trace)
        return [
            RuleRow(
                stop.value,
                say.condition(stop, self._epoch(), in_force=stop is in_force),
                say.value_at(trace, index, stop, epsilon),
                say.first_stop(stops.row(stop), reading=reading, trace=trace),
                stops.row(stop),
                stop is in_force,
            )
            for stop in RULES
        ]

    def _marks(self, stops: FirstStops) -> list[tuple[int, str, tuple[StopRule, ...]]]:
        """Where rules would have stopped; those that agree share a mark."""
        rules: dict[int, list[StopRule]] = {}
        for stop in RULES:
            row = stops.row(stop)
            if row is not None:
                rules.setdefault(row, []).append(stop)
        epoch = self._epoch()
        return [
            (
                row,
                f"{', '.join(stop.sign_after(epoch) for stop in found)} < ε",
                tuple(found),
            )
            for row, found in sorted(rules.items())
        ]


def _tolerances(trace: Trace) -> tuple[Tolerance, ...]:
    """The ε of each stretch of the run, one where it did not change."""
    found: list[Tolerance] = []
    for stretch in trace.stretches:
        epsilon = stretch.experiment.epsilon
        if not found or found[-1].value != epsilon:
            found.append(Tolerance(stretch.start, epsilon, say.tolerance_label(epsilon)))
    return tuple(found)
