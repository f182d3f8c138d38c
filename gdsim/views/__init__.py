"""The widgets: setters in, signals out; they compute no mathematics."""
