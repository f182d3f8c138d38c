"""What curvature predicts of a descent, said in the current language."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from gdsim.app.language.point_phrases import HIGHEST, LOWEST
from gdsim.app.tabs.how_far.how_far_phrases import signed
from gdsim.core.formula.expression import Name, Node, Number, Product, Sum
from gdsim.core.how_far.stability import Curvature, Forecast, StabilityForecast
from gdsim.core.number_text import shown
from gdsim.core.step.explain import arithmetic

_PRODUCT: Node = Product(((1, Name("eta")), (1, Name("curvature"))))
_FACTOR: Node = Sum(((1, Number(1.0, "1")), (-1, _PRODUCT)))

_MOODS = {
    Forecast.CONVERGES: "good",
    Forecast.SWINGS: "good",
    Forecast.ZIGZAGS: "slow",
    Forecast.CRAWLS: "slow",
    Forecast.HOVERS: "slow",
    Forecast.NO_MINIMUM: "slow",
    Forecast.NEGATIVE_CURVATURE: "slow",
    Forecast.DIVERGES: "bad",
}


def mood(kind: Forecast) -> str:
    """The colour role in which the window shows a forecast."""
    return _MOODS.get(kind, "")


def word(kind: Forecast) -> str:
    """The forecast in a word or two."""
    translate = QCoreApplication.translate
    return {
        Forecast.CONVERGES: translate("HowFar", "Converges"),
        Forecast.CRAWLS: translate("HowFar", "Converges slowly"),
        Forecast.ZIGZAGS: translate("HowFar", "Zig-zags"),
        Forecast.SWINGS: translate("HowFar", "Oscillates and converges"),
        Forecast.HOVERS: translate("HowFar", "Oscillates for ever"),
        Forecast.DIVERGES: translate("HowFar", "Diverges"),
        Forecast.NEGATIVE_CURVATURE: translate(
            "HowFar", "The loss curves downwards in some direction"
        ),
        Forecast.NO_MINIMUM: translate("HowFar", "Converges to a point that is no minimum"),
        Forecast.FLAT: translate("HowFar", "No curvature"),
        Forecast.SINGULAR: translate("HowFar", "No Newton step"),
        Forecast.NOT_LINEAR: translate("HowFar", "No prediction for this optimizer"),
        Forecast.UNDEFINED: translate("HowFar", "No prediction here"),
    }[kind]


def forecast_sentence(
    prospect: StabilityForecast, curved: Curvature | None, eta: float, is_plain: bool
) -> str:
    """The reason for the forecast with its numbers, and the speed where the run converges."""
    kind = prospect.forecast
    if not kind.applies or curved is None:
        return _no_forecast(kind)
    sentence = _plain(prospect, curved, eta) if is_plain else ""
    sentence = sentence or _general(prospect)
    if prospect.radius < 1 and kind not in (Forecast.NEGATIVE_CURVATURE, Forecast.DIVERGES):
        steps = prospect.steps_for_a_digit
        if steps >= 1:
            return joined(
                sentence,
                QCoreApplication.translate(
                    "HowFar", "It comes ten times closer in about {steps} steps."
                ).format(steps=_count(steps)),
            )
    return sentence


def _count(steps: float) -> str:
    """A number of steps, to three digits."""
    return shown(float(f"{steps:.3g}"))


def joined(*sentences: str) -> str:
    """Sentences one after the other; Chinese ones need no space between."""
    space = "" if sentences[0].endswith("。") else " "
    return space.join(sentence for sentence in sentences if sentence)


def _plain(prospect: StabilityForecast, curved: Curvature, eta: float) -> str:
    """θ ← θ − ηg: the products η·λ decide; empty for another kind of rule or Hessian."""
    translate = QCoreApplication.translate
    name = "λ" if len(curved.eigenvalues) == 1 else HIGHEST
    highest = {"eta": eta, "curvature": curved.highest}
    product = f"η·{name} = {arithmetic(_PRODUCT, highest, eta * curved.highest)}"
    along = {"eta": eta, "curvature": prospect.along}
    factor = arithmetic(_FACTOR, along, 1 - eta * prospect.along)
    if eta <= 0:
        return ""
    match prospect.forecast:
        case Forecast.CONVERGES:
            return translate("HowFar", "{product} ≤ 1: no step overshoots.").format(product=product)
        case Forecast.CRAWLS:
            return translate(
                "HowFar",
                "{product} ≤ 1: no step overshoots, but in the flattest direction a step leaves"
                " 1 − η·λ = {factor} of the distance.",
            ).format(product=product, factor=factor)
        case Forecast.ZIGZAGS:
            return translate(
                "HowFar",
                "{product} lies between 1 and 2: along the steepest direction every step lands on"
                " the other side.",
            ).format(product=product)
        case Forecast.HOVERS:
            return translate(
                "HowFar",
                "{product}: along the steepest direction every step lands just as far away on the"
                " other side.",
            ).format(product=product)
        case Forecast.DIVERGES:
            return translate(
                "HowFar",
                "{product} > 2: along the steepest direction every step lands on the other side,"
                " farther away than before.",
            ).format(product=product)
        case Forecast.NEGATIVE_CURVATURE:
            return translate(
                "HowFar",
                "{lowest} {value} < 0: along this direction the loss curves downwards, and"
                " each step multiplies the distance from the stationary point by 1 − η·λ ="
                " {factor}.",
            ).format(
                lowest=LOWEST if len(curved.eigenvalues) > 1 else "λ",
                value=signed(prospect.along),
                factor=factor,
            )
    return ""


def _general(prospect: StabilityForecast) -> str:
    """Any linear rule: the largest eigenvalue ρ of its update decides."""
    translate = QCoreApplication.translate
    size = signed(
        abs(prospect.factor)
        if prospect.forecast in (Forecast.DIVERGES, Forecast.NEGATIVE_CURVATURE)
        else prospect.radius
    )
    match prospect.forecast:
        case Forecast.CONVERGES:
            sentence = translate(
                "HowFar", "The update's largest eigenvalue has the size ρ {size} < 1."
            )
        case Forecast.CRAWLS:
            sentence = translate(
                "HowFar", "The update's largest eigenvalue has the size ρ {size}, just below 1."
            )
        case Forecast.ZIGZAGS:
            sentence = translate(
                "HowFar",
                "ρ {size} < 1, but along {along} the step overshoots: it changes sides at nearly"
                " every update.",
            )
        case Forecast.SWINGS:
            sentence = translate(
                "HowFar",
                "ρ {size} < 1: it goes through the minimum and back, about {wave} steps for"
                " one oscillation, and each oscillation is smaller.",
            )
        case Forecast.HOVERS:
            sentence = translate(
                "HowFar", "ρ = 1: the oscillations along {along} neither shrink nor grow."
            )
        case Forecast.DIVERGES:
            sentence = translate(
                "HowFar",
                "ρ {size} > 1: in the long run each step multiplies the distance along {along}"
                " by ρ.",
            )
        case Forecast.NEGATIVE_CURVATURE:
            sentence = translate(
                "HowFar",
                "Along {along} < 0 the loss curves downwards, and in the long run each step"
                " multiplies the distance from the stationary point by ρ {size}.",
            )
        case _:
            sentence = translate(
                "HowFar",
                "ρ {size} < 1: this rule converges to the stationary point of the local"
                " quadratic, although the loss curves downwards along {along} < 0.",
            )
    return sentence.format(
        size=size, along=f"λ {signed(prospect.along)}", wave=_count(prospect.steps_in_a_wave)
    )


def _no_forecast(kind: Forecast) -> str:
    return {
        Forecast.FLAT: QCoreApplication.translate(
            "HowFar",
            "The Hessian is zero here: the local quadratic is a plane, and it falls along −∇L"
            " however long the step is.",
        ),
        Forecast.SINGULAR: QCoreApplication.translate(
            "HowFar",
            "The Hessian is singular here, so its inverse and the Newton step do not exist.",
        ),
        Forecast.NOT_LINEAR: QCoreApplication.translate(
            "HowFar",
            "Its step is not a linear function of the gradient and the state, so curvature"
            " alone does not predict it. 2/λₘₐₓ is the limit of plain gradient descent.",
        ),
    }.get(kind) or QCoreApplication.translate(
        "HowFar", "The Hessian or the rule is not finite at this point."
    )


def limit_sentence(limit: float | None) -> str:
    """The largest stable η of an optimizer other than gradient descent."""
    if limit is None:
        return QCoreApplication.translate("HowFar", "With this rule no η is stable here.")
    if math.isinf(limit):
        return QCoreApplication.translate("HowFar", "With this rule every η is stable here.")
    return QCoreApplication.translate(
        "HowFar", "With this rule η is stable here up to {limit}."
    ).format(limit=signed(limit).removeprefix("= "))


def scope_sentence(is_quadratic: bool, varies: bool) -> str:
    """Where the forecast holds: everywhere or only nearby."""
    first = (
        QCoreApplication.translate("HowFar", "The loss is a quadratic: this holds everywhere.")
        if is_quadratic
        else QCoreApplication.translate(
            "HowFar", "This holds as long as the loss curves as it does here."
        )
    )
    if not varies:
        return first
    second = QCoreApplication.translate("HowFar", "η and the rule are taken as at this step.")
    return joined(first, second)
