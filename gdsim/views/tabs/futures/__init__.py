"""The view of a tab: the runs that were left. Imports the rooms below the tabs."""
