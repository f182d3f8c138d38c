"""The presenters of the tabs, a room each, and the list of them. No tab imports another."""
