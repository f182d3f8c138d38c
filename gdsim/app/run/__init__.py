"""What the window shows of a run: its name and style, phases of an update, guesses, export."""
