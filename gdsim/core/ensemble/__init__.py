"""Many descents at once as array code. Imports data, formula, loss, optimizer and run."""
