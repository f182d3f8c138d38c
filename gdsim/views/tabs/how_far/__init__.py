"""The view of a tab: how far a step may go. Imports the rooms below the tabs."""
