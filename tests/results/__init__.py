"""Tests of xlreport.rules."""
