"""Descents and other long computations on threads, so that the window never waits. QtCore only."""
