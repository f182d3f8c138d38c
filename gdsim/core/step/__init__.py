"""One update, explained line by line. Imports run, optimizer and formula."""
