"""LibreOffice: the xlwings engine, and the extension whose buttons use it."""
