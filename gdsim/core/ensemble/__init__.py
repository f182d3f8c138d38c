"""Many descents at once as array code. Imports run, loss and optimizer."""
