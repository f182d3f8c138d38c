"""The loss as a surface in three dimensions.

Imports landscape, overlays, plot, run, theme and widgets.
"""
