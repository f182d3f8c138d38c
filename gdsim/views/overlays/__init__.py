"""Layers over a landscape: minima, basins, guesses, many paths, the dial.

Imports plot, run and theme.
"""
