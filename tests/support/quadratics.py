"""Quadratic losses with known eigenvalues, as formulas, and how runs behave on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdsim.core.arrays import Floats
from gdsim.core.run.choices import choose
from gdsim.core.run.descent import Descent
from gdsim.core.run.experiment import Experiment


@dataclass(frozen=True)
class Quadratic:
    """½(θ − θ*)ᵀH(θ − θ*); ``axes`` (d, d) holds the eigenvectors in columns."""

    hessian: Floats
    eigenvalues: Floats
    axes: Floats
    minimum: Floats

    @property
    def formula(self) -> str:
        names = [f"x{i + 1}" for i in range(len(self.minimum))]
        shifted = [f"({n} - ({c!r}))" for n, c in zip(names, self.minimum.tolist(), strict=True)]
        terms = []
        for i, row in enumerate(self.hessian.tolist()):
            terms.append(f"({row[i] / 2!r})*{shifted[i]}^2")
            terms += [f"({row[j]!r})*{shifted[i]}*{shifted[j]}" for j in range(i)]
        return " + ".join(terms)

    def experiment(self, seed: int, **choices: object) -> Experiment:
        """A run from a random point at a distance of 1 from the minimum."""
        away = np.random.default_rng(seed).normal(size=len(self.minimum))
        start = self.minimum + away / np.linalg.norm(away)
        return choose(self.formula, start=start.tolist(), stop="none", **choices)  # type: ignore[arg-type]


def quadratic(eigenvalues: list[float], seed: int) -> Quadratic:
    """A quadratic with these eigenvalues, with random axes and a random minimum."""
    generator = np.random.default_rng(seed)
    axes, _ = np.linalg.qr(generator.normal(size=(len(eigenvalues), len(eigenvalues))))
    values = np.array(sorted(eigenvalues))
    hessian = axes @ np.diag(values) @ axes.T
    return Quadratic((hessian + hessian.T) / 2, values, axes, generator.normal(size=len(values)))


def errors(loss: Quadratic, experiment: Experiment, steps: int) -> Floats:
    """The distances of a real run from the minimum along each axis, (rows, d)."""
    descent = Descent(experiment.replace(max_steps=steps))
    descent.advance(steps)
    along: Floats = (descent.trace.theta() - loss.minimum) @ loss.axes
    return along[np.isfinite(along).all(axis=1)]


def growth(distances: Floats) -> float:
    """The asymptotic factor of the error per step, from distances in two late intervals."""
    third = len(distances) // 3
    earlier, later = distances[third : 2 * third].max(), distances[2 * third : 3 * third].max()
    return float((later / earlier) ** (1 / third))
