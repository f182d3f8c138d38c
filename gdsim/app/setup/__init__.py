"""What the setup panel says and takes."""
