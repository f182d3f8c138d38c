"""How every run on the plots is told from the others, for as long as it is there."""

from __future__ import annotations

from gdsim.core.trace import Trace
from gdsim.simulation.lanes import Lane
from gdsim.simulation.runner import Runner
from gdsim.views.run_style import RunView
from gdsim.views.theme import RunStyle, run_style

# One run alone has the theme's own colours, a different one on each plot.
_ALONE = RunStyle("", (), "o")


class RunStyles:
    """Gives each run of the race, and each future that was left, a style of its own."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._places: dict[int, int] = {}  # key of a lane, or id of a kept trace → its place
        self._colours: dict[int, int] = {}

    def of_lane(self, lane: Lane) -> RunStyle:
        """The style of a run of the race; the theme's own while it is the only one."""
        if len(self._runner.lanes) == 1 and lane.key not in self._colours:
            self._place(lane.key)
            return _ALONE
        return run_style(self._place(lane.key), self._colours.get(lane.key))

    def of_future(self, trace: Trace) -> RunStyle:
        """The style of a future that was left."""
        return run_style(self._place(-id(trace)))

    def recolour(self, lane: Lane, colour: int) -> None:
        """Let a run have another colour; its dash and marker stay."""
        self._colours[lane.key] = colour

    def view(self, trace: Trace, shown: int, style: RunStyle) -> RunView:
        """The run as the plots take it, dressed in this style."""
        return RunView(trace, shown, style.color, style.dash, style.marker)

    def _place(self, key: int) -> int:
        """The place of a run; new ones get the first free places, in the order of the list."""
        if key not in self._places:
            self._forget_the_gone()
            for new in (*(lane.key for lane in self._runner.lanes), key):
                if new not in self._places:
                    taken = set(self._places.values())
                    free = (place for place in range(len(taken) + 1) if place not in taken)
                    self._places[new] = next(free)
        return self._places[key]

    def _forget_the_gone(self) -> None:
        lanes = self._runner.lanes
        there = {lane.key for lane in lanes}
        there |= {-id(trace) for lane in lanes for trace in lane.kept}
        self._places = {key: place for key, place in self._places.items() if key in there}
        self._colours = {key: colour for key, colour in self._colours.items() if key in there}
