"""The tabs beside the landscape, a room each. No tab imports another.

Imports formula, landscape, loss, overlays, plot, run, theme and widgets.
"""
