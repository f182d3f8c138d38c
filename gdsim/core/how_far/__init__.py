"""How far a step can go: limits of stability, the loss along a line.

Imports formula, loss, optimizer and taylor.
"""
