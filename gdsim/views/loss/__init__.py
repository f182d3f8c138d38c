"""The plot of the loss over the steps. Imports plot, run, theme and widgets."""
