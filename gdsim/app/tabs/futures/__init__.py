"""The presenter of a tab: the runs that were left. Imports its view and the rooms of the core."""
