"""How far a step may go: curvature limits, the loss along a line.

Imports formula, loss, optimizer and taylor.
"""
