"""Fills the Taylor tab and draws on the landscape what slope and curvature predict."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from PySide6.QtCore import QTimer, Slot

from gdsim.app.language import data_phrases
from gdsim.app.language import run_phrases as phrases
from gdsim.app.language.translation import problem_sentence
from gdsim.app.moment import Moment
from gdsim.app.tab_presenter import TabPresenter
from gdsim.app.tabs.taylor import taylor_phrases
from gdsim.app.workplace import Workplace
from gdsim.core.arrays import Floats
from gdsim.core.loss.many_rows import row_sample
from gdsim.core.loss.objective import Objective
from gdsim.core.number_text import shown
from gdsim.core.problem import Problem
from gdsim.core.run.trace import Step
from gdsim.core.taylor.derivatives import MAX_ORDER
from gdsim.core.taylor.directions import StepCircle, cosine, default_angle
from gdsim.core.taylor.local_model import (
    LocalModel,
    TaylorPolynomial,
    local_model,
    predict_step,
    taylor_polynomial,
)
from gdsim.core.taylor.taylor_text import (
    LETTERS,
    Term,
    cosine_text,
    polynomial_text,
    prediction_lines,
)
from gdsim.views.overlays.approximation_layer import Approximation
from gdsim.views.overlays.dial_layer import Dial
from gdsim.views.tabs.taylor.angle_plot import AngleCurves, AngleMark
from gdsim.views.tabs.taylor.dial_panel import DialReading
from gdsim.views.tabs.taylor.taylor_table import TaylorRow
from gdsim.views.tabs.taylor.taylor_view import TaylorView

_BETA = np.linspace(0.0, 360.0, 181)
_FIRST_ORDER = 3
# Without a step that has a length, a circle of this share of the view is drawn.
_SHARE = 0.05


class TaylorPresenter(TabPresenter[TaylorView]):
    """r and β are those of the step until the user sets them; then they stay."""

    key: ClassVar = "taylor"
    group: ClassVar = "step"
    shown_in_predictions: ClassVar = True

    def __init__(self, view: TaylorView, workplace: Workplace) -> None:
        super().__init__(view, workplace)
        self._panel = workplace.landscape
        self._plane_choice = workplace.plane_choice
        self._deriver = workplace.deriver
        self._shown: Moment | None = None
        self._objective: Objective | None = None
        self._circle: StepCircle | None = None
        self._radius: float | None = None
        self._beta: float | None = None
        self._order = _FIRST_ORDER
        # One more derivative at each turn of the event loop, so that none holds up the window.
        self._extending = QTimer(self, singleShot=True, interval=0)
        self._extending.timeout.connect(self._extend)
        view.radius_entered.connect(self._on_radius_entered)
        view.beta_entered.connect(self._on_beta_entered)
        view.step_requested.connect(self._on_step_requested)
        view.order_chosen.connect(self._on_order_chosen)
        self._panel.contour.dial_turned.connect(self._on_dial_turned)

    @classmethod
    def make_view(cls) -> TaylorView:
        return TaylorView(MAX_ORDER)

    def state(self) -> dict[str, Any]:
        return {"order": self._order, "radius": self._radius, "beta": self._beta}

    def restore(self, state: Mapping[str, Any]) -> None:
        self._order = int(state.get("order", self._order))
        self._radius = _number_or_none(state.get("radius", self._radius))
        self._beta = _number_or_none(state.get("beta", self._beta))
        self.workplace.redraw()

    def draw(self, moment: Moment) -> None:
        self._shown = moment
        view, trace, step = self.view, moment.trace, moment.step
        experiment = moment.experiment
        whole = experiment.objective()
        objective = row_sample(whole)
        if self._objective is not None and objective is not self._objective:
            self._radius = None
        self._objective = objective
        in_parts = experiment.learns_in_parts
        title = phrases.step_title(trace, step.index)
        if objective is not whole:
            title = f"{title} · {data_phrases.studied_rows(whole, objective)}"
        elif in_parts:
            title = taylor_phrases.over_all_rows(title)
        view.set_title(title)
        view.set_dimension(objective.dimension)
        if not moment.known.delta:
            self._show_nothing(taylor_phrases.hidden())
            return
        form = self._deriver.hessian_form(experiment)
        if form is None or isinstance(form, Problem):
            problem = taylor_phrases.deriving() if form is None else problem_sentence(form)
            self._show_nothing(problem)
            return
        # That of the step is over all rows, or over its batch.
        gradient = None if in_parts or objective is not whole else step.gradient
        model = local_model(objective, step.theta, gradient, form)
        polynomial = self._polynomial(objective, step) if objective.dimension == 1 else None
        self._fill_table(model, step.delta, polynomial)
        if trace.ending is not None and step.index == len(trace) - 1:
            view.set_verdict(taylor_phrases.ended())
        if polynomial is not None:
            self._draw_polynomial(objective, polynomial, step)
        else:
            self._draw_dial(model, step.delta)

    def clear(self) -> None:
        self._shown = self._circle = None
        self._extending.stop()
        self.view.set_title("")
        self._show_nothing("")

    def _show_nothing(self, sentence: str) -> None:
        self._circle = None
        self.view.set_rows([])
        self.view.set_verdict(sentence)
        self.view.dial.set_plane("")
        self.view.dial.set_reading("", [])
        self.view.dial.plot.set_curves(None)
        self.view.dial.plot.set_mark(None)
        self.view.order.set_polynomial("higher", "")
        self.view.order.set_note("")
        self._panel.contour.set_dial(None)
        self._panel.curve.set_approximations([], None)

    # The table

    def _fill_table(
        self, model: LocalModel, delta: Floats, polynomial: TaylorPolynomial | None
    ) -> None:
        prediction = predict_step(model, delta)
        rows = []
        for line in prediction_lines(model, delta, polynomial):
            order = polynomial.order if polynomial is not None else 0
            error = ""
            if line.term is not Term.ACTUAL:
                error = taylor_phrases.error(prediction, line.value - prediction.actual)
            rows.append(
                TaylorRow(
                    line.term.value,
                    taylor_phrases.name(line.term, order),
                    line.latex,
                    line.plain,
                    line.numbers,
                    shown(line.value),
                    error,
                )
            )
        self.view.set_rows(rows)
        self.view.set_verdict(taylor_phrases.verdict(prediction))

    # One parameter: the polynomial

    def _polynomial(self, objective: Objective, step: Step) -> TaylorPolynomial:
        from gdsim.core.taylor.derivatives import derivatives

        known = derivatives(objective)
        if known.highest < self._order and not known.is_complete:
            self._extending.start()
        return taylor_polynomial(objective, float(step.theta[0]), min(self._order, known.highest))

    @Slot()
    def _extend(self) -> None:
        from gdsim.core.taylor.derivatives import derivatives

        if self._shown is not None and self._objective is not None:
            derivatives(self._objective).extend()
            self._draw_again()

    def _draw_polynomial(
        self, objective: Objective, polynomial: TaylorPolynomial, step: Step
    ) -> None:
        from gdsim.core.taylor.derivatives import derivatives

        view, order = self.view.order, polynomial.order
        kind = {0: "first", 1: "first", 2: "second"}.get(order, "higher")
        view.set_order(self._order)
        view.set_polynomial(kind, polynomial_text(polynomial, objective.parameters[0]))
        waiting = order < self._order and not derivatives(objective).is_complete
        wanted = order if waiting else self._order
        view.set_note(taylor_phrases.order_note(wanted, order, is_finite=polynomial.is_finite))
        drawn = [
            Approximation(kind, polynomial.cut(cut))
            for cut, kind in ((1, "first"), (2, "second"), (order, "higher"))
            if cut <= order and (cut > 2 or kind != "higher")
        ]
        self._panel.curve.set_approximations(drawn, float(step.theta[0] + step.delta[0]))

    # More parameters: the dial

    def _draw_dial(self, model: LocalModel, delta: Floats) -> None:
        plane, contour = self._plane_choice.plane, self._panel.contour
        if plane.dimension != len(delta):
            return
        (x0, x1), (y0, y1) = contour.visible_range()
        size = max(x1 - x0, y1 - y0)
        radius = self._radius
        if radius is None:
            radius = _readable(math.hypot(*delta))
            if not 0 < radius < math.inf:
                radius = _readable(_SHARE * size)
        self._circle = circle = StepCircle(model, plane, radius)
        beta = round(default_angle(circle, delta), 2) if self._beta is None else self._beta
        dial = self.view.dial
        dial.set_plane(taylor_phrases.plane(circle, self._plane_choice.titles))
        dial.set_reach(size / 2)
        dial.set_radius(radius)
        dial.set_beta(beta)
        self._read(circle, beta)
        self._draw_curves(circle, beta)
        centre = plane.project(model.theta)
        direction = circle.direction(beta)
        contour.set_dial(
            Dial(
                (float(centre[0]), float(centre[1])),
                radius,
                (float(direction[0]), float(direction[1])),
                (float(circle.uphill[0]), float(circle.uphill[1])) if circle.has_slope else None,
                circle.level_lines(),
                f"β = {shown(beta, 4)}°",
            )
        )

    def _read(self, circle: StepCircle, beta: float) -> None:
        headline = f"β = {shown(beta, 5)}°    cos β = {shown(cosine(beta), 4)}"
        texts = {
            Term.FIRST: cosine_text(circle, beta),
            Term.SECOND: f"= {shown(circle.second_order(beta))}",
            Term.ACTUAL: f"= {shown(circle.actual(beta))}",
        }
        readings = [
            DialReading(kind.value, taylor_phrases.name(kind), *LETTERS[kind], text)
            for kind, text in texts.items()
        ]
        self.view.dial.set_reading(headline, readings)

    def _draw_curves(self, circle: StepCircle, beta: float) -> None:
        ways = {
            "first": circle.first_order,
            "second": circle.second_order,
            "actual": circle.actual,
        }
        plot = self.view.dial.plot
        plot.set_curves(AngleCurves(_BETA, {kind: way(_BETA) for kind, way in ways.items()}))
        plot.set_mark(
            AngleMark(beta, tuple((kind, float(way(beta))) for kind, way in ways.items()))
        )

    # Wishes

    def _draw_again(self) -> None:
        if self._shown is not None:
            self.draw(self._shown)

    @Slot(float)
    def _on_radius_entered(self, radius: float) -> None:
        self._radius = radius
        self._draw_again()

    @Slot(float)
    def _on_beta_entered(self, beta: float) -> None:
        self._beta = beta
        self._draw_again()

    @Slot(float, float)
    def _on_dial_turned(self, x: float, y: float) -> None:
        """Turn the direction to whole degrees, which are easy to read aloud."""
        if self._circle is not None:
            self._beta = float(round(self._circle.angle(x, y)) % 360)
            self._draw_again()
            self.view.show_reading()

    @Slot()
    def _on_step_requested(self) -> None:
        self._radius = self._beta = None
        self._draw_again()

    @Slot(int)
    def _on_order_chosen(self, order: int) -> None:
        self._order = order
        self._draw_again()


def _number_or_none(value: Any) -> float | None:
    return None if value is None else float(value)


def _readable(length: float) -> float:
    """The length with as many digits as a field shows."""
    return float(f"{length:.6g}")
