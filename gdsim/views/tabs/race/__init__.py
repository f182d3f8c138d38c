"""The view of a tab: runs side by side. Imports the rooms below the tabs."""
