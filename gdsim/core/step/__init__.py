"""One update of a descent, explained line by line. Imports run, optimizer and formula."""
