"""Many reports: every file of a folder judged in isolation, and the sum of the parts as a workbook."""
