"""The locked workbook: build it, read it, write into it."""
