"""The view of a tab: every step as a table. Imports the rooms below the tabs."""
