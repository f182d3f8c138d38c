"""The presenter of a tab: how far a step may go. Imports its view and the rooms of the core."""
