"""The presenter of a tab: runs side by side. Imports its view and the rooms of the core."""
