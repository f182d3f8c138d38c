"""Layers that lie on a landscape: minima, arrows, basins, guesses. Imports plot, run and theme."""
