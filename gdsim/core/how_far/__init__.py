"""How far a step may go: curvature limits, the loss along a line. Imports taylor."""
