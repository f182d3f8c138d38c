"""One descent: experiment, compiled loop, trace, stopping.

Imports catalogue, data, formula, loss, optimizer and typed.
"""
