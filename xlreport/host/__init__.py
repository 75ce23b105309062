"""The buttons in the spreadsheet program: Excel and LibreOffice."""
