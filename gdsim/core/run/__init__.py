"""One descent: experiment, compiled loop, trace, stopping. Imports loss and optimizer."""
