"""Rules and schedules of optimizers. Imports formula."""
