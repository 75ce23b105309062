"""xlreport: the annual report on government information disclosure, from a locked workbook to the final document."""

__version__ = "0.1.0"
