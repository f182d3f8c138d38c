"""The catalogue: functions, optimizers, schedules and tasks.

Imports formula, data and optimizer.
"""
