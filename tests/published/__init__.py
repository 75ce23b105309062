"""Tests of published reports read back."""
