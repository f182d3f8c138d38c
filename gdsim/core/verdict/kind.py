"""The kinds of points at which a descent can end, and what can make it stop elsewhere."""

from __future__ import annotations

from enum import Enum


class PointKind(Enum):
    """What the loss is like around a point."""

    MINIMUM = "minimum"
    SADDLE = "saddle"
    MAXIMUM = "maximum"
    FLAT = "flat"
    NOT_STATIONARY = "not-stationary"
    UNKNOWN = "unknown"


class Cause(Enum):
    """Why the tested quantity was below ε at a point that is not stationary."""

    RATE = "learning rate"
    EPSILON = "tolerance"
    SCHEDULE = "schedule"
    WEIGHT_DECAY = "weight decay"
    MEMORY = "optimizer's memory"
