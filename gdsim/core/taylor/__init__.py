"""The local model of a loss: slope, curvature, higher orders.

Imports formula, landscape, loss, run and step.
"""
