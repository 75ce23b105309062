"""Tests of what keeps every room safe."""
