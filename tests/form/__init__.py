"""Tests of xlreport.form."""
