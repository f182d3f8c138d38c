"""The Taylor expansion of a loss: first, second and higher orders.

Imports formula, landscape, loss, run and step.
"""
