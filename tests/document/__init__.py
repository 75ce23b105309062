"""Tests of the final document."""
