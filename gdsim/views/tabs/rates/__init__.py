"""The view of a tab: many learning rates at once. Imports the rooms below the tabs."""
