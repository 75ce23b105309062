"""The preflight: hostile and broken files, each refused by name."""
