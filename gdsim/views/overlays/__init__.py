"""Layers that lie on a landscape: minima, arrows, basins, guesses. Imports run and plot."""
