"""The plot of the loss over the steps. Imports run and plot."""
