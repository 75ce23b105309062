"""Tests of reading figures out of prose."""
