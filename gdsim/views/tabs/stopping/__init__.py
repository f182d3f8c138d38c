"""The view of a tab: why the run stopped. Imports the rooms below the tabs."""
