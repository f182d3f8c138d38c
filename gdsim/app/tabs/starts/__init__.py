"""The presenter of a tab: many random starts. Imports its view and the rooms of the core."""
