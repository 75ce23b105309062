"""The buttons: xlwings functions in a spreadsheet program, and what ties them to Excel and LibreOffice."""
