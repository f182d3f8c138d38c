"""What kind of point a descent ended at, and what kept it from a minimum.

Imports catalogue, formula, loss, optimizer and run.
"""
