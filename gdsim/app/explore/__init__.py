"""What the tabs with long computations share: a base class, and the points that were found."""
