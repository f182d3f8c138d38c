"""The catalogue: functions, optimizers, schedules and tasks.

Imports data, formula, optimizer and typed.
"""
