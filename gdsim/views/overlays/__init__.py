"""Layers over a landscape: minima, basins, guesses, many paths, the dial. Imports run and plot."""
