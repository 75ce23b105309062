"""Excel as a host."""
