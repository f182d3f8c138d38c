"""The view of a tab: many random starts. Imports the rooms below the tabs."""
