"""One update of a descent, explained line by line. Imports formula, loss, optimizer and run."""
