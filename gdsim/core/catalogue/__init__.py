"""The catalogue: functions, optimizers, schedules and tasks. Imports data and typed."""
