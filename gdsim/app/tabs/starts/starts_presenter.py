"""Many starts: when they are computed again, what they show, and the start that a click chooses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from PySide6.QtCore import Slot

from gdsim.app.explore.exploring_tab import ExploringTab
from gdsim.app.language.translation import problem_sentence
from gdsim.app.tabs.starts import starts_phrases as say
from gdsim.app.workplace import Workplace
from gdsim.core.explore.starts import (
    FEWEST,
    MOST,
    SURE,
    Chance,
    ManyStarts,
    StartsPicture,
    chance_of_finding,
)
from gdsim.core.landscape.plane import Plane
from gdsim.views.overlays.many_paths_layer import ManyPaths
from gdsim.views.tabs.starts.chance_plot import ChanceCurve
from gdsim.views.tabs.starts.ends_table import EndRow
from gdsim.views.tabs.starts.starts_view import StartsView

_COUNT = 200
_FEWEST_SHOWN = 100  # the plot reaches so many starts at least
_POINTS = 200


class StartsPresenter(ExploringTab[StartsView, StartsPicture]):
    """Keeps the descents in step with the settings while their tab is in front."""

    key: ClassVar = "starts"

    def __init__(self, view: StartsView, workplace: Workplace) -> None:
        super().__init__(view, workplace)
        self._panel = workplace.landscape
        self._plane_choice = workplace.plane_choice
        self._count, self._seed = _COUNT, 0
        self._drawn: tuple[StartsPicture, Plane | None] | None = None
        view.set_count(_COUNT)
        view.count_entered.connect(self._on_count_entered)
        view.others_requested.connect(self._on_others_requested)
        view.best_requested.connect(self._on_best_requested)
        view.row_chosen.connect(self._on_row_chosen)

    @classmethod
    def make_view(cls) -> StartsView:
        return StartsView(FEWEST, MOST)

    def state(self) -> dict[str, Any]:
        return {"count": self._count, "seed": self._seed}

    def restore(self, state: Mapping[str, Any]) -> None:
        self._count = int(state.get("count", self._count))
        self._seed = int(state.get("seed", self._seed))
        self.view.set_count(self._count)
        self.workplace.redraw()

    def clear(self) -> None:
        """Remove the paths from the landscape."""
        super().clear()
        self._clear_paths()

    def _clear_paths(self) -> None:
        self._drawn = None
        for plot in (*self._panel.planes, self._panel.curve):
            plot.set_many_paths(None)

    # When

    def _wanted(self) -> ManyStarts:
        return ManyStarts.of(
            self._editing.experiment, self._home, self._count, self._seed, self._points.found_points
        )

    @Slot(int)
    def _on_count_entered(self, count: int) -> None:
        self._count = count
        self._refresh()

    @Slot()
    def _on_others_requested(self) -> None:
        self._seed += 1
        self._refresh()

    @Slot()
    def _on_best_requested(self) -> None:
        if self._picture is not None:
            self._descend_from(self._picture.best())

    @Slot(int)
    def _on_row_chosen(self, row: int) -> None:
        if self._picture is not None:
            order = self._picture.order()
            if row < len(order):
                self._descend_from(self._picture.best(order[row]))

    def _descend_from(self, column: int | None) -> None:
        if column is not None and self._picture is not None:
            self.workplace.problem.start_at(tuple(self._picture.starts[:, column].tolist()))

    # What

    def _show(self) -> None:
        picture, view = self._picture, self.view
        if picture is None:
            self._clear_paths()
            view.set_rows(())
            view.set_best("")
            view.set_chance(None)
            refusal = self._refusal
            view.set_sentence("" if refusal is None else problem_sentence(refusal), "")
            return
        scale, order = self._scale, picture.order()
        most = max(map(picture.count, order))
        view.set_rows(
            [
                EndRow(
                    label,
                    say.ending(picture, label, scale),
                    say.loss(picture, label),
                    say.count(picture, label),
                    picture.count(label) / most,
                )
                for label in order
            ]
        )
        chance = picture.chance()
        view.set_best(say.best(picture))
        view.set_chance(None if chance is None else _curve(chance))
        asides = say.asides(picture, self._editing.experiment.max_steps)
        view.set_sentence(say.chance_sentence(picture, chance), " ".join(asides))

    def _follow(self) -> None:
        """Draw the paths on the landscape, in the current plane."""
        picture = self._picture
        if picture is None or not self._is_in_front:
            return
        plane = None if len(self._home) == 1 else self._plane_choice.plane
        if (picture, plane) == self._drawn:
            return
        self._drawn = (picture, plane)
        rows, d, drawn = picture.paths.shape
        points = picture.paths.transpose(0, 2, 1).reshape(rows * drawn, d)
        if plane is None:
            x, y = points[:, 0], self._editing.experiment.objective().value(points.T)
        else:
            x, y = plane.columns(points)
        shape = (rows, drawn)
        labels = tuple(picture.labels[:drawn].tolist())
        many_paths = ManyPaths(x.reshape(shape), np.broadcast_to(y, x.shape).reshape(shape), labels)
        for plot in self._panel.planes if plane is not None else (self._panel.curve,):
            plot.set_many_paths(many_paths)


def _curve(chance: Chance) -> ChanceCurve:
    """The probability in per cent for one start, two starts and so on, until it is nearly 100."""
    needed = chance.needed
    last = max(_FEWEST_SHOWN, chance.count, 3 * (needed or 0))
    starts = np.unique(np.geomspace(1, last, _POINTS).round())
    low, high = chance.interval
    return ChanceCurve(
        starts=starts,
        chance=100 * chance_of_finding(chance.share, starts),
        low=100 * chance_of_finding(low, starts),
        high=100 * chance_of_finding(high, starts),
        sure=100 * SURE,
        needed=needed,
        label="" if needed is None else say.sure_label(needed),
    )
