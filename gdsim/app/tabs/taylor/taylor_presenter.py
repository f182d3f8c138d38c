"""Fills the Taylor tab and draws on the landscape what slope and curvature foretell."""

from __future__ import annotations

import math
from typing import Protocol

import numpy as np
from PySide6.QtCore import QObject, QTimer, Slot

from gdsim.app.language import data_phrases
from gdsim.app.language import run_phrases as phrases
from gdsim.app.language.translation import problem_sentence
from gdsim.app.run.line_by_line import WHOLE, Known
from gdsim.app.tabs.taylor import taylor_phrases
from gdsim.core.arrays import Floats
from gdsim.core.landscape.plane import Plane
from gdsim.core.loss.many_rows import studied
from gdsim.core.loss.objective import Objective
from gdsim.core.number_text import shown
from gdsim.core.problem import Problem
from gdsim.core.run.trace import Step, Trace
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
from gdsim.simulation.deriver import Deriver
from gdsim.views.overlays.approximation_layer import Approximation
from gdsim.views.overlays.dial_layer import Dial
from gdsim.views.tabs.taylor.angle_plot import AngleCurves, AngleMark
from gdsim.views.tabs.taylor.dial_panel import DialReading
from gdsim.views.tabs.taylor.taylor_table import TaylorRow
from gdsim.views.tabs.taylor.taylor_view import TaylorView
from gdsim.views.window.landscape_panel import LandscapePanel

_BETA = np.linspace(0.0, 360.0, 181)
_FIRST_ORDER = 3
# Without a step that has a length, a circle of this share of the view is drawn.
_SHARE = 0.05


class Shows(Protocol):
    """Knows which plane the landscape shows."""

    @property
    def plane(self) -> Plane:
        """That plane, or one parallel to it."""

    @property
    def titles(self) -> tuple[str, str]:
        """What its two directions are called."""


class TaylorPresenter(QObject):
    """r and β are those of the step until the user sets them; then they stay."""

    def __init__(
        self, view: TaylorView, panel: LandscapePanel, landscape: Shows, deriver: Deriver
    ) -> None:
        super().__init__(view)
        self._view = view
        self._panel = panel
        self._landscape = landscape
        self._deriver = deriver
        self._known = WHOLE
        self._shown: tuple[Trace, Step] | None = None
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
        panel.contour.dial_turned.connect(self._on_dial_turned)

    def set_known(self, known: Known) -> None:
        """How much of the step may be shown from the next draw on."""
        self._known = known

    def draw(self, trace: Trace, step: Step) -> None:
        self._shown = (trace, step)
        view = self._view
        experiment = trace.segment(step.index).experiment
        whole = experiment.objective()
        objective = studied(whole)
        if objective is not self._objective:
            self._objective, self._radius = objective, None
        in_parts = experiment.learns_in_parts
        title = phrases.step_title(trace, step.index)
        if objective is not whole:
            title = f"{title} · {data_phrases.studied_rows(whole, objective)}"
        elif in_parts:
            title = taylor_phrases.over_all_rows(title)
        view.set_title(title)
        view.set_dimension(objective.dimension)
        if not self._known.delta:
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
        self._view.set_title("")
        self._show_nothing("")

    def retranslate(self) -> None:
        """Every text comes anew with the next draw."""

    def _show_nothing(self, sentence: str) -> None:
        self._circle = None
        self._view.set_rows([])
        self._view.set_verdict(sentence)
        self._view.dial.set_plane("")
        self._view.dial.set_reading("", [])
        self._view.dial.plot.set_curves(None)
        self._view.dial.plot.set_mark(None)
        self._view.order.set_polynomial("higher", "")
        self._view.order.set_note("")
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
        self._view.set_rows(rows)
        self._view.set_verdict(taylor_phrases.verdict(prediction))

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

        view, order = self._view.order, polynomial.order
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
        plane, contour = self._landscape.plane, self._panel.contour
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
        dial = self._view.dial
        dial.set_plane(taylor_phrases.plane(circle, self._landscape.titles))
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
        self._view.dial.set_reading(headline, readings)

    def _draw_curves(self, circle: StepCircle, beta: float) -> None:
        ways = {
            "first": circle.first_order,
            "second": circle.second_order,
            "actual": circle.actual,
        }
        plot = self._view.dial.plot
        plot.set_curves(AngleCurves(_BETA, {kind: way(_BETA) for kind, way in ways.items()}))
        plot.set_mark(
            AngleMark(beta, tuple((kind, float(way(beta))) for kind, way in ways.items()))
        )

    # Wishes

    def _draw_again(self) -> None:
        if self._shown is not None:
            self.draw(*self._shown)

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
        """The hand stops at whole degrees, which can be read aloud."""
        if self._circle is not None:
            self._beta = float(round(self._circle.angle(x, y)) % 360)
            self._draw_again()
            self._view.show_reading()

    @Slot()
    def _on_step_requested(self) -> None:
        self._radius = self._beta = None
        self._draw_again()

    @Slot(int)
    def _on_order_chosen(self, order: int) -> None:
        self._order = order
        self._draw_again()


def _readable(length: float) -> float:
    """The length with so many digits as a field shows."""
    return float(f"{length:.6g}")
