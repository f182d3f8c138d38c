"""The presenter of a tab: why the run stopped. Imports its view and the rooms of the core."""
