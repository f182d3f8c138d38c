"""The loss sampled on a plane or a line, with levels and colours. Imports formula."""
