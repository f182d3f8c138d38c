"""The view of a tab: the shown update in numbers. Imports the rooms below the tabs."""
