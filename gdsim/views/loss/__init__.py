"""The loss over the steps. Imports run and plot."""
