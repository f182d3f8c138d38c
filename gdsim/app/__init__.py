"""The shell: the application, its window, and the one place where views and runs meet."""
