"""Tests of xlreport.collect."""
