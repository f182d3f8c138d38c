"""Learning rates, basins and many starts. Imports ensemble, landscape, loss and run."""
