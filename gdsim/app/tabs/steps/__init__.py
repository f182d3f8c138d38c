"""The presenter of a tab: every step as a table. Imports its view and the rooms of the core."""
