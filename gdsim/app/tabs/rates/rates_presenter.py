"""The learning-rate sweep: when it is computed, what it shows, and the η that a click chooses."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import numpy as np
from PySide6.QtCore import Slot

from gdsim.app.explore.exploring_tab import ExploringTab
from gdsim.app.language.translation import problem_sentence
from gdsim.app.tabs.rates import rates_phrases as say
from gdsim.app.workplace import Workplace
from gdsim.core.arrays import Floats, Range
from gdsim.core.catalogue import entries as catalogue
from gdsim.core.ensemble.array_program import ETA0
from gdsim.core.explore.rates import (
    FEWEST,
    FRAMES,
    MOST,
    MOST_STEPS,
    RateSweep,
    SweepPicture,
    rates_around,
    spread_rates,
)
from gdsim.core.how_far.stability import curvature_at, largest_stable_rate
from gdsim.core.optimizer.linear_rule import linear_rule
from gdsim.core.problem import Problem
from gdsim.core.run.ending import Outcome
from gdsim.core.run.experiment import DEFAULT_ETA, Experiment
from gdsim.views.tabs.rates.film_strip import Frame
from gdsim.views.tabs.rates.rates_layer import RateMark, RatePoints
from gdsim.views.tabs.rates.rates_view import Quantity, RatesView

_HEADROOM = 1e3  # how far above the first loss the plot reaches at most
_DEEPEST = 1e-16  # of the highest loss on a log axis


class RatesPresenter(ExploringTab[RatesView, SweepPicture]):
    """Keeps the sweep in step with the settings while its tab is in front."""

    key: ClassVar = "rates"

    def __init__(self, view: RatesView, workplace: Workplace) -> None:
        super().__init__(view, workplace)
        self._deriver = workplace.deriver
        self._first_eta = DEFAULT_ETA  # with which the function came
        # What the user asked for; None: what suits the function and the optimizer.
        self._own_range: tuple[float, float, int] | None = None
        self._marked: object = None
        self._framed: object = None
        view.range_entered.connect(self._on_range_entered)
        view.rate_chosen.connect(self._on_rate_chosen)

    @classmethod
    def make_view(cls) -> RatesView:
        return RatesView(FRAMES, FEWEST, MOST)

    def state(self) -> dict[str, Any]:
        return {} if self._own_range is None else {"range": list(self._own_range)}

    def restore(self, state: Mapping[str, Any]) -> None:
        if "range" in state:
            low, high, count = state["range"]
            self._own_range = (float(low), float(high), int(count))
            self.workplace.redraw()

    def retranslate(self) -> None:
        self._marked = self._framed = None
        super().retranslate()

    # When

    @Slot(object)
    def _on_scene_changed(self, home: tuple[Range, ...] | None) -> None:
        super()._on_scene_changed(home)
        if home is not None:
            self._own_range = None
            constants = self._editing.experiment.schedule.constants
            self._first_eta = constants.get(ETA0, DEFAULT_ETA)

    def _wanted(self) -> RateSweep:
        experiment = self._editing.experiment
        wished = self._range(experiment)
        self.view.set_range(*wished)
        return RateSweep.of(
            experiment, spread_rates(*wished), self._home, self._points.found_points
        )

    def _range(self, experiment: Experiment) -> tuple[float, float, int]:
        if self._own_range is not None:
            return self._own_range
        entry, function = experiment.rule.named(), self._editing.function()
        own = self._first_eta if function is None else function.eta
        return rates_around(own if entry is None else catalogue.sensible_eta(entry.key, own))

    @Slot(float, float, int)
    def _on_range_entered(self, low: float, high: float, count: int) -> None:
        self.view.set_range_error("" if low < high else say.no_range())
        if low < high:
            self._own_range = (low, high, count)
            self._refresh()

    @Slot(int)
    def _on_rate_chosen(self, column: int) -> None:
        """Descend from the start with this η, as in the sweep; the present run is kept."""
        if self._picture is not None and column < self._picture.rates.size:
            self.workplace.runner.home()
            self._editing.enter_eta(float(self._picture.rates[column]))

    # What

    def _follow(self) -> None:
        self._show_chosen()
        self._mark()

    def _show(self) -> None:
        picture, view = self._picture, self.view
        if picture is None or picture.ends.theta.shape[0] != len(self._home):
            view.set_quantities(None, None, ())
            view.set_frames((), (), None)
            view.set_rows((), None)
            view.set_marks(())
            refusal = self._refusal
            view.set_sentence("" if refusal is None else problem_sentence(refusal), "")
            self._marked = self._framed = None
            return
        columns = range(picture.rates.size)
        notes = [say.point_note(picture, column, self._scale) for column in columns]
        view.set_quantities(*_quantities(picture), notes)
        view.set_rows(
            [
                (
                    say.rate_text(float(picture.rates[column])),
                    say.loss_text(picture, column),
                    say.steps_text(picture, column),
                    say.ending(picture, column, self._scale),
                )
                for column in columns
            ],
            self._chosen(picture),
        )
        self._show_chosen()

    def _chosen(self, picture: SweepPicture) -> int | None:
        """The column whose η is the current one."""
        eta = self._editing.experiment.schedule.constants.get(ETA0, math.nan)
        found = np.flatnonzero(np.isclose(picture.rates, eta, rtol=1e-9, atol=0.0))
        return int(found[0]) if found.size else None

    def _show_chosen(self) -> None:
        picture, view = self._picture, self.view
        view.set_chosen(self._editing.experiment.schedule.constants.get(ETA0))
        if picture is None:
            return
        chosen, columns = self._chosen(picture), picture.frames()
        if (picture, chosen) == self._framed:
            return
        self._framed = (picture, chosen)
        frames = [self._frame(picture, column) for column in columns]
        view.set_frames(frames, columns, columns.index(chosen) if chosen in columns else None)

    def _frame(self, picture: SweepPicture, column: int) -> Frame:
        points = picture.path[:, :, column]
        if points.shape[1] == 1:
            losses = self._editing.experiment.objective().value(points.T)
            points = np.column_stack((points[:, 0], np.broadcast_to(losses, len(points))))
        return Frame(
            picture.ground,
            points[:, :2],
            say.rate_text(float(picture.rates[column])),
            say.frame_note(picture, column, self._scale),
            say.state(picture, column),
        )

    def _mark(self) -> None:
        """Mark 1/λ_max and 2/λ_max as soon as the Hessian is known."""
        picture, experiment = self._picture, self._editing.experiment
        if picture is None:
            return
        reached = picture.reached()
        form = None if reached is None else self._deriver.hessian_form(experiment)
        key = (picture, reached, form, experiment.rule)
        if key == self._marked:
            return
        self._marked = key
        marks: list[RateMark] = []
        asides = [] if experiment.max_steps <= MOST_STEPS else [say.capped()]
        if reached is not None and form is not None and not isinstance(form, Problem):
            at, is_minimum = reached
            curved = curvature_at(experiment.objective(), form, np.array(at))
            if curved is not None and math.isfinite(curved.stable_rate):
                rule = experiment.rule.read()
                linear = linear_rule(rule, 1.0, 1.0)
                is_plain = linear is not None and linear.is_plain(1.0)
                marks = [
                    RateMark(rate, say.mark_label(multiple, rate), own=is_plain)
                    for multiple, rate in ((1, curved.fastest_rate), (2, curved.stable_rate))
                ]
                limit = None if is_plain else largest_stable_rate(rule, 1.0, curved)
                if limit is not None and math.isfinite(limit):
                    marks.append(RateMark(limit, say.limit_label(limit)))
                where = say.curvature_sentence(
                    at, self._scale, is_minimum=is_minimum, is_plain=is_plain
                )
                asides.insert(0, where)
        self.view.set_marks(marks)
        self.view.set_sentence(say.summary(picture), " ".join([*say.signs(picture), *asides]))


def _quantities(picture: SweepPicture) -> tuple[Quantity, Quantity]:
    """The final loss and the steps, as the plots draw them."""
    ends = picture.ends
    hollow = ~ends.are(Outcome.STOP_RULE)
    ended = np.isfinite(ends.loss) & ~ends.have_failed
    bands = tuple(picture.bands())
    labels = _labels(picture)
    losses = np.where(ended, ends.loss, np.nan)
    heights, extent, is_log = _loss_heights(losses, picture.first_loss)
    steps = np.where(ended, np.log10(np.maximum(ends.steps, 1)), np.nan)
    top = float(np.nanmax(steps, initial=1.0))
    return (
        Quantity(RatePoints(picture.rates, heights, hollow, labels, bands), extent, is_log),
        Quantity(
            RatePoints(picture.rates, steps, hollow, labels, bands),
            (-0.1 * top, 1.12 * top),
            is_log=True,
        ),
    )


def _loss_heights(losses: Floats, first: float) -> tuple[Floats, Range, bool]:
    """The heights of losses, their range, and whether they are log₁₀: where all are above 0."""
    known = losses[np.isfinite(losses)]
    if not known.size:
        return np.full(losses.shape, np.nan), (0.0, 1.0), False
    is_log = bool((known >= 0).all() and (known > 0).any())
    if not is_log:
        low = float(known.min())
        high = max(min(float(known.max()), first), low + 1e-9 * max(1.0, abs(low)))
        room = 0.1 * (high - low)
        return losses, (low - room, high + room), False
    high = min(float(known.max()), _HEADROOM * first) if first > 0 else float(known.max())
    floor = max(float(known[known > 0].min()), _DEEPEST * high)
    low, high = math.log10(floor), math.log10(max(high, 10 * floor))
    room = 0.1 * (high - low)
    return np.log10(np.maximum(losses, floor)), (low - room, high + room), True


def _labels(picture: SweepPicture) -> tuple[int | None, ...]:
    """The number of the point that each rate reaches, where they reach more than one."""
    labels: Sequence[int] = picture.labels.tolist()
    several = len({label for label in labels if label >= 0}) > 1
    return tuple(label if several and label >= 0 else None for label in labels)
