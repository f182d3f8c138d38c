"""The English sentences about the point at which a descent ended; the app layer translates them."""

from __future__ import annotations

from gdsim.core.verdict.kind import Cause, PointKind

STOPPED = {
    PointKind.MINIMUM: "converged at t = {t}: {quantity} = {value} < ε = {epsilon}",
    PointKind.SADDLE: "stopped at t = {t} at a saddle: {quantity} = {value} < ε = {epsilon};"
    " the loss falls along {direction}",
    PointKind.MAXIMUM: "stopped at t = {t} at a maximum: {quantity} = {value} < ε = {epsilon};"
    " the loss falls in every direction",
    PointKind.FLAT: "stopped at t = {t} on flat ground: {quantity} = {value} < ε = {epsilon};"
    " there is no slope to follow",
    PointKind.UNKNOWN: "stopped at t = {t} at a point of unknown kind:"
    " {quantity} = {value} < ε = {epsilon}",
}
"""A stop rule was met: only at a minimum has the descent converged."""

NOT_STATIONARY = {
    None: "stopped at t = {t}, but not at a minimum: {quantity} = {value} < ε = {epsilon}; {left}",
    Cause.RATE: "stopped at t = {t}, but not at a minimum: {quantity} = {value} < ε = {epsilon}"
    " because η is small; {left}",
    Cause.EPSILON: "stopped at t = {t}, but not at a minimum: {quantity} = {value} < ε = {epsilon},"
    " which ε allows; {left}",
    Cause.SCHEDULE: "stopped at t = {t}, but not at a minimum: {quantity} = {value} < ε = {epsilon}"
    " because the schedule has made η small; {left}",
    Cause.WEIGHT_DECAY: "stopped at t = {t}, but not at a minimum:"
    " {quantity} = {value} < ε = {epsilon} because the weight decay cancels the step; {left}",
    Cause.MEMORY: "stopped at t = {t}, but not at a minimum: {quantity} = {value} < ε = {epsilon}"
    " because of what the optimizer remembers; {left}",
}
"""A stop rule was met where the loss still falls, by what made the tested quantity small."""

STILL_FALLS = "the loss still falls: ‖∇L‖ = {slope}"
AWAY = "the minimum of the local parabola is {distance} away"

AT_LIMIT = "step limit reached at t = {t}: no stop rule was met; {point}"
NEAR_MINIMUM = "the point is {distance} from a minimum"
POINTS = {
    PointKind.MINIMUM: "the point is a minimum",
    PointKind.SADDLE: "the point is a saddle",
    PointKind.MAXIMUM: "the point is a maximum",
    PointKind.FLAT: "the point is flat ground",
    PointKind.UNKNOWN: "the kind of this point is unknown",
}
"""The point at a step limit."""

UNDEFINED = "undefined at t = {t}: {what}"
BY_ZERO = "division by {first}, at {point}"
NO_POWER = "{first} to the power {second} has no value, at {point}"
NO_VALUE = "{operation} has no value for {first}, at {point}"
NO_VALUE_OF_TWO = "{operation} has no value for {first} and {second}, at {point}"
NO_HESSIAN = "the Hessian has no value here"
NO_INVERSE = "the Hessian has no inverse here, because the loss does not curve along {direction}"

OVERSHOOT = (
    "the loss rose in {rises} of the last {updates} updates: η·λₘₐₓ = {product}, and above 2"
    " gradient descent overshoots"
)
AND = "{end}; {more}"

SENTENCES = (
    *STOPPED.values(),
    *NOT_STATIONARY.values(),
    *POINTS.values(),
    *(STILL_FALLS, AWAY, AT_LIMIT, NEAR_MINIMUM, UNDEFINED, BY_ZERO, NO_POWER, NO_VALUE),
    *(NO_VALUE_OF_TWO, NO_HESSIAN, NO_INVERSE, OVERSHOOT, AND),
)
"""All of them, with their fields."""
