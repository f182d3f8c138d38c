"""One update, explained line by line. Imports formula, loss, optimizer and run."""
